"""What the columns and rows of a table are to one another: blocks, the tree of entries, sums of columns.

All of it follows from the print (header words, codes, numbering), whatever the template:

- a column named 合计, 总计 or 小计 is the sum of the other columns under the same header cell;
- 210 is the sum of 21013 and 21015; 合计 that of all entries without a printed parent;
- 一、 is the sum of its 1., 2., or of the lines without a number that follow it;
- lines after 其中 are parts of the line before it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.model.facts import Block, Column, ColumnSum, Entry, Level, TableCell

Cells = tuple[TableCell | None, ...]

_CODE_HEADER = re.compile(r"^(类|款|项|.*编码|.*代码)$")
_NAME_HEADER = re.compile(r"名称|^项目$|内容|功能分类|科目|经济分类|单位$")
_TOTAL_COLUMN = re.compile(r"合计|总计|小计")
_TOTAL_ROW = re.compile(r"(本年)?(收入|支出|收支)?(总计|合计)")
_CODE = re.compile(r"\d{3}(\d{2}){0,2}")
_CODE_IN_NAME = re.compile(r"(?P<code>\d{3}(?:\d{2}){0,2})(?P<name>[^\d.、,，].*)")
_NUMBERING = (
    re.compile(r"[一二三四五六七八九十]+、"),
    re.compile(r"[（(][一二三四五六七八九十]+[)）]"),
    re.compile(r"\d{1,2}[.、．]"),
)
_LEVELS = {3: Level.CATEGORY, 5: Level.GROUP, 7: Level.ITEM}
_OF_WHICH = "其中"
_ORGANISATION = re.compile(
    r"(?:局|委|会|厅|院|所|站|队|馆|校|中心|办公室|政府|大学|医院|法院)(?:\(本级\)|（本级）|本级|机关)?$"
)
_UNEVEN = 4.0  # points


@dataclass(frozen=True, slots=True)
class Frame:
    """The columns of one block by what they hold, as indexes of the table's columns."""

    label: str
    codes: tuple[int, ...]
    names: tuple[int, ...]
    amounts: tuple[int, ...]


def frames_of(columns: Sequence[Column], rows: Sequence[Sequence[str | None]]) -> tuple[Frame, ...]:
    """The blocks of a table, left to right, by what its columns hold."""
    kinds = [_column_kind(column, [row[i] for row in rows]) for i, column in enumerate(columns)]
    groups: list[list[int]] = []
    for index, kind in enumerate(kinds):
        if not groups or (kind != "amount" and kinds[index - 1] == "amount"):
            groups.append([])
        groups[-1].append(index)
    frames = (_frame(group, kinds, columns) for group in groups)
    return tuple(frame for frame in frames if frame.amounts)


def _frame(group: Sequence[int], kinds: Sequence[str], columns: Sequence[Column]) -> Frame:
    tops = {columns[i].path[0] for i in group if columns[i].path}
    return Frame(
        label=tops.pop() if len(tops) == 1 else "",
        codes=tuple(i for i in group if kinds[i] == "code"),
        names=tuple(i for i in group if kinds[i] == "name"),
        amounts=tuple(i for i in group if kinds[i] == "amount"),
    )


def _column_kind(column: Column, texts: Sequence[str | None]) -> str:
    leaf = column.path[-1] if column.path else ""
    printed = [text for text in texts if text]
    if _CODE_HEADER.match(leaf):
        return "code"
    numbers = sum(1 for text in printed if re.fullmatch(r"[-−－(（]?[\d,.，]+[)）]?", text))
    if printed:
        return "amount" if 2 * numbers >= len(printed) else "name"
    return "name" if _NAME_HEADER.search(leaf) else "amount"


def block_of(frame: Frame, columns: Sequence[Column], rows: Sequence[Cells]) -> Block:
    """The entries of a block as a tree, and the sums among its columns."""
    entries = [entry for index, cells in enumerate(rows) if (entry := _entry(index, frame, cells))]
    return Block(
        label=frame.label,
        columns=frame.amounts,
        entries=tuple(_with_parents(_levelled(entries))),
        column_sums=tuple(_column_sums([columns[i].path for i in frame.amounts])),
    )


def _entry(row: int, frame: Frame, cells: Cells) -> Entry | None:
    names = tuple(_printed(cells[i]) for i in frame.names)
    code = "".join(text for i in frame.codes if (text := _printed(cells[i]))) or None
    if code is None and names and names[0] and (found := _CODE_IN_NAME.fullmatch(names[0])):
        code, names = found["code"], (found["name"], *names[1:])
    amounts = tuple(cell.amount if (cell := cells[i]) else None for i in frame.amounts)
    if code is None and not any(names) and not any(amounts):
        return None
    indent = next((cell.text.place[0].box.x0 for i in frame.names if (cell := cells[i])), 0.0)
    level = _LEVELS.get(len(code), Level.OTHER) if code and _CODE.fullmatch(code) else Level.OTHER
    first = (names[0] if names else None) or ""
    is_numbered = _numbering(first) is not None or first.startswith(_OF_WHICH)
    return Entry(row, code, names, level, amounts, indent, is_numbered)


def _printed(cell: TableCell | None) -> str | None:
    return cell.text.printed if cell else None


