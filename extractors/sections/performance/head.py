"""The block above a form's indicators: labels and their values, the sources of money, the main tasks.

项目名称 | …            项目资金（万元） | 年度预算总额 | 4.00 | 其中：财政拨款 | 4.00 | 其他资金 | 0.00
年度预算（万元） | 资金来源 | 资金总额（万元）     财政资金（万元） | 上级安排 | 113.14
任务名称 | 主要内容 | 预算金额（万元）/ 总额 | 财政拨款 | 其他资金     金额合计 | 456.72 | 456.72

A value stands right of its label, below it where another label stands right of it (实施期总目标 | 年度目标),
or behind it in the same cell (年度预算总额：4.00).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from extractors.forms import SAME_EDGE
from extractors.model.amounts import Amount, Text
from extractors.model.document import Passage
from extractors.model.performance import Funding, Task
from extractors.model.plain import plain
from extractors.sections.performance.figures import filled_text, money_from, money_of, text_from
from extractors.sections.performance.header import leaves
from extractors.sections.performance.sheet import Sheet, Slot, Span, plain_in
from extractors.templates.performance import Labels, vocabulary

_TEXTS = ("name", "organisation", "leader", "goal")
_FIGURES = ("total", "fiscal", "other")
_CARRIED = "carried"
_UNIT = re.compile(r"(?:\(|单位:)(?:人民币)?(?P<unit>亿元|万元|元)")
_BEFORE_BRACKET = re.compile(r"[^(:]*")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the header."""

    texts: Mapping[str, Text] = field(default_factory=dict)
    amounts: Mapping[str, Amount] = field(default_factory=dict)
    funding: tuple[Funding, ...] = ()
    tasks: tuple[Task, ...] = ()
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class _Label:
    """A printed label, how much it is preferred (0: most), and its value: cells, or the rest of its own."""

    slot: Slot
    rank: int
    value: tuple[Slot, ...] = ()
    behind: Passage | None = None


@dataclass(frozen=True, slots=True)
class _Block:
    """A list within the head: its first row, the first below its header, the row after it, its columns."""

    start: int
    body: int
    end: int
    columns: Mapping[str, Span]

    @property
    def rows(self) -> range:
        """The rows below its header."""
        return range(self.body, self.end)


def head_of(sheet: Sheet, rows: range, unit_above: str | None) -> Head:
    """The head of the form that stands in these rows; `unit_above` is the unit printed over the table."""
    words = vocabulary()
    unit = _unit(sheet, rows) or unit_above
    tasks = _block(sheet, rows, words.tasks, "name")
    funding = _block(sheet, rows, words.funding, "source")
    inside = {row for block in (tasks, funding) if block for row in range(block.start, block.end)}
    labels = _labels(sheet, [row for row in rows if row not in inside])
    texts = {role: text for role in _TEXTS if (text := _text(labels, role))}
    amounts = _amounts(labels, unit)
    sources = (
        tuple(_funding(sheet, funding, unit)) if funding else tuple(_with_carried(labels, amounts, unit))
    )
    if tasks:
        amounts = _task_totals(sheet, tasks, unit) | amounts
    return Head(
        texts=texts,
        amounts=_of_sources(sources) | amounts,
        funding=tuple(source for source in sources if words.labels.role(source.source.printed) != "total"),
        tasks=tuple(_tasks(sheet, tasks, unit)) if tasks else (),
        unit=unit,
    )


def _unit(sheet: Sheet, rows: range) -> str | None:
    for row in rows:
        for slot in sheet.beginning(row):
            if (found := _UNIT.search(slot.plain)) is not None:
                return found["unit"]
    return None


def unit_in(text: str) -> str | None:
    """The unit of money that a line above the table names."""
    found = _UNIT.search(text)
    return found["unit"] if found else None


def _labels(sheet: Sheet, rows: list[int]) -> dict[str, list[_Label]]:
    """The labels in these rows by their role, in reading order."""
    known = vocabulary().labels
    found: dict[str, list[_Label]] = {}
    all_rows = set(rows)
    for row in rows:
        for slot in sheet.beginning(row):
            role = known.role(slot.plain)
            if role is not None:
                value = _value(sheet, slot, all_rows)
                found.setdefault(role, []).append(_Label(slot, known.rank(role, slot.plain), value))
            elif (inline := _inline(slot, known)) is not None:
                found.setdefault(inline[0], []).append(inline[1])
    return found


def _inline(slot: Slot, known: Labels) -> tuple[str, _Label] | None:
    """A label with its value behind it in one cell. 其中： before the label is no label."""
    printed = slot.plain
    start = len("其中:") if printed.startswith("其中:") else 0
    colon = printed.find(":", start)
    label = printed[:colon] if colon >= 0 else ""
    role = known.role(label) if label else None
    if role is None:
        return None
    behind = slot.passage.part(colon + 1, len(printed))
    return role, _Label(slot, known.rank(role, label), behind=behind)


def _value(sheet: Sheet, label: Slot, rows: set[int]) -> tuple[Slot, ...]:
    right = [s for s in sheet.line(label.row) if s.span.x0 >= label.span.x1 - SAME_EDGE][:1]
    if right and not _is_label(right[0]):
        return tuple(right)
    below = sheet.at(label.end, label.span) if label.end in rows else ()
    return below if not any(_is_label(slot) for slot in below) else ()


def _is_label(slot: Slot) -> bool:
    words, printed = vocabulary(), slot.plain
    role = words.labels.role(printed) or words.funding.role(printed) or words.tasks.role(printed)
    return role is not None or _inline(slot, words.labels) is not None


