"""The rows below the header as indicators; the levels to the left are merged over several of them."""

from collections.abc import Iterator, Mapping, Sequence

from extractors.model.amounts import Text
from extractors.model.findings import Gap
from extractors.model.performance import Indicator
from extractors.sections.performance.figures import filled_text, weight_of
from extractors.sections.performance.header import Header, Segment
from extractors.sections.performance.sheet import Sheet, Slot, passage_in, plain_in, text_in
from extractors.targets import target_of
from extractors.templates.performance import LEVELS, TARGET

SECTION = "performance"
_LEVEL3, _WEIGHT = "level3", "weight"
_TEXTS = ("basis", "last_year", "scoring", "evidence_required", "note")
_PARTS_OF_TARGET = ("operator", TARGET, "unit")
Cells = Mapping[str, tuple[Slot, ...]]
"""The cells of a row by the role of their column."""
Levels = dict[str, Text | None]


def indicators_of(sheet: Sheet, segment: Segment) -> tuple[Indicator, ...]:
    """The indicators of a form in their order; rows of a template that nobody filled in are none."""
    found: list[Indicator] = []
    levels: Levels = dict.fromkeys(LEVELS)
    for row in segment.body:
        cells = _cells(sheet, row, segment.header)
        if _is_indicator(sheet.beginning(row), cells, segment.header):
            levels = _levels(cells, levels)
            indicator = _indicator(cells, levels)
            if indicator.level3 is not None or indicator.target is not None:
                found.append(indicator)
    return tuple(found)


def _cells(sheet: Sheet, row: int, header: Header) -> Cells:
    return {role: sheet.at(row, span) for role, span in header.columns.items()}


def _is_indicator(beginning: Sequence[Slot], cells: Cells, header: Header) -> bool:
    """Whether an indicator begins in a row. A cell over levels and indicator is a note or a sum."""
    outer = [level for level in LEVELS if level in cells]
    of_levels = [slot for level in outer for slot in cells[level]]
    if not any(slot.plain for slot in beginning if slot not in of_levels):
        return False
    middle = sum(header.columns[outer[0]]) / 2
    return not any(s.span.x0 <= middle <= s.span.x1 for s in cells.get(_LEVEL3, cells[TARGET]))


def _levels(cells: Cells, before: Levels) -> Levels:
    """The levels of a row. A blank level is that of the row above, as long as the level over it is."""
    levels: Levels = {}
    is_new = False
    for level in LEVELS:
        text = text_in(cells.get(level, ()))
        levels[level] = text if text is not None or is_new else before[level]
        is_new = is_new or (text is not None and text != before[level])
    return levels


def _indicator(cells: Cells, levels: Levels) -> Indicator:
    target_slots = [slot for role in _PARTS_OF_TARGET for slot in cells.get(role, ())]
    target = filled_text(target_slots)
    operator, value = target_of(passage_in(target_slots)) if target else (None, None)
    texts = {role: filled_text(cells.get(role, ())) for role in _TEXTS}
    return Indicator(
        level1=levels["level1"],
        level2=levels["level2"],
        level3=filled_text(cells.get(_LEVEL3, ())),
        target=target,
        operator=operator,
        value=value,
        weight=weight_of(cells.get(_WEIGHT, ())),
        **texts,
    )


def doubts_of(sheet: Sheet, segment: Segment) -> Iterator[Gap]:
    """What stands in a form and is not read: columns of no known role, weights that are no numbers."""
    header, columns = segment.header, segment.header.columns
    for name, span in header.unknown:
        row = next((row for row in segment.body if filled_text(sheet.at(row, span))), None)
        if row is not None:
            yield Gap(SECTION, f"绩效目标表的“{name}”一列不认识，没有读入", _page(sheet, row))
    numbers: set[str] = set()
    for row in segment.body if _WEIGHT in columns else ():
        slots = sheet.at(row, columns[_WEIGHT])
        printed = plain_in(slots)
        if printed in numbers:  # as most are: the same ones come again
            continue
        if weight_of(slots) is not None:
            numbers.add(printed)
        elif filled_text(slots) and _is_indicator(sheet.beginning(row), _cells(sheet, row, header), header):
            yield Gap(SECTION, f"绩效指标的权重“{printed}”不是一个数", _page(sheet, row))


def _page(sheet: Sheet, row: int) -> int:
    return sheet.line(row)[0].pieces[0].page
