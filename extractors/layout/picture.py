"""A picture of a page to its texts and rules: made straight, its rules found, its text cut at the rules.

Text is looked for over the whole page and may run from one cell into the next; each piece between two walls
is recognised alone, so that no figure leaks over a wall.
"""

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple, Protocol

import numpy as np

from extractors.layout.ocr import UNREADABLE, Picture, Scan, SeenText
from extractors.layout.recogniser import Recognised
from extractors.layout.scan import Gray, Line, ink_of, rules_in, straightened
from extractors.model.evidence import Box

_UNSURE = 0.5  # on average; below it cannot be told what is printed
_COVER = 0.5  # share of a text box that a rule must run along to part it
_GAP = 1.6  # heights of the text that part two words on one line
_TALL = 1.5  # times as high as wide: characters below one another
_SQUARE = 1.1  # times its width that a character is high at most
_LONGEST_STROKE = 1.2  # heights of the text
_ROOM = 0.2  # heights of the text that a stroke may reach over the box around it
_EDGE = 2  # pixels of gray around a rule
_LEAST_INK = 3  # pixels across; less is a speck
_LONG = 2  # times as wide as high: a line, whichever way it runs
_FEWEST_LINES = 5  # that run down where a page lies on its side
_LINES_TRIED = 3  # whether they stand upside down
_LONG_ENOUGH = 12  # heights of a line, to tell how it reads
_READS_WELL = 0.9  # on average of its characters
_FAR_BETTER = 0.15
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
    image, skew, found, quarters = _stood_up(given, picture.dpi, recogniser)
    across, down = rules_in(image, picture.dpi)
    across, down = _no_strokes(across, found), _no_strokes(down, found)
    ink = ink_of(image, picture.dpi)
    for rule in (*across, *down):
        ink[_from(rule.y0) : int(rule.y1) + _EDGE, _from(rule.x0) : int(rule.x1) + _EDGE] = 0
    typical = median([box.y1 - box.y0 for box in found]) if found else 0.0
    pieces = [piece for box in found for piece in _pieces(box, across, down, ink)]
    texts = tuple(_read(image, piece, ink, recogniser, typical) for piece in pieces)
    rules = (*map(_level, across), *map(_upright, down))
    return Scan(tuple(text for text in texts if text.text), rules, skew, quarters=quarters)


class _Upright(NamedTuple):
    """A picture with its print upright and straight, its text boxes, and what it took (see `Scan`)."""

    image: Gray
    skew: float
    found: list[Line]
    quarters: int


def _stood_up(given: Gray, dpi: float, recogniser: Recognises) -> _Upright:
    """Pages lie on the glass sideways or upside down, too."""
    image, skew = straightened(given)
    found, quarters = recogniser.boxes(image, dpi), 0
    if _run_down(found):
        image, skew = straightened(np.ascontiguousarray(np.rot90(given, -1)))
        found, quarters = recogniser.boxes(image, dpi), 1
    if not _is_upside_down(image, found, recogniser):
        return _Upright(image, skew, found, quarters)
    height, width = image.shape
    turned = [Line(width - x1, height - y1, width - x0, height - y0) for x0, y0, x1, y1 in found]
    return _Upright(np.ascontiguousarray(np.rot90(image, 2)), skew, turned, quarters + 2)


def _run_down(found: Sequence[Line]) -> bool:
    """Whether most lines of text are higher than wide."""
    tall = sum(1 for box in found if box.y1 - box.y0 > _LONG * (box.x1 - box.x0))
    wide = sum(1 for box in found if box.x1 - box.x0 > _LONG * (box.y1 - box.y0))
    return tall > wide and tall >= _FEWEST_LINES


def _is_upside_down(image: Gray, found: Sequence[Line], recogniser: Recognises) -> bool:
    """Whether a few lines of text read far better upside down."""
    longest = sorted(found, key=lambda box: box.x0 - box.x1)[:_LINES_TRIED]
    lines = [_beginning(image, box) for box in longest]
    if not lines:
        return False
    as_given = sum(recogniser.text(line).average for line in lines)
    if as_given >= _READS_WELL * len(lines):
        return False
    turned = sum(recogniser.text(np.ascontiguousarray(np.rot90(line, 2))).average for line in lines)
    return turned >= as_given + _FAR_BETTER * len(lines)


def _beginning(image: Gray, box: Line) -> Gray:
    x0, y0, x1, y1 = (round(edge) for edge in box)
    return np.ascontiguousarray(image[y0:y1, x0 : min(x1, x0 + _LONG_ENOUGH * (y1 - y0))])


def _from(edge: float) -> int:
    return max(0, int(edge) - _EDGE)


def _level(rule: Line) -> Box:
    """A rule across as thin as it is drawn: what is still a little askew fills a higher box."""
    middle = (rule.y0 + rule.y1) / 2
    return Box(rule.x0, middle, rule.x1, middle)


