"""PDF bytes to a `Document`: the first stage of the corridor, and the only one that meets bytes."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.layout.grid import cut_at_walls, fill, frames_of
from extractors.layout.limits import Limits
from extractors.layout.pdf import PdfFile, open_pdf
from extractors.layout.rules import edges_of, rules_of
from extractors.layout.tables import tables_of
from extractors.layout.text import is_page_number, lines_of, outline_of, paragraphs_of, running_headers
from extractors.model.document import Document, Page, Rule, Word

_UNKNOWN = "\ufffd"  # a glyph of which the font does not say what character it is


def read_layout(data: bytes, file_name: str, limits: Limits) -> Document:
    """The geometry of a PDF. Raises a subclass of `UnreadableDocument` where it cannot be opened."""
    with open_pdf(data, file_name, limits) as pdf:
        pages = [_page(pdf, number) for number in range(1, pdf.page_count + 1)]
    pages = list(_without_furniture(pages))
    tables = tables_of(pages)
    captions = [line for table in tables for line in (*table.caption, *table.repeated)]
    outline = outline_of(paragraphs_of(pages, captions))
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        file_name=file_name,
        pages=tuple(pages),
        opening=outline.opening,
        contents=outline.contents,
        sections=outline.sections,
        tables=tables,
    )


def _page(pdf: PdfFile, number: int) -> Page:
    raw = pdf.page(number)
    horizontal, vertical = rules_of((*raw.drawn, *edges_of(raw.framed)))
    frames, faults = frames_of(horizontal, vertical)
    words: Sequence[Word] = raw.words
    filled = fill(number, frames, words)
    if filled.crossing:
        words = _cut(words, pdf.exact(filled.crossing), vertical)
        filled = fill(number, frames, words)
    return Page(
        number=number,
        width=raw.width,
        height=raw.height,
        rotation=raw.rotation,
        words=tuple(words),
        horizontal=horizontal,
        vertical=vertical,
        images=tuple(raw.images),
        grids=filled.grids,
        lines=lines_of(filled.outside, number),
        faults=(*raw.faults, *faults, *_unknown_characters(words)),
    )


def _cut(words: Sequence[Word], crossing: Mapping[Word, Word], vertical: Sequence[Rule]) -> list[Word]:
    """The words, those that cross a wall in pieces; `crossing` gives them with their exact edges."""
    found: list[Word] = []
    for word in words:
        found += cut_at_walls(crossing[word], vertical) if word in crossing else (word,)
    return found


def _unknown_characters(words: Sequence[Word]) -> tuple[str, ...]:
    count = sum(word.text.count(_UNKNOWN) for word in words)
    return (f"characters without meaning: {count}",) if count else ()


def _without_furniture(pages: Sequence[Page]) -> Iterator[Page]:
    """The pages without page numbers and running headers."""
    numbered = [
        replace(page, lines=tuple(li for li in page.lines if not is_page_number(li, page.height)))
        for page in pages
    ]
    headers = running_headers([(page.height, page.lines) for page in numbered])
    for page in numbered:
        yield replace(page, lines=tuple(li for li in page.lines if li.passage.plain not in headers))
