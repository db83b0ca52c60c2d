"""Draws small PDFs for tests of the layout: text, rules, tables, in points from the top left."""

from collections.abc import Callable, Sequence
from typing import Any

import pymupdf

from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.model.document import Document, Grid, Line

A4 = (595.0, 842.0)
SIZE = 10.0  # of the print; every character of the font is as wide as high

Draw = Callable[[pymupdf.Page], None]


def pdf(*sheets: Draw, size: tuple[float, float] = A4) -> bytes:
    """A PDF with one page for each function that draws one."""
    with pymupdf.open() as document:
        for draw in sheets:
            draw(document.new_page(width=size[0], height=size[1]))
        return bytes(document.tobytes())


def read(*sheets: Draw, size: tuple[float, float] = A4) -> Document:
    """What the layout makes of the sheets."""
    return read_layout(pdf(*sheets, size=size), "drawn.pdf", Limits())


def only_grid(document: Document) -> Grid:
    """The one grid of the first page."""
    (grid,) = document.pages[0].grids
    return grid


def text(page: pymupdf.Page, x: float, y: float, words: str, rotate: int = 0) -> None:
    """Words with their top left corner at the point."""
    page.insert_text((x, y + 0.9 * SIZE), words, fontname="china-s", fontsize=SIZE, rotate=rotate)


def rule(page: pymupdf.Page, x0: float, y0: float, x1: float, y1: float, **style: Any) -> None:
    """A drawn line, half a point thick."""
    page.draw_line((x0, y0), (x1, y1), **{"width": 0.5, **style})


def rules(page: pymupdf.Page, xs: Sequence[float], ys: Sequence[float]) -> None:
    """A full lattice."""
    for x in xs:
        rule(page, x, ys[0], x, ys[-1])
    for y in ys:
        rule(page, xs[0], y, xs[-1], y)


def fill_in(
    page: pymupdf.Page, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]]
) -> None:
    """Texts at the top left of the cells of a lattice."""
    for y, row in zip(ys, rows, strict=False):
        for x, words in zip(xs, row, strict=False):
            text(page, x + 3, y + 3, words)


def table(
    page: pymupdf.Page, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]]
) -> None:
    """A lattice with its texts."""
    rules(page, xs, ys)
    fill_in(page, xs, ys, rows)


def rows_of(grid: Grid) -> list[list[str]]:
    """The texts of the cells, by the row in which they begin."""
    rows: list[list[str]] = [[] for _ in range(grid.n_rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell.text)
    return rows


def spans_of(grid: Grid) -> dict[str, tuple[int, int, int, int]]:
    """Row, column, row span and column span of each cell with a text."""
    return {c.text: (c.row, c.column, c.row_span, c.column_span) for c in grid.cells if c.text}


def texts(lines: Sequence[Line]) -> list[str]:
    """What the lines say."""
    return [line.passage.text for line in lines]
