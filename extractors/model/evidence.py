"""Where a value stands on paper. Only `layout` and `align` make evidence; everyone else passes it on."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from extractors.model.records import made


class Box(NamedTuple):
    """A rectangle in PDF points of the page as displayed, origin top left."""

    x0: float
    y0: float
    x1: float
    y1: float

    def rounded(self) -> "Box":
        """The same box with two decimals, as it is written down."""
        x0, y0, x1, y1 = self
        # Every value has a box: `round(x, 2)` goes by way of the digits and takes three times as long.
        return made(
            Box, (round(x0 * 100) / 100, round(y0 * 100) / 100, round(x1 * 100) / 100, round(y1 * 100) / 100)
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def meets(self, other: "Box") -> bool:
        """Whether the two share an area."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1

    def joined(self, other: "Box") -> "Box":
        """The smallest box around both."""
        return Box(
            min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1)
        )

    @classmethod
    def around(cls, boxes: Iterable["Box"]) -> "Box":
        """The smallest box around some others, of which there is at least one."""
        x0s, y0s, x1s, y1s = zip(*boxes, strict=True)
        return cls(min(x0s), min(y0s), max(x1s), max(y1s))


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


class Match(StrEnum):
    """How the value's text relates to the print at its evidence."""

    EXACT = "exact"
    NORMALISED = "normalised"
    FUZZY = "fuzzy"
    OCR = "ocr"
    NOT_FOUND = "not_found"


class Reader(StrEnum):
    """Who read a value."""

    TABLE = "table"  # a cell of a ruled table
    BUILT_IN = "built-in"  # the rules of `sections`
    MODEL = "model"  # a language model, its quote located by code


class Evidence(NamedTuple):
    """One place of print: page (from 1), box, the text printed there, and how exactly it was met.

    `score` is how sure the recogniser is of its least sure character (0 to 1), None where there was none.
    A tuple, since places are looked up by the ten thousand, and tuples are hashed in C.
    """

    page: int
    box: Box
    text: str
    match: Match = Match.EXACT
    score: float | None = None


Place = tuple[Evidence, ...]
"""Where a whole value stands: one evidence for each line that it is printed on, in reading order."""
