"""A form as one sheet of cells, its parts on several pages one below the other.

A row that is cut by a page's end has text on both sides of it; `joined` puts both sides together.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import NamedTuple

from extractors.cells import passage_of_cell, text_of
from extractors.layout.text import joined as one_passage
from extractors.model.amounts import Text
from extractors.model.columns import moved_columns, same_columns
from extractors.model.document import Grid, GridCell, Passage
from extractors.model.evidence import Reader
from extractors.model.lazy import lazy
from extractors.model.plain import plain
from extractors.model.records import record


class Span(NamedTuple):
    """A stretch across the page (points)."""

    x0: float
    x1: float

    def meets(self, other: "Span") -> bool:
        """Whether the middle of one lies within the other."""
        (x0, x1), (start, end) = self, other
        return x0 <= (start + end) / 2 <= x1 or start <= (x0 + x1) / 2 <= end


class Piece(NamedTuple):
    """What one page holds of a cell."""

    page: int
    cell: GridCell


@record(slots=False, eq=False)
class Slot:
    """A cell of the sheet: its first row, how many rows it spans, where it stands, what it holds.

    `plain` is its text in half-width form, for comparing it with known words.
    """

    row: int
    rows: int
    span: Span
    pieces: tuple[Piece, ...]
    plain: str

    @property
    def end(self) -> int:
        """The row after its last."""
        return self.row + self.rows

    @lazy
    def passage(self) -> Passage:
        """Its characters, each with its box."""
        return one_passage([passage_of_cell(piece.cell, piece.page) for piece in self.pieces])

    @lazy
    def text(self) -> Text | None:
        """What it holds, with its place; None where nothing is printed."""
        if len(self.pieces) == 1:
            page, cell = self.pieces[0]
            return text_of(cell, page)
        return _as_one([text_of(cell, page) for page, cell in self.pieces])


Belongs = Callable[[Slot, Slot], bool]
"""Whether the second cell, at the top of a page, goes on what the first, above it, begins."""


class _Line(NamedTuple):
    """The cells that take part in a row, left to right; by column, which of them stand in it.

    Rows that are divided alike share what is known of columns: most rows of a form are.
    """

    slots: tuple[Slot, ...]
    columns: dict[Span, tuple[int, ...]]


_SPAN = attrgetter("span")


@dataclass(frozen=True)
class Sheet:
    """The cells of a form; `tops` are the rows at which a later page begins."""

    slots: tuple[Slot, ...]
    n_rows: int
    tops: tuple[int, ...] = ()

    @lazy
    def _lines(self) -> tuple[_Line, ...]:
        rows: list[list[Slot]] = [[] for _ in range(self.n_rows)]
        for slot in self.slots:
            for row in range(slot.row, slot.row + slot.rows):
                rows[row].append(slot)
        known: dict[tuple[Span, ...], dict[Span, tuple[int, ...]]] = {}
        lines: list[_Line] = []
        for slots in rows:
            slots.sort(key=_SPAN)
            columns = known.setdefault(tuple([slot.span for slot in slots]), {})
            lines.append(_Line(tuple(slots), columns))
        return tuple(lines)

    def line(self, row: int) -> tuple[Slot, ...]:
        """The cells that take part in a row, left to right."""
        return self._lines[row].slots

    def beginning(self, row: int) -> tuple[Slot, ...]:
        """The cells whose first row it is, left to right."""
        return tuple([slot for slot in self._lines[row].slots if slot.row == row])

    def at(self, row: int, span: Span) -> tuple[Slot, ...]:
        """The cells of a row in a column, left to right."""
        slots, columns = self._lines[row]
        places = columns.get(span)
        if places is None:
            places = columns[span] = tuple([i for i, s in enumerate(slots) if s.span.meets(span)])
        if len(places) == 1:  # as nearly always
            return (slots[places[0]],)
        return tuple([slots[place] for place in places])

    def joined(self, joins: Mapping[int, Belongs]) -> "Sheet":
        """The sheet with cells at the tops of pages put to the cells above them that they belong to."""
        roots: dict[int, Slot] = {}
        grown: dict[int, Slot] = {}
        for top in sorted(joins):
            for slot in self.beginning(top):
                above = next((s for s in self.at(top - 1, slot.span) if joins[top](s, slot)), None)
                if above is not None:
                    root = roots[id(slot)] = roots.get(id(above), above)
                    so_far = grown.get(id(root), root)
                    rows = max(so_far.end, slot.end) - so_far.row
                    pieces, text = so_far.pieces + slot.pieces, so_far.plain + slot.plain
                    grown[id(root)] = Slot(root.row, rows, root.span, pieces, text)
        return replace(self, slots=tuple(grown.get(id(s), s) for s in self.slots if id(s) not in roots))


def sheet_of(grids: Sequence[Grid]) -> Sheet:
    """The parts of a form as one sheet."""
    slots: list[Slot] = []
    tops: list[int] = []
    rows = 0
    known: list[tuple[Sequence[float], Sequence[float]]] = []
    for grid in grids:
        tops.append(rows)
        xs = _as_before(grid.xs, known)
        known.append((grid.xs, xs))
        slots += _slots(grid, rows, xs)
        rows += grid.n_rows
    return Sheet(tuple(slots), rows, tuple(tops[1:]))


def _as_before(
    xs: Sequence[float], known: Sequence[tuple[Sequence[float], Sequence[float]]]
) -> Sequence[float]:
    """Where its columns stand in the sheet; `known` are those of earlier parts, and where these stand.

    On a page that is moved as a whole they stand where they did before.
    """
    for own, in_sheet in reversed(known):
        if moved_columns(own, xs):
            return xs if same_columns(own, xs) and in_sheet is own else in_sheet
    return xs


def _slots(grid: Grid, above: int, xs: Sequence[float]) -> Iterator[Slot]:
    """The cells of a grid below so many rows of earlier pages, its columns at `xs`."""
    page = grid.page
    for cell in grid.cells:
        row, column, rows, columns, (x0, _, x1, _), words = cell
        span = Span(x0, x1) if xs is grid.xs else Span(xs[column], xs[column + columns])
        yield Slot(above + row, rows, span, (Piece(page, cell),), plain(cell.text) if words else "")


def text_in(slots: Sequence[Slot]) -> Text | None:
    """What cells hold, one after another; None where nothing is printed."""
    if len(slots) == 1:  # as nearly always
        return slots[0].text
    return _as_one([slot.text for slot in slots])


def _as_one(texts: Sequence[Text | None]) -> Text | None:
    found = [text for text in texts if text is not None]
    if len(found) <= 1:
        return found[0] if found else None
    printed = "".join([text.printed for text in found])
    return Text(printed=printed, place=tuple([e for text in found for e in text.place]), reader=Reader.TABLE)


def plain_in(slots: Sequence[Slot]) -> str:
    """What cells hold, in half-width form."""
    return slots[0].plain if len(slots) == 1 else "".join([slot.plain for slot in slots])


def passage_in(slots: Sequence[Slot]) -> Passage:
    """The characters of cells, one after another."""
    return one_passage([slot.passage for slot in slots])
