"""The rows below the header as indicators; the levels to the left are merged over several of them."""

from collections.abc import Iterator, Mapping

from extractors.model.amounts import Text
from extractors.model.findings import Gap
from extractors.model.performance import Indicator
from extractors.sections.performance.figures import filled_text, weight_of
from extractors.sections.performance.header import Header, Segment
from extractors.sections.performance.sheet import Sheet, Slot, Span, passage_in, plain_in, text_in
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
        if _is_indicator_row(sheet, row, segment.header):
            cells = {role: sheet.at(row, span) for role, span in segment.header.columns.items()}
            levels = _levels(cells, levels)
            indicator = _indicator(cells, levels)
            if indicator.level3 is not None or indicator.target is not None:
                found.append(indicator)
    return tuple(found)


def _is_indicator_row(sheet: Sheet, row: int, header: Header) -> bool:
    """Whether an indicator begins in the row. A cell over levels and indicator is a note or a sum."""
    outer = [header.columns[level] for level in LEVELS if level in header.columns]
    inner = header.columns.get(_LEVEL3, header.columns[TARGET])
    across = any(s.span.meets(inner) and _covers(s, outer[0]) for s in sheet.line(row))
    begins = any(s.plain for s in sheet.beginning(row) if not any(s.span.meets(span) for span in outer))
    return begins and not across


def _covers(slot: Slot, span: Span) -> bool:
    return slot.span.x0 <= sum(span) / 2 <= slot.span.x1


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
    header = segment.header
    for name, span in header.unknown:
        row = next((row for row in segment.body if filled_text(sheet.at(row, span))), None)
        if row is not None:
            yield Gap(SECTION, f"绩效目标表的“{name}”一列不认识，没有读入", _page(sheet, row))
    rows = segment.body if _WEIGHT in header.columns else ()
    for row in rows:
        slots = sheet.at(row, header.columns[_WEIGHT])
        if weight_of(slots) is None and filled_text(slots) and _is_indicator_row(sheet, row, header):
            yield Gap(SECTION, f"绩效指标的权重“{plain_in(slots)}”不是一个数", _page(sheet, row))


def _page(sheet: Sheet, row: int) -> int:
    return sheet.line(row)[0].pieces[0].page
