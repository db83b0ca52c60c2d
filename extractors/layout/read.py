"""PDF bytes to a `Document`: the first stage of the corridor, and the only one that meets bytes."""

import hashlib
from collections.abc import Sequence
from functools import partial

from extractors.layout.doubts import is_doubtful
from extractors.layout.glyphs import lies_of
from extractors.layout.limits import Limits
from extractors.layout.ocr import Ocr
from extractors.layout.page import laid_out
from extractors.layout.pdf import PdfFile, RawPage, open_pdf
from extractors.layout.rules import Corners
from extractors.layout.scanned import read_pictures, unread_pictures
from extractors.layout.sideways import SIDEWAYS, Quarter, are_sideways, turned
from extractors.layout.tables import tables_of
from extractors.layout.text import outline_of, paragraphs_of, without_furniture
from extractors.layout.unruled.pages import with_unruled
from extractors.layout.unseen import seen_of, unproven
from extractors.model.document import Document, Page
from extractors.model.evidence import Box


def read_layout(data: bytes, file_name: str, limits: Limits, ocr: Ocr | None = None) -> Document:
    """The geometry of a PDF; without `ocr`, what is a picture of print is a fault of its page.

    Raises a subclass of `UnreadableDocument` where it cannot be opened.
    """
    with open_pdf(data, file_name, limits) as pdf:
        pages = [page_of(pdf, number, _seen(pdf, number), ocr) for number in range(1, pdf.page_count + 1)]
        for number, lie in lies_of(pdf, pages).items():
            distrusted = _distrusted(_seen(pdf, number), lie, is_read=ocr is not None)
            pages[number - 1] = page_of(pdf, number, distrusted, ocr)
    return document_of(data, file_name, pages)


def document_of(data: bytes, file_name: str, pages: Sequence[Page]) -> Document:
    """The pages of a PDF as a whole: tables and running text joined over pages."""
    pages = without_furniture(with_unruled(pages))
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


def _seen(pdf: PdfFile, number: int) -> RawPage:
    """A page with those of its words that are print."""
    raw = pdf.as_printed(pdf.page(number))
    layer = seen_of(pdf, number, raw)
    return raw._replace(words=layer.words, hidden=layer.hidden, faults=(*raw.faults, *layer.faults))


def page_of(pdf: PdfFile, number: int, raw: RawPage, ocr: Ocr | None = None) -> Page:
    """A page (from 1) laid out, its text believed; the one that was read last."""
    if raw.images or raw.hidden:
        seen = read_pictures(pdf, number, raw, ocr) if ocr else unread_pictures(raw)
        raw = turned(raw, seen.quarter) if seen.quarter else raw
        raw = raw._replace(
            words=[*raw.words, *seen.words],
            drawn=[*raw.drawn, *seen.drawn],
            faults=(*raw.faults, *seen.faults),
        )
    if raw.has_paths:
        return _upright(pdf, number, _with_strokes(raw, pdf.strokes(number)))
    page = _upright(pdf, number, raw)
    if is_doubtful(page) and (strokes := pdf.strokes(number)):
        return _upright(pdf, number, _with_strokes(raw, strokes))
    return page


def _with_strokes(raw: RawPage, strokes: Sequence[Corners] | None) -> RawPage:
    if strokes is None:
        return raw._replace(faults=(*raw.faults, "drawn lines that were not followed"))
    return raw._replace(drawn=[*raw.drawn, *strokes])


def _upright(pdf: PdfFile, number: int, raw: RawPage) -> Page:
    """The page laid out, turned where its print lies on its side."""
    if not are_sideways(raw.words):
        return laid_out(number, raw, pdf.exact)
    if any(word.tilt for word in raw.words):  # a scan among them, which cannot be turned once more
        return laid_out(number, raw._replace(faults=(*raw.faults, SIDEWAYS)), pdf.exact)
    quarter = Quarter(raw.width, raw.height, pdf.runs_up())
    return laid_out(number, turned(raw, quarter), partial(pdf.exact, turned=quarter.corners))


def _distrusted(raw: RawPage, lie: str, *, is_read: bool) -> RawPage:
    """A page whose text is not what is printed, as `lie` says; where pictures are read, it is one of them."""
    raw = raw._replace(faults=(*raw.faults, lie))
    if not is_read:
        return raw._replace(words=unproven(raw.words))
    whole = Box(0.0, 0.0, raw.width, raw.height)
    return raw._replace(words=(), hidden=(*raw.words, *raw.hidden), images=(whole,))
