"""The pages of a PDF as geometry: words, rules, grids of cells, running text. No meaning yet."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from extractors.model.evidence import Box, Evidence, Match


class Word(NamedTuple):
    """Characters printed without a gap between them.

    `edges` are the left edges of the characters and the right edge of the last one (points), or empty
    where only the box of the whole word is known.
    """

    box: Box
    text: str
    edges: tuple[float, ...] = ()

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the box."""
        return (self.box.x0 + self.box.x1) / 2, (self.box.y0 + self.box.y1) / 2


class Rule(NamedTuple):
    """A drawn line, across or down: its position on the other axis, and its two ends (points)."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell between rules, merged cells with their spans; `words` in reading order."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    words: tuple[Word, ...] = ()

    @property
    def text(self) -> str:
        """What is printed in the cell, white space removed."""
        return "".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table on one page: positions of its rules, its cells, and what is wrong with it, if anything.

    `faults` names each unsound place (a region that is no rectangle, an open side); `crossed` holds the
    words that reach over a wall of their cell.
    """

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    faults: tuple[str, ...] = ()
    crossed: tuple[str, ...] = ()

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


@dataclass(frozen=True)
class Passage:
    """Running text without white space, each character with its place.

    `text` is as printed; `plain` has the same length with full-width digits, letters and punctuation
    made half-width, so that a span found in one is a span of the other.
    """

    text: str
    plain: str
    characters: tuple[Printed, ...]

    def __len__(self) -> int:
        return len(self.text)

    def part(self, start: int, end: int) -> "Passage":
        """The characters from start up to end."""
        return Passage(self.text[start:end], self.plain[start:end], self.characters[start:end])

    def evidence(self, start: int, end: int) -> tuple[Evidence, ...]:
        """Where the span is printed: one evidence a line."""
        found: list[Evidence] = []
        first = start
        for index in range(start, end):
            here = self.characters[index]
            following = self.characters[index + 1] if index + 1 < end else None
            if following is None or (following.page, following.line) != (here.page, here.line):
                boxes = [c.box for c in self.characters[first : index + 1]]
                box = Box(
                    min(b.x0 for b in boxes),
                    min(b.y0 for b in boxes),
                    max(b.x1 for b in boxes),
                    max(b.y1 for b in boxes),
                )
                found.append(Evidence(here.page, box.rounded(), self.text[first : index + 1], Match.EXACT))
                first = index + 1
        return tuple(found)

    @property
    def first_page(self) -> int | None:
        """The page of its first character, None where it is empty."""
        return self.characters[0].page if self.characters else None


class Line(NamedTuple):
    """One line of text outside the grids: its box and its characters."""

    box: Box
    passage: Passage


@dataclass(frozen=True, slots=True)
class Page:
    """One page as displayed (after /Rotate), sizes in points. `rotation` is 0, 90, 180 or 270.

    `lines` are those outside the grids, top to bottom, page numbers and running headers left out.
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
