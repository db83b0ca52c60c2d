"""A row that follows a ruled table without rules of its own: a total below it, or on the next page."""

import re
from collections.abc import Sequence

from extractors.model.document import Grid, Line

ROW_OUTSIDE = "a row outside its rules"

_AMOUNT = re.compile(r"[-−－–]?\d[\d,，]*[.．]\d+")
_LINES = 2  # below a table, or on top of the next page
_ROOM = 1.5  # points that a word may reach over its column


def row_outside(grid: Grid, lines: Sequence[Line]) -> bool:
    """Whether one of the lines after a table reads as a row of it: a label and amounts, each in a column."""
    return any(_is_row(grid, line) for line in lines[:_LINES])


def _is_row(grid: Grid, line: Line) -> bool:
    words = line.words
    columns = [_column(grid, word.box.x0, word.box.x1) for word in words]
    if None in columns or len(set(columns)) < 2:
        return False
    amounts = {at for at, word in zip(columns, words, strict=True) if _AMOUNT.fullmatch(word.text)}
    return any(_AMOUNT.fullmatch(cell.text) for cell in grid.cells if cell.column in amounts)


def _column(grid: Grid, x0: float, x1: float) -> int | None:
    """The column that holds what stands from x0 to x1."""
    for column in range(grid.n_columns):
        if grid.xs[column] - _ROOM <= x0 and x1 <= grid.xs[column + 1] + _ROOM:
            return column
    return None
