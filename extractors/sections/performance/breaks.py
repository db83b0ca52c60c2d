"""Rows that a page's end cuts in two: text of one cell at the foot of a page and at the top of the next.

社会效益 / 指标, ＞ / =95%, 2025年12月15 / 日; the other cells of the row are blank on one of the two sides.
"""

from collections.abc import Sequence, Set

from extractors.sections.performance.header import Header, governing, repeated
from extractors.sections.performance.sheet import Belongs, Sheet, Slot, passage_in, plain_in
from extractors.targets import target_of
from extractors.templates.performance import LEVELS, PROJECT, TARGET, vocabulary

_LEVEL3, _WEIGHT = "level3", "weight"


def mended(sheet: Sheet, headers: Sequence[Header]) -> Sheet:
    """The sheet with what page ends cut put together again."""
    if not sheet.tops:
        return sheet
    filled = {header.row: _always_filled(sheet, header) for header in headers}
    joins: dict[int, Belongs] = {}
    for top in sheet.tops:
        header = governing(headers, top)
        if repeated(headers, top):
            continue
        if header is None:
            joins[top] = _any if _goal_goes_on(sheet, top) else _none
        else:
            joins[top] = _any if _row_goes_on(sheet, top, header, filled[header.row]) else _level_goes_on
    return sheet.joined(joins)


def _none(_above: Slot, _slot: Slot) -> bool:
    return False


def _any(_above: Slot, _slot: Slot) -> bool:
    return True


def _goal_goes_on(sheet: Sheet, top: int) -> bool:
    """Above the header: no label at the page's top, text beside it."""
    labels = vocabulary().labels
    first, *others = sheet.beginning(top)
    return (
        not first.plain
        and any(slot.plain for slot in others)
        and all(labels.role(slot.plain) is None for slot in others)
    )


def _row_goes_on(sheet: Sheet, top: int, header: Header, filled: Set[str]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before."""
    above, below = _texts(sheet, top - 1, header), _texts(sheet, top, header)
    if not any(below.values()) or _are_two(sheet, top, header):
        return False
    cut_level = any(_is_cut(above[level], below[level]) for level in LEVELS if level in header.columns)
    lacking = any(not above[role] or not below[role] for role in filled)
    return cut_level or lacking


def _texts(sheet: Sheet, row: int, header: Header) -> dict[str, str]:
    return {role: plain_in(sheet.at(row, span)) for role, span in header.columns.items()}


def _are_two(sheet: Sheet, top: int, header: Header) -> bool:
    """Whether each side has what an indicator has only once: a level's name, a weight, a whole target."""
    above, below = _texts(sheet, top - 1, header), _texts(sheet, top, header)
    names = vocabulary().levels
    if any(below.get(level) in names for level in LEVELS) or (above.get(_WEIGHT) and below.get(_WEIGHT)):
        return True
    span = header.columns[TARGET]
    sides = [target_of(passage_in(sheet.at(row, span))) for row in (top - 1, top)]
    return all(operator and value for operator, value in sides)


def _always_filled(sheet: Sheet, header: Header) -> set[str]:
    """The columns that no row away from the page ends leaves blank; at least indicator and target."""
    at_ends = {row for top in sheet.tops for row in (top - 1, top)}
    columns = {role: span for role, span in header.columns.items() if role not in (*LEVELS, *PROJECT)}
    away = [row for row in range(header.end, sheet.n_rows) if row not in at_ends]
    rows = [row for row in away if _LEVEL3 in columns and plain_in(sheet.at(row, columns[_LEVEL3]))]
    always = {r for r, span in columns.items() if rows and all(plain_in(sheet.at(row, span)) for row in rows)}
    return always | ({_LEVEL3, TARGET} & columns.keys())


def _level_goes_on(above: Slot, slot: Slot) -> bool:
    return _is_cut(above.plain, slot.plain)


def _is_cut(above: str, below: str) -> bool:
    """Whether two pieces make a level's name that the second alone is not: 社会效益 / 指标."""
    names = vocabulary().levels
    return bool(below) and below not in names and above + below in names
