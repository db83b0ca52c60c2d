"""Joins the grids of all pages to tables, with the lines that stand above and below them.

A table goes on over the page when the next page begins with a grid of the same columns and nothing but a
repeated caption stands above it. Sums run over the whole table, so this comes before any check.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.layout.anew import begins_anew, is_closed
from extractors.layout.grid import SIDE_NOT_DRAWN, in_reading_order
from extractors.layout.leftover import ROW_OUTSIDE, row_outside
from extractors.layout.text import is_numbered
from extractors.model.columns import SAME_COLUMN, moved_columns, same_columns
from extractors.model.document import Grid, GridCell, Line, Page, RuledTable
from extractors.model.evidence import Box
from extractors.model.plain import plain

_FEWEST_NAMES = 3  # of columns that are known by them
_GAP = 3.0  # line heights that part a caption from what stands above it
_CAPTION_LINES = 6
_TOTAL = re.compile(r"[合总小共]计|本年[收支]")
_TABLE_NAME = re.compile(r"表(?:\(续\)|续)?$")
_MOST_TOTALS = 2  # rows of totals that may stand alone
_FIGURE = re.compile(r"[-+\d.,%]+")
_BEGINS = re.compile(r"\d{3,}|其中")  # a code, or a line of a list: no rest of another line
_FULL_LINE = 1.5  # heights of the print; a line that ends nearer to its wall has no room for a character
_CONTINUED = ("续", "(续)", "(续表)", "续表")
_CONTINUED_ALONE = (*_CONTINUED, "续上表", "(续上表)", "接上表", "(接上表)")


def tables_of(pages: Sequence[Page]) -> tuple[RuledTable, ...]:
    """The tables of a document in reading order."""
    tables: list[RuledTable] = []
    for page in pages:
        if tables and _ends_before(tables[-1], page) and row_outside(tables[-1].parts[-1], page.lines):
            tables[-1] = _with_row_outside(tables[-1])
        for index, grid in enumerate(page.grids):
            caption, notes = _above(page, index), _below(page, index)
            last = tables[-1] if tables and index == 0 else None
            part = _as_part(last, grid) if last else None
            if last is not None and part is not None and _goes_on(last, part, caption):
                repeated = (*last.repeated, *caption)
                tables[-1] = RuledTable((*last.parts, part), last.caption, notes, repeated)
            else:
                tables.append(RuledTable((grid,), caption, notes))
            if row_outside(grid, notes):
                tables[-1] = _with_row_outside(tables[-1])
    return tuple(tables)


def _ends_before(table: RuledTable, page: Page) -> bool:
    """Whether a table goes up to the page's beginning."""
    return table.parts[-1].page == page.number - 1 and not table.notes


def _with_row_outside(table: RuledTable) -> RuledTable:
    *others, last = table.parts
    return replace(table, parts=(*others, replace(last, faults=(*last.faults, ROW_OUTSIDE))))


def header_height(grid: Grid) -> int:
    """How many rows of elementary height the header has, by its merged cells alone.

    The first row belongs to it with all the rows that its cells span; below a cell that is merged across
    columns stands a row that divides it again.
    """
    by_row: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        by_row.setdefault(cell.row, []).append(cell)
    height, row = 0, 0
    while row <= height and row < grid.n_rows:
        for cell in by_row.get(row, ()):
            divided = cell.column_span > 1 and cell.column_span < grid.n_columns
            height = max(height, cell.row + cell.row_span - (0 if divided else 1))
        row += 1
    return min(height + 1, grid.n_rows)


def repeats_header(first: Grid, later: Grid) -> bool:
    """Whether a part begins with the same header as the first part."""
    height = header_height(first)
    ours = [cell for cell in first.cells if cell.row < height]
    theirs = [cell for cell in later.cells if cell.row < height]
    return len(ours) == len(theirs) and all(map(_says_same, ours, theirs))


def _says_same(one: GridCell, other: GridCell) -> bool:
    """Whether two cells have one place in the grid and one text."""
    return one[:2] == other[:2] and plain(one.text) == plain(other.text)


def row_goes_on(before: Grid, after: Grid, row: int = 0) -> bool:
    """Whether a row of a part (the first after its header) is the rest of the last row of the part before.

    A row that the page's end cuts has words on both sides. The rest has neither figure nor number of its
    own, it stands in fewer cells, and each of them goes on from a line that is full.
    """
    last = [cell for cell in before.cells if cell.row + cell.row_span == before.n_rows and cell.words]
    rest = [cell for cell in after.cells if cell.row == row and cell.words]
    if not rest or len(rest) >= len(last):
        return False
    return all(_is_rest(cell, [c for c in last if c.column == cell.column]) for cell in rest)


def _is_rest(cell: GridCell, above: Sequence[GridCell]) -> bool:
    text = plain(cell.text)
    if not above or _FIGURE.fullmatch(text) or is_numbered(text):
        return False
    if _TOTAL.match(text) or _BEGINS.match(text):
        return False
    end = above[0].words[-1].box
    return above[0].box.x1 - end.x1 < _FULL_LINE * (end.y1 - end.y0)


