"""The header of a table without rules down: its cells, and which columns each stands over.

A header cell is centred over what it stands over, and columns do not overlap. So from the bottom up: a cell
is the header of the column that it stands over, or of the one beside it that it is the middle of; a cell over
columns that have their header already is that of a group; one over nothing is the header of an empty column.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.layout.unruled.columns import Column, walls_of
from extractors.layout.unruled.rows import on_lines
from extractors.layout.unruled.words import em_of, middle
from extractors.model.document import Rule, Word

_SPREAD = 1.6  # em between the characters of one word that is spread
_WORD_GAP = 0.25  # em
_CENTRED = 0.6  # em that the middles of the lines of one cell may differ
_OVERLAP = 0.1  # em
_LEVEL = 0.75  # of the distance of rows: a cell that stands so much higher than its neighbours is above them
_SAME_LEVEL = 0.3  # em that lines of groups beside one another may stand apart


@dataclass(eq=False)
class HeaderCell:
    """The words of a header cell line by line; the columns that it stands over, and its rows."""

    lines: list[list[Word]]
    first: int = 0
    after: int = 0
    row: int = 0
    row_span: int = 1

    @property
    def words(self) -> tuple[Word, ...]:
        """All words in reading order."""
        return tuple(word for line in self.lines for word in line)

    @property
    def start(self) -> float:
        """Its left edge."""
        return min(line[0].box.x0 for line in self.lines)

    @property
    def end(self) -> float:
        """Its right edge."""
        return max(line[-1].box.x1 for line in self.lines)

    @property
    def centre(self) -> float:
        """The middle between its edges."""
        return (self.start + self.end) / 2

    @property
    def top(self) -> float:
        """The height of its first line."""
        return middle(self.lines[0][0])

    @property
    def bottom(self) -> float:
        """The height of its last line."""
        return middle(self.lines[-1][0])


@dataclass(eq=False)
class _Slot:
    """A column with the cell at the bottom of its header; `extent` is what both cover."""

    extent: Column
    leaf: HeaderCell | None = None
    is_counted: bool = False

    @property
    def is_free(self) -> bool:
        """Whether nothing yet says what stands over its middle."""
        return self.leaf is None and not self.is_counted

    def take(self, cell: HeaderCell) -> None:
        self.leaf = cell
        self.extent = self.extent.widened(cell.start, cell.end)


@dataclass(frozen=True)
class Header:
    """The columns of the whole table, the cells over them, and how many rows these make."""

    columns: tuple[Column, ...]
    cells: tuple[HeaderCell, ...]
    depth: int


def header_of(
    words: Sequence[Word],
    numbers: Sequence[Word],
    columns: Sequence[Column],
    rules: Sequence[Rule],
    pitch: float,
) -> Header:
    """What the words above the body say of its columns, and the column numbers below them if there are any.

    `pitch` is how far apart rows stand (points).
    """
    reader = _Reader(columns, rules, pitch, em_of(words))
    reader.count(numbers)
    reader.read(words)
    return reader.header()


class _Reader:
    """Reads a header from the bottom up."""

    def __init__(self, columns: Sequence[Column], rules: Sequence[Rule], pitch: float, em: float) -> None:
        self._rules, self._pitch, self._em = rules, pitch, em
        self._slots = [_Slot(column) for column in columns]
        self._cells: list[HeaderCell] = []
        self._groups: list[tuple[HeaderCell, list[_Slot]]] = []

    def count(self, numbers: Sequence[Word]) -> None:
        """Finds for each column number the column that it is the middle of."""
        self._cells = [HeaderCell([[number]]) for number in numbers]
        for cell in self._cells:
            over = self._over(cell.start, cell.end)
            if not over:
                index, left, right = self._neighbours(cell)
                slot = self._beside(cell, left, right)
                if slot is None:
                    slot = _Slot(Column(cell.start, cell.end))
                    self._slots.insert(index, slot)
                over = [slot]
            if len(over) == 1:
                over[0].is_counted = True
                over[0].extent = over[0].extent.widened(cell.start, cell.end)

    def read(self, words: Sequence[Word]) -> None:
        """Finds for each cell what it stands over."""
        self._cells = self._stacked(words)
        for cell in sorted(self._cells, key=lambda cell: -cell.bottom):
            over = self._over(cell.start, cell.end)
            if any(slot.leaf for slot in over):
                self._groups.append((cell, over))
            elif len(over) == 1:
                over[0].take(cell)
            elif over:
                self._stand_over(cell, over)
            else:
                self._stand_between(cell)
        self._unite_unnamed()

    def _stacked(self, words: Sequence[Word]) -> list[HeaderCell]:
        """The cells: lines below one another on one axis, closer than rows, no rule between them."""
        cells: list[HeaderCell] = []
        for line in on_lines(words, self._em):
            above = list(cells)
            tokens = list(self._tokens(line))
            for token in tokens:
                fitting = [cell for cell in above if self._goes_on(cell, token)]
                if len(fitting) == 1 and sum(1 for t in tokens if _is_below(fitting[0], t)) > 1:
                    fitting = []  # it stands over several words
                if fitting:
                    max(fitting, key=lambda cell: cell.bottom).lines.append(token)
                else:
                    cells.append(HeaderCell([token]))
        return cells

    def _tokens(self, line: Sequence[Word]) -> Iterator[list[Word]]:
        """Words of a line that are one: what stands close together, and the characters of a spread word."""
        token: list[Word] = []
        for word in line:
            if token and not self._is_one(token[-1], word):
                yield token
                token = []
            token.append(word)
        if token:
            yield token

    def _is_one(self, before: Word, word: Word) -> bool:
        gap = word.box.x0 - before.box.x1
        one, other = (self._over(w.box.x0, w.box.x1) for w in (before, word))
        if one and other and one != other:
            return False
        is_spread = gap <= _SPREAD * self._em and min(len(before.text), len(word.text)) == 1
        return is_spread or gap <= _WORD_GAP * self._em

    def _over(self, start: float, end: float) -> list[_Slot]:
        return [slot for slot in self._slots if slot.extent.covers(start, end) > _OVERLAP * self._em]

    def _goes_on(self, cell: HeaderCell, token: Sequence[Word]) -> bool:
        start, end, at = token[0].box.x0, token[-1].box.x1, middle(token[0])
        centre = (start + end) / 2
        is_centred = abs(centre - cell.centre) <= _CENTRED * self._em
        if not (is_centred or abs(start - cell.start) <= _OVERLAP * self._em):
            return False
        between = (rule for rule in self._rules if cell.bottom < rule.at < at)
        is_ruled = any(rule.start <= centre <= rule.end for rule in between)
        return 0 < at - cell.bottom < self._pitch and not is_ruled

    def _stand_over(self, cell: HeaderCell, over: list[_Slot]) -> None:
        """A cell over several columns without a header: labels that are parted by chance are one column."""
        if any(slot.extent.is_amount for slot in over):
            self._groups.append((cell, over))
            return
        over[0].extent = over[0].extent.widened(over[-1].extent.start, over[-1].extent.end)
        over[0].take(cell)
        self._slots = [slot for slot in self._slots if slot not in over[1:]]

    def _stand_between(self, cell: HeaderCell) -> None:
        """A cell over no column: that of one beside it, of a group, or of an empty column."""
        index, left, right = self._neighbours(cell)
        slot = self._beside(cell, left, right)
        if slot is not None:
            slot.take(cell)
        elif left and right and self._is_above(cell, left) and self._is_above(cell, right):
            self._groups.append((cell, [left, right]))
        else:
            self._slots.insert(index, _Slot(Column(cell.start, cell.end), cell))

    def _neighbours(self, cell: HeaderCell) -> tuple[int, _Slot | None, _Slot | None]:
        index = sum(1 for slot in self._slots if slot.extent.end <= cell.centre)
        left = self._slots[index - 1] if index else None
        right = self._slots[index] if index < len(self._slots) else None
        return index, left, right

    def _beside(self, cell: HeaderCell, left: _Slot | None, right: _Slot | None) -> _Slot | None:
        """The column beside a cell that has it in its middle: amounts on its right, labels on its left."""
        if right and right.is_free and right.extent.is_amount and self._reaches(cell, right, left):
            return right
        if left and left.is_free and not left.extent.is_amount and self._reaches(cell, left, right):
            return left
        return None

    def _reaches(self, cell: HeaderCell, slot: _Slot, beyond: _Slot | None) -> bool:
        """Whether a column may have this cell in its middle, and neither the next nor another cell."""
        is_right = slot.extent.start > cell.centre
        edge = slot.extent.end if is_right else slot.extent.start
        start, end = sorted((edge, 2 * cell.centre - edge))
        others = [o for o in self._cells if o is not cell and o.bottom > cell.top - self._em / 2]
        if any(o.start < end and start < o.end for o in others):
            return False
        return beyond is None or beyond.extent.covers(start, end) < self._em / 2

    def _is_above(self, cell: HeaderCell, slot: _Slot) -> bool:
        return slot.leaf is not None and slot.leaf.top - cell.bottom > _LEVEL * self._pitch

    def _unite_unnamed(self) -> None:
        """Labels without a header belong to the column beside them whose header is the middle of both."""
        kept: list[_Slot] = []
        for slot in self._slots:
            before = kept[-1] if kept else None
            if before and self._is_part(slot, before):
                before.extent = before.extent.widened(slot.extent.start, slot.extent.end)
            elif before and self._is_part(before, slot):
                slot.extent = slot.extent.widened(before.extent.start, before.extent.end)
                kept[-1] = slot
            else:
                kept.append(slot)
        self._slots = kept

    def _is_part(self, slot: _Slot, other: _Slot) -> bool:
        if not slot.is_free or not other.leaf or slot.extent.is_amount or other.extent.is_amount:
            return False
        if slot.extent.start < other.extent.start:
            return slot.extent.start > 2 * other.leaf.centre - other.extent.end - self._em
        return slot.extent.end < 2 * other.leaf.centre - other.extent.start + self._em

    def header(self) -> Header:
        """The cells with their places."""
        columns = tuple(slot.extent for slot in self._slots)
        walls = walls_of(columns)
        groups: list[HeaderCell] = []
        for cell, over in self._groups:
            cell.first, cell.after = self._span(cell, over, walls, groups)
            groups.append(cell)
        leaves = [slot.leaf for slot in self._slots if slot.leaf]
        for index, slot in enumerate(self._slots):
            if slot.leaf:
                slot.leaf.first, slot.leaf.after = index, index + 1
        depth = _set_rows(groups, leaves)
        return Header(columns, (*groups, *leaves), depth)

    def _span(
        self, cell: HeaderCell, over: Sequence[_Slot], walls: Sequence[float], groups: Sequence[HeaderCell]
    ) -> tuple[int, int]:
        """The columns of a group: those around it that its middle is the middle of."""
        known = [index for index, slot in enumerate(self._slots) if slot in over] or [0]
        first, after = known[0], known[-1] + 1
        room = _SAME_LEVEL * self._em
        beside = [g for g in groups if g.top < cell.bottom + room and cell.top < g.bottom + room]
        taken = {index for group in beside for index in range(group.first, group.after)}
        low, high = first, after
        while low > 0 and self._may_hold(cell, low - 1) and low - 1 not in taken:
            low -= 1
        while high < len(self._slots) and self._may_hold(cell, high) and high not in taken:
            high += 1
        spans = [(i, j) for i in range(low, first + 1) for j in range(after, high + 1)]
        inner = [g for g in groups if g not in beside]
        whole = [s for s in spans if not any(_cuts(s, group) for group in inner)] or spans

        def unfit(span: tuple[int, int]) -> tuple[int, int]:
            off = abs(walls[span[0]] + walls[span[1]] - 2 * cell.centre)
            return round(off / self._em), span[0] - span[1]

        return min(whole, key=unfit)

    def _may_hold(self, cell: HeaderCell, index: int) -> bool:
        """Whether a column may be of a group: its header stands lower, a rule below the group reaches it."""
        slot = self._slots[index]
        if slot.leaf and slot.leaf.top - cell.bottom < _LEVEL * self._pitch / 2:
            return False
        below = slot.leaf.top if slot.leaf else cell.bottom + self._pitch
        x = (slot.extent.start + slot.extent.end) / 2
        rules = [r for r in self._rules if cell.bottom < r.at < below and r.start <= cell.centre <= r.end]
        return not rules or any(rule.start <= x <= rule.end for rule in rules)


def _is_below(cell: HeaderCell, token: Sequence[Word]) -> bool:
    return token[0].box.x0 < cell.end and cell.start < token[-1].box.x1


def _cuts(span: tuple[int, int], group: HeaderCell) -> bool:
    """Whether a span holds some of a group's columns and not all."""
    shared = min(span[1], group.after) - max(span[0], group.first)
    return 0 < shared < group.after - group.first


def _set_rows(groups: Sequence[HeaderCell], leaves: Sequence[HeaderCell]) -> int:
    """Sets the row of each cell and how many it spans; gives the number of rows."""
    from_top = sorted(groups, key=lambda group: group.top)
    rows: dict[int, int] = {}  # by column: the first row below its groups
    for group in from_top:
        columns = range(group.first, group.after)
        group.row = max(rows.get(column, 0) for column in columns)
        rows.update(dict.fromkeys(columns, group.row + 1))
    depth = max([row + 1 for row in rows.values()], default=1)
    for leaf in leaves:
        leaf.row = rows.get(leaf.first, 0)
        leaf.row_span = depth - leaf.row
    return depth
