"""A table as rows of cells, which every producer sets in its own way."""

from typing import Literal, NamedTuple

from bench.variants.content import AMOUNT, Sheet
from bench.variants.looks import Look, caption

Align = Literal["left", "center", "right"]


class Cell(NamedTuple):
    """A cell to print, with its place in the table."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    align: Align
    is_header: bool = False


class Rows(NamedTuple):
    """The rows of a table from the top; those of the head are printed again where the look says so."""

    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]

    @property
    def all(self) -> tuple[tuple[Cell, ...], ...]:
        """Head and body."""
        return self.head + self.body


def rows_of(sheet: Sheet, look: Look) -> Rows:
    """Title (where it stands inside), header, column numbers, body."""
    width = len(sheet.columns)
    head: list[tuple[Cell, ...]] = []
    if look.title_inside:
        _, title, unit = caption(sheet)
        head = [(Cell(0, 0, 1, width, title, "center", True),), (Cell(1, 0, 1, width, unit, "right", True),)]
    top = len(head)
    for level in range(sheet.depth):
        found = [cell for cell in sheet.header if cell.row == level]
        head.append(
            tuple(
                Cell(top + c.row, c.column, c.row_span, c.column_span, c.text, "center", True) for c in found
            )
        )
    if look.number_row:
        head.append(tuple(Cell(len(head), c, 1, 1, str(c + 1), "center", True) for c in range(width)))
    body = tuple(
        tuple(Cell(len(head) + r, c, 1, 1, text, _align(text, look)) for c, text in enumerate(row))
        for r, row in enumerate(sheet.rows)
    )
    return Rows(tuple(head), body)


def _align(text: str, look: Look) -> Align:
    if look.centred:
        return "center"
    return "right" if AMOUNT.fullmatch(text) else "left"
