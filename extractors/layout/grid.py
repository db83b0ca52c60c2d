"""Ruled tables from drawn lines: the grid that touching rules span, and the words in each cell.

Their positions are the elementary grid. What does not come out as rectangles is said in `Grid.faults`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.layout.cells import Cells, cells_of
from extractors.layout.rules import Group, groups_of
from extractors.layout.sides import closed, rows_alone, words_within
from extractors.layout.strips import without_strips
from extractors.model.document import Grid, GridCell, Rule, Word
from extractors.model.evidence import Box
from extractors.model.records import made

_AMOUNT = re.compile(r"[-−－–]?\d[\d,，]*[.．]\d+")
_MOST_WALLS = 100  # that cross no rule; more of them are a drawing
_CLOSING, _OPENING = frozenset("）)】］〕》〉」』、，。；：！？"), frozenset("（(【［〔《〈「『")
_ROOM = 1.5  # how far a word may reach over its cell's wall before it is said to cross it
_HANGS = 0.25  # of its height; a word that reaches so far over the top of its cell may be of the one above
_NEXT_LINE = 1.5  # heights
_MOST_SQUARES = 400_000  # of a grid; a page of 5,000 rows and 20 columns has 100,000
_MOST_PAIRS = 10_000_000  # of rules across and down that are looked at together


SIDE_NOT_DRAWN = "side not drawn"


class Frame(NamedTuple):
    """A ruled table before its words: the positions of its rules, its cells, what is wrong with them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: Cells
    faults: tuple[str, ...]

    @property
    def box(self) -> Box:
        """The outline."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


class Frames(NamedTuple):
    """The frames of a page, top to bottom, and what is too much to be read."""

    frames: tuple[Frame, ...]
    faults: tuple[str, ...] = ()


def frames_of(horizontal: Sequence[Rule], vertical: Sequence[Rule], words: Sequence[Word] = ()) -> Frames:
    """The ruled tables that rules (in the order of their positions) draw around the words."""
    if len(horizontal) * len(vertical) > _MOST_PAIRS:
        return Frames((), ("too many rules",))
    faults: tuple[str, ...] = ()
    groups = groups_of(horizontal, vertical)
    frames = []
    for across, down in groups:
        frame = _frame(across, down, words)
        if frame == _TOO_LARGE:
            faults = ("too many cells",)
        elif frame is not None:
            frames.append(frame)
    frames += _rows_alone(groups, vertical, words)
    frames.sort(key=lambda frame: (frame.ys[0], frame.xs[0]))
    return Frames(_told_of_overlaps(frames), faults)


def _rows_alone(groups: Sequence[Group], vertical: Sequence[Rule], words: Sequence[Word]) -> Iterator[Frame]:
    """Rows of which only the walls are drawn, as far as their words reach."""
    n_loose = len(vertical) - sum(len(down) for _, down in groups)
    if not 1 < n_loose < _MOST_WALLS:
        return
    grouped = {rule for _, down in groups for rule in down}
    for across, down in rows_alone([rule for rule in vertical if rule not in grouped], words):
        frame = _frame(across, down, words)
        if frame is not None and holds_figure(words, frame.box):
            yield frame._replace(faults=(*frame.faults, SIDE_NOT_DRAWN))


_TOO_LARGE = Frame((), (), Cells([], [], []), ())


def _frame(across: list[Rule], down: list[Rule], words: Sequence[Word]) -> Frame | None:
    """The frame of a group of rules, its missing sides closed.

    None where it holds no cell or a single one: a frame around text or around the page is no table, nor is
    a column of which only one side is drawn.
    """
    across, down, is_sound, floors, sides = closed(across, down, words)
    across, down = without_strips(across, down, words)
    xs = tuple(dict.fromkeys([rule.at for rule in down]))
    ys = tuple(dict.fromkeys([rule.at for rule in across]))
    if len(xs) < (3 if sides else 2) or len(ys) < 2 or len(xs) + len(ys) < 5:
        return None
    if floors and len(ys) == 2 and not holds_figure(words, Box(xs[0], ys[0], xs[-1], ys[1])):
        return None
    if len(xs) * len(ys) > _MOST_SQUARES:
        return _TOO_LARGE
    cells = cells_of(xs, ys, across, down)
    faults = () if is_sound else (SIDE_NOT_DRAWN,)
    return Frame(xs, ys, cells, (*faults, *cells.faults))


def holds_figure(words: Sequence[Word], box: Box) -> bool:
    """Whether an amount stands in the box: a row of a table, no chart of an organisation."""
    return any(_AMOUNT.fullmatch(word.text) for word in words_within(words, box))


Held = dict[int, list[Word]]
"""The words of a frame's cells, by the number of the cell."""


class Filled(NamedTuple):
    """The words in each frame, those outside all, those that reach over a side wall."""

    held: tuple[Held, ...]
    outside: Sequence[Word]
    crossing: Sequence[Word]


def fill(frames: Sequence[Frame], words: Sequence[Word]) -> Filled:
    """Words in the cells that hold their middle; each word is in the smallest table around it."""
    held: dict[int, Held] = {}
    crossing: list[Word] = []
    for index in sorted(range(len(frames)), key=lambda index: _area(frames[index].box)):
        held[index], over, words = _distribute(words, frames[index])
        crossing += over
    return Filled(tuple([held[index] for index in range(len(frames))]), words, crossing)


def grids_of(page: int, frames: Sequence[Frame], filled: Filled) -> tuple[Grid, ...]:
    """The frames with their words as grids."""
    return tuple(
        [
            Grid(page, frame.xs, frame.ys, _cells(frame, held), frame.faults)
            for frame, held in zip(frames, filled.held, strict=True)
        ]
    )


