"""Performance forms (整体绩效目标表, 项目支出绩效目标表), read from their ruled cells.

The words they are known by are data: `templates/performance.toml`. What looks like a form and cannot be
read as one is a gap.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.forms import Parts, sort_out, unsoundness_of
from extractors.model.amounts import Text
from extractors.model.document import Line, RuledTable
from extractors.model.evidence import Box
from extractors.model.facts import Disclosure
from extractors.model.findings import Gap
from extractors.model.performance import Area, IndicatorTable, Scope
from extractors.registry import section_reader
from extractors.sections.performance.breaks import mended
from extractors.sections.performance.head import Head, head_of, unit_in
from extractors.sections.performance.header import Segment, headers_of, segments_of
from extractors.sections.performance.indicators import SECTION, doubts_of, indicators_of
from extractors.sections.performance.listing import listed
from extractors.sections.performance.sheet import Sheet, sheet_of, text_in
from extractors.templates.performance import vocabulary
from extractors.templates.tables import is_form_title


@section_reader(SECTION)
def performance(disclosure: Disclosure) -> Disclosure:
    """Adds the performance forms."""
    forms: list[IndicatorTable] = []
    gaps: list[Gap] = []
    own, others = sort_out(disclosure.document.tables)
    for parts in own:
        read, doubts = _read(parts)
        forms += read
        gaps += doubts
    gaps += _unrecognised(others)
    return replace(disclosure, indicator_tables=tuple(forms), gaps=(*disclosure.gaps, *gaps))


def _read(parts: Parts) -> tuple[list[IndicatorTable], list[Gap]]:
    grids = [grid for part in parts for grid in part.parts]
    unsound = unsoundness_of(parts)
    if unsound:
        reason = f"绩效目标表的表格线不完整，没有读入：{'；'.join(unsound)}"
        return [], [Gap(SECTION, reason, grids[0].page)]
    sheet = sheet_of(grids)
    headers = headers_of(sheet)
    sheet = mended(sheet, headers)
    segments = segments_of(sheet, headers)
    forms = [f for s in segments for f in _forms(sheet, s, parts[0].caption if s is segments[0] else ())]
    return forms, [gap for segment in segments for gap in doubts_of(sheet, segment)]


def _forms(sheet: Sheet, segment: Segment, lines: Sequence[Line]) -> Iterator[IndicatorTable]:
    unit = next((unit for line in reversed(lines) if (unit := unit_in(line.passage.plain))), None)
    title = _title(lines, sheet, segment)
    scope = _scope(title, has_name=_names_a_project(sheet, segment))
    for part, head in listed(sheet, segment, head_of(sheet, segment.head, unit)):
        yield _form(sheet, part, head, title, scope)


def _form(sheet: Sheet, segment: Segment, head: Head, title: Text | None, scope: Scope) -> IndicatorTable:
    return IndicatorTable(
        scope=scope,
        title=title,
        name=head.texts.get("name"),
        organisation=head.texts.get("organisation"),
        leader=head.texts.get("leader"),
        total=head.amounts.get("total"),
        fiscal=head.amounts.get("fiscal"),
        other=head.amounts.get("other"),
        funding=head.funding,
        goal=head.texts.get("goal"),
        unit=head.unit,
        areas=tuple(_areas(sheet, segment)),
        tasks=head.tasks,
        indicators=indicators_of(sheet, segment),
    )


def _title(lines: Sequence[Line], sheet: Sheet, segment: Segment) -> Text | None:
    """The nearest line that names a form: above the table, or over its whole width at its top."""
    for row in reversed(segment.head):
        line = sheet.line(row)
        if len(line) == 1 and is_form_title(line[0].plain):
            return text_in(line)
    for passage in (line.passage for line in reversed(lines)):
        if is_form_title(passage.plain):
            return Text(printed=passage.text, place=passage.evidence(0, len(passage)))
    return None


def _names_a_project(sheet: Sheet, segment: Segment) -> bool:
    role = vocabulary().labels.role
    is_labelled = any(role(s.plain) == "name" for row in segment.head for s in sheet.beginning(row))
    return is_labelled or "name" in segment.header.columns


def _scope(title: Text | None, *, has_name: bool) -> Scope:
    if title is not None:
        is_whole = any(word in title.printed for word in vocabulary().whole)
    else:
        is_whole = not has_name
    return Scope.WHOLE if is_whole else Scope.PROJECT


def _areas(sheet: Sheet, segment: Segment) -> Iterator[Area]:
    """What the form takes up on each page; a header over many projects is none of theirs."""
    above = () if "name" in segment.header.columns else range(segment.header.row, segment.header.end)
    rows = (*segment.head, *above, *segment.body)
    boxes: dict[int, list[Box]] = {}
    for slot in dict.fromkeys([slot for row in rows for slot in sheet.line(row)]):  # each of merged ones once
        for page, cell in slot.pieces:
            if cell.words:
                boxes.setdefault(page, []).append(cell.shown)
    yield from (Area(page, Box.around(boxes[page])) for page in sorted(boxes))


def _unrecognised(others: Sequence[RuledTable]) -> Iterator[Gap]:
    """Tables that are titled as a form is, and have no header that is known."""
    for table in others:
        titles = [li.passage for li in table.caption if is_form_title(li.passage.plain)]
        if titles:
            yield Gap(SECTION, f"“{titles[-1].text}”的表头无法识别，没有读入", table.pages[0])
