"""What must be there, and must say the same wherever it is printed."""

import re
from collections.abc import Iterator

from extractors.checking.registry import Objection, check, inspection
from extractors.checking.tie import figure, if_certain, tie
from extractors.model.amounts import Amount, parse_decimal
from extractors.model.document import Passage
from extractors.model.evidence import Evidence
from extractors.model.facts import Disclosure
from extractors.model.findings import Severity, TieOut, Verdict
from extractors.model.plain import plain
from extractors.templates.wording import required_parts

_YEAR = re.compile(r"(20\d{2})年")
_OF_THE_DOCUMENT = re.compile(r"部门|单位|预算|决算")
_LISTED_TABLE = re.compile(r"[一二三四五六七八九十]+、.*表")
_SAYS_EMPTY = re.compile(r"空表|无数据")
_WHOLE_DOCUMENT = 8  # headings: fewer are an excerpt
_SURE = 2  # headings that agree before another one is accused


@check("completeness/fiscal-year")
def fiscal_year(disclosure: Disclosure) -> Iterator[TieOut]:
    """各部分标题中的年度一致，都是本文件的预算（决算）年度。"""
    year = disclosure.head.fiscal_year
    if year is None:
        return
    tie_outs = [
        tie(
            "completeness/fiscal-year",
            f"标题“{section.title}”的年度 ＝ 文件年度",
            figure(f"标题“{section.title}”的年度", printed),
            figure("文件年度", year),
        )
        for section in disclosure.document.sections
        if (printed := _year_of(section.heading, year)) is not None
    ]
    agreeing = sum(1 for tie_out in tie_outs if tie_out.verdict is Verdict.HOLDS)
    for tie_out in tie_outs:
        yield if_certain(tie_out, agreeing >= _SURE)


@inspection("completeness/contents", Severity.WARNING)
def contents(disclosure: Disclosure) -> Iterator[Objection]:
    """目录中列出的表，正文中都有。"""
    listed = [line for line in disclosure.document.contents if _LISTED_TABLE.fullmatch(line)]
    if not listed or _is_partly_unread(disclosure):
        return
    printed = {plain(table.title.printed) for table in disclosure.tables}
    captions = {p.plain for p in disclosure.document.passages} | _captions(disclosure)
    for line in listed:
        name = plain(line[line.index("、") + 1 :])
        if not any(name in title or title in name for title in printed if title) and name not in captions:
            yield Objection(
                printed=line,
                expected="（正文中应有此表）",
                why=f"目录中列有“{line}”，正文中没有找到。",
                evidence=_beginning(disclosure),
            )


@inspection("completeness/empty-table", Severity.WARNING)
def empty_table(disclosure: Disclosure) -> Iterator[Objection]:
    """注明为空表的表没有数。"""
    for table in disclosure.tables:
        if table.note is not None and not table.is_empty and _SAYS_EMPTY.search(plain(table.note.printed)):
            yield Objection(
                printed=table.note.printed,
                expected="（表中有数，不是空表）",
                why=f"{table.title.printed}下注明为空表，而表中有数。",
                evidence=(*table.note.place, *table.title.place),
            )


@inspection("completeness/empty-unsaid", Severity.INFO)
def empty_unsaid(disclosure: Disclosure) -> Iterator[Objection]:
    """没有数的表注明是空表（在表下，或在目录的“是否空表”栏）。"""
    unsaid = [
        table
        for table in disclosure.tables
        if table.note is None and not table.faults and table.title.place and table.is_empty
    ]
    for table in () if unsaid and _has_column_of_empty_tables(disclosure) else unsaid:
        yield Objection(
            printed=table.title.printed,
            expected="（应注明为空表）",
            why=f"{table.title.printed}没有数，也没有注明是空表。",
            evidence=table.title.place,
        )


@inspection("completeness/parts", Severity.INFO)
def parts(disclosure: Disclosure) -> Iterator[Objection]:
    """公开规定要求的各部分齐全：职能、情况说明、三公经费、机关运行经费、政府采购、国有资产、绩效、名词解释。"""
    headings = [section.heading for section in disclosure.document.sections if len(section.heading)]
    if len(headings) < _WHOLE_DOCUMENT or _is_partly_unread(disclosure):
        return
    for part, words in required_parts().items():
        if not any(re.search(word, disclosure.document.plain) for word in words):
            yield Objection(
                printed=disclosure.document.file_name,
                expected=part,
                why=f"没有找到“{part}”部分。",
                evidence=_beginning(disclosure),
            )


def _has_column_of_empty_tables(disclosure: Disclosure) -> bool:
    """Whether 目录 is a table that says of each table whether it is empty."""
    first_parts = (table.parts[0] for table in disclosure.document.tables)
    return any("是否空表" in cell.text for part in first_parts for cell in part.cells)


def _beginning(disclosure: Disclosure) -> tuple[Evidence, ...]:
    """Where the document begins: the place of what is not there."""
    first = next((passage for passage in disclosure.document.passages if len(passage)), None)
    return first.evidence(0, len(first)) if first else ()


def _is_partly_unread(disclosure: Disclosure) -> bool:
    """Whether something that could not be read may hold what is sought."""
    return bool(disclosure.gaps) or any(page.faults for page in disclosure.document.pages)


def _captions(disclosure: Disclosure) -> set[str]:
    tables = disclosure.document.tables
    return {line.passage.plain for table in tables for line in (*table.caption, *table.repeated)}


def _year_of(heading: Passage, year: Amount) -> Amount | None:
    """The only year of a heading that speaks of the document's budget; None for any other heading."""
    found = list(_YEAR.finditer(heading.plain))
    if len(found) != 1 or not _OF_THE_DOCUMENT.search(heading.plain) or "项目名称" in heading.plain:
        return None
    span = found[0].span(1)
    value = parse_decimal(found[0][1])
    place = heading.evidence(*span)
    if value is None or place == year.place:
        return None
    return Amount(printed=found[0][1], place=place, value=value, unit=year.unit)
