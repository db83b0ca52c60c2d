"""The lines above and below a table: its number, title, unit, and the note of an empty table.

Samples: 表 1 / 附表2 / 公开01表 / 13-1; 部门收支总体情况表; 编制单位：… 单位：万元; 金额单位：元;
“… 2025年没有使用政府性基金预算拨款安排的支出，政府性基金预算支出情况表为空表。”
"""

import re
from collections.abc import Sequence

from extractors.layout.text import joined
from extractors.model.amounts import MONEY_UNITS, Text
from extractors.model.document import Line, Passage
from extractors.model.evidence import Reader

_NUMBER = re.compile(
    r"^(?:附件?|公开|预算|决算)*表?[:：]?(?P<number>\d{1,2}(?:-\d{1,2})?|[一二三四五六七八九十]{1,3})表?(?=$|[:、.]|[^\d年])"
)
_UNIT = re.compile(
    r"(?<!编制)(?<!预算)(?<!填报)单位[:：]?(?:人民币)?(?P<unit>亿元|万元|元)|\((?P<bracketed>亿元|万元|元)\)"
)
_NOT_A_TITLE = re.compile(r"(?:编制|填报|预算|金额)?(?:部门|单位)(?:名称)?:|^\(?\d{4}年度?\)?$")
_NAMED = re.compile(r"表(?:\(.*\))?$")
_NUMBER_IN_TITLE = re.compile(
    r"^(?:附件?|公开)?表(?:\d{1,2}(?:-\d{1,2})?|[一二三四五六七八九十]{1,3})(?=[:：、.]|[^\d一二三四五六七八九十-])"
)
_EMPTY = re.compile(r"[^。；]*(?:空表|没有|无数据|未安排|不涉及|无此项)[^。；]*[。；]?")
_REMARK = re.compile(r"(?:注|备注|说明)\d?[:：.、]")


def unit_of(lines: Sequence[Line]) -> str | None:
    """The unit of money printed above a table; the nearest line counts."""
    for line in reversed(lines):
        if (found := _UNIT.search(line.passage.plain)) is not None:
            unit = found["unit"] or found["bracketed"]
            assert unit in MONEY_UNITS  # noqa: S101 - the pattern names the units of money
            return unit
    return None


def title_of(lines: Sequence[Line]) -> Passage | None:
    """The nearest line that can be a title, those named 表 first."""
    last: Passage | None = None
    for line in reversed(lines):
        passage = line.passage
        if _NOT_A_TITLE.search(passage.plain) is None and not _is_number(passage):
            if _NAMED.search(passage.plain) is not None:
                return passage
            last = last or passage
    return last


def number_of(lines: Sequence[Line], title: Passage | None) -> Text | None:
    """The table's number as printed, where a line holds it alone or the title begins with it."""
    for line in reversed(lines):
        if _is_number(line.passage):
            return as_text(line.passage)
    before = _NUMBER_IN_TITLE.match(title.plain) if title else None
    return as_text(title.part(*before.span())) if title and before else None


def _is_number(passage: Passage) -> bool:
    match = _NUMBER.match(passage.plain)
    return match is not None and match.end() == len(passage)


def empty_note_of(lines: Sequence[Line]) -> Text | None:
    """The sentence below a table that says why it is empty; a remark begins with its word (说明：…)."""
    remarks: list[list[Passage]] = [[]]
    for line in lines:
        if _REMARK.match(line.passage.plain):
            remarks.append([])
        remarks[-1].append(line.passage)
    for remark in reversed(remarks):
        below = joined(remark)
        if (found := _EMPTY.search(below.plain)) is not None:
            return as_text(below.part(*found.span()))
    return None


def as_text(passage: Passage) -> Text:
    """The words of a line with their place."""
    return Text(printed=passage.text, place=passage.evidence(0, len(passage)), reader=Reader.BUILT_IN)
