"""Changes of a table that need it to be read anew: a value one column over, a row dropped.

They are made in the grid, as if the layout had seen it so; the table is then read by the reader of tables.
The words of the page stay: what was lost on the way to the grid is printed all the same.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.model.amounts import Amount
from extractors.model.document import Grid, GridCell, RuledTable
from extractors.model.evidence import Place
from extractors.model.facts import BudgetTable, Disclosure, TableCell
from extractors.sections.budget_tables import tables


@dataclass(frozen=True, slots=True)
class Shifted:
    """A changed reading, where the value that moved stands (nowhere for a row that is gone), and in words."""

    reading: Disclosure
    places: tuple[Place, ...]
    what: str


def column_over(reading: Disclosure, dice: random.Random) -> Shifted | None:
    """An amount stands in the empty cell beside its own."""
    number, source, grid_number, grid = _grid(reading, dice)
    amounts = _amounts(reading.tables[number])
    filled = [cell for cell in grid.cells if cell.text in amounts and cell.row_span == 1]
    cell = dice.choice(filled) if filled else None
    if cell is None:
        return None
    step = dice.choice((-1, 1))
    at = cell.column + (cell.column_span if step > 0 else -1)
    beside = next((c for c in grid.cells if c.row == cell.row and c.column == at and not c.words), None)
    if beside is None:
        return None
    moved = {cell: cell._replace(words=()), beside: beside._replace(words=cell.words)}
    cells = tuple(moved.get(c, c) for c in grid.cells)
    return _read(reading, number, source, grid_number, replace(grid, cells=cells), cell)


def dropped_row(reading: Disclosure, dice: random.Random) -> Shifted | None:
    """A row of the body with an amount is not there."""
    number, source, grid_number, grid = _grid(reading, dice)
    amounts = _amounts(reading.tables[number])
    rows = sorted({cell.row for cell in grid.cells if cell.text in amounts and amounts[cell.text].value})
    rows = [r for r in rows if all(c.row_span == 1 for c in grid.cells if _crosses(c, r))]
    if not rows:
        return None
    row = dice.choice(rows)
    kept = tuple(cell._replace(row=cell.row - (cell.row > row)) for cell in grid.cells if cell.row != row)
    ys = grid.ys[: row + 1] + grid.ys[row + 2 :]
    what = " ".join(cell.text for cell in grid.cells if cell.row == row and cell.words)
    found = _read(reading, number, source, grid_number, replace(grid, cells=kept, ys=ys), None)
    return replace(found, what=what) if found else None


def _crosses(cell: GridCell, row: int) -> bool:
    return cell.row <= row < cell.row + cell.row_span


def _grid(reading: Disclosure, dice: random.Random) -> tuple[int, RuledTable, int, Grid]:
    """One grid of a table that holds amounts, with the numbers of both."""
    number = dice.choice([i for i, table in enumerate(reading.tables) if not table.is_empty])
    source = next(t for t in reading.document.tables if _is_source(t, reading.tables[number]))
    grid_number = dice.randrange(len(source.parts))
    return number, source, grid_number, source.parts[grid_number]


def _is_source(source: RuledTable, table: BudgetTable) -> bool:
    """Whether a table of the layout is where a budget table was read: its title stands over it, or in it."""
    first = next(c for row in table.rows for c in row.cells if c is not None)
    evidence = first.text.place[0]
    return any(part.page == evidence.page and part.box.holds(*_centre(first)) for part in source.parts)


def _centre(cell: TableCell) -> tuple[float, float]:
    box = cell.text.place[0].box
    return (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2


def _amounts(table: BudgetTable) -> dict[str, Amount]:
    cells = (cell for row in table.rows for cell in row.cells)
    return {c.text.printed: c.amount for c in cells if c is not None and c.amount is not None}


def _read(
    reading: Disclosure, number: int, source: RuledTable, grid_number: int, grid: Grid, cell: GridCell | None
) -> Shifted | None:
    """The reading with the table of a changed grid, and where the words of a cell stand in it."""
    parts: Sequence[Grid] = [grid if i == grid_number else part for i, part in enumerate(source.parts)]
    changed = replace(source, parts=tuple(parts))
    document = replace(reading.document, tables=(changed,))
    read = tables.read(Disclosure(document)).tables
    if len(read) != 1:
        return None
    listed = (*reading.tables[:number], read[0], *reading.tables[number + 1 :])
    ruled = tuple(changed if table is source else table for table in reading.document.tables)
    moved = _place_of(read[0], cell) if cell else ()
    if cell and not moved:
        return None
    return Shifted(
        replace(reading, document=replace(reading.document, tables=ruled), tables=listed),
        moved,
        f"{read[0].title.printed} {cell.text if cell else ''}",
    )


def _place_of(table: BudgetTable, cell: GridCell) -> tuple[Place, ...]:
    """Where the words of a cell are read as an amount."""
    middle = cell.words[0].shown
    found = (c.amount for row in table.rows for c in row.cells if c is not None and c.amount is not None)
    return tuple(
        amount.place for amount in found if amount.printed == cell.text and amount.place[0].box.meets(middle)
    )
