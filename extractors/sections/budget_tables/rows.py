"""Header and body of a ruled table: leaf columns with their header paths, body rows with their evidence.

Blank rows, the row of ※ and column numbers under the header, headers printed again on later pages, and
notes printed inside the grid are no body rows.
"""

import re
import unicodedata
from collections.abc import Sequence
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
    Rows,
    banner_height,
    below_header,
    header_of,
    paths_of,
    repeats,
    rows_of,
)

_THOUSANDS = re.compile(r"\d{3}(?!\d)")
_NOTE = re.compile(r"^(?:注|备注|说明)[:：\d]|[。；]")


class BodyCell(NamedTuple):
    """A printed body cell: its text, the words of it, how many columns it is merged over, and how far its
    column begins from where it does on the first page (points).
    """

    text: Text
    words: tuple[Word, ...]
    span: int = 1
    moved: float = 0.0

    @property
    def is_gapped(self) -> bool:
        """Whether figures stand apart on one line, so that they may not be one number."""
        return len(self.words) > 1 and _is_gapped(self.words)

    @property
    def indent(self) -> float:
        """How far the print begins from the left edge of the page, printed blanks counted in (points).

        The page is the table's first: on others it may be moved.
        """
        first = self.words[0]
        return (first.box.x0 if first.text[:1].strip() else _behind_blanks(self.words)) - self.moved


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
    by_part = [rows_of(part) for part in table.parts]
    top = banner_height(first, has_title=has_title)
    above, header = [cell for cell in first.cells if cell.row < top], header_of(by_part[0], top)
    head = (*above, *header)
    paths = paths_of(first, header)
    body: list[BodyRow] = []
    notes: list[Line] = []
    before = first
    for part, rows in zip(table.parts, by_part, strict=True):
        below = below_header(rows, head) if part is first or repeats(rows, head) else rows
        said = _notes(below, part.n_columns)
        notes += [line for cell in said for line in lines_of(cell.words, part.page)]
        rest = _without(said, below) if said else below
        moved = [x - at for x, at in zip(part.xs, first.xs, strict=False)]
        found = [_body_row(rest[row], part, paths, moved) for row in sorted(rest)]
        if body and found and row_goes_on(before, part, min(rest)):
            body[-1] = _one_row(body[-1], found.pop(0))
        body += found
        before = part
    banner = tuple([line for cell in above for line in lines_of(cell.words, first.page)])
    return RawTable(paths, tuple([row for row in body if any(row)]), banner, tuple(notes))


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


def _notes(rows: Rows, width: int) -> list[GridCell]:
    """The cells that are a sentence over the whole width."""
    if width == 1:
        return []
    full = [cell for cells in rows.values() for cell in cells if cell.column_span == width and cell.words]
    return [cell for cell in full if _NOTE.search(plain(cell.text)) is not None]


def _without(notes: Sequence[GridCell], rows: Rows) -> Rows:
    kept = {row: [cell for cell in cells if cell not in notes] for row, cells in rows.items()}
    return {row: cells for row, cells in kept.items() if cells}


def _body_row(
    cells: Sequence[GridCell], grid: Grid, paths: Sequence[Path], moved: Sequence[float]
) -> BodyRow:
    page = grid.page
    found: list[BodyCell | None] = [None] * grid.n_columns
    for cell in cells:
        if cell.words and (text := text_of(cell, page)) is not None:  # most cells are blank
            place = cell.column if cell.column_span == 1 else _place(cell, paths)
            span = cell.column + cell.column_span - place
            found[place] = BodyCell(text, cell.words, span, moved[cell.column])
    return tuple(found)


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


def _behind_blanks(words: Sequence[Word]) -> float:
    """Where the first character begins that is no blank."""
    word = next(word for word in words if word.text.strip())
    blanks = len(word.text) - len(word.text.lstrip())
    widths = [1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in word.text]
    return word.box.x0 + (word.box.x1 - word.box.x0) * sum(widths[:blanks]) / sum(widths)
