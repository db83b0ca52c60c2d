"""A picture of a page to its texts and rules: made straight, its rules found, its text cut at the rules.

Text is looked for over the whole page and may run from one cell into the next; each piece between two walls
is recognised alone, so that no figure leaks over a wall.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Protocol

import numpy as np

from extractors.layout.ocr import UNREADABLE, Picture, Scan, SeenText
from extractors.layout.recogniser import Recognised
from extractors.layout.scan import Gray, Line, ink_of, rules_in, straightened
from extractors.model.evidence import Box

_UNSURE = 0.5  # on average; below it cannot be told what is printed
_COVER = 0.5  # share of a text box that a rule must run along to part it
_GAP = 1.6  # heights of the text that part two words on one line
_TALL = 1.5  # times as high as wide: characters below one another
_LEAST_INK = 3  # pixels across; less is a speck
_DIGITS_APART = re.compile(r"(?<=[\d.,])\s+(?=[\d.,])")


class Recognises(Protocol):
    """Finds text, and reads a line of it."""

    def boxes(self, image: Gray, dpi: float) -> list[Line]:
        """Where there is text."""

    def text(self, image: Gray) -> Recognised:
        """What one line says."""


def scan_of(picture: Picture, recogniser: Recognises) -> Scan:
    """The texts and rules of a picture."""
    given = np.frombuffer(picture.pixels, np.uint8).reshape(picture.height, picture.width)
    image, skew = straightened(given)
    found = recogniser.boxes(image, picture.dpi)
    across, down = rules_in(image, picture.dpi)
    across, down = _no_strokes(across, found), _no_strokes(down, found)
    ink = ink_of(image, picture.dpi)
    for rule in (*across, *down):
        ink[int(rule.y0) : int(rule.y1) + 1, int(rule.x0) : int(rule.x1) + 1] = 0
    typical = median([box.y1 - box.y0 for box in found]) if found else 0.0
    pieces = [piece for box in found for piece in _pieces(box, across, down, ink)]
    texts = tuple(_read(image, piece, ink, recogniser, typical) for piece in pieces)
    rules = tuple(Box(*rule) for rule in (*across, *down))
    return Scan(tuple(text for text in texts if text.text), rules, skew)


def _no_strokes(rules: Sequence[Line], texts: Sequence[Line]) -> list[Line]:
    """The rules without the long strokes of large characters, which lie within their text."""
    return [rule for rule in rules if not any(_within(rule, text) for text in texts)]


def _within(rule: Line, text: Line) -> bool:
    return text.x0 <= rule.x0 and rule.x1 <= text.x1 and text.y0 <= rule.y0 and rule.y1 <= text.y1


def _pieces(box: Line, across: Sequence[Line], down: Sequence[Line], ink: Gray) -> Iterator[Line]:
    """The parts of a text box between walls and wide gaps that hold ink, as wide as it."""
    for row in _parted(box, across, is_row=True):
        for part in _parted(row, down, is_row=False):
            yield from _runs(part, ink)


def _parted(box: Line, rules: Sequence[Line], *, is_row: bool) -> list[Line]:
    """A box cut at the rules that run through it along one direction."""
    (start, end), (low, high) = ((box.y0, box.y1), (box.x0, box.x1))
    if not is_row:
        (start, end), (low, high) = (low, high), (start, end)
    walls: list[tuple[float, float]] = []
    for x0, y0, x1, y1 in rules:
        first, last, begin, stop = (y0, y1, x0, x1) if is_row else (x0, x1, y0, y1)
        if start < last and first < end and min(stop, high) - max(begin, low) > _COVER * (high - low):
            walls.append((first, last))
    edges = [start, *(edge for wall in sorted(walls) for edge in wall), end]
    spans = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= _LEAST_INK]
    if is_row:
        return [Line(box.x0, a, box.x1, b) for a, b in spans]
    return [Line(a, box.y0, b, box.y1) for a, b in spans]


def _runs(part: Line, ink: Gray) -> Iterator[Line]:
    """Runs of ink in a part, cut at wide gaps."""
    x0, y0, x1, y1 = (round(edge) for edge in part)
    columns = np.flatnonzero(ink[y0:y1, x0:x1].any(axis=0))
    rows = np.flatnonzero(ink[y0:y1, x0:x1].any(axis=1))
    if not len(columns) or rows[-1] - rows[0] + 1 < _LEAST_INK:
        return
    widest = _GAP * (rows[-1] - rows[0] + 1)
    breaks = [i + 1 for i, (a, b) in enumerate(pairwise(columns.tolist())) if b - a > widest]
    for run in np.split(columns, breaks):
        if run[-1] - run[0] + 1 >= _LEAST_INK:
            yield Line(float(x0 + run[0]), part.y0, float(x0 + run[-1] + 1), part.y1)


def _read(image: Gray, piece: Line, ink: Gray, recogniser: Recognises, typical: float) -> SeenText:
    crop = _crop(image, piece)
    height, width = crop.shape
    if height > _TALL * width and height > _TALL * typical:
        crop = np.rot90(crop)
    found = recogniser.text(np.ascontiguousarray(crop))
    return SeenText(_tight(piece, ink), _printed(found), found.score)


def _crop(image: Gray, piece: Line) -> Gray:
    """The piece with paper to its left and right: no wall, no neighbour comes into sight."""
    x0, y0, x1, y1 = (round(edge) for edge in piece)
    cut = image[y0:y1, max(0, x0 - 1) : x1 + 1]
    room = max(2, (y1 - y0) // 6)
    return np.asarray(
        np.pad(cut, ((0, 0), (room, room)), constant_values=int(np.percentile(cut, 90))), np.uint8
    )


def _tight(piece: Line, ink: Gray) -> Box:
    """The box of the ink itself."""
    x0, y0, x1, y1 = (round(edge) for edge in piece)
    rows = np.flatnonzero(ink[y0:y1, x0:x1].any(axis=1))
    return Box(piece.x0, float(y0 + rows[0]), piece.x1, float(y0 + rows[-1] + 1))


def _printed(found: Recognised) -> str:
    """The characters without white space; where a blank parts digits, something is lost between them."""
    text = found.text.strip()
    if text and found.average < _UNSURE:
        return UNREADABLE
    return "".join(_DIGITS_APART.sub(UNREADABLE, text).split())
