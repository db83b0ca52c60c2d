"""The pages of a PDF as geometry: words, rules, grids of cells, running text. No meaning yet."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from extractors.model.evidence import Box, Evidence, Match

_CJK = frozenset("WFA")
"""Widths of Unicode (UAX #11) that are those of a CJK character."""


class Tilt(NamedTuple):
    """How a scan lies on its page: turned clockwise about a point (points), by an angle."""

    sine: float
    cosine: float
    x: float
    y: float

    def shown(self, box: Box) -> Box:
        """Around where the print of a box of the straightened scan stands on the page as displayed."""
        corners = [self._turned(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        xs, ys = zip(*corners, strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        dx, dy = x - self.x, y - self.y
        return self.x + dx * self.cosine - dy * self.sine, self.y + dx * self.sine + dy * self.cosine


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
        widths = [1.0 if unicodedata.east_asian_width(c) in _CJK else 0.5 for c in self.text]
        scale = (self.box.x1 - self.box.x0) / sum(widths)
        return tuple(self.box.x0 + scale * width for width in accumulate(widths, initial=0.0))

    def part(self, start: int, end: int) -> "Word":
        """Its characters from start up to end."""
        edges = self.character_edges()[start : end + 1]
        box = Box(edges[0], self.box.y0, edges[-1], self.box.y1)
        return self._replace(box=box, text=self.text[start:end], edges=edges)

    def span(self, start: int, end: int) -> Box:
        """The box of its characters from start up to end, by the same edges."""
        x0, y0, x1, y1 = self.box
        if self.edges:
            return Box(self.edges[start], y0, self.edges[end], y1)
        scale = (x1 - x0) / _width(self.text)
        return Box(x0 + scale * _width(self.text[:start]), y0, x0 + scale * _width(self.text[:end]), y1)


def _width(text: str) -> float:
    """How wide a text is, a CJK character being 1; half of what is whole is exact."""
    return (len(text) + sum(map(_CJK.__contains__, map(unicodedata.east_asian_width, text)))) / 2


def _boxed(word: Word, start: int, end: int) -> Word:
    """A word with the box of some of its characters."""
    return word if end - start == len(word.text) else word._replace(box=word.span(start, end))


def evidence_of(words: Sequence[Word], page: int, text: str) -> Evidence:
    """Where words of one place stand on their page, and how their text was come by."""
    if len(words) == 1:
        box, score = words[0].shown, words[0].score
    else:
        box = Box.around([word.shown for word in words])
        score = min((word.score for word in words if word.score is not None), default=None)
    match = Match.EXACT if score is None else Match.OCR
    return Evidence(page, box.rounded(), text, match, score)


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
        return "".join([word.text for word in self.words])


@dataclass(frozen=True, slots=True)
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
    """Words of one line of running text, or some of their characters (from start up to end)."""

    page: int
    line: int
    words: tuple[Word, ...]
    start: int
    end: int

    def part(self, start: int, end: int) -> "Piece":
        """The characters from start up to end, counted in the piece; less where the piece ends before."""
        return self._replace(
            start=self.start + max(start, 0), end=min(self.end, self.start + max(end, start, 0))
        )

    def printed(self) -> Iterator[tuple[Word, int, int]]:
        """Its words, each with where its characters begin and end in the word."""
        at = 0
        for word in self.words:
            start, end = max(self.start - at, 0), min(self.end - at, len(word.text))
            if start < end:
                yield word, start, end
            at += len(word.text)


@dataclass(frozen=True)
class Passage:
    """Running text without white space, with the places where it stands.

    `text` is as printed; `plain` has the same length with full-width digits, letters and punctuation
    made half-width, so that a span found in one is a span of the other. `pieces` hold the characters in
    their order; a passage that is no print of its own has none.
    """

    text: str
    plain: str
    pieces: tuple[Piece, ...]

    def __len__(self) -> int:
        return len(self.text)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        """The position of the first character of each piece, and the length of all."""
        return tuple(accumulate((piece.end - piece.start for piece in self.pieces), initial=0))

    def _within(self, start: int, end: int) -> Iterator[tuple[int, Piece]]:
        """The pieces of a span, cut to it, each with the position of its first character."""
        if start >= end:
            return
        first = bisect_right(self._starts, start) - 1
        for index in range(first, len(self.pieces)):
            at = self._starts[index]
            if at >= end:
                return
            piece = self.pieces[index]
            if at < start or end < self._starts[index + 1]:
                piece = piece.part(start - at, end - at)
            yield max(at, start), piece

    def part(self, start: int, end: int) -> "Passage":
        """The characters from start up to end."""
        pieces = tuple(piece for _, piece in self._within(start, end))
        return Passage(self.text[start:end], self.plain[start:end], pieces)

    def evidence(self, start: int, end: int) -> tuple[Evidence, ...]:
        """Where the span is printed: one evidence a line."""
        found: list[Evidence] = []
        for (page, _), group in groupby(self._within(start, end), key=lambda entry: entry[1][:2]):
            on_line = list(group)
            first, (at, last) = on_line[0][0], on_line[-1]
            text = self.text[first : at + last.end - last.start]
            words = [_boxed(*cut) for _, piece in on_line for cut in piece.printed()]
            found.append(evidence_of(words, page, text))
        return tuple(found)

    @cached_property
    def characters(self) -> tuple[Printed, ...]:
        """Each character with its place."""
        return tuple(
            Printed(piece.page, piece.line, Box(left, word.box.y0, right, word.box.y1))
            for piece in self.pieces
            for word, start, end in piece.printed()
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
        return tuple([word for piece in self.passage.pieces for word in piece.words])


@dataclass(frozen=True, slots=True)
class Page:
    """One page as displayed (after /Rotate), sizes in points. `rotation` is 0, 90, 180 or 270.

    Where print lies on its side it `is_turned`: boxes are those of the page turned upright.
    `lines` are those outside the grids, top to bottom, page numbers and running headers left out.
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

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All running text in reading order: cover, headings, paragraphs."""
        body = (p for s in self.sections for p in (s.heading, *s.paragraphs) if len(p))
        return (*self.opening, *body)

    def page(self, number: int) -> Page:
        """The page of that number (from 1)."""
        return self.pages[number - 1]
