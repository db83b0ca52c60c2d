"""Header and body of a ruled table: leaf columns with their header paths, body rows with their evidence.

Blank rows, the row of ※ and column numbers under the header, headers printed again on later pages, and
notes printed inside the grid are no body rows.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from extractors.cells import text_of
from extractors.layout.tables import row_goes_on
from extractors.layout.text import lines_of
from extractors.model.amounts import Text
from extractors.model.document import Grid, GridCell, Line, RuledTable, Word
from extractors.model.plain import plain
from extractors.sections.budget_tables.columns import CODE_HEADER, NAME_HEADER
from extractors.sections.budget_tables.header import (
    Path,
    banner_height,
    column_number_rows,
    header_of,
    paths_of,
    repeats,
)

_THOUSANDS = re.compile(r"\d{3}(?!\d)")
_NOTE = re.compile(r"^(?:注|备注|说明)[:：\d]|[。；]")


class BodyCell(NamedTuple):
    """A printed body cell: its text, how many columns it is merged over, and where its print begins.

    `indent` counts the blanks that are printed before the text (points); `is_gapped` tells that figures
    stand apart on one line, so that they may not be one number.
    """

    text: Text
    span: int = 1
    indent: float = 0.0
    is_gapped: bool = False


BodyRow = tuple[BodyCell | None, ...]


@dataclass(frozen=True, slots=True)
class RawTable:
    """Leaf columns as header paths, and body rows with one cell or None per leaf column.

    `banner` are the lines merged over the whole width above the header (a title inside the grid), `notes`
    those below the body.
    """

    paths: tuple[Path, ...]
    body: tuple[BodyRow, ...]
    banner: tuple[Line, ...] = ()
    notes: tuple[Line, ...] = ()


def raw_table(table: RuledTable, *, has_title: bool) -> RawTable:
    """The header and body of a joined table."""
    first = table.parts[0]
    top = banner_height(first, has_title=has_title)
    header = header_of(first, top)
    paths = paths_of(first, header)
    above = [cell for cell in first.cells if cell.row < top]
    body: list[BodyRow] = []
    notes: list[Line] = []
    before = first
    for part in table.parts:
        skipped = {id(cell) for cell in above} if part is first else set[int]()
        if part is first or repeats(part, (*above, *header)):
            skipped |= set(_of_header(part, (*above, *header)))
        cells = [cell for cell in part.cells if id(cell) not in skipped]
        full = [cell for cell in cells if cell.column_span == part.n_columns and _is_note(cell, part)]
        notes += [line for cell in full for line in lines_of(cell.words, part.page)]
        skipped |= {id(cell) for cell in full}
        rest = [cell for cell in cells if id(cell) not in skipped]
        rows = list(_body(part, rest, paths))
        if body and rows and row_goes_on(before, part, min(cell.row for cell in rest)):
            body[-1] = _one_row(body[-1], rows.pop(0))
        body += rows
        before = part
    banner = tuple(line for cell in above for line in lines_of(cell.words, first.page))
    return RawTable(paths, tuple(row for row in body if any(row)), banner, tuple(notes))


def _one_row(above: BodyRow, below: BodyRow) -> BodyRow:
    """A row that the page's end cuts: the words of each cell from both sides."""
    return tuple(_one_cell(a, b) for a, b in zip(above, below, strict=True))


def _one_cell(above: BodyCell | None, below: BodyCell | None) -> BodyCell | None:
    if above is None or below is None:
        return above or below
    text = replace(
        above.text,
        printed=above.text.printed + below.text.printed,
        place=above.text.place + below.text.place,
    )
    return above._replace(text=text)


def _of_header(part: Grid, header: Sequence[GridCell]) -> Iterator[int]:
    """Which cells of a part are its header, rows of column numbers included."""
    places = {(cell.row, cell.column) for cell in header}
    rows, numbers = {row for row, _ in places}, set(column_number_rows(part, header))
    for cell in part.cells:
        if cell.row in numbers or (cell.row in rows and (cell.row, cell.column) in places):
            yield id(cell)


def _is_note(cell: GridCell, grid: Grid) -> bool:
    """Whether a cell is a sentence over the whole width."""
    if not cell.words or cell.column_span != grid.n_columns or grid.n_columns == 1:
        return False
    return _NOTE.search(plain(cell.text)) is not None


def _body(grid: Grid, cells: Sequence[GridCell], paths: Sequence[Path]) -> Iterator[BodyRow]:
    by_row: dict[int, list[GridCell]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, []).append(cell)
    for row in sorted(by_row):
        found: list[BodyCell | None] = [None] * grid.n_columns
        for cell in by_row[row]:
            if cell.words and (text := text_of(cell, grid.page)) is not None:  # most cells are blank
                place = cell.column if cell.column_span == 1 else _place(cell, paths)
                span = cell.column + cell.column_span - place
                found[place] = BodyCell(
                    text, span, _indent(cell), len(cell.words) > 1 and _is_gapped(cell.words)
                )
        yield tuple(found)


def _place(cell: GridCell, paths: Sequence[Path]) -> int:
    """The column of a merged cell; 合计 merged over code and name is a name."""
    over = range(cell.column, cell.column + cell.column_span)
    leaves = {column: paths[column][-1] if paths[column] else "" for column in over}
    if CODE_HEADER.match(leaves[cell.column]):
        for column, leaf in leaves.items():
            if NAME_HEADER.search(leaf) and not CODE_HEADER.match(leaf):
                return column
    return cell.column


def _is_gapped(words: Sequence[Word]) -> bool:
    """Whether a digit follows a digit behind a gap; thousands may be parted so: 4 567 178.00."""
    for before, after in pairwise(words):
        apart = before.box.y0 <= after.centre[1] <= before.box.y1
        if (
            apart
            and before.text[-1:].isdigit()
            and after.text[:1].isdigit()
            and not _THOUSANDS.match(after.text)
        ):
            return True
    return False


def _indent(cell: GridCell) -> float:
    """How far the first line stands from the left edge of the page, printed blanks counted in."""
    if cell.words[0].text[:1].strip():
        return cell.words[0].box.x0
    word = next(word for word in cell.words if word.text.strip())
    blanks = len(word.text) - len(word.text.lstrip())
    widths = [1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in word.text]
    return word.box.x0 + (word.box.x1 - word.box.x0) * sum(widths[:blanks]) / sum(widths)
