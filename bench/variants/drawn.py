"""Sets tables by hand with PyMuPDF: every way to draw rules, with no layout engine between."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import pymupdf

from bench.variants.cells import Cell, rows_of
from bench.variants.content import Sheet
from bench.variants.looks import MARGIN, Look, Variant, caption, fit

_FONTS = (
    None,  # the one that PyMuPDF brings along
    Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"),
    Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
)
_LEADING, _PAD = 1.3, 0.35  # em
_GREY, _PALE, _WHITE = (0.82, 0.86, 0.9), (0.95, 0.95, 0.92), (1, 1, 1)


class Placed(NamedTuple):
    """A cell on its page, its text in lines."""

    cell: Cell
    box: pymupdf.Rect
    lines: Sequence[str]


def draw(variant: Variant, opening: Sequence[str]) -> bytes:
    """The variant as a PDF; `opening` are the lines of its first page."""
    with pymupdf.open() as document:
        pen = _Pen(document, variant)
        pen.write(opening)
        for sheet in variant.sheets:
            pen.table(sheet)
        pen.close()
        return bytes(document.tobytes())


@cache
def _font(number: int) -> pymupdf.Font:
    path = _FONTS[number % len(_FONTS)]
    return pymupdf.Font(fontfile=str(path)) if path and path.exists() else pymupdf.Font("cjk")


@cache
def _advance(font: int, character: str) -> float:
    return float(_font(font).glyph_advance(ord(character)))


class _Pen:
    """Where on which page the next row goes."""

    def __init__(self, document: pymupdf.Document, variant: Variant) -> None:
        self._document, self._look = document, variant.look
        self._width, self._height = variant.page
        self._font = _font(variant.look.font)
        self._page: pymupdf.Page | None = None
        self._placed: list[Placed] = []
        self._size, self._y = variant.look.size, MARGIN

    def write(self, lines: Sequence[str]) -> None:
        """Lines of text from the top of a new page."""
        self._new_page()
        for line in lines:
            self._line(line)

    def _line(self, line: str) -> None:
        at = (MARGIN, self._y + self._size)
        self._text.append(at, line, font=self._font, fontsize=self._size)
        self._y += 2 * self._size

    def table(self, sheet: Sheet) -> None:
        """A table from the top of a new page on, over as many pages as it takes."""
        self._new_page()
        self._size, widths = fit(sheet, self._look, self._width)
        xs = list(accumulate(widths, initial=MARGIN))
        if not self._look.title_inside:
            for line in caption(sheet):
                self._line(line)
        rows = rows_of(sheet, self._look)
        self._rows(rows.head, xs)
        for row in rows.body:
            self._body_row(row, xs, rows.head)
        self._finish(xs)
        if sheet.note:
            self._line(sheet.note)

    def _body_row(self, row: tuple[Cell, ...], xs: Sequence[float], head: Sequence[tuple[Cell, ...]]) -> None:
        lines = {cell: self._wrapped(cell, xs) for cell in row}
        left = self._height - MARGIN - self._y
        fitting = int((left - 2 * _PAD * self._size) / (_LEADING * self._size))
        needed = max(map(len, lines.values()))
        if needed > fitting:
            if self._look.splits_rows and fitting > 0 and needed > 1:
                self._rows([row], xs, {cell: text[:fitting] for cell, text in lines.items()})
                lines = {cell: text[fitting:] for cell, text in lines.items()}
            self._finish(xs)
            self._new_page()
            if self._look.repeats_header:
                self._rows(head, xs)
        self._rows([row], xs, lines)

    def _rows(
        self,
        rows: Sequence[tuple[Cell, ...]],
        xs: Sequence[float],
        lines: dict[Cell, list[str]] | None = None,
    ) -> None:
        """Rows that stay together; merged cells reach over those below them."""
        wrapped = lines or {cell: self._wrapped(cell, xs) for row in rows for cell in row}
        first = rows[0][0].row
        heights = [self._least_height(row, wrapped) for row in rows]
        for row in rows:
            for cell in row:
                end = cell.row - first + cell.row_span
                lacking = self._height_of(wrapped[cell]) - sum(heights[cell.row - first : end])
                heights[end - 1] += max(0.0, lacking)
        ys = list(accumulate(heights, initial=self._y))
        for row in rows:
            for cell in row:
                top, bottom = ys[cell.row - first], ys[cell.row - first + cell.row_span]
                box = pymupdf.Rect(xs[cell.column], top, xs[cell.column + cell.column_span], bottom)
                self._placed.append(Placed(cell, box, wrapped[cell]))
        self._y = ys[-1]

    def _least_height(self, row: tuple[Cell, ...], wrapped: dict[Cell, list[str]]) -> float:
        return max((self._height_of(wrapped[c]) for c in row if c.row_span == 1), default=0.0) or (
            self._height_of([""])
        )

    def _height_of(self, lines: Sequence[str]) -> float:
        return self._size * (2 * _PAD + _LEADING * max(1, len(lines)))

    def _wrapped(self, cell: Cell, xs: Sequence[float]) -> list[str]:
        room = xs[cell.column + cell.column_span] - xs[cell.column] - 0.6 * self._size
        lines, length = [""], 0.0
        for character in cell.text:
            advance = self._size * _advance(self._look.font, character)
            if lines[-1] and length + advance > room:
                lines.append("")
                length = 0.0
            lines[-1] += character
            length += advance
        return lines

    def _new_page(self) -> None:
        self.close()
        self._page = self._document.new_page(width=self._width, height=self._height)
        self._text = pymupdf.TextWriter(self._page.rect)
        self._y = MARGIN

    def close(self) -> None:
        """Writes the texts of the page."""
        if self._page is not None:
            self._text.write_text(self._page)

    def _finish(self, xs: Sequence[float]) -> None:
        """Draws the rules of what stands on this page, and its texts."""
        assert self._page is not None
        _fills(self._page, self._placed, self._look)
        _strokes(self._page, self._placed, self._look, xs)
        for placed in self._placed:
            self._set(placed)
        self._placed = []

    def _set(self, placed: Placed) -> None:
        cell, box, lines = placed
        y = box.y0 + (box.height - _LEADING * self._size * len(lines)) / 2 + self._size
        for line in lines:
            length = self._size * sum(_advance(self._look.font, character) for character in line)
            x = {
                "left": box.x0 + 0.3 * self._size,
                "center": (box.x0 + box.x1 - length) / 2,
                "right": box.x1 - 0.3 * self._size - length,
            }[cell.align]
            if line:
                self._text.append((x, y), line, font=self._font, fontsize=self._size)
            y += _LEADING * self._size


def _fills(page: pymupdf.Page, placed: Sequence[Placed], look: Look) -> None:
    if look.rules not in ("filled", "fills", "white"):
        return
    shape = page.new_shape()
    gap = 0.5 if look.rules == "fills" else 0.0  # white between areas that have no rules
    for cell, box, _ in placed:
        shape.draw_rect(_shrunk(box, gap))
        shape.finish(fill=_GREY if cell.is_header else _PALE, color=None, width=0)
    shape.commit()


def _shrunk(box: pymupdf.Rect, by: float) -> pymupdf.Rect:
    return pymupdf.Rect(box.x0 + by, box.y0 + by, box.x1 - by, box.y1 - by)


_STROKES: dict[str, dict[str, object]] = {
    "thick": {"width": 1.5},
    "dashed": {"width": 0.5, "dashes": "[3 2] 0"},
    "white": {"width": 0.8, "color": _WHITE},
}


def _strokes(page: pymupdf.Page, placed: Sequence[Placed], look: Look, xs: Sequence[float]) -> None:
    rules = look.rules
    if rules in ("none", "fills") or not placed:
        return
    shape = page.new_shape()
    style = {"width": 0.5, "color": (0, 0, 0), **_STROKES.get(rules, {})}
    for box in (_shrunk(box, 0.4) for _, box, _ in placed if rules == "cells"):
        shape.draw_rect(box)
        shape.finish(**style)
    lines = () if rules == "cells" else _lines(placed, look, xs)
    for start, end in lines:
        shape.draw_line(start, end)
        if rules != "one_path":
            shape.finish(**style)
    if rules == "one_path":
        shape.finish(**style)
    shape.commit()


Line = tuple[tuple[float, float], tuple[float, float]]


def _lines(placed: Sequence[Placed], look: Look, xs: Sequence[float]) -> Iterator[Line]:
    """The edges of all cells that the look draws, each once."""
    top, bottom = min(p.box.y0 for p in placed), max(p.box.y1 for p in placed)
    header_end = max((p.box.y1 for p in placed if p.cell.is_header), default=top)
    edges = dict.fromkeys(edge for p in placed for edge in _edges(p.box))
    for (x0, y0), (x1, y1) in edges:
        is_down = x0 == x1
        is_outer = (is_down and x0 in (xs[0], xs[-1])) or (not is_down and y0 in (top, bottom))
        if _is_drawn(look, y0, is_down=is_down, is_outer=is_outer, three=(top, header_end, bottom)):
            if look.rules == "double":
                dx, dy = (0.7, 0) if is_down else (0, 0.7)
                yield (x0 - dx, y0 - dy), (x1 - dx, y1 - dy)
                yield (x0 + dx, y0 + dy), (x1 + dx, y1 + dy)
            else:
                yield (x0, y0), (x1, y1)


def _is_drawn(
    look: Look, y: float, *, is_down: bool, is_outer: bool, three: tuple[float, float, float]
) -> bool:
    if look.rules == "open":
        return not (is_outer and is_down)
    if look.rules == "inner":
        return not is_outer
    if look.rules == "three_line":
        return not is_down and y in three
    return not (is_down and look.rules == "across")


def _edges(box: pymupdf.Rect) -> Iterator[Line]:
    yield (box.x0, box.y0), (box.x1, box.y0)
    yield (box.x0, box.y1), (box.x1, box.y1)
    yield (box.x0, box.y0), (box.x0, box.y1)
    yield (box.x1, box.y0), (box.x1, box.y1)