def _text(labels: Mapping[str, list[_Label]], role: str) -> Text | None:
    for label in sorted(labels.get(role, ()), key=lambda la: la.rank):
        text = text_from(label.behind) if label.behind is not None else filled_text(label.value)
        if text is not None:
            return text
    return None


def _amounts(labels: Mapping[str, list[_Label]], unit: str | None) -> dict[str, Amount]:
    """Total, and of several fiscal and other figures those that stand under the total's label."""
    found: dict[str, Amount] = {}
    left: float | None = None
    for label in sorted(labels.get("total", ()), key=lambda la: la.rank):
        if (amount := _money(label, unit)) is not None:
            found["total"], left = amount, label.slot.span.x0
            break
    for role in ("fiscal", "other"):
        several = labels.get(role, [])
        under = [la for la in several if left is not None and abs(la.slot.span.x0 - left) <= SAME_EDGE]
        for label in under or several:
            if role not in found and (amount := _money(label, unit)) is not None:
                found[role] = amount
    return found


def _with_carried(
    labels: Mapping[str, list[_Label]], amounts: Mapping[str, Amount], unit: str | None
) -> Iterator[Funding]:
    """The sources of a form that names what is left of the year before beside fiscal and other money."""
    carried = next((m for la in labels.get(_CARRIED, ()) if (m := _money(la, unit)) is not None), None)
    if carried is None:
        return
    for role, amount in {
        "fiscal": amounts.get("fiscal"),
        _CARRIED: carried,
        "other": amounts.get("other"),
    }.items():
        label = next((la for la in labels.get(role, ()) if _money(la, unit) == amount), None)
        if label is not None and amount is not None and (source := filled_text((label.slot,))) is not None:
            yield Funding(source, amount)


def _money(label: _Label, unit: str | None) -> Amount | None:
    own = _UNIT.search(label.slot.plain)
    unit = own["unit"] if own else unit
    return money_from(label.behind, unit) if label.behind is not None else money_of(label.value, unit)


def _block(sheet: Sheet, rows: range, labels: Labels, first: str) -> _Block | None:
    """The list whose header has a cell of the role `first` and one of another role."""
    for row in rows:
        opening = next((s for s in sheet.beginning(row) if labels.role(s.plain) == first), None)
        if opening is None:
            continue
        columns: dict[str, Span] = {}
        for leaf in leaves(sheet, row, opening.end):
            if (role := next((r for s in leaf if (r := labels.role(s.plain))), None)) is not None:
                columns.setdefault(role, leaf[0].span)
        if len(columns) > 1:
            return _Block(row, opening.end, _block_end(sheet, rows, opening), columns)
    return None


def _block_end(sheet: Sheet, rows: range, opening: Slot) -> int:
    """A list ends with the cell that runs down its side, on every page; or else with the next label."""
    side = next((s for s in sheet.line(opening.row) if s.span.x1 <= opening.span.x0 + SAME_EDGE), None)
    if side is not None and side.end > opening.end:
        end = side.end
        while end in sheet.tops and end in rows and not plain_in(below := sheet.at(end, side.span)):
            end = below[0].end
        return end
    role = vocabulary().labels.role
    later = range(opening.end, rows.stop)
    return next((r for r in later if any(role(s.plain) in _TEXTS for s in sheet.beginning(r))), rows.stop)


def _funding(sheet: Sheet, block: _Block, unit: str | None) -> Iterator[Funding]:
    """Each source with what is printed between it and its amount (上级安排)."""
    for row in block.rows:
        slots = sheet.at(row, block.columns["source"])
        amount = money_of(sheet.at(row, block.columns["amount"]), unit)
        if slots and amount is not None and (source := _without_bracket(slots[0])) is not None:
            yield Funding(source, amount, filled_text(slots[1:]))


def _without_bracket(slot: Slot) -> Text | None:
    passage = slot.passage
    found = _BEFORE_BRACKET.match(passage.plain)
    return text_from(passage.part(0, found.end() if found else 0))


def _of_sources(sources: tuple[Funding, ...]) -> dict[str, Amount]:
    """The amounts of the head that a list of sources prints once; several of one role are not added up."""
    by_role: dict[str, list[Amount]] = {}
    for source in sources:
        role = vocabulary().labels.role(source.source.printed)
        if role is not None:
            by_role.setdefault(role, []).append(source.amount)
    return {role: amounts[0] for role, amounts in by_role.items() if len(amounts) == 1}


def _tasks(sheet: Sheet, block: _Block, unit: str | None) -> Iterator[Task]:
    for row in block.rows:
        name = filled_text(_of_block(sheet, row, block, "name"))
        if name is None or vocabulary().tasks.role(plain(name.printed)) is not None:
            continue
        figures = {role: money_of(_of_block(sheet, row, block, role), unit) for role in _FIGURES}
        yield Task(name, filled_text(_of_block(sheet, row, block, "content")), **figures)


def _task_totals(sheet: Sheet, block: _Block, unit: str | None) -> dict[str, Amount]:
    """The figures of the row 金额合计."""
    for row in block.rows:
        if vocabulary().tasks.has("total_row", plain_in(_of_block(sheet, row, block, "name"))):
            figures = {r: money_of(_of_block(sheet, row, block, r), unit) for r in _FIGURES}
            return {role: amount for role, amount in figures.items() if amount is not None}
    return {}


def _of_block(sheet: Sheet, row: int, block: _Block, role: str) -> tuple[Slot, ...]:
    return sheet.at(row, block.columns[role]) if role in block.columns else ()
