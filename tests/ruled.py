"""Ruled tables from rows of texts, for tests of what is read from them.

A cell `<` is merged with the one on its left, `^` with the one above it; "" is blank. Leading blanks of
a text indent it, one em each. A line break wraps it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.layout.text import passage_of
from extractors.model.document import Document, Grid, GridCell, Line, RuledTable, Word
from extractors.model.evidence import Box
from extractors.model.facts import Block, BudgetTable, Disclosure
from extractors.sections.budget_tables import tables

_WIDTH, _HEIGHT = 200.0, 40.0
_EM = 10.0

Rows = Sequence[Sequence[str]]


def grid(rows: Rows, page: int = 1, faults: Sequence[str] = ()) -> Grid:
    """A grid of cells of one size."""
    columns = max(map(len, rows))
    return Grid(
        page=page,
        xs=tuple(_WIDTH * column for column in range(columns + 1)),
        ys=tuple(_HEIGHT * row for row in range(len(rows) + 1)),
        cells=tuple(_cells(rows, columns)),
        faults=tuple(faults),
    )


def moved(shown: Grid, by: float) -> Grid:
    """The grid further to the right, as on a page bound on its other side."""

    def shift(box: Box) -> Box:
        return Box(box.x0 + by, box.y0, box.x1 + by, box.y1)

    cells = [
        cell._replace(
            box=shift(cell.box), words=tuple(word._replace(box=shift(word.box)) for word in cell.words)
        )
        for cell in shown.cells
    ]
    return replace(shown, xs=tuple(x + by for x in shown.xs), cells=tuple(cells))


def _cells(rows: Rows, columns: int) -> Iterator[GridCell]:
    for row, texts in enumerate(rows):
        assert len(texts) == columns, texts
        for column, text in enumerate(texts):
            if text not in ("<", "^"):
                yield _cell(rows, row, column)


def _cell(rows: Rows, row: int, column: int) -> GridCell:
    wide = next((c for c in range(column + 1, len(rows[row])) if rows[row][c] != "<"), len(rows[row]))
    high = next((r for r in range(row + 1, len(rows)) if rows[r][column] != "^"), len(rows))
    box = Box(_WIDTH * column, _HEIGHT * row, _WIDTH * wide, _HEIGHT * high)
    lines = enumerate(rows[row][column].splitlines())
    words = tuple(word for index, line in lines for word in _words(line, box, index))
    return GridCell(row, column, high - row, wide - column, box, words)


def _words(line: str, box: Box, index: int) -> Iterator[Word]:
    x, y = box.x0 + 2, box.y0 + 2 + 1.2 * _EM * index
    for text in line.split(" "):
        if text:
            yield Word(Box(x, y, x + _EM * len(text), y + _EM), text)
        x += _EM * (len(text) + 1)


def line(text: str, page: int = 1, at: int = 0) -> Line:
    """A line of text outside a grid."""
    squeezed = "".join(text.split())
    box = Box(0.0, 20.0 * at, _EM * len(squeezed), 20.0 * at + _EM)
    return Line(box, passage_of([Word(box, squeezed)], page, at))


def ruled(rows: Rows, caption: Sequence[str] = (), notes: Sequence[str] = (), more: Rows = ()) -> RuledTable:
    """A table with the lines above and below it; `more` goes on over page 2."""
    parts = (grid(rows), *((grid(more, page=2),) if more else ()))
    return RuledTable(
        parts=parts,
        caption=tuple(line(text, at=index) for index, text in enumerate(caption)),
        notes=tuple(line(text, at=index) for index, text in enumerate(notes)),
    )


def read_all(*ruled_tables: RuledTable) -> tuple[BudgetTable, ...]:
    """The budget tables among them."""
    return disclosed(*ruled_tables).tables


def disclosed(*ruled_tables: RuledTable) -> Disclosure:
    """What is read of them, gaps too."""
    document = Document(sha256="0" * 64, file_name="ruled.pdf", pages=(), tables=ruled_tables)
    return tables.read(Disclosure(document))


def read(rows: Rows, caption: Sequence[str] = (), notes: Sequence[str] = (), more: Rows = ()) -> BudgetTable:
    """The one budget table that a ruled table is."""
    (table,) = read_all(ruled(rows, caption, notes, more))
    return table


def printed(table: BudgetTable) -> list[list[str]]:
    """The texts of the body, blank cells as ""."""
    return [[cell.text.printed if cell else "" for cell in row.cells] for row in table.rows]


def columns(table: BudgetTable) -> list[str]:
    """The header paths."""
    return [column.name for column in table.columns]


def tree(block: Block) -> dict[str, list[str]]:
    """The names of the parts of each entry that has any."""
    found = {
        entry.label: [part.label for part in block.families.get(index, ())]
        for index, entry in enumerate(block.entries)
    }
    return {name: parts for name, parts in found.items() if parts}


def column_sums(table: BudgetTable) -> set[tuple[str, tuple[str, ...]]]:
    """The sums among the columns, by their header paths."""
    return {
        (
            table.columns[block.columns[total.total]].name,
            tuple(table.columns[block.columns[i]].name for i in total.addends),
        )
        for block in table.blocks
        for total in block.column_sums
    }
