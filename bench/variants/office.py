"""The tables as LibreOffice Writer and Calc print them, from flat OpenDocument files."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from itertools import chain
from pathlib import Path

from bench.variants.cells import Align, Cell, rows_of
from bench.variants.content import Sheet
from bench.variants.looks import MARGIN, Look, Variant, caption, fit

_FONTS = ("Noto Serif CJK SC", "WenQuanYi Zen Hei", "Noto Sans CJK SC")
_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}"'
    for name, urn in (
        ("office", "office:1.0"), ("style", "style:1.0"), ("text", "text:1.0"), ("table", "table:1.0"),
        ("fo", "xsl-fo-compatible:1.0"), ("svg", "svg-compatible:1.0"),
    )
)  # fmt: skip
_TEXT, _SPREADSHEET = "text", "spreadsheet"
_BORDERS: Mapping[str, str] = {
    "thick": "1.5pt solid #000000",
    "double": "2.6pt double #000000",
    "dashed": "0.5pt dashed #000000",
    "white": "0.75pt solid #ffffff",
    "one_path": "0.25pt solid #888888",
}
_ALIGN: Mapping[Align, str] = {"left": "start", "center": "center", "right": "end"}
_FILLED = ("filled", "fills", "white")
_SIDES = ("left", "right", "top", "bottom")


def write_with_libreoffice(variants: Mapping[str, tuple[Variant, Sequence[str]]]) -> dict[str, bytes]:
    """All variants in one run of LibreOffice, which takes seconds to start."""
    if not variants:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        for name, (variant, opening) in variants.items():
            is_text = variant.look.producer == "writer"
            content = writer_file(variant, opening) if is_text else calc_file(variant, opening)
            Path(folder, f"{name}.{'fodt' if is_text else 'fods'}").write_text(content, encoding="utf-8")
        for kind in ("fodt", "fods"):
            if files := sorted(str(path) for path in Path(folder).glob(f"*.{kind}")):
                _convert(folder, files)
        return {name: Path(folder, f"{name}.pdf").read_bytes() for name in variants}


def _convert(folder: str, files: Sequence[str]) -> None:
    command = [
        shutil.which("soffice") or "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless", "--convert-to", "pdf", "--outdir", folder, *files,
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=1200)  # noqa: S603 - our own files


def writer_file(variant: Variant, opening: Sequence[str]) -> str:
    """A flat text document."""
    look = variant.look
    styles, body = _Styles(look), [_paragraph(line) for line in opening]
    for sheet in variant.sheets:
        lines = () if look.title_inside else caption(sheet)
        first, *others = lines or ("",)
        body.append(_paragraph(first, "new"))
        body += [_paragraph(line) for line in others]
        body.append(_table(sheet, variant, styles))
        body.append(_paragraph(sheet.note))
    return _document(variant, styles, _TEXT, "".join(body))


def calc_file(variant: Variant, opening: Sequence[str]) -> str:
    """A flat spreadsheet: one sheet for each table, its caption in its first rows."""
    look = variant.look
    styles = _Styles(look)
    rows = "".join(_line_row(line, 1) for line in opening)
    width = styles.column((variant.page[0] - 2 * MARGIN) * 0.9)
    column = f'<table:table-column table:style-name="{width}"/>'
    sheets = [f'<table:table table:name="s" table:style-name="ta">{column}{rows}</table:table>']
    sheets += [_table(sheet, variant, styles, number) for number, sheet in enumerate(variant.sheets)]
    return _document(variant, styles, _SPREADSHEET, "".join(sheets))


class _Styles:
    """The automatic styles, named as they are asked for."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._known: dict[str, str] = {}

    def _named(self, family: str, properties: str) -> str:
        return self._known.setdefault(
            f'style:family="{family}">{properties}', f"{family[6:8]}{len(self._known)}"
        )

    def column(self, width: float) -> str:
        """A column of that width."""
        inner = f'<style:table-column-properties style:column-width="{width:.2f}pt"/>'
        return self._named("table-column", inner)

    def table(self, width: float) -> str:
        """A table of that width, at the left."""
        return self._named(
            "table", f'<style:table-properties style:width="{width:.2f}pt" table:align="left"/>'
        )

    def paragraph(self, size: float, align: Align) -> str:
        """A paragraph in a cell."""
        return self._named(
            "paragraph", f'<style:paragraph-properties fo:text-align="{_ALIGN[align]}"/>{self.print_of(size)}'
        )

    def cell(self, cell: Cell, last: tuple[int, int], size: float, head: int) -> str:
        """A cell's borders and fill; in a spreadsheet its print too."""
        borders = "".join(f'fo:border-{side}="{self._border(side, cell, last, head)}" ' for side in _SIDES)
        fill = "#d0dae6" if cell.is_header else "#f2f2ec"
        ground = f'fo:background-color="{fill}" ' if self._look.rules in _FILLED else ""
        inner = (
            f'<style:table-cell-properties {borders}{ground}fo:padding="1.5pt" fo:wrap-option="wrap" '
            'style:text-align-source="fix" '
            'style:vertical-align="middle"/>'
            f'<style:paragraph-properties fo:text-align="{_ALIGN[cell.align]}"/>{self.print_of(size)}'
        )
        return self._named("table-cell", inner)

    def print_of(self, size: float) -> str:
        """Font and size."""
        font = _FONTS[self._look.font % len(_FONTS)]
        latin = f'fo:font-family="{font}" fo:font-size="{size:.1f}pt" '
        asian = f'style:font-family-asian="{font}" style:font-size-asian="{size:.1f}pt"'
        return f"<style:text-properties {latin}{asian}/>"

    def _border(self, side: str, cell: Cell, last: tuple[int, int], head: int) -> str:
        rules = self._look.rules
        line = _BORDERS.get(rules, "0.5pt solid #000000")
        outer = {
            "left": cell.column == 0,
            "right": cell.column + cell.column_span > last[1],
            "top": cell.row == 0,
            "bottom": cell.row + cell.row_span > last[0],
        }[side]
        is_down = side in ("left", "right")
        absent = {
            "none": True,
            "fills": True,
            "open": outer and is_down,
            "inner": outer,
            "across": is_down,
            "three_line": is_down or not (outer or (side == "bottom" and cell.row + cell.row_span == head)),
        }.get(rules, False)
        return "none" if absent else line

    def __str__(self) -> str:
        return "".join(
            f'<style:style style:name="{name}" {head}>{inner}</style:style>'
            for (head, inner), name in ((key.split(">", 1), name) for key, name in self._known.items())
        )


