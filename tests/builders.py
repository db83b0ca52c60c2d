"""Builds documents from text, one line a paragraph, with boxes that only tell lines apart."""

from collections.abc import Iterable

from extractors.layout.text import outline_of, passage_of
from extractors.model.document import Document, Grid, GridCell, Line, Page, Passage, RuledTable, Word
from extractors.model.evidence import Box

_LINE_HEIGHT = 20.0
_EM = 10.0


def word(text: str, line: int = 0) -> Word:
    """A word at the left margin of a line."""
    top = line * _LINE_HEIGHT
    return Word(Box(0.0, top, _EM * len(text), top + _EM), text)


def passage(text: str, page: int = 1, line: int = 0) -> Passage:
    """A paragraph on one line; white space is dropped, as the layout drops it."""
    squeezed = "".join(text.split())
    return passage_of([word(squeezed, line)] if squeezed else [], page, line)


def document_from(text: str, tables: Iterable[RuledTable] = (), lines: Iterable[str] = ()) -> Document:
    """A document whose headings are those lines that look like headings to the layout.

    `tables` are its ruled tables, `lines` further lines outside them that belong to no section.
    """
    printed = [line for line in text.splitlines() if line.strip()]
    paragraphs = [passage(line, line=index) for index, line in enumerate(printed)]
    outline = outline_of(paragraphs)
    loose = [Line(word("x", index).box, passage(line, line=index)) for index, line in enumerate(lines)]
    all_tables = tuple(tables)
    page = Page(
        1, 595.0, 842.0, 0, (), lines=tuple(loose), grids=tuple(g for t in all_tables for g in t.parts)
    )
    return Document(
        sha256="0" * 64,
        file_name="test.pdf",
        pages=(page,),
        opening=outline.opening,
        contents=outline.contents,
        sections=outline.sections,
        tables=all_tables,
    )


def table_from(rows: Iterable[Iterable[str]], caption: Iterable[str] = ()) -> RuledTable:
    """A ruled table on page 1; a cell of several lines has them parted by line breaks."""
    printed = [list(row) for row in rows]
    width = max(map(len, printed))
    cells = tuple(
        GridCell(
            row=i,
            column=j,
            row_span=1,
            column_span=1,
            box=Box(100.0 * j, 100.0 * i, 100.0 * (j + 1), 100.0 * (i + 1)),
            words=tuple(word(line, 5 * i + k) for k, line in enumerate(text.splitlines())),
        )
        for i, row in enumerate(printed)
        for j, text in enumerate(row)
    )
    grid = Grid(
        page=1,
        xs=tuple(100.0 * j for j in range(width + 1)),
        ys=tuple(100.0 * i for i in range(len(printed) + 1)),
        cells=cells,
    )
    above = tuple(Line(word("x").box, passage(line)) for line in caption)
    return RuledTable(parts=(grid,), caption=above)
