"""The tables as HTML, for a browser's print and for PyMuPDF's Story."""

import html
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import pymupdf

from bench.variants.cells import Cell, rows_of
from bench.variants.content import Sheet
from bench.variants.looks import MARGIN, Look, Variant, caption, fit

_FONTS = ("Noto Serif CJK SC", "WenQuanYi Zen Hei", "Noto Sans CJK SC")
_SOLID = "0.5pt solid #000"
_EDGES: dict[str, str] = {
    "thin": f"td{{border:{_SOLID}}}",
    "thick": "td{border:1.5pt solid #000}",
    "double": "td{border:3px double #000}",
    "dashed": "td{border:1px dashed #333}",
    "cells": f"table{{border-collapse:separate;border-spacing:0}}td{{border:{_SOLID}}}",
    "filled": f"td{{border:{_SOLID};background:#f2f2ec}}.h{{background:#d0dae6}}",
    "white": "td{border:1px solid #fff;background:#f2f2ec}.h{background:#d0dae6}",
    "one_path": "td{border:0.75pt solid #888}",
    "open": f"td{{border:{_SOLID}}}.f{{border-left:none}}.l{{border-right:none}}",
    "inner": f"td{{border:{_SOLID}}}.f{{border-left:none}}.l{{border-right:none}}"
    ".t{border-top:none}.b{border-bottom:none}",
    "fills": "table{border-collapse:separate;border-spacing:1px}td{background:#f2f2ec}.h{background:#d0dae6}",
    "across": f"td{{border-bottom:{_SOLID};border-top:{_SOLID}}}",
    "three_line": "table{border-top:1.5pt solid #000;border-bottom:1.5pt solid #000}"
    "thead{border-bottom:1pt solid #000}",
    "none": "",
}


def markup(variant: Variant, opening: Sequence[str]) -> str:
    """The variant as a page of HTML with its CSS for print."""
    look = variant.look
    width, height = variant.page
    repeat = "table-header-group" if look.repeats_header else "table-row-group"
    css = [
        f"@page{{size:{width}pt {height}pt;margin:{MARGIN}pt}}",
        f"body{{margin:0;font-family:'{_FONTS[look.font % len(_FONTS)]}';font-size:{look.size}pt}}",
        "p{margin:2pt 0}h2{page-break-before:always;margin:0;font-size:1pt}",
        "table{border-collapse:collapse;table-layout:fixed}td{padding:2pt 2pt;word-break:break-all}",
        f"thead{{display:{repeat}}}tr{{break-inside:{'auto' if look.splits_rows else 'avoid'}}}",
        _EDGES[look.rules],
    ]
    body = [*(f"<p>{html.escape(line)}</p>" for line in opening)]
    body += [_table(sheet, look, width) for sheet in variant.sheets]
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><style>{''.join(css)}</style></head>"
        f"<body>{''.join(body)}</body></html>"
    )


_STORY_ROOM = 0.82  # of the page's width: Story adds paddings to the widths that it is told


def _table(sheet: Sheet, look: Look, width: float) -> str:
    size, widths = fit(sheet, look, width * (_STORY_ROOM if look.producer == "story" else 1))
    lines = () if look.title_inside else caption(sheet)
    above = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    columns = "".join(f"<col style='width:{w:.1f}pt'>" for w in widths)
    rows = rows_of(sheet, look)
    n_rows, n_columns = len(rows.all), len(sheet.columns)
    head = "".join(_row(row, n_rows, n_columns) for row in rows.head)
    body = "".join(_row(row, n_rows, n_columns) for row in rows.body)
    note = f"<p>{html.escape(sheet.note)}</p>" if sheet.note else ""
    return (
        f"<h2></h2>{above}<table style='font-size:{size:.2f}pt;width:{sum(widths):.1f}pt'>"
        f"<colgroup>{columns}</colgroup><thead>{head}</thead><tbody>{body}</tbody></table>{note}"
    )


def _row(row: Sequence[Cell], n_rows: int, n_columns: int) -> str:
    return f"<tr>{''.join(_cell(cell, n_rows, n_columns) for cell in row)}</tr>"


def _cell(cell: Cell, n_rows: int, n_columns: int) -> str:
    spans = f" colspan={cell.column_span}" if cell.column_span > 1 else ""
    spans += f" rowspan={cell.row_span}" if cell.row_span > 1 else ""
    names = " ".join(_classes(cell, n_rows, n_columns))
    text = html.escape(cell.text)
    return f"<td{spans} class='{names}' style='text-align:{cell.align}'>{text}</td>"


def _classes(cell: Cell, n_rows: int, n_columns: int) -> Iterator[str]:
    """h header, f first, l last column, t top, b bottom row."""
    marks = {
        "h": cell.is_header,
        "f": cell.column == 0,
        "l": cell.column + cell.column_span == n_columns,
        "t": cell.row == 0,
        "b": cell.row + cell.row_span == n_rows,
    }
    return (name for name, is_so in marks.items() if is_so)


def print_in_browser(variant: Variant, opening: Sequence[str]) -> bytes:
    """What headless Chromium prints."""
    with tempfile.TemporaryDirectory() as folder:
        page, pdf = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(markup(variant, opening), encoding="utf-8")
        command = [
            shutil.which("chromium") or "chromium",
            "--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile", f"--print-to-pdf={pdf}", page.as_uri(),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own page
        return pdf.read_bytes()


def tell_story(variant: Variant, opening: Sequence[str]) -> bytes:
    """What PyMuPDF's Story sets; it breaks pages where it likes and repeats no header."""
    look = variant.look
    width, height = variant.page
    out = BytesIO()
    writer = pymupdf.DocumentWriter(out)
    css = f"body{{font-family:cjk;font-size:{look.size}pt}}table{{border-collapse:collapse}}td{{padding:2px}}"
    texts = ["".join(f"<p>{html.escape(line)}</p>" for line in opening)]
    texts += [_table(sheet, look, width) for sheet in variant.sheets]
    for text in texts:
        story = pymupdf.Story(f"<html><body>{text}</body></html>", user_css=css + _EDGES[look.rules])
        more = 1
        while more:
            device = writer.begin_page(pymupdf.Rect(0, 0, width, height))
            more, _ = story.place(pymupdf.Rect(MARGIN, MARGIN, width - MARGIN, height - MARGIN))
            story.draw(device)
            writer.end_page()
    writer.close()
    return out.getvalue()