def _above(page: Page, index: int) -> tuple[Line, ...]:
    """The caption: the lines directly above a grid, up to a sentence, a heading or a gap."""
    top = page.grids[index - 1].box.y1 if index else float("-inf")
    grid = page.grids[index].box
    caption: list[Line] = []
    edge = grid.y0
    for line in reversed(page.lines):
        if line.box.y1 > grid.y0 + SAME_COLUMN:
            continue
        height = line.box.y1 - line.box.y0
        if line.box.y0 < top or edge - line.box.y1 > _GAP * height or _is_prose(line):
            break
        caption.append(line)
        edge = line.box.y0
    return tuple(reversed(caption[:_CAPTION_LINES]))


def _is_prose(line: Line) -> bool:
    return line.passage.text[-1] in "。；：" or is_numbered(line.passage.plain)


def _below(page: Page, index: int) -> tuple[Line, ...]:
    """The lines under a grid; those above the next grid of the page are left to it."""
    if index + 1 < len(page.grids):
        return ()
    bottom = page.grids[index].box.y1 - SAME_COLUMN
    return tuple(line for line in page.lines if line.box.y0 >= bottom)


def _goes_on(table: RuledTable, grid: Grid, caption: Sequence[Line]) -> bool:
    last, first = table.parts[-1], table.parts[0]
    if grid.page != last.page + 1 or table.notes or _has_title_of_its_own(grid, first):
        return False
    known = {*_CONTINUED_ALONE, *(text for line in table.caption for text in _captions(line))}
    lines = [line.passage.plain for line in caption]
    if not all(line in known for line in lines):
        return False
    is_repeated = repeats_header(first, grid)
    if lines and is_repeated:
        return True
    if begins_anew(table.parts, grid, header_height(first) if is_repeated else 0):
        return False
    # A form begins anew under the same title: only a repeated header tells it from a table that goes on.
    return not lines or any(line in _CONTINUED_ALONE for line in lines)


def _has_title_of_its_own(grid: Grid, first: Grid) -> bool:
    """Whether its first row is the name of a table, and not the one over the first part."""
    cell, title = grid.cells[0], first.cells[0]
    if cell.column_span < grid.n_columns or not _TABLE_NAME.search(plain(cell.text)):
        return False
    return not plain(cell.text).startswith(plain(title.text) or cell.text)


def _captions(line: Line) -> Iterator[str]:
    yield line.passage.plain
    for suffix in _CONTINUED:
        yield line.passage.plain + suffix


def _as_part(table: RuledTable, grid: Grid) -> Grid | None:
    """The grid with the columns of the part before, None where they are others.

    A total that stands alone on its page has fewer columns than its table: its label is merged over several.
    """
    last = table.parts[-1]
    if _is_open_row(grid) and _has_walls_of(last, grid):
        return _in_columns_of(last, grid)
    if same_columns(last.xs, grid.xs) or moved_columns(last.xs, grid.xs) or _named_alike(table, grid):
        return grid
    if not _TOTAL.match(plain(grid.cells[0].text)) or grid.n_rows > _MOST_TOTALS:
        return None
    columns = [_position(x, last.xs) for x in grid.xs]
    if None in columns or (columns[0], columns[-1]) != (0, last.n_columns):
        return None
    at = [column for column in columns if column is not None]
    cells = [
        cell._replace(
            column=at[cell.column], column_span=at[cell.column + cell.column_span] - at[cell.column]
        )
        for cell in grid.cells
    ]
    return replace(grid, xs=last.xs, cells=tuple(cells))


def _position(x: float, xs: Sequence[float]) -> int | None:
    return next((index for index, other in enumerate(xs) if abs(x - other) <= SAME_COLUMN), None)


def _named_alike(table: RuledTable, grid: Grid) -> bool:
    """As many columns, of other widths, under the same header: typed as a table for each page."""
    first, last = table.parts[0], table.parts[-1]
    if len(last.xs) != len(grid.xs) or is_closed(last) or not repeats_header(first, grid):
        return False
    height = header_height(first)
    return len({cell.column for cell in grid.cells if cell.row < height and cell.words}) >= _FEWEST_NAMES


def _is_open_row(grid: Grid) -> bool:
    return grid.n_rows == 1 and SIDE_NOT_DRAWN in grid.faults


def _has_walls_of(last: Grid, row: Grid) -> bool:
    """Whether a row whose outer sides are not drawn has all inner walls of the part before, and no other."""
    left, right = last.xs[0] - SAME_COLUMN, last.xs[-1] + SAME_COLUMN
    walls = [x for x in row.xs if _position(x, last.xs[1:-1]) is not None]
    others = [x for x in row.xs[1:-1] if x not in walls]
    return not others and len(walls) == len(last.xs) - 2 and left <= row.xs[0] <= row.xs[-1] <= right


def _in_columns_of(last: Grid, row: Grid) -> Grid:
    """The row with all the columns of the part before; those at the sides may be blank."""
    words = [word for cell in row.cells for word in cell.words]
    boxes = [Box(x0, row.ys[0], x1, row.ys[1]) for x0, x1 in pairwise(last.xs)]
    cells = tuple(
        GridCell(0, column, 1, 1, box.rounded(), in_reading_order([w for w in words if box.holds(*w.centre)]))
        for column, box in enumerate(boxes)
    )
    faults = tuple(fault for fault in row.faults if fault != SIDE_NOT_DRAWN)
    return replace(row, xs=last.xs, cells=cells, faults=faults)
