"""Header and body of a ruled table: leaf columns with their header paths, body rows with their evidence.

The row of ※ and column numbers under the header, blank rows, and headers printed again on later pages
are no body rows.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.layout.tables import header_height, repeats_header
from extractors.layout.text import lines_of, plain
from extractors.model.amounts import Text
from extractors.model.document import Grid, GridCell, Line, RuledTable, Word
from extractors.model.evidence import Evidence, Reader

_COLUMN_NUMBER = re.compile(r"[※*—\-]+|栏次|行次|\d{1,2}|\d{1,2}=[\d+\-()]+")

BodyRow = tuple[Text | None, ...]


@dataclass(frozen=True, slots=True)
class RawTable:
    """Leaf columns as header paths, and body rows with one text or None per leaf column.

    `banner` are the lines merged over the whole width above the header (a title inside the grid).
    """

    paths: tuple[tuple[str, ...], ...]
    body: tuple[BodyRow, ...]
    banner: tuple[Line, ...] = ()


def raw_table(table: RuledTable) -> RawTable:
    """The header and body of a joined table."""
    first = table.parts[0]
    top = _banner_rows(first)
    height = _header_end(first, top)
    banner = tuple(li for cell in first.cells if cell.row < top for li in lines_of(cell.words, first.page))
    body = [row for part in table.parts for row in _body(part, _skip(first, part, height))]
    return RawTable(_paths(first, top, height), tuple(row for row in body if any(row)), banner)


def _skip(first: Grid, part: Grid, height: int) -> int:
    """How many rows at the top of a part belong to the header."""
    return height if part is first or repeats_header(first, part) else 0


def _banner_rows(grid: Grid) -> int:
    """Rows at the top that are one cell over the whole width."""
    rows = 0
    for cell in grid.cells:
        if cell.row != rows or cell.column_span != grid.n_columns or grid.n_columns == 1:
            break
        rows += cell.row_span
    return rows


def _header_end(grid: Grid, top: int) -> int:
    """The first body row: after the header and the row of column numbers."""
    end = max(header_height(grid), top + 1)
    while end < grid.n_rows and _is_column_numbers(_texts(grid, end)):
        end += 1
    return end


def _texts(grid: Grid, row: int) -> list[str]:
    return [text for cell in grid.cells if cell.row == row and (text := plain(cell.text))]


def _is_column_numbers(texts: Sequence[str]) -> bool:
    """※ or 1 2 3 …: at least two, all of them, the numbers one after another."""
    if len(texts) < 2 or not all(_COLUMN_NUMBER.fullmatch(text) for text in texts):
        return False
    numbers = [int(match[0]) for text in texts if (match := re.match(r"\d+", text))]
    return all(b - a == 1 for a, b in pairwise(numbers)) and numbers[:1] in ([], [1])


def _paths(grid: Grid, top: int, end: int) -> tuple[tuple[str, ...], ...]:
    """The header texts over each leaf column, from the top, a merged cell once."""
    header = [cell for cell in grid.cells if top <= cell.row < end]
    paths = []
    for column in range(grid.n_columns):
        over = [c for c in header if c.column <= column < c.column + c.column_span]
        texts = [plain(cell.text) for cell in sorted(over, key=lambda c: c.row)]
        paths.append(tuple(text for text in texts if text and not _COLUMN_NUMBER.fullmatch(text)))
    return tuple(paths)


def _body(grid: Grid, skip: int) -> Iterator[BodyRow]:
    for row in range(skip, grid.n_rows):
        cells: list[Text | None] = [None] * grid.n_columns
        for cell in grid.cells:
            if cell.row == row:
                cells[cell.column] = text_of(cell, grid.page)
        yield tuple(cells)


def text_of(cell: GridCell, page: int) -> Text | None:
    """The text of a cell with its place; None where nothing is printed."""
    if not cell.words:
        return None
    return Text(printed=cell.text, place=(_evidence(cell.words, cell.text, page),), reader=Reader.TABLE)


def _evidence(words: Sequence[Word], text: str, page: int) -> Evidence:
    box = words[0].box
    for word in words[1:]:
        box = box.joined(word.box)
    return Evidence(page, box.rounded(), text)
