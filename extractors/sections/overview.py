"""第一部分 概况: what the department does, its offices, the units below it; all as printed.

（一）贯彻实施国家、自治区医疗保险政策…   9、完成县委、县政府交办的其他任务。
下设7个科室，分别是：行政办公室、档案管理科、…、基金财务管理科。
下设4个科室，分别是：办公室，财务室，医保科，征缴科。       无下属预算单位
序号 | 单位名称 | 备注    (a ruled list of the units)
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from extractors.layout.text import joined, lines_of
from extractors.model.amounts import Text
from extractors.model.document import Document, Grid, GridCell, Passage, Section
from extractors.model.facts import Disclosure, Overview
from extractors.registry import section_reader
from extractors.templates.sections import find, heading_words

_COUNT = r"(?:(?:\d+|[一二两三四五六七八九十]+)个)"
_COUNTED = re.compile(r"\d+(?:人|名|个|辆)")
_ITEM = re.compile(r"[^、,;。；]+")
_NUMBER = re.compile(r"^(?:\(?[一二三四五六七八九十\d]{1,3}(?:\)|[、.](?!\d))|[①-⑳])")
_AND = re.compile(r"^(?:以及|及)")
_SENTENCE_ENDS = "。；;.!！"
_SHORTEST_FUNCTION = 8


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of `overview.toml`."""

    offices: tuple[str, ...]
    bare: tuple[str, ...]
    office_endings: tuple[str, ...]
    units: tuple[str, ...]
    leads: tuple[str, ...]
    unit_headers: tuple[str, ...]
    list_headers: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    """The words that announce offices and units."""
    text = resources.files("extractors.templates").joinpath("overview.toml").read_text(encoding="utf-8")
    return Vocabulary(**{key: tuple(words) for key, words in tomllib.loads(text).items()})


@section_reader("overview")
def overview(disclosure: Disclosure) -> Disclosure:
    """Fills `overview`."""
    document = disclosure.document
    words = vocabulary()
    read = Overview(
        functions=tuple(_functions(document)),
        offices=_listed(document, _announcement(words.offices)) or _bare_offices(document),
        units=tuple(_ruled_units(document)) or _listed(document, _announcement(words.units)),
    )
    return replace(disclosure, overview=read)


def _text(passage: Passage) -> Text:
    return Text(printed=passage.text, place=passage.evidence(0, len(passage)))


def _functions(document: Document) -> Iterator[Text]:
    """The duties of 主要职能, a paragraph each."""
    for section in find(document, "functions"):
        if not _is_about_staff(section):
            yield from map(_text, _duties(section))


def _duties(section: Section) -> list[Passage]:
    """The paragraphs; a heading below 主要职能 is a duty too, and one that breaks off goes on in the next."""
    role = heading_words("functions")
    duties: list[Passage] = []
    for passage in (section.heading, *section.paragraphs):
        unnumbered = _NUMBER.sub("", passage.plain)
        if len(unnumbered) < _SHORTEST_FUNCTION or (passage is section.heading and role.fits(section.title)):
            continue
        breaks_off = bool(duties) and duties[-1].text[-1] not in _SENTENCE_ENDS
        if breaks_off and unnumbered == passage.plain:
            duties[-1] = joined([duties[-1], passage])
        else:
            duties.append(passage)
    return duties


def _is_about_staff(section: Section) -> bool:
    """一、主要职能及机构设置 holds （二）机构设置 as well."""
    return heading_words("staffing").fits(section.title) and not heading_words("functions").fits(
        section.title
    )


def _listed(document: Document, announcement: re.Pattern[str]) -> tuple[Text, ...]:
    """The list that a sentence of 机构设置 gives behind its announcement."""
    for section in find(document, "staffing"):
        for passage in section.paragraphs:
            items = tuple(_items(passage, announcement))
            if items:
                return items
    return ()


def _bare_offices(document: Document) -> tuple[Text, ...]:
    """内设办公室、财务处和机关党委, only where all of several items are called like offices."""
    words = vocabulary()
    items = _listed(document, re.compile(_any_of(words.bare)))
    is_list = len(items) > 1 and all(item.printed.endswith(words.office_endings) for item in items)
    return items if is_list else ()


def _items(passage: Passage, announcement: re.Pattern[str]) -> Iterator[Text]:
    """下设7个科室，分别是：A、B、C。 — from behind the announcement to the end of the sentence."""
    announced = announcement.search(passage.plain)
    if announced is None:
        return
    stop = re.compile(r"[。；;]|$").search(passage.plain, announced.end())
    end = stop.start() if stop else len(passage)
    for item in _ITEM.finditer(passage.plain, announced.end(), end):
        lead = _NUMBER.match(item[0]) or _AND.match(item[0])
        start = item.start() + (lead.end() if lead else 0)
        if _COUNTED.search(item[0]):  # the sentence has gone on to other things: …、业务股，编制20名
            return
        if start < item.end():
            yield _text(passage.part(start, item.end()))


@cache
def _announcement(nouns: tuple[str, ...]) -> re.Pattern[str]:
    """下设7个科室，分别是： or 内设机构包括 or 内设三个股室："""
    any_noun, any_lead = _any_of(nouns), _any_of(vocabulary().leads)
    counted = rf"{_COUNT}(?:{any_noun})|(?:{any_noun})(?:共|共有|有)?{_COUNT}?"
    return re.compile(rf"(?:{counted})[,:]?(?:(?:{any_lead})[:,]?|(?<=:))")


def _any_of(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _ruled_units(document: Document) -> Iterator[Text]:
    """The names in ruled lists of units."""
    for table in document.tables:
        for grid in table.parts:
            column = _unit_column(grid)
            if column is not None:
                yield from (
                    _cell_text(grid, c) for c in grid.cells if c.row and c.column == column and c.words
                )


def _unit_column(grid: Grid) -> int | None:
    """The column of names, where the headers are those of a list of units and nothing else."""
    words = vocabulary()
    headers = {cell.text: cell.column for cell in grid.cells if cell.row == 0}
    names = [column for text, column in headers.items() if text in words.unit_headers]
    others = [text for text in headers if text not in words.unit_headers]
    is_list = len(names) == 1 and bool(others) and all(text in words.list_headers for text in others)
    return names[0] if is_list else None


def _cell_text(grid: Grid, cell: GridCell) -> Text:
    return _text(joined([line.passage for line in lines_of(cell.words, grid.page)]))