def _upright(rule: Line) -> Box:
    """A rule down as thin as it is drawn."""
    middle = (rule.x0 + rule.x1) / 2
    return Box(middle, rule.y0, middle, rule.y1)


def _no_strokes(rules: Sequence[Line], texts: Sequence[Line]) -> list[Line]:
    """The rules without the strokes of characters, which lie within their text, or reach a little over it."""
    return [rule for rule in rules if not any(_is_stroke(rule, text) for text in texts)]


def _is_stroke(rule: Line, text: Line) -> bool:
    height = text.y1 - text.y0
    is_short = max(rule.x1 - rule.x0, rule.y1 - rule.y0) <= _LONGEST_STROKE * height
    room = _ROOM * height if is_short else 0.0
    across = text.x0 - room <= rule.x0 and rule.x1 <= text.x1 + room
    return across and text.y0 - room <= rule.y0 and rule.y1 <= text.y1 + room


class _Piece(NamedTuple):
    """A run of text: the box around its ink, as high as its line, and how far a look at it may reach."""

    run: Line
    left: float
    right: float


def _pieces(box: Line, across: Sequence[Line], down: Sequence[Line], ink: Gray) -> Iterator[_Piece]:
    """The parts of a text box between walls and wide gaps that hold ink."""
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


def _runs(part: Line, ink: Gray) -> Iterator[_Piece]:
    """Runs of ink in a part, cut at wide gaps."""
    x0, y0, x1, y1 = (round(edge) for edge in part)
    columns = np.flatnonzero(ink[y0:y1, x0:x1].any(axis=0))
    rows = np.flatnonzero(ink[y0:y1, x0:x1].any(axis=1))
    if not len(columns) or rows[-1] - rows[0] + 1 < _LEAST_INK:
        return
    widest = _GAP * (rows[-1] - rows[0] + 1)
    breaks = [i + 1 for i, (a, b) in enumerate(pairwise(columns.tolist())) if b - a > widest]
    runs = [(x0 + int(run[0]), x0 + int(run[-1]) + 1) for run in np.split(columns, breaks)]
    sides = [part.x0, *((a[1] + b[0]) / 2 for a, b in pairwise(runs)), part.x1]
    for (start, end), (left, right) in zip(runs, pairwise(sides), strict=True):
        if end - start >= _LEAST_INK:
            yield _Piece(Line(start, part.y0, end, part.y1), left, right)


def _read(image: Gray, piece: _Piece, ink: Gray, recogniser: Recognises, typical: float) -> SeenText:
    crop = _crop(image, piece)
    height, width = crop.shape
    if height > _TALL * width and height > _TALL * typical:
        lines = (np.ascontiguousarray(np.rot90(crop)), _side_by_side(image, piece.run, ink))
        found = max(map(recogniser.text, lines), key=lambda read: read.average)
    else:
        found = recogniser.text(crop)
    return SeenText(_tight(piece.run, ink), _printed(found), found.score)


def _side_by_side(image: Gray, run: Line, ink: Gray) -> Gray:
    """Characters that stand upright below one another, as a line."""
    x0, y0, x1, y1 = (round(edge) for edge in run)
    rows = np.flatnonzero(ink[y0:y1, x0:x1].any(axis=1)) + y0
    columns = np.flatnonzero(ink[y0:y1, x0:x1].any(axis=0)) + x0
    left, size = int(columns[0]), int(columns[-1] - columns[0]) + 1
    characters: list[list[int]] = []
    for row in rows.tolist():
        if characters and row - characters[-1][0] < _SQUARE * size:
            characters[-1][1] = row
        else:
            characters.append([row, row])
    cut = image[y0:y1, x0:x1]
    paper, side = int(np.percentile(cut, 90)), round(_SQUARE * size) + 2
    squares = []
    for top, bottom in characters:
        middle = max(0, (top + bottom - side) // 2)
        square = image[middle : middle + side, left : left + size]
        squares.append(np.pad(square, ((0, side - len(square)), (2, 2)), constant_values=paper))
    return np.asarray(np.ascontiguousarray(np.hstack(squares)), np.uint8)


def _crop(image: Gray, piece: _Piece) -> Gray:
    """The run with what is around it, but no wall and no neighbour; where those are near, paper instead."""
    x0, y0, x1, y1 = (round(edge) for edge in piece.run)
    room = max(3, (y1 - y0) // 4)
    left, right = max(math.ceil(piece.left), x0 - room), min(math.floor(piece.right), x1 + room)
    cut = image[y0:y1, left:right]
    paper = int(np.percentile(cut, 90))
    sides = (room - (x0 - left), room - (right - x1))
    return np.asarray(np.pad(cut, ((0, 0), sides), constant_values=paper), np.uint8)


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
