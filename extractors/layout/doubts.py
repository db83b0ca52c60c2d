"""What is doubtful of a page once its words are in: grids with faults, cells that hold what belongs into two.

A rule that was forgotten makes one cell of two. The geometry is sound then; the print is not.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.layout.unruled.words import has_columns
from extractors.model.document import Grid, GridCell, Page, Word

_AMOUNT = re.compile(r"[-−－–]?\d[\d,，]*[.．]\d+")
_DIGIT = re.compile(r"\d")


def is_doubtful(page: Page) -> bool:
    """Whether rules may have been missed: a grid has faults, or amounts stand in columns outside of grids."""
    return any(grid.faults for grid in page.grids) or has_columns(page.lines)


def doubted(grid: Grid) -> Grid:
    """The grid with a fault for each cell that seems to be several."""
    found = tuple(_doubts(grid))
    return replace(grid, faults=(*grid.faults, *found)) if found else grid


def _doubts(grid: Grid) -> Iterator[str]:
    for cell in grid.cells:
        if len(cell.words) > 1 and _holds_several(cell):
            yield f"several values in a cell: row {cell.row + 1}, column {cell.column + 1}"


def _holds_several(cell: GridCell) -> bool:
    """Two amounts one beside or below the other, or an amount alone under words without a figure."""
    amounts = [word for word in cell.words if _AMOUNT.fullmatch(word.text)]
    if len(amounts) > 1:
        return len(amounts) == len(cell.words)
    return bool(amounts) and cell.row_span > 1 and _is_under_a_label(amounts[0], cell.words)


def _is_under_a_label(amount: Word, words: tuple[Word, ...]) -> bool:
    others = [word for word in words if word is not amount]
    return all(word.box.y1 <= amount.centre[1] and not _DIGIT.search(word.text) for word in others)
