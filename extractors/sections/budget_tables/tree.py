"""Which line of a block is part of which.

All of it follows from the print, whatever the template:

- 210 is the sum of 21013 and 21015; 合计 that of all lines without a printed parent;
- 一、 is the sum of its 1., 2., or of the lines without a number that follow it;
- lines after 其中 are parts of the line before it;
- a line that begins in a later name column, or further right, is part of the one above it;
- a total that stands last sums the lines above it, and a later one counts the earlier one in, but for
  those that name their part: 人员经费合计 is no part of 公用经费合计.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from extractors.model.facts import Entry, Level
from extractors.model.plain import plain

_WHOLE = re.compile(
    r"(?:本年|当年|全年|本期)?(?:收入|支出|收支|预算)?(?:总计|合计|总合计)|(?:本年|当年)(?:收入|支出)小计"
)
_PART = re.compile(r"[^\d(].{0,9}合计")
_TOTALS_END = "计"  # so do all names of totals
_SUBTOTAL = re.compile(r"小计|合计|总计")
_NUMBERING = re.compile(
    r"([一二三四五六七八九十]+、)|(\([一二三四五六七八九十]+\))|(\d{1,2}[.、．])|(\(\d{1,2}\)|[①-⑳])"
)
_CARRIED = re.compile(r"结转|结余")
_OF_WHICH = "其中"
_ORGANISATION = re.compile(
    r"(?:局|委|会|厅|院|所|站|队|馆|校|中心|办公室|政府|大学|医院|法院)(?:\(本级\)|本级|机关)?$"
)
_UNEVEN = 4.0  # points

Parents = list[int | None]


def numbering(name: str) -> int | None:
    """0 for 一、, 1 for （一）, 2 for 1., 3 for (1); None for a name without a number."""
    found = _NUMBERING.match(plain(name))
    return found.lastindex - 1 if found and found.lastindex else None


def levelled(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Totals and lines after 其中 are told by their words."""
    is_part, depth = False, None
    for entry in entries:
        if entry.code is not None:
            is_part = False
            yield entry
        elif _is_total(entry):
            is_part = False
            yield entry._replace(level=Level.TOTAL)
        elif (name := entry.name).startswith(_OF_WHICH):
            is_part, depth = True, numbering(name.removeprefix(_OF_WHICH).lstrip(":："))
            yield entry._replace(level=Level.OF_WHICH)
        elif is_part and entry.depth == depth:  # 其中：(1)…, then (2)…
            yield entry._replace(level=Level.OF_WHICH)
        else:
            is_part = False
            yield entry


def _is_total(entry: Entry) -> bool:
    name = plain(entry.name).rstrip(":")
    if not name.endswith(_TOTALS_END) or entry.depth is not None or name.startswith(_OF_WHICH):
        return False
    return _WHOLE.fullmatch(name) is not None or _PART.fullmatch(name) is not None


def _is_whole(entry: Entry) -> bool:
    return _WHOLE.fullmatch(plain(entry.name).rstrip(":")) is not None


def parents_of(entries: Sequence[Entry]) -> Parents:
    """What each entry is part of."""
    if not entries:
        return []
    begins = _begins_with_total(entries)
    ends = len(entries) > 1 and entries[-1].level is Level.TOTAL and not _repeats(entries, len(entries) - 1)
    is_first = begins and not ends and not _has_other_whole(entries)
    return _of_total_first(entries) if is_first else _of_total_last(entries, is_clear=not begins)


def _begins_with_total(entries: Sequence[Entry]) -> bool:
    """Whether the first line is the total of those that follow; 本年收入合计 alone is one of its own."""
    first, last = entries[0], entries[-1]
    is_running = plain(first.name).startswith(("本年", "当年")) and last.level is Level.TOTAL
    return first.level is Level.TOTAL and not is_running


def _repeats(entries: Sequence[Entry], index: int) -> bool:
    """Whether a total is the first one again, as over the next page."""
    first, later = entries[0], entries[index]
    return _is_whole(later) and later.name == first.name and _values(later) == _values(first)


def _has_other_whole(entries: Sequence[Entry]) -> bool:
    """Whether a later line is the total of everything too, with other figures than the first."""
    later = range(1, len(entries))
    return any(
        entries[i].level is Level.TOTAL and _is_whole(entries[i]) and not _repeats(entries, i) for i in later
    )


def _of_total_first(entries: Sequence[Entry]) -> Parents:
    """合计, then units (局, 中心 …) and under each its codes or projects; or those at once.

    A later total begins a part of its own: 人员经费合计 and its codes, 公用经费合计 and its.
    """
    parents: Parents = [None] * len(entries)
    above_units = 1 if _is_super_unit(entries) else 0
    top, codes, lines = 0, list[int](), list[int]()
    for index, entry in enumerate(entries[1:], start=1):
        if entry.code is not None:
            codes = [i for i in codes if _is_under(entry, entries[i])]
            parents[index] = codes[-1] if codes else top
            codes.append(index)
            lines = []
        elif entry.level is Level.TOTAL:
            if not _repeats(entries, index):
                parents[index] = 0 if _is_whole(entries[0]) else None
                top, codes, lines = index, [], []
        elif entry.level is Level.OF_WHICH:
            parents[index] = _line_before(entries, parents, index)
        elif _is_unit(entries, index):
            parents[index] = above_units if index > 1 else 0
            top, codes, lines = index, [], []
        else:
            lines = [i for i in lines if _is_below(entry, entries[i], by_indent=True)]
            parents[index] = lines[-1] if lines else _code_over(entry, entries, codes, top)
            lines.append(index)
    return parents