def _table(sheet: Sheet, variant: Variant, styles: _Styles, number: int | None = None) -> str:
    """A table of a text document, or a whole sheet (which has a number) with the lines over and under it."""
    look, rows = variant.look, rows_of(sheet, variant.look)
    size, widths = fit(sheet, look, variant.page[0])
    n_columns, last = len(widths), (len(rows.all) - 1, len(widths) - 1)
    set_cell: Callable[[Cell], str] = _setter(styles, size, last, len(rows.head), is_sheet=number is not None)
    columns = "".join(f'<table:table-column table:style-name="{styles.column(w)}"/>' for w in widths)
    head = "".join(_rows(rows.head, n_columns, set_cell))
    if look.repeats_header:
        head = f"<table:table-header-rows>{head}</table:table-header-rows>"
    body = "".join(_rows(rows.body, n_columns, set_cell))
    if number is None:
        name = styles.table(sum(widths))
        return f'<table:table table:style-name="{name}">{columns}{head}{body}</table:table>'
    lines = () if look.title_inside else caption(sheet)
    above = "".join(_line_row(line, n_columns) for line in lines)
    below = _line_row(sheet.note, n_columns) if sheet.note else ""
    inner = f"{columns}{above}{head}{body}{below}"
    return f'<table:table table:name="t{number}" table:style-name="ta">{inner}</table:table>'


def _setter(
    styles: _Styles, size: float, last: tuple[int, int], head: int, *, is_sheet: bool
) -> Callable[[Cell], str]:
    def set_cell(cell: Cell) -> str:
        spans = f'table:number-columns-spanned="{cell.column_span}" '
        spans += f'table:number-rows-spanned="{cell.row_span}" '
        style = styles.cell(cell, last, size, head)
        text = _paragraph(cell.text, None if is_sheet else styles.paragraph(size, cell.align))
        attributes = f'table:style-name="{style}" {spans}office:value-type="string"'
        return f"<table:table-cell {attributes}>{text}</table:table-cell>"

    return set_cell


def _rows(rows: Sequence[Sequence[Cell]], n_columns: int, set_cell: Callable[[Cell], str]) -> Iterator[str]:
    """Rows with a covered cell wherever another one reaches over."""
    for row in rows:
        starting = {cell.column: cell for cell in row}
        cells = (
            set_cell(starting[c]) if c in starting else "<table:covered-table-cell/>"
            for c in range(n_columns)
        )
        yield f'<table:table-row table:style-name="row">{"".join(cells)}</table:table-row>'


def _line_row(line: str, n_columns: int) -> str:
    cell = f'<table:table-cell table:style-name="line" table:number-columns-spanned="{n_columns}">'
    return f"<table:table-row>{cell}{_paragraph(line)}</table:table-cell></table:table-row>"


def _paragraph(text: str, style: str | None = "line") -> str:
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:p{named}>{escape(text)}</text:p>"


def _document(variant: Variant, styles: _Styles, kind: str, body: str) -> str:
    look, (width, height) = variant.look, variant.page
    keep = "auto" if look.splits_rows else "always"
    line = styles.print_of(look.size)
    orientation = "landscape" if width > height else "portrait"
    page = (
        f'<style:page-layout style:name="pl"><style:page-layout-properties fo:page-width="{width}pt" '
        f'fo:page-height="{height}pt" fo:margin="{MARGIN}pt" style:print-orientation="{orientation}" '
        'style:scale-to-X="1" style:scale-to-Y="0"/><style:header-style/><style:footer-style/>'
        "</style:page-layout>"
    )
    fixed = (
        f'<style:style style:name="line" style:family="paragraph">{line}</style:style>'
        '<style:style style:name="new" style:family="paragraph">'
        f'<style:paragraph-properties fo:break-before="page"/>{line}</style:style>'
        f'<style:style style:name="line" style:family="table-cell">{line}</style:style>'
        '<style:style style:name="ta" style:family="table" style:master-page-name="Default">'
        '<style:table-properties table:display="true"/></style:style>'
        '<style:style style:name="row" style:family="table-row"><style:table-row-properties '
        f'fo:keep-together="{keep}" style:use-optimal-row-height="true"/></style:style>'
    )
    master = "Default" if kind == _SPREADSHEET else "Standard"
    return "".join(
        chain(
            (f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMESPACES} office:version="1.2" ',),
            (f'office:mimetype="application/vnd.oasis.opendocument.{kind}">',),
            (f"<office:automatic-styles>{page}{fixed}{styles}</office:automatic-styles>",),
            (f'<office:master-styles><style:master-page style:name="{master}" ',),
            ('style:page-layout-name="pl"><style:header style:display="false"/>',),
            ('<style:footer style:display="false"/></style:master-page></office:master-styles>',),
            (f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>",),
        )
    )
