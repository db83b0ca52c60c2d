"""What PyMuPDF gives, beside `textpage`: opening under guard, words and vectors of a page, page images.

It is not thread safe: use it from one thread of a process.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import zip_longest
from typing import NamedTuple, cast

import pymupdf

from extractors.layout.glyphs import Glyph
from extractors.layout.limits import Limits
from extractors.layout.objects import (
    Entries,
    entries_of,
    font_numbers,
    forget_structure,
    names_replacements,
)
from extractors.layout.ocr import Picture
from extractors.layout.rules import Corners
from extractors.layout.spans import (
    Span,
    content_of,
    digits_of,
    images_over_text,
    may_hide_text,
    spans_of,
)
from extractors.layout.textpage import TextPage, Turn
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
from extractors.model.plain import plain

# Readers look for the header in the first kilobyte and for the end mark near the end (ISO 32000-1, annex H).
_HEADER = b"%PDF-"
_HEADER_WITHIN = 1024
_END_MARK = b"%%EOF"
_END_WITHIN = 2048


# How much a page may draw, in bytes of its content once unpacked: a million rules are 20 MB, the fullest
# page of a real disclosure 60 KB. Deflate packs at most 1032 bytes into one.
_MOST_CONTENT = 16 * 1024 * 1024
_MOST_PACKED = 1032
_MOST_TRACED = 2 * 1024 * 1024  # of a page whose paths are followed stroke by stroke: slower by far

# Without MuPDF's default of taking the number of a glyph for a character where the font does not say which
# it is: what cannot be known is U+FFFD.
_WORDS = pymupdf.TEXTFLAGS_WORDS & ~pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE
_WORDS_AND_DRAWINGS = _WORDS | pymupdf.TEXT_COLLECT_VECTORS
_AS_GLYPHS = _WORDS | pymupdf.TEXT_IGNORE_ACTUALTEXT  # whatever the file says to be meant by them
_REPLACES = b"/ActualText"
_FIGURE = re.compile(r"-?[\d.]+")
_PATH = 2  # lines
_STRAIGHT = 0.5  # points that a line may lean

# `tuple` gives back what is a tuple: asked for every word and drawing, in half the time of a lambda.
_AS_IT_IS = cast(Turn, tuple)

_KNOWN_FONTS = ("helv", "hebo", "heit", "tiro", "tibo", "tiit", "cour", "cobo", "china-s")
_KNOWN_DPI = 216.0


class RawPage(NamedTuple):
    """What is drawn on a page, in points as displayed.

    `drawn` are strokes and fills thin enough for rules; of the thicker rectangles `framed` are the stroked
    ones, `filled` those filled only. `has_paths` tells of strokes of other shapes, for `strokes`. `hidden` is
    text over print that is not that print itself. `faults`
    names what was left unread. Where the page `is_turned`, all of this but its width and height is that of
    the page turned upright.
    """

    width: float
    height: float
    rotation: int
    words: Sequence[Word]
    drawn: Sequence[Corners] = ()
    framed: Sequence[Corners] = ()
    filled: Sequence[Box] = ()
    images: Sequence[Box] = ()
    hidden: Sequence[Word] = ()
    faults: tuple[str, ...] = ()
    has_paths: bool = False
    is_turned: bool = False


class PdfFile:
    """An open PDF. Get one from `open_pdf`."""

    def __init__(self, document: pymupdf.Document) -> None:
        self._document = document
        self._last: TextPage
        self._text_flags = _WORDS  # by which its words were listed
        self._content = 0, b""  # number of a page, what it draws
        self._number = 0
        self._page: pymupdf.Page
        self._fonts: dict[int, str] = {}  # name by number
        self._listed_number = 0
        self._list: pymupdf.DisplayList

    @property
    def page_count(self) -> int:
        """How many pages it has."""
        return int(self._document.page_count)

    def page(self, number: int) -> RawPage:
        """The content of a page (from 1), words and drawings in one pass."""
        # `load_page` asks how many pages there are, and keeps lists of each that are not needed here.
        page = pymupdf.Page(pymupdf.mupdf.fz_load_page(self._document.this, number - 1), self._document)
        self._number, self._page = number, page
        box, entries = pymupdf.mupdf.ll_fz_bound_page(page.this.m_internal), entries_of(page)
        rotation = page.rotation if entries.rotates else 0
        turn = _turn_of(page, rotation)
        is_too_much = self._draws_more(page, entries, _MOST_CONTENT)
        text = TextPage(page, _WORDS if is_too_much else _WORDS_AND_DRAWINGS, rotation, turn)
        self._last, self._text_flags = text, _WORDS
        words, drawings = text.words(), text.drawings()
        # An image within the content itself is not listed; a page without a word may be such a one.
        has_images = not words or (entries.shows_objects and page.get_images())
        return RawPage(
            width=box.x1 - box.x0,
            height=box.y1 - box.y0,
            rotation=rotation,
            words=words,
            drawn=drawings.drawn,
            framed=drawings.framed,
            filled=drawings.filled,
            images=[Box(*turn(image["bbox"])) for image in page.get_image_info()] if has_images else [],
            has_paths=drawings.n_paths > 0,
            faults=("too much drawn content",) if is_too_much else (),
        )

    def as_printed(self, raw: RawPage) -> RawPage:
        """The page that was read last, with the words that its glyphs say where those have other figures.

        A file may say of any print what is meant by it (/ActualText), and `page` gives that: of a glyph that
        stands for 户 and for 戶 it tells which. It may as well say 99 of what is printed as 12.
        """
        page = self._page
        if not (_REPLACES in self._content_of(self._number) or names_replacements(page)):
            return raw
        text = TextPage(page, _AS_GLYPHS, raw.rotation, _turn_of(page, raw.rotation))
        words = text.words()
        others = len([1 for one, other in zip_longest(_figures(words), _figures(raw.words)) if one != other])
        if not others:
            return raw
        self._last, self._text_flags = text, _AS_GLYPHS
        return raw._replace(words=words, faults=(*raw.faults, f"figures not those printed: {others}"))

    def exact(self, words: Collection[Word], turned: Turn | None = None) -> dict[Word, Word]:
        """Words of the page that was read last, each with the exact edges of its characters.

        `turned` is what was done to their boxes since. It takes time for each block of text that holds one.
        """
        return self._last.exact(words, turned)

    def runs_up(self) -> bool:
        """Whether more print of the page that was read last runs up than down, as displayed."""
        return self._last.runs_up()

    def strokes(self, number: int) -> list[Corners] | None:
        """The lines across and down of paths of several, on a page (from 1); None where they are too many.

        Of such a path, a corner or the outline of a cell without one side, the text page gives one box around
        all its lines, or nothing at all. It takes as long again as reading the page.
        """
        page = self._document[number - 1]
        if self._draws_more(page, entries_of(page), _MOST_TRACED):
            return None
        return list(_straight_strokes(page, _turn_of(page, page.rotation)))

    def _loaded(self, number: int) -> pymupdf.Page:
        return self._page if number == self._number else self._document[number - 1]

    def _content_of(self, number: int) -> bytes:
        if self._content[0] != number:
            self._content = number, content_of(self._loaded(number))
        return self._content[1]

    def _draws_more(self, page: pymupdf.Page, entries: Entries, limit: int) -> bool:
        """Whether what a page draws, with the forms it shows, is larger than so many bytes once unpacked."""
        if not entries.shows_objects and entries.packed * _MOST_PACKED < limit:
            return False  # most pages
        forms = self._document.get_page_xobjects(page.number)
        packed = sum(len(self._document.xref_stream_raw(xref) or b"") for xref, *_ in forms)
        if (packed + entries.packed) * _MOST_PACKED < limit:
            return False
        streams = page.get_contents() + [xref for xref, *_ in forms]
        return sum(len(self._document.xref_stream(xref) or b"") for xref in streams) > limit

    def spans(self, number: int) -> list[Span]:
        """The text of the page (from 1) by style, where some of it might not be seen; else nothing.

        Of the page that was read last, in the words that were given for it.
        """
        page = self._loaded(number)
        if not may_hide_text(page, self._content_of(number)):
            return []
        if self._draws_more(page, entries_of(page), _MOST_CONTENT):
            return []
        flags = (self._text_flags if number == self._number else _WORDS) | pymupdf.TEXT_COLLECT_VECTORS
        blocks = page.get_textpage(flags=flags).extractDICT()["blocks"]
        return list(spans_of(blocks, images_over_text(page), _turn_of(page, page.rotation)))

    def fonts(self, number: int) -> list[tuple[int, str]]:
        """Number and name of each font of the page (from 1)."""
        numbers = font_numbers(self._loaded(number))
        if numbers is None or not self._fonts.keys() >= set(numbers):
            listed = self._document.get_page_fonts(number - 1)
            found = [(xref, name.split("+")[-1]) for xref, _, _, name, *_ in listed]
            self._fonts.update(found)
            return found
        return [(font, self._fonts[font]) for font in numbers]

    def digits(self, number: int) -> Iterator[Glyph]:
        """The upright digits of the page (from 1)."""
        return digits_of(pymupdf.TextPage(self._drawn(number).get_textpage(flags=_AS_GLYPHS)))

    def known_digits(self) -> tuple[Picture, Sequence[Glyph]]:
        """Digits of the fonts that come with PyMuPDF, drawn on a page of their own."""
        return _known_digits()

    def picture(self, number: int, part: Box, dpi: float) -> Picture:
        """A part of the page (from 1) as displayed, in gray."""
        (picture,) = self.pictures(number, (part,), dpi)
        return picture

    def pictures(self, number: int, parts: Iterable[Box], dpi: float) -> Iterator[Picture]:
        """Parts of the page (from 1) as displayed, in gray."""
        drawn, matrix = self._drawn(number), pymupdf.Matrix(dpi / 72, dpi / 72)
        for part in parts:
            found = drawn.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY, clip=part, alpha=False)
            yield Picture(bytes(found.samples), found.width, found.height, dpi, found.x, found.y)

    def _drawn(self, number: int) -> pymupdf.DisplayList:
        """What the page draws, as displayed: to list that takes longer than to draw a few lines of it."""
        if number != self._listed_number:
            self._listed_number, self._list = number, self._document[number - 1].get_displaylist()
        return self._list

    def png(self, number: int, dpi: int) -> bytes:
        """The page (from 1) as a PNG image."""
        return bytes(self._document[number - 1].get_pixmap(dpi=dpi).tobytes("png"))


@cache
def _known_digits() -> tuple[Picture, Sequence[Glyph]]:
    with pymupdf.open() as document:
        page = document.new_page(width=200, height=25 * len(_KNOWN_FONTS))
        for line, font in enumerate(_KNOWN_FONTS):
            page.insert_text((10, 25 * line + 20), " ".join("0123456789"), fontname=font, fontsize=14)
        file = PdfFile(document)
        picture = file.picture(1, Box(0.0, 0.0, page.rect.width, page.rect.height), _KNOWN_DPI)
        return picture, tuple(file.digits(1))


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
        forget_structure(document)
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


def _figures(words: Sequence[Word]) -> list[str]:
    return _FIGURE.findall(plain("\n".join([word.text for word in words])))


def _turn_of(page: pymupdf.Page, rotation: int) -> Turn:
    if not rotation:
        return _AS_IT_IS
    matrix = page.rotation_matrix
    return lambda corners: tuple(pymupdf.Rect(*corners) * matrix)


def _straight_strokes(page: pymupdf.Page, turn: Turn) -> Iterator[Corners]:
    for path in page.get_cdrawings():
        if "s" not in path["type"] or len(path["items"]) < _PATH:
            continue
        for kind, *points in path["items"]:
            if kind == "l":
                (x0, y0), (x1, y1) = points
                if abs(x1 - x0) <= _STRAIGHT or abs(y1 - y0) <= _STRAIGHT:
                    yield turn((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