def _cells(frame: Frame, held: Held) -> tuple[GridCell, ...]:
    xs, ys = [round(x, 2) for x in frame.xs], [round(y, 2) for y in frame.ys]
    ordered = {
        index: in_reading_order(words) if len(words) > 1 else (words[0],)
        for index, words in held.items()
        if words
    }
    return tuple(
        [
            made(
                GridCell,
                (
                    top,
                    left,
                    bottom - top,
                    right - left,
                    made(Box, (xs[left], ys[top], xs[right], ys[bottom])),
                    ordered.get(index, ()),
                ),
            )
            for index, (top, left, bottom, right) in enumerate(frame.cells.regions)
        ]
    )


def _distribute(words: Sequence[Word], frame: Frame) -> tuple[Held, list[Word], list[Word]]:
    """Words by the cell that holds their middle, those that reach over its side walls, those outside."""
    held: Held = {}
    crossing: list[Word] = []
    outside: list[Word] = []
    hanging: list[tuple[Word, int]] = []
    xs, ys, (regions, owners, _) = frame.xs, frame.ys, frame.cells
    left, top, right, bottom = frame.box
    for word in words:
        x0, y0, x1, y1 = word.box
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        if not (left <= x < right and top <= y < bottom):
            outside.append(word)
            continue
        owner = owners[bisect_right(ys, y) - 1][bisect_right(xs, x) - 1]
        held.setdefault(owner, []).append(word)
        above, first, _, after = regions[owner]
        if x0 < xs[first] - _ROOM or x1 > xs[after] + _ROOM:
            crossing.append(word)
        if y0 < ys[above] - _HANGS * (y1 - y0) and above:
            hanging.append((word, owner))
    for word, owner in hanging:
        _rehang(word, owner, held, frame)
    return held, crossing, outside


def _rehang(word: Word, owner: int, held: Held, frame: Frame) -> None:
    """Gives a word that hangs out of the cell above back to that cell.

    Producers cut the last line of a cell that is too low: it is there, and not shown. It reaches over the top
    of the cell below though there is room under it, and follows a line of the cell above that does not.
    """
    ys, (regions, owners, _) = frame.ys, frame.cells
    row, _, below, _ = regions[owner]
    x0, y0, x1, y1 = word.box
    column = bisect_right(frame.xs, (x0 + x1) / 2) - 1
    upper = owners[row - 1][column]
    lines = [other.box for other in held.get(upper, ()) if other.box.x0 < x1 and x0 < other.box.x1]
    height = y1 - y0
    has_room = ys[below] - y1 > ys[row] - y0
    follows = any(0 < y0 - box.y0 <= _NEXT_LINE * height for box in lines)
    if has_room and follows and all(box.y0 > ys[regions[upper][0]] - _HANGS * height for box in lines):
        held[owner].remove(word)
        held[upper].append(word)


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.y1 - box.y0)


def _told_of_overlaps(frames: Sequence[Frame]) -> tuple[Frame, ...]:
    """The frames, those that lie over one another with a fault that says so."""
    if len(frames) < 2:
        return tuple(frames)
    return tuple(
        frame._replace(faults=(*frame.faults, "overlaps a table"))
        if any(_overlap(frame.box, other.box) for other in frames if other is not frame)
        else frame
        for frame in frames
    )


def _overlap(one: Box, other: Box) -> bool:
    """Whether the boxes share an area and neither lies within the other (a table inside a cell)."""
    return one.meets(other) and one.joined(other) not in (one, other)


def in_reading_order(words: Sequence[Word]) -> tuple[Word, ...]:
    """Words of one cell line by line. Words are on one line when the middle of one lies within the other."""
    if len(words) < 2:
        return tuple(words)
    lines: list[list[Word]] = []
    top = bottom = float("-inf")
    for word in sorted(words, key=_height):
        _, y0, _, y1 = word.box
        if top <= (y0 + y1) / 2 <= bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
            top, bottom = y0, y1
    return tuple([word for line in lines for word in sorted(line, key=_left)])


def _height(word: Word) -> float:
    """Twice the height of its middle."""
    _, y0, _, y1 = word.box
    return y0 + y1


def _left(word: Word) -> float:
    return word.box[0]


def cut_at_walls(word: Word, vertical: Sequence[Rule]) -> Iterable[Word]:
    """A word printed without a gap over a wall belongs to the cells on both its sides."""
    x0, _, x1, _ = word.box
    y = word.centre[1]
    walls = [at for at, start, end in vertical if x0 < at < x1 and start <= y <= end]
    return cut(word, walls) if walls else (word,)


def cut(word: Word, walls: Sequence[float]) -> Iterator[Word]:
    """The pieces of a word between walls (x positions), each character on the side where its middle is.

    What closes stays with what stands before it, and what opens with what follows: no cell begins with ）.
    """
    all_edges = word.character_edges()
    sides = [bisect_right(sorted(walls), (left + right) / 2) for left, right in pairwise(all_edges)]
    for index in range(1, len(sides)):
        if word.text[index] in _CLOSING:
            sides[index] = sides[index - 1]
    for index in range(len(sides) - 2, -1, -1):
        if word.text[index] in _OPENING:
            sides[index] = sides[index + 1]
    start = 0
    for end in range(1, len(sides) + 1):
        if end == len(sides) or sides[end] != sides[start]:
            edges = all_edges[start : end + 1]
            box = Box(edges[0], word.box.y0, edges[-1], word.box.y1)
            yield word._replace(box=box, text=word.text[start:end], edges=edges)
            start = end
