"""Forms of many projects in one table: name, money and goal stand in columns left of the indicators.

单位名称 | 项目名称 | 预算金额（万元） | 年度目标 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值

They are merged over the rows of a project; on a later page they may be blank, or hold the rest of a text.
"""

from collections.abc import Iterator
from dataclasses import replace

from extractors.sections.performance.figures import filled_text, money_of
from extractors.sections.performance.head import Head, unit_in
from extractors.sections.performance.header import Header, Segment
from extractors.sections.performance.sheet import Sheet, Slot
from extractors.templates.performance import TARGET

_NAME = "name"
_TEXTS = (_NAME, "organisation", "goal")
_FIGURES = ("total", "fiscal", "other")


def listed(sheet: Sheet, segment: Segment, head: Head) -> tuple[tuple[Segment, Head], ...]:
    """Each form of a segment with its head: one, or one for each project that a column names."""
    if _NAME not in segment.header.columns:
        return ((segment, head),)
    unit = _unit(sheet, segment.header) or head.unit
    return tuple((part, _head(sheet, part, head, unit)) for part in _projects(sheet, segment))


def _projects(sheet: Sheet, segment: Segment) -> Iterator[Segment]:
    rows: list[int] = []
    for row in segment.body:
        if rows and _names_a_project(sheet, row, segment.header):
            yield replace(segment, body=tuple(rows))
            rows = []
        rows.append(row)
    yield replace(segment, body=tuple(rows))


def _names_a_project(sheet: Sheet, row: int, header: Header) -> bool:
    """Whether a name begins in the row; what reaches over to the targets is a note."""
    names = [slot for slot in sheet.at(row, header.columns[_NAME]) if slot.row == row and slot.plain]
    targets = sheet.at(row, header.columns[TARGET])
    return bool(names) and not any(slot in targets for slot in names)


def _head(sheet: Sheet, part: Segment, head: Head, unit: str | None) -> Head:
    texts = {role: text for role in _TEXTS if (text := filled_text(_slots(sheet, part, role)))}
    amounts = {role: amount for role in _FIGURES if (amount := money_of(_slots(sheet, part, role), unit))}
    return replace(head, texts={**head.texts, **texts}, amounts={**head.amounts, **amounts}, unit=unit)


def _slots(sheet: Sheet, part: Segment, role: str) -> tuple[Slot, ...]:
    """The cells of a column that begin in the rows of a project."""
    span = part.header.columns.get(role)
    if span is None:
        return ()
    return tuple(slot for row in part.body for slot in sheet.at(row, span) if slot.row == row)


def _unit(sheet: Sheet, header: Header) -> str | None:
    """The unit in the header over the money."""
    spans = [header.columns[role] for role in _FIGURES if role in header.columns]
    cells = (slot for span in spans for row in range(header.row, header.end) for slot in sheet.at(row, span))
    return next((unit for slot in cells if (unit := unit_in(slot.plain))), None)
