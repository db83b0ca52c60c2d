"""The tables as reportlab sets them, a common library of report generators."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table

from bench.variants.cells import Cell, rows_of
from bench.variants.content import Sheet
from bench.variants.looks import MARGIN, Look, Variant, caption, fit

_EMBEDDED = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")
_ALIGN = {"left": 0, "center": 1, "right": 2}
_ALL, _FIRST, _LAST = ((0, 0), (-1, -1)), (0, 0), (-1, -1)

Command = tuple[Any, ...]


def _font(number: int) -> str:
    """A font that is not embedded, or one that is."""
    if number % 2 and _EMBEDDED.exists():
        pdfmetrics.registerFont(TTFont("wqy", str(_EMBEDDED), subfontIndex=0))
        return "wqy"
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return "STSong-Light"


def build(variant: Variant, opening: Sequence[str]) -> bytes:
    """The variant as a PDF."""
    look, out = variant.look, BytesIO()
    font = _font(look.font)
    style = ParagraphStyle("p", fontName=font, fontSize=look.size, leading=1.5 * look.size, wordWrap="CJK")
    flow: list[Flowable] = [Paragraph(line, style) for line in opening]
    for sheet in variant.sheets:
        flow.append(PageBreak())
        if not look.title_inside:
            flow += [Paragraph(line, style) for line in caption(sheet)]
        flow.append(_table(sheet, look, font, variant.page[0]))
        if sheet.note:
            flow.append(Paragraph(sheet.note, style))
    room = MARGIN - 6  # reportlab's frame pads by 6
    SimpleDocTemplate(
        out, pagesize=variant.page, leftMargin=room, rightMargin=room, topMargin=room, bottomMargin=room
    ).build(flow)
    return out.getvalue()


def _table(sheet: Sheet, look: Look, font: str, width: float) -> Table:
    size, widths = fit(sheet, look, width)
    rows = rows_of(sheet, look)
    styles = {
        align: ParagraphStyle(
            align, fontName=font, fontSize=size, leading=1.25 * size, wordWrap="CJK", alignment=number
        )
        for align, number in _ALIGN.items()
    }
    data: list[list[Any]] = [["" for _ in sheet.columns] for _ in rows.all]
    for row in rows.all:
        for cell in row:
            if cell.text:
                data[cell.row][cell.column] = Paragraph(cell.text, styles[cell.align])
    commands = [*_layout(size), *_spans(rows.all), *_rules(look, len(rows.head))]
    return Table(
        data,
        colWidths=list(widths),
        repeatRows=len(rows.head) if look.repeats_header else 0,
        splitInRow=1 if look.splits_rows else 0,
        style=commands,
    )


def _layout(size: float) -> Iterator[Command]:
    for side in ("LEFT", "RIGHT"):
        yield f"{side}PADDING", *_ALL, 0.25 * size
    for side in ("TOP", "BOTTOM"):
        yield f"{side}PADDING", *_ALL, 0.3 * size
    yield "VALIGN", *_ALL, "MIDDLE"


def _spans(rows: Sequence[Sequence[Cell]]) -> Iterator[Command]:
    for row in rows:
        for cell in row:
            if cell.row_span > 1 or cell.column_span > 1:
                end = (cell.column + cell.column_span - 1, cell.row + cell.row_span - 1)
                yield "SPAN", (cell.column, cell.row), end


def _rules(look: Look, head: int) -> list[Command]:
    black, grey = colors.black, colors.Color(0.82, 0.86, 0.9)
    thin: Command = ("GRID", *_ALL, 0.5, black)
    areas: list[Command] = [
        ("BACKGROUND", *_ALL, colors.Color(0.95, 0.95, 0.92)),
        ("BACKGROUND", _FIRST, (-1, head - 1), grey),
    ]
    below_head: Command = ("LINEBELOW", (0, head - 1), (-1, head - 1), 1, black)
    return {
        "thin": [thin],
        "thick": [("GRID", *_ALL, 1.5, black)],
        "double": [("GRID", *_ALL, 0.4, black, 0, None, None, 2, 1.2)],
        "dashed": [("GRID", *_ALL, 0.5, black, 0, (3, 2))],
        "cells": [("BOX", *_ALL, 1, black), ("INNERGRID", *_ALL, 0.25, black)],
        "filled": [*areas, thin],
        "white": [*areas, ("GRID", *_ALL, 0.8, colors.white)],
        "one_path": [("GRID", *_ALL, 0.25, colors.grey)],
        "open": [("INNERGRID", *_ALL, 0.5, black), ("LINEABOVE", (0, 0), (-1, 0), 0.5, black),
                 ("LINEBELOW", (0, -1), (-1, -1), 0.5, black)],
        "inner": [("INNERGRID", *_ALL, 0.5, black)],
        "fills": [*areas, ("GRID", *_ALL, 1, colors.white)],
        "across": [("LINEABOVE", *_ALL, 0.5, black), ("LINEBELOW", (0, -1), (-1, -1), 0.5, black)],
        "three_line": [("LINEABOVE", (0, 0), (-1, 0), 1.5, black), below_head,
                       ("LINEBELOW", (0, -1), (-1, -1), 1.5, black)],
        "none": [],
    }[look.rules]  # fmt: skip
