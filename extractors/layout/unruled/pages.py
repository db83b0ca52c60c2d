"""Tables without rules down on all pages of a document.

A table goes on over the page without its header, in fewer rows than would make one: so its pages are read
together.
"""

from collections.abc import Sequence
from dataclasses import replace

from extractors.layout.text import lines_of, without_page_number
from extractors.layout.unruled.blocks import blocks_of
from extractors.layout.unruled.table import Table, table_of
from extractors.layout.unruled.words import free_amounts, has_columns, words_of
from extractors.model.document import Grid, Line, Page, Rule, Word

LOOSE = "figures in columns outside all tables"


def with_unruled(pages: Sequence[Page]) -> list[Page]:
    """The pages with the tables among their lines as grids; a fault tells of columns of figures in none."""
    tables: list[Table] = []
    looked_at: set[int] = set()
    for page in pages:
        is_open = bool(tables) and tables[-1].last.page == page.number - 1 and tables[-1].last.closes
        if not is_open and not page.has_free_amounts:
            continue
        looked_at.add(page.number)
        for index, block in enumerate(blocks_of(page, without_page_number(page), _loose_rules(page))):
            longer = tables[-1].and_(block) if is_open and index == 0 else None
            if longer is not None:
                tables[-1] = longer
            elif (table := table_of(block)) is not None:
                tables.append(table)
    found: dict[int, list[Grid]] = {}
    used: set[int] = set()
    for table in tables:
        used.update(id(word) for part in table.parts for word in part.words)
        for grid in table.grids():
            found.setdefault(grid.page, []).append(grid)
    return [
        _with_grids(page, found.get(page.number, ()), used) if page.number in looked_at else page
        for page in map(_columns_within, pages)
    ]


def _loose_rules(page: Page) -> list[Rule]:
    """The rules across that belong to no grid."""
    boxes = [grid.box for grid in page.grids]
    return [rule for rule in page.horizontal if not any(box.y0 - 1 < rule.at < box.y1 + 1 for box in boxes)]


def _with_grids(page: Page, grids: Sequence[Grid], used: set[int]) -> Page:
    if grids:
        lines = _rest(page, used)
        page = replace(page, lines=lines, grids=tuple(sorted([*page.grids, *grids], key=_place)))
    if has_columns(page.lines):
        page = replace(page, faults=(*page.faults, LOOSE))
    return page


def _place(grid: Grid) -> tuple[float, float]:
    return grid.ys[0], grid.xs[0]


def _rest(page: Page, used: set[int]) -> tuple[Line, ...]:
    words = [word for line in page.lines for word in words_of(line) if id(word) not in used]
    return lines_of(words, page.number)


def _columns_within(page: Page) -> Page:
    """A table that has rules across and an outline only is a grid of one column to the rules."""
    divided = {id(grid): of_one for grid in page.grids if (of_one := _of_one_column(page, grid)) is not None}
    if not divided:
        return page
    return replace(page, grids=tuple([divided.get(id(grid), grid) for grid in page.grids]))


def _of_one_column(page: Page, grid: Grid) -> Grid | None:
    if grid.n_columns > 1:
        return None
    words: list[Word] = [word for cell in grid.cells for word in cell.words]
    lines = lines_of(words, page.number)
    if not free_amounts(lines):
        return None
    without = replace(page, grids=())
    blocks = list(blocks_of(without, lines, page.horizontal))
    table = table_of(blocks[0]) if len(blocks) == 1 else None
    return table.grids()[0] if table and len(table.parts[0].words) == len(words) else None