def _line_before(entries: Sequence[Entry], parents: Parents, index: int) -> int | None:
    before = index - 1
    return parents[before] if entries[before].level is Level.OF_WHICH else before


def _code_over(entry: Entry, entries: Sequence[Entry], codes: Sequence[int], top: int) -> int:
    """The code that a line without one stands under: further right than it."""
    over = [i for i in codes if entry.indent > entries[i].indent + _UNEVEN]
    return over[-1] if over else top


def _is_unit(entries: Sequence[Entry], index: int) -> bool:
    """Whether a line without a code is the subtotal of a unit, not an item.

    It is named as an organisation is, or stands over codes, or repeats the total above it.
    """
    if entries[index].is_numbered:
        return False
    over_codes = index + 1 < len(entries) and entries[index + 1].code is not None
    repeats_total = index == 1 and _values(entries[1]) == _values(entries[0])
    return over_codes or repeats_total or _ORGANISATION.search(plain(entries[index].name)) is not None


def _is_super_unit(entries: Sequence[Entry]) -> bool:
    """Whether the first unit holds the other units: a department over its units, with the total's figures."""
    if len(entries) < 3 or any(entry.code is not None for entry in entries[1:3]):
        return False
    return _is_unit(entries, 1) and _is_unit(entries, 2) and _values(entries[1]) == _values(entries[0])


def _values(entry: Entry) -> list[Decimal | None]:
    return [amount.value if amount else None for amount in entry.amounts]


def _is_under(entry: Entry, other: Entry) -> bool:
    """Whether an entry is a part of another by its code; under one 项, projects are told by their name."""
    assert entry.code is not None and other.code is not None  # noqa: S101, PT018 - callers hold coded entries
    if entry.code == other.code:
        return len(entry.names) > 1 and bool(entry.names[-1]) and not other.names[-1]
    return entry.code.startswith(other.code)


def _of_total_last(entries: Sequence[Entry], *, is_clear: bool) -> Parents:
    """Lines, then their total; a later total counts the earlier one in.

    Where totals stand first and last too, it is not clear which lines are theirs, and none are.
    """
    parents: Parents = [None] * len(entries)
    roots, since, open_lines = list[int](), list[int](), list[int]()
    carried = _carried(entries)
    for index, entry in enumerate(entries):
        if entry.level is Level.TOTAL:
            for root in (roots if _is_whole(entry) else since) if is_clear else ():
                parents[root] = index
            roots = [index] if _is_whole(entry) else [i for i in roots if i not in since] + [index]
            since, open_lines = [], []
            continue
        open_lines = [i for i in open_lines if _is_below(entry, entries[i])]
        if index in carried:
            open_lines = [carried[index]]
        if open_lines:
            parents[index] = open_lines[-1]
        else:
            roots.append(index)
            since.append(index)
        open_lines.append(index)
    return parents


def _carried(entries: Sequence[Entry]) -> dict[int, int]:
    """Lines numbered anew, 一、 二、 三、, behind 年初结转和结余 below the total of the year: its parts."""
    found: dict[int, int] = {}
    line: int | None = None
    is_after_total = False
    for index, entry in enumerate(entries):
        if entry.level is Level.TOTAL:
            line, is_after_total = None, True
        elif is_after_total and entry.name.startswith("一、") and _is_carried(entries[index - 1]):
            line = index - 1
        if line is not None and entry.depth == 0:
            found[index] = line
    return found


def _is_carried(entry: Entry) -> bool:
    is_plain = entry.code is None and entry.depth is None and entry.level is Level.OTHER
    return is_plain and _CARRIED.search(entry.name) is not None


def _is_below(entry: Entry, other: Entry, *, by_indent: bool = False) -> bool:
    """Whether a line is a part of an earlier line that is still open."""
    if entry.code is not None or other.code is not None:
        return entry.code is not None and other.code is not None and _is_under(entry, other)
    if entry.level is Level.OF_WHICH:
        return other.level is not Level.OF_WHICH
    mine, theirs = entry.depth, other.depth
    if theirs is None:
        return mine is None and _is_further_in(entry, other, by_indent=by_indent)
    # Indents are printed unevenly; a line without a number still stands no further left than its parent.
    return mine > theirs if mine is not None else entry.indent >= other.indent - _UNEVEN


def _is_further_in(entry: Entry, other: Entry, *, by_indent: bool) -> bool:
    """Whether a line begins in a later name column than another, or further right in the same."""
    mine = [i for i, name in enumerate(entry.names) if name]
    theirs = [i for i, name in enumerate(other.names) if name]
    if not mine or not theirs:
        return False
    if mine[0] > theirs[0]:
        last = other.names[theirs[-1]] or ""
        return theirs[-1] < mine[0] or _SUBTOTAL.fullmatch(last) is not None
    return by_indent and mine[0] == theirs[0] and entry.indent > other.indent + _UNEVEN
