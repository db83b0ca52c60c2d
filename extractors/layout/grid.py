"""Ruled tables from drawn lines: the grid that touching rules span, and the words in each cell.

Their positions are the elementary grid. What does not come out as rectangles is said in `Grid.faults`.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.layout.cells import Region, cells_of
from extractors.layout.rules import closing, groups_of
from extractors.model.document import Grid, GridCell, Rule, Word
from extractors.model.evidence import Box

_ROOM = 1.5  # how far a word may reach over its cell's wall before it is said to cross it
_MOST_SQUARES = 400_000  # of a grid; a page of 5,000 rows and 20 columns has 100,000
_MOST_PAIRS = 10_000_000  # of rules across and down that are looked at together


class Ruled(NamedTuple):
    """The grids of a page, top to bottom, the words outside them, and what is too much to be read."""

    grids: tuple[Grid, ...]
    outside: tuple[Word, ...]
    faults: tuple[str, ...] = ()


def grids_of(page: int, horizontal: Sequence[Rule], vertical: Sequence[Rule], words: Sequence[Word]) -> Ruled:
    """The ruled tables of a page with the words in their cells; each word is in the smallest around it."""
    if len(horizontal) * len(vertical) > _MOST_PAIRS:
        return Ruled((), tuple(words), ("too many rules",))
    frames = [frame for group in groups_of(horizontal, vertical) if (frame := _frame(*group))]
    small = [frame for frame in frames if frame.squares <= _MOST_SQUARES]
    grids: list[Grid] = []
    for frame in sorted(small, key=lambda frame: frame.area):
        grid, words = _grid(page, frame, words)
        grids.append(grid)
    grids.sort(key=lambda grid: (grid.ys[0], grid.xs[0]))
    faults = ("too many cells",) if len(small) < len(frames) else ()
    return Ruled(tuple(_told_of_overlaps(grids)), tuple(words), faults)


class _Frame(NamedTuple):
    """The rules of one table, and their positions."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    across: list[Rule]
    down: list[Rule]
    faults: list[str]

    @property
    def squares(self) -> int:
        return (len(self.xs) - 1) * (len(self.ys) - 1)

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])


def _frame(across: list[Rule], down: list[Rule]) -> _Frame | None:
    """The frame of a group of rules, its missing sides closed.

    None where it holds no cell or a single one: a frame around text or around the page is no table, nor is
    a column of which only one side is drawn.
    """
    sides, sides_sound = closing(across, down)
    floors, floors_sound = closing(down, across)
    across, down = sorted(across + floors), sorted(down + sides)
    xs = tuple(dict.fromkeys(rule.at for rule in down))
    ys = tuple(dict.fromkeys(rule.at for rule in across))
    fewest_xs, fewest_ys = 3 if sides else 2, 3 if floors else 2
    if len(xs) < fewest_xs or len(ys) < fewest_ys or len(xs) + len(ys) < 5:
        return None
    faults = [] if sides_sound and floors_sound else ["side not drawn"]
    return _Frame(xs, ys, across, down, faults)


def _grid(page: int, frame: _Frame, words: Sequence[Word]) -> tuple[Grid, list[Word]]:
    """The grid of a frame, and the words that are not in it."""
    regions, owners, faults = cells_of(frame.xs, frame.ys, frame.across, frame.down)
    held, crossing, outside = _distribute(words, frame, owners, regions)
    xs, ys = [round(x, 2) for x in frame.xs], [round(y, 2) for y in frame.ys]
    cells = tuple(
        [
            GridCell(
                top,
                left,
                bottom - top,
                right - left,
                Box(xs[left], ys[top], xs[right], ys[bottom]),
                in_reading_order(held[index]) if index in held else (),
            )
            for index, (top, left, bottom, right) in enumerate(regions)
        ]
    )
    return Grid(page, frame.xs, frame.ys, cells, (*frame.faults, *faults), tuple(crossing)), outside


def _distribute(
    words: Sequence[Word], frame: _Frame, owners: Sequence[Sequence[int]], regions: Sequence[Region]
) -> tuple[dict[int, list[Word]], list[str], list[Word]]:
    """Words by the cell that holds their centre, those that reach over its side walls, those outside."""
    held: dict[int, list[Word]] = {}
    crossing: list[str] = []
    outside: list[Word] = []
    xs, ys = frame.xs, frame.ys
    left, right, top, bottom = xs[0], xs[-1], ys[0], ys[-1]
    for word in words:
        x0, y0, x1, y1 = word.box
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        if not (left <= x < right and top <= y < bottom):
            outside.append(word)
            continue
        owner = owners[bisect_right(ys, y) - 1][bisect_right(xs, x) - 1]
        held.setdefault(owner, []).append(word)
        region = regions[owner]
        if x0 < xs[region.left] - _ROOM or x1 > xs[region.right] + _ROOM:
            crossing.append(word.text)
    return held, crossing, outside


def _told_of_overlaps(grids: Sequence[Grid]) -> Iterator[Grid]:
    """The grids, those that lie over one another with a fault that says so."""
    for grid in grids:
        if any(other is not grid and _overlap(grid.box, other.box) for other in grids):
            yield Grid(
                grid.page, grid.xs, grid.ys, grid.cells, (*grid.faults, "overlaps a table"), grid.crossed
            )
        else:
            yield grid


def _overlap(one: Box, other: Box) -> bool:
    """Whether the boxes share an area and neither lies within the other (a table inside a cell)."""
    if one.x0 >= other.x1 or other.x0 >= one.x1 or one.y0 >= other.y1 or other.y0 >= one.y1:
        return False
    return one.joined(other) not in (one, other)


def in_reading_order(words: Sequence[Word]) -> tuple[Word, ...]:
    """Words of one cell line by line. Words are on one line when the middle of one lies within the other."""
    if len(words) < 2:
        return tuple(words)
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.box.y0 + w.box.y1):
        if lines and lines[-1][0].box.y0 <= word.centre[1] <= lines[-1][0].box.y1:
            lines[-1].append(word)
        else:
            lines.append([word])
    return tuple([word for line in lines for word in sorted(line, key=lambda w: w.box.x0)])


def cut_at_walls(words: Iterable[Word], vertical: Sequence[Rule]) -> Iterator[Word]:
    """Words printed without a gap over a wall belong to the cells on both its sides."""
    for word in words:
        x0, _, x1, _ = word.box
        y = word.centre[1]
        walls = [at for at, start, end in vertical if x0 < at < x1 and start <= y <= end]
        yield from cut(word, walls) if walls else (word,)


def cut(word: Word, walls: Sequence[float]) -> Iterator[Word]:
    """The pieces of a word between walls (x positions), each character on the side where its middle is."""
    all_edges = word.character_edges()
    middles = [(left + right) / 2 for left, right in pairwise(all_edges)]
    sides = [bisect_right(sorted(walls), middle) for middle in middles]
    start = 0
    for end in range(1, len(sides) + 1):
        if end == len(sides) or sides[end] != sides[start]:
            edges = all_edges[start : end + 1]
            yield Word(Box(edges[0], word.box.y0, edges[-1], word.box.y1), word.text[start:end], edges)
            start = end
