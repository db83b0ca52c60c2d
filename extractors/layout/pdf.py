"""The only module that knows PyMuPDF: opening under guard, words and vectors of a page, page images.

It is not thread safe: use it from one thread of a process.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pymupdf

from extractors.layout.limits import Limits
from extractors.model.document import Word
from extractors.model.errors import (
    BrokenPdf,
    EmptyFile,
    EncryptedPdf,
    FileTooLarge,
    NoPages,
    NotAPdf,
    TooManyPages,
)
from extractors.model.evidence import Box

# Readers look for the header in the first kilobyte and for the end mark near the end (ISO 32000-1, annex H).
_HEADER = b"%PDF-"
_HEADER_WITHIN = 1024
_END_MARK = b"%%EOF"
_END_WITHIN = 2048


# MuPDF parts words at the two Latin blanks only; 收　入　总　计 is often spread with the blank of CJK print.
_BLANKS = "".join(chr(code) for code in range(0x1000, 0x3001) if chr(code).isspace())


class RawPage(NamedTuple):
    """What is drawn on a page, in points as displayed: words, drawn boxes (strokes and fills), images."""

    width: float
    height: float
    rotation: int
    words: tuple[Word, ...]
    drawn: tuple[Box, ...]
    images: tuple[Box, ...]


class PdfFile:
    """An open PDF. Get one from `open_pdf`."""

    def __init__(self, document: pymupdf.Document) -> None:
        self._document = document

    @property
    def page_count(self) -> int:
        """How many pages it has."""
        return int(self._document.page_count)

    def page(self, number: int, *, with_edges: bool = False) -> RawPage:
        """The content of a page (from 1); `with_edges` gives each word the edges of its characters."""
        page = self._document[number - 1]
        flags = pymupdf.TEXTFLAGS_WORDS | pymupdf.TEXT_COLLECT_VECTORS
        text = page.get_textpage(flags=flags)
        words = _words_with_edges(text) if with_edges else _words(text)
        drawn = tuple(Box(*block[:4]) for block in text.extractBLOCKS() if block[6] == _VECTOR_BLOCK)
        images = tuple(Box(*info["bbox"]) for info in page.get_image_info())
        raw = RawPage(page.rect.width, page.rect.height, page.rotation, words, drawn, images)
        return _as_displayed(raw, page.rotation_matrix) if page.rotation else raw

    def png(self, number: int, dpi: int) -> bytes:
        """The page (from 1) as a PNG image."""
        return bytes(self._document[number - 1].get_pixmap(dpi=dpi).tobytes("png"))


_VECTOR_BLOCK = 3


@contextmanager
def open_pdf(data: bytes, name: str, limits: Limits) -> Iterator[PdfFile]:
    """Opens a PDF under guard; raises a subclass of `UnreadableDocument` that says what is wrong."""
    check_bytes(data, name, limits)
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    try:
        document = pymupdf.open(stream=data, filetype="pdf")
    except (pymupdf.FileDataError, pymupdf.EmptyFileError, RuntimeError) as error:
        raise BrokenPdf(name=name) from error
    with document:
        _check_open(document, data, name, limits)
        yield PdfFile(document)


def check_bytes(data: bytes, name: str, limits: Limits) -> None:
    """Refuses what can be refused without opening it: empty, too large, not a PDF by its header."""
    if not data:
        raise EmptyFile(name=name)
    if len(data) > limits.max_bytes:
        raise FileTooLarge(name=name, limit=limits.max_megabytes)
    if not is_pdf(data):
        raise NotAPdf(name=name)


def is_pdf(data: bytes) -> bool:
    """Whether the bytes begin as a PDF does. A page of markup that quotes a PDF header is none."""
    head = data[:_HEADER_WITHIN]
    at = head.find(_HEADER)
    return at >= 0 and b"<" not in head[:at]


def check_openable(data: bytes, name: str, limits: Limits) -> None:
    """Raises what `open_pdf` would raise, reading no page."""
    with open_pdf(data, name, limits):
        pass


def _check_open(document: pymupdf.Document, data: bytes, name: str, limits: Limits) -> None:
    if document.needs_pass:
        raise EncryptedPdf(name=name)
    # MuPDF mends a truncated file and shows the pages it still finds; a disclosure with pages lost in
    # silence would be read as if it were whole.
    if document.is_repaired and _END_MARK not in data[-_END_WITHIN:]:
        raise BrokenPdf(name=name)
    pages = document.page_count
    if pages == 0:
        raise BrokenPdf(name=name) if document.is_repaired else NoPages(name=name)
    if pages > limits.max_pages:
        raise TooManyPages(name=name, pages=pages, limit=limits.max_pages)


def _words(text: Any) -> tuple[Word, ...]:
    return tuple(Word(Box(*word[:4]), word[4]) for word in text.extractWORDS(_BLANKS))


def _words_with_edges(text: Any) -> tuple[Word, ...]:
    words: list[Word] = []
    for block in text.extractRAWDICT()["blocks"]:
        for line in block.get("lines", ()):
            characters = [c for span in line["spans"] for c in span["chars"]]
            words += _split_at_spaces(characters)
    return tuple(words)


def _split_at_spaces(characters: list[dict[str, Any]]) -> Iterator[Word]:
    run: list[dict[str, Any]] = []
    for character in [*characters, {"c": " "}]:
        if not character["c"].isspace():
            run.append(character)
        elif run:
            yield _word_of(run)
            run = []


def _word_of(run: list[dict[str, Any]]) -> Word:
    boxes = [c["bbox"] for c in run]
    box = Box(
        min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
    )
    return Word(box, "".join(c["c"] for c in run), (*(b[0] for b in boxes), boxes[-1][2]))


def _as_displayed(raw: RawPage, matrix: pymupdf.Matrix) -> RawPage:
    """Maps a page's content by its /Rotate. Character edges hold for lines across only, so they go."""

    def turned(box: Box) -> Box:
        return Box(*(pymupdf.Rect(*box) * matrix))

    return raw._replace(
        words=tuple(Word(turned(word.box), word.text) for word in raw.words),
        drawn=tuple(turned(box) for box in raw.drawn),
        images=tuple(turned(box) for box in raw.images),
    )
