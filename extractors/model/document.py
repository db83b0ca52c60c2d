"""The pages of a PDF as geometry: words, rules, grids of cells, running text. No meaning yet."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from extractors.model.evidence import Box, Evidence, Match, Tilt
from extractors.model.lazy import lazy
from extractors.model.records import made, record

_COPIED, _RECOGNISED = Match.EXACT, Match.OCR  # members of enums are looked up in Python

_EMS: Mapping[str, float] = {"W": 1.0, "F": 1.0, "A": 1.0, "Na": 0.5, "H": 0.5, "N": 0.5}
"""What the widths of Unicode (UAX #11) are, that of a CJK character being 1."""


class Word(NamedTuple):
    """Characters printed without a gap between them.

    `edges` are the left edges of the characters and the right edge of the last one (points), or empty
    where only the box of the whole word is known. `score` is how sure the recogniser is of what it read in
    a picture (0 to 1), None for text of the PDF. Boxes of a scan are those of the page made straight; `tilt`
    says how it lies on the page.
    """

    box: Box
    text: str
    edges: tuple[float, ...] = ()
    score: float | None = None
    tilt: Tilt | None = None

    @property
    def shown(self) -> Box:
        """Where it stands on the page as displayed."""
        return self.tilt.shown(self.box) if self.tilt else self.box

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the box."""
        x0, y0, x1, y1 = self.box
        return (x0 + x1) / 2, (y0 + y1) / 2

    def character_edges(self) -> tuple[float, ...]:
        """`edges`, or a guess by the usual widths: a CJK character is twice as wide as a Latin one.

        On real print the guess is less than one character off, and for 98 of 100 numbers their box holds
        exactly their digits. Exact edges cost as much again as reading all words of the page.
        """
        if self.edges:
            return self.edges
        x0, _, x1, _ = self.box
        widths = _widths(self.text)
        scale = (x1 - x0) / widths[-1]
        return tuple([x0 + scale * width for width in widths])

    def part(self, start: int, end: int) -> "Word":
        """Its characters from start up to end."""
        edges = self.character_edges()[start : end + 1]
        box = Box(edges[0], self.box.y0, edges[-1], self.box.y1)
        return self._replace(box=box, text=self.text[start:end], edges=edges)

    def shown_part(self, start: int, end: int) -> Box:
        """Where its characters from start up to end stand on the page as displayed, by the same edges."""
        if end - start == len(self.text):
            return self.shown
        x0, y0, x1, y1 = self.box
        if self.edges:
            box = made(Box, (self.edges[start], y0, self.edges[end], y1))
        else:
            widths = _widths(self.text)
            scale = (x1 - x0) / widths[-1]
            box = made(Box, (x0 + scale * widths[start], y0, x0 + scale * widths[end], y1))
        return self.tilt.shown(box) if self.tilt else box


@lru_cache(maxsize=64)  # a line is one word often, and several values stand in it
def _widths(text: str) -> tuple[float, ...]:
    """How wide the text before each character is, and all of it; sums of halves are exact."""
    kinds = map(unicodedata.east_asian_width, text)
    return tuple(accumulate(map(_EMS.__getitem__, kinds), initial=0.0))


def evidence_of(words: Sequence[Word], page: int, text: str) -> Evidence:
    """Where words of one place stand on their page, and how their text was come by."""
    if len(words) == 1:  # as most cells have
        box, _, _, score, tilt = words[0]
        return _evidence(page, text, tilt.shown(box) if tilt else box, score)
    box = Box.around([word.shown for word in words])
    return _evidence(page, text, box, _least_sure([word.score for word in words]))


def _evidence(page: int, text: str, box: Box, score: float | None) -> Evidence:
    match = _COPIED if score is None else _RECOGNISED
    return made(Evidence, (page, box.rounded(), text, match, score))


def _least_sure(scores: Iterable[float | None]) -> float | None:
    """How sure the recogniser is of its least sure word; None where it read none of them."""
    return min([score for score in scores if score is not None], default=None)


class Rule(NamedTuple):
    """A drawn line, across or down: its position on the other axis, and its two ends (points)."""

    at: float
    start: float
    end: float


class GridCell(NamedTuple):
    """A cell between rules, merged cells with their spans; `words` in reading order."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    words: tuple[Word, ...] = ()

    @property
    def shown(self) -> Box:
        """Where it stands on the page as displayed; for cells with words, which tell how they lie."""
        tilt = self.words[0].tilt if self.words else None
        return tilt.shown(self.box) if tilt else self.box

    @property
    def text(self) -> str:
        """What is printed in the cell, white space removed."""
        words = self.words
        if len(words) == 1:  # as most have that are not blank
            return words[0].text
        return "".join([word.text for word in words])


@dataclass(frozen=True)
class Grid:
    """A ruled table on one page: positions of its rules, its cells, and what is wrong with it, if anything.

    `faults` names each unsound place (a region that is no rectangle, an open side).
    """

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    faults: tuple[str, ...] = ()

    @property
    def box(self) -> Box:
        """The outline."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @lazy
    def text(self) -> str:
        """What is printed in all its cells, one after another."""
        return "".join([word.text for cell in self.cells for word in cell.words])

    @property
    def n_rows(self) -> int:
        """Rows of the elementary grid."""
        return len(self.ys) - 1

    @property
    def n_columns(self) -> int:
        """Columns of the elementary grid."""
        return len(self.xs) - 1


class Printed(NamedTuple):
    """One character of running text: the page it stands on, its line, and its box."""

    page: int
    line: int
    box: Box


class Piece(NamedTuple):
    """A word of running text, or some of its characters (from start up to end): its page and its line."""

    page: int
    line: int
    word: Word
    start: int
    end: int


_LINE = itemgetter(0, 1)
"""Page and line of a piece."""


def _on_one_line(pieces: Sequence[Piece], text: str) -> Evidence:
    page, _, word, start, end = pieces[0]
    box, score = word.shown_part(start, end), word.score
    if len(pieces) > 1:
        box = Box.around([word.shown_part(start, end) for _, _, word, start, end in pieces])
        score = _least_sure([piece.word.score for piece in pieces])
    return _evidence(page, text, box, score)


@record(slots=False)
class Passage:
    """Running text without white space, with the places where it stands.

    `text` is as printed; `plain` has the same length with full-width digits, letters and punctuation
    made half-width, so that a span found in one is a span of the other. `pieces` hold its words in
    their order.
    """

    text: str
    plain: str
    pieces: tuple[Piece, ...]

    def __len__(self) -> int:
        return len(self.text)

    @lazy
    def _starts(self) -> tuple[int, ...]:
        """The position of the first character of each piece."""
        return tuple(accumulate([piece.end - piece.start for piece in self.pieces[:-1]], initial=0))

    def _within(self, start: int, end: int) -> list[Piece]:
        """The pieces of a span, the last and the first of them cut to it."""
        if start >= end or start >= len(self.text):
            return []
        if start <= 0 and end >= len(self.text):
            return list(self.pieces)
        starts = self._starts
        first, stop = bisect_right(starts, start) - 1, bisect_left(starts, end)
        found = list(self.pieces[first:stop])
        page, line, word, begin, finish = found[-1]
        found[-1] = Piece(page, line, word, begin, min(finish, begin + end - starts[stop - 1]))
        page, line, word, begin, finish = found[0]
        found[0] = Piece(page, line, word, begin + start - starts[first], finish)
        return found

    def part(self, start: int, end: int) -> "Passage":
        """The characters from start up to end."""
        if start <= 0 and end >= len(self.text):
            return self
        return Passage(self.text[start:end], self.plain[start:end], tuple(self._within(start, end)))

    def evidence(self, start: int, end: int) -> tuple[Evidence, ...]:
        """Where the span is printed: one evidence a line."""
        starts = self._starts
        at = bisect_right(starts, start)
        if 0 <= start < end <= (starts[at] if at < len(starts) else len(self.text)):
            page, _, word, begin, _ = self.pieces[at - 1]  # within one piece, as most figures are
            begin += start - starts[at - 1]
            box = word.shown_part(begin, begin + end - start)
            return (_evidence(page, self.text[start:end], box, word.score),)
        pieces = self._within(start, end)
        found: list[Evidence] = []
        for _, group in groupby(pieces, key=_LINE):
            on_line = list(group)
            begin, start = start, start + sum([piece.end - piece.start for piece in on_line])
            found.append(_on_one_line(on_line, self.text[begin:start]))
        return tuple(found)

    @lazy
    def characters(self) -> tuple[Printed, ...]:
        """Each character with its place."""
        return tuple(
            Printed(page, line, Box(left, word.box.y0, right, word.box.y1))
            for page, line, word, start, end in self.pieces
            for left, right in pairwise(word.character_edges()[start : end + 1])
        )

    @property
    def first_page(self) -> int | None:
        """The page of its first character, None where it is empty."""
        return self.pieces[0].page if self.pieces else None


class Line(NamedTuple):
    """One line of text outside the grids: its box and its characters."""

    box: Box
    passage: Passage

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words from left to right."""
        return tuple([piece.word for piece in self.passage.pieces])


@dataclass(frozen=True, slots=True)
class Page:
    """One page as displayed (after /Rotate), sizes in points. `rotation` is 0, 90, 180 or 270.

    Where print lies on its side it `is_turned`: boxes are those of the page turned upright.
    `lines` are those outside the grids, top to bottom, page numbers and running headers left out; where
    amounts stand alone in them, as in tables without rules, the page `has_free_amounts`.
    `faults` names what of the page could not be read.
    """

    number: int
    width: float
    height: float
    rotation: int
    words: tuple[Word, ...]
    horizontal: tuple[Rule, ...] = ()
    vertical: tuple[Rule, ...] = ()
    images: tuple[Box, ...] = ()
    grids: tuple[Grid, ...] = ()
    lines: tuple[Line, ...] = ()
    faults: tuple[str, ...] = ()
    is_turned: bool = False
    has_free_amounts: bool = False

    @property
    def print_size(self) -> tuple[float, float]:
        """Width and height of the page with its print upright."""
        return (self.height, self.width) if self.is_turned else (self.width, self.height)


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A ruled table joined over its pages, still without meaning.

    `caption` are the lines above it on its first page, nearest last; `notes` those below it on its last;
    `repeated` the captions printed again over its later parts.
    """

    parts: tuple[Grid, ...]
    caption: tuple[Line, ...] = ()
    notes: tuple[Line, ...] = ()
    repeated: tuple[Line, ...] = ()

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages it runs over."""
        return tuple(dict.fromkeys(part.page for part in self.parts))


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the paragraphs directly below it (those of its subsections are theirs).

    `path` holds the headings from the part (第三部分 …) down to this one, as printed without white space.
    """

    path: tuple[str, ...]
    heading: Passage
    paragraphs: tuple[Passage, ...]

    @property
    def title(self) -> str:
        """The heading itself."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True)
class Document:
    """A whole PDF: pages with their grids, and the running text outside the grids in sections.

    `sections` are in reading order, 目录 (the table of contents) left out; its lines are in `contents`.
    `opening` is what stands before the first heading (the cover).
    """

    sha256: str
    file_name: str
    pages: tuple[Page, ...]
    opening: tuple[Passage, ...] = ()
    contents: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[RuledTable, ...] = ()

    @lazy
    def passages(self) -> tuple[Passage, ...]:
        """All running text in reading order: cover, headings, paragraphs."""
        body = (p for s in self.sections for p in (s.heading, *s.paragraphs) if len(p))
        return (*self.opening, *body)

    @lazy
    def plain(self) -> str:
        """All running text in half-width characters, a line each: to look for what is mostly absent."""
        return "\n".join([passage.plain for passage in self.passages])

    def page(self, number: int) -> Page:
        """The page of that number (from 1)."""
        return self.pages[number - 1]
