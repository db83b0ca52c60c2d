"""What must be there, and must say the same wherever it is printed."""

import re
from collections.abc import Iterator

from extractors.checking.registry import check
from extractors.checking.tie import figure, if_certain, tie
from extractors.model.amounts import Amount, parse_decimal
from extractors.model.document import Passage
from extractors.model.facts import Disclosure
from extractors.model.findings import TieOut, Verdict

_YEAR = re.compile(r"(20\d{2})年")
_OF_THE_DOCUMENT = re.compile(r"部门|单位|预算|决算")
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
