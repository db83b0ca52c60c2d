"""PDF bytes to a `Document`: the first stage of the corridor, and the only one that meets bytes."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.layout.grid import cut, grids_of, rules_of
from extractors.layout.limits import Limits
from extractors.layout.pdf import PdfFile, RawPage, open_pdf
from extractors.layout.tables import tables_of
from extractors.layout.text import is_page_number, lines_of, outline_of, paragraphs_of, running_headers
from extractors.model.document import Document, Grid, Page, Rule, Word

# A page with at least so many characters outside its grids is narrative: its words get the exact edges
# of their characters, which costs as much again as reading the words. So do words that cross a wall.
_NARRATIVE_CHARACTERS = 120


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
    horizontal, vertical = rules_of(raw.drawn)
    words = raw.words
    grids = grids_of(number, horizontal, vertical, words)
    if _needs_edges(raw, grids):
        words = tuple(_cut_at_walls(pdf.page(number, with_edges=True).words, vertical))
        grids = grids_of(number, horizontal, vertical, words)
    return Page(
        number=number,
        width=raw.width,
        height=raw.height,
        rotation=raw.rotation,
        words=words,
        horizontal=horizontal,
        vertical=vertical,
        images=raw.images,
        grids=grids,
        lines=lines_of(_outside(words, grids), number),
    )


def _needs_edges(raw: RawPage, grids: Sequence[Grid]) -> bool:
    if raw.rotation:
        return False
    characters = sum(len(word.text) for word in _outside(raw.words, grids))
    return characters >= _NARRATIVE_CHARACTERS or any(grid.crossed for grid in grids)


def _cut_at_walls(words: Sequence[Word], vertical: Sequence[Rule]) -> Iterator[Word]:
    """Words printed without a gap over a wall belong to the cells on both its sides."""
    for word in words:
        walls = [
            rule.at
            for rule in vertical
            if word.box.x0 < rule.at < word.box.x1 and rule.start <= word.centre[1] <= rule.end
        ]
        yield from cut(word, walls) if walls else (word,)


def _outside(words: Sequence[Word], grids: Sequence[Grid]) -> list[Word]:
    return [word for word in words if not any(grid.box.holds(*word.centre) for grid in grids)]


def _without_furniture(pages: Sequence[Page]) -> Iterator[Page]:
    """The pages without page numbers and running headers."""
    numbered = [
        replace(page, lines=tuple(li for li in page.lines if not is_page_number(li, page.height)))
        for page in pages
    ]
    headers = running_headers([(page.height, page.lines) for page in numbered])
    for page in numbered:
        yield replace(page, lines=tuple(li for li in page.lines if li.passage.plain not in headers))
