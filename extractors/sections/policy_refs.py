"""Every policy document that the disclosure cites, in running text and in table cells.

二、关于…收入预算情况说明: 主要原因是根据《关于…的通知》新医保发〔2023〕58号文件精神
项目支出绩效目标表: 根据新材社【2024】181号、巴财社【2024】99号-关于提前下达…预算的通知
表7: …补助资金巴财社[2024]94号 (broken over the lines of a narrow cell)
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from extractors.citations import citations, may_cite
from extractors.layout.text import joined, lines_of
from extractors.model.document import Document, Passage, RuledTable
from extractors.model.facts import Disclosure, PolicyRef
from extractors.policy_numbers import find, with_known
from extractors.registry import section_reader

_UNIT = "单位："


@section_reader("policy-refs", after=("cover", "tables"))
def policy_refs(disclosure: Disclosure) -> Disclosure:
    """Fills `policy_refs`: running text first, then the tables, each in reading order."""
    year = disclosure.head.fiscal_year
    latest = int(year.value) if year else None
    read = chain(_running_text(disclosure.document), _cells(disclosure))
    parts = [(passage, where, find(passage.text)) for passage, where in read if may_cite(passage.text)]
    known = frozenset([n.canonical for _, _, numbers in parts for n in numbers if n.is_set_off])
    refs = tuple(
        ref
        for passage, where, numbers in parts
        for ref in citations(passage, where, latest, with_known(passage.text, numbers, known))
    )
    return replace(disclosure, policy_refs=disclosure.policy_refs + _without_repeats(refs))


def _without_repeats(refs: tuple[PolicyRef, ...]) -> tuple[PolicyRef, ...]:
    """One reference for each place: lines between tables may be in a section as well."""
    return tuple({ref.printed.place: ref for ref in refs}.values())


def _running_text(document: Document) -> Iterator[tuple[Passage, str]]:
    """Paragraphs and headings with the heading that they stand under."""
    for passage in document.opening:
        yield passage, "封面"
    for section in document.sections:
        for passage in (section.heading, *section.paragraphs):
            yield passage, section.title


def _cells(disclosure: Disclosure) -> Iterator[tuple[Passage, str]]:
    """The text of each cell that can cite, with the title of its table."""
    for table in disclosure.document.tables:
        for grid in table.parts:
            for cell in grid.cells if may_cite(grid.text) else ():
                if may_cite(cell.text):
                    lines = lines_of(cell.words, grid.page)
                    yield joined([line.passage for line in lines]), _title(disclosure, table)


def _title(disclosure: Disclosure, table: RuledTable) -> str:
    """The title of a budget table on these pages, else the caption line that names a table."""
    named = [line.passage.text for line in table.caption if "表" in line.passage.text]
    titled = [text for text in named if _UNIT not in text and text.endswith("表")]
    if titled or named:
        return (titled or named)[-1]
    pages = {table.pages}
    known = [budget.title.printed for budget in disclosure.tables if pages & {budget.pages}]
    return known[0] if len(known) == 1 else f"第{table.pages[0]}页表格"