def _levelled(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Totals and lines after 其中 are told by their words."""
    is_part = False
    for entry in entries:
        name = entry.name
        if entry.code is not None:
            is_part = False
            yield entry
        elif _TOTAL_ROW.fullmatch(name):
            is_part = False
            yield replace(entry, level=Level.TOTAL)
        elif name.startswith(_OF_WHICH) or (is_part and _numbering(name) is None):
            is_part = True
            yield replace(entry, level=Level.OF_WHICH)
        else:
            is_part = False
            yield entry


def _numbering(name: str) -> int | None:
    """0 for 一、, 1 for （一）, 2 for 1.; None for a name without a number."""
    return next((depth for depth, pattern in enumerate(_NUMBERING) if pattern.match(name)), None)


def _with_parents(entries: Iterator[Entry]) -> list[Entry]:
    listed = list(entries)
    if not listed:
        return []
    total_first = listed[0].level is Level.TOTAL
    parents = _of_total_first(listed) if total_first else _of_total_last(listed)
    return [replace(entry, parent=parent) for entry, parent in zip(listed, parents, strict=True)]


def _of_total_first(entries: Sequence[Entry]) -> list[int | None]:
    """合计, then units (局, 中心 …) and under each its codes or projects; or those at once."""
    parents: list[int | None] = [None] * len(entries)
    top, open_codes = 0, list[int]()
    for index, entry in enumerate(entries[1:], start=1):
        if entry.code is not None:
            open_codes = [i for i in open_codes if _is_under(entry, entries[i])]
            parents[index] = open_codes[-1] if open_codes else top
            open_codes.append(index)
        elif entry.level is Level.OF_WHICH:
            before = index - 1
            parents[index] = parents[before] if entries[before].level is Level.OF_WHICH else before
        elif _is_unit(entries, index):
            parents[index], top, open_codes = 0, index, []
        else:
            parents[index] = top
    return parents


def _is_unit(entries: Sequence[Entry], index: int) -> bool:
    """Whether a line without a code is the subtotal of a unit, not an item.

    It is named as an organisation is, or stands over codes, or repeats the total above it.
    """
    over_codes = index + 1 < len(entries) and entries[index + 1].code is not None
    repeats_total = index == 1 and _values(entries[1]) == _values(entries[0])
    return over_codes or repeats_total or _ORGANISATION.search(entries[index].name) is not None


def _values(entry: Entry) -> list[Decimal | None]:
    return [amount.value if amount else None for amount in entry.amounts]


def _is_under(entry: Entry, other: Entry) -> bool:
    """Whether an entry is a part of another by its code; under one 项, projects are told by their name."""
    assert entry.code is not None and other.code is not None  # noqa: S101, PT018 - callers hold coded entries
    if entry.code == other.code:
        return len(entry.names) > 1 and bool(entry.names[-1]) and not other.names[-1]
    return entry.code.startswith(other.code)


def _of_total_last(entries: Sequence[Entry]) -> list[int | None]:
    """Lines, then their total; a later total counts the earlier one in."""
    parents: list[int | None] = [None] * len(entries)
    roots, open_lines = list[int](), list[int]()
    for index, entry in enumerate(entries):
        if entry.level is Level.TOTAL:
            for root in roots:
                parents[root] = index
            roots, open_lines = [index], []
            continue
        open_lines = [i for i in open_lines if _is_below(entry, entries[i])]
        if open_lines:
            parents[index] = open_lines[-1]
        else:
            roots.append(index)
        open_lines.append(index)
    return parents


def _is_below(entry: Entry, other: Entry) -> bool:
    """Whether a line is a part of an earlier line that is still open."""
    if entry.code is not None or other.code is not None:
        return entry.code is not None and other.code is not None and _is_under(entry, other)
    if entry.level is Level.OF_WHICH:
        return other.level is not Level.OF_WHICH
    mine, theirs = _numbering(entry.name), _numbering(other.name)
    if theirs is None:
        return False
    # Indents are printed unevenly; a line without a number still stands no further left than its parent.
    return mine > theirs if mine is not None else entry.indent >= other.indent - _UNEVEN


def _column_sums(paths: Sequence[tuple[str, ...]]) -> Iterator[ColumnSum]:
    """The sums that the header states; positions are those of `paths`."""
    yield from _sums_under(paths, list(range(len(paths))), 0)


def _sums_under(paths: Sequence[tuple[str, ...]], members: list[int], depth: int) -> Iterator[ColumnSum]:
    groups: dict[str, list[int]] = {}
    for index in members:
        if len(paths[index]) > depth:
            groups.setdefault(paths[index][depth], []).append(index)
    for group in groups.values():
        if len(group) > 1:
            yield from _sums_under(paths, group, depth + 1)
    total = _total_of(paths, members, depth)
    if total is not None:
        rest = [g for name, g in groups.items() if g != [total] and _OF_WHICH not in name]
        addends = tuple(i for group in rest for i in _stand_ins(paths, group, depth + 1))
        if addends:
            yield ColumnSum(total, addends)


def _total_of(paths: Sequence[tuple[str, ...]], members: Sequence[int], depth: int) -> int | None:
    """The one column at this depth that is named as the total of its neighbours."""
    found = [i for i in members if len(paths[i]) == depth + 1 and _TOTAL_COLUMN.search(paths[i][depth])]
    return found[0] if len(found) == 1 else None


def _stand_ins(paths: Sequence[tuple[str, ...]], group: list[int], depth: int) -> list[int]:
    """The columns that stand for a header cell in a sum: its own total, or all its leaves."""
    if len(group) == 1:
        return group
    total = _total_of(paths, group, depth)
    if total is not None:
        return [total]
    parts: dict[str, list[int]] = {}
    for index in group:
        parts.setdefault(paths[index][depth] if len(paths[index]) > depth else "", []).append(index)
    return [i for part in parts.values() for i in _stand_ins(paths, part, depth + 1)]
