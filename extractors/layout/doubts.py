"""What is doubtful of a page once its words are in: grids with faults, cells that hold what belongs into two.

A rule that was forgotten makes one cell of two. The geometry is sound then; the print is not.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import mean

from extractors.layout.unruled.words import has_columns
from extractors.model.document import Grid, GridCell, Page, Word

_AMOUNT = re.compile(r"[-−－–]?\d[\d,，]*[.．]\d+")
_SEVERAL = 2  # words of a cell, characters of a text
_SAME_PITCH = 1.0  # points
_ONE_LINE = 4.0  # points between the middles of words of one line
_DIGIT = re.compile(r"\d")


def is_doubtful(page: Page) -> bool:
    """Whether rules may have been missed: a grid has faults, or amounts stand in columns outside of grids."""
    return any(grid.faults for grid in page.grids) or (page.has_free_amounts and has_columns(page.lines))


def doubted(grid: Grid) -> Grid:
    """The grid with a fault for each cell that seems to be several."""
    found = tuple(_doubts(grid))
    return replace(grid, faults=(*grid.faults, *found)) if found else grid


def _doubts(grid: Grid) -> Iterator[str]:
    by_row: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        if len(cell.words) < _SEVERAL:
            continue
        if _holds_several(cell):
            yield f"several values in a cell: row {cell.row + 1}, column {cell.column + 1}"
            continue
        if cell.row_span > 1 and not by_row:
            by_row = _with_words_by_row(grid)
        if _stand_beside(cell, grid) or _stand_in_rows(cell, grid, by_row):
            yield f"several texts in a cell: row {cell.row + 1}, column {cell.column + 1}"


def _stand_beside(cell: GridCell, grid: Grid) -> bool:
    """Words apart in each column that a merged cell reaches over: the wall between them is missing.

    Single characters are not counted: 收 入 is spread.
    """
    if cell.column_span == 1 or cell.column_span == grid.n_columns:
        return False
    texts: dict[int | None, str] = {}
    for word in cell.words:
        column = _place(grid.xs, word.box.x0, word.box.x1)
        texts[column] = texts.get(column, "") + word.text
    if None in texts or len(texts) < cell.column_span or min(map(len, texts.values())) < _SEVERAL:
        return False
    return all(_are_apart(a, b) for a, b in pairwise(cell.words) if b.box.x0 > a.box.x1)


def _are_apart(one: Word, other: Word) -> bool:
    return other.box.x0 - one.box.x1 >= one.box.y1 - one.box.y0


def _with_words_by_row(grid: Grid) -> dict[int, list[GridCell]]:
    """The cells with words that reach into each row."""
    by_row: dict[int, list[GridCell]] = {row: [] for row in range(grid.n_rows)}
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.row_span) if cell.words else ():
            by_row[row].append(cell)
    return by_row


def _stand_in_rows(cell: GridCell, grid: Grid, by_row: Mapping[int, Sequence[GridCell]]) -> bool:
    """A line in each row that a merged cell reaches over, as far apart as the rows are beside it.

    Where other cells reach over the same rows, they are those of a header.
    """
    if cell.row_span == 1:
        return False
    rows = range(cell.row, cell.row + cell.row_span)
    beside = [c for row in rows for c in by_row[row] if c is not cell]
    if any(c.row_span > 1 for c in beside):
        return False
    lines = [_middle(grid, row, (cell,)) for row in rows]
    others = [_middle(grid, row, beside) for row in rows]
    return all(
        None not in (here, below, other, other_below)
        and abs((below or 0) - (here or 0) - (other_below or 0) + (other or 0)) <= _SAME_PITCH
        for (here, below), (other, other_below) in zip(pairwise(lines), pairwise(others), strict=True)
    )


def _middle(grid: Grid, row: int, cells: Iterable[GridCell]) -> float | None:
    """The height of the middle of the one line that cells have in a row of the grid; None where not one."""
    top, bottom = grid.ys[row], grid.ys[row + 1]
    found = [y for cell in cells for word in cell.words if top <= (y := word.centre[1]) < bottom]
    return mean(found) if found and max(found) - min(found) < _ONE_LINE else None


def _place(xs: Sequence[float], x0: float, x1: float) -> int | None:
    """The column that holds what stands from x0 to x1."""
    column = bisect_right(xs, x0) - 1
    return column if 0 <= column < len(xs) - 1 and x1 <= xs[column + 1] else None


def _holds_several(cell: GridCell) -> bool:
    """Two amounts one beside or below the other, or an amount apart from words without a figure."""
    amounts = [word for word in cell.words if _AMOUNT.fullmatch(word.text)]
    if len(amounts) > 1:
        return len(amounts) == len(cell.words)
    if not amounts:
        return False
    *others, last = cell.words
    is_apart = last is amounts[0] and not any(_DIGIT.search(word.text) for word in others)
    return is_apart and (_is_under(last, others) or _are_apart(others[-1], last))


def _is_under(amount: Word, others: Sequence[Word]) -> bool:
    return all(word.box.y1 <= amount.centre[1] for word in others)
