"""Fonts that lie: a digit that looks like another one than the font says it is.

What a font says its glyphs mean is a table of its own in the PDF, and need not be true: whoever wants print
that cannot be copied mixes it up, and a broken producer does so unwittingly. Every figure is wrong then, and
none looks wrong. So the picture of the page is asked: of each font of the document a few digits are drawn
and compared with digits of fonts that are known. Only a digit that looks clearly like another one is told;
one of a strange hand looks like none.
"""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from math import sqrt
from operator import itemgetter, mul
from sys import byteorder
from typing import NamedTuple, Protocol

from extractors.layout.ocr import Picture
from extractors.model.document import Page
from extractors.model.evidence import Box

_DIGITS = re.compile(r"[0-9]")
_DPI = 200.0
_ACROSS, _DOWN = 10, 14  # what every digit is brought to
_INK = 40  # levels of gray that ink is darker than its paper, of 255
_FEWEST_ROWS = 5  # of pixels; smaller digits look all alike
_NONE = b"\0"  # no ink
_SURE = 0.85  # likeness from which on a digit is what it is said to be, or surely another one
_CLEARLY = 0.12  # by how much it must be more like another digit than like the one it is said to be
_MOST_PAGES = 12  # that are drawn for one document
_MOST_SAMPLES = 4  # of a digit in a font
_FEWEST_SAMPLES = 2  # of these that must look like another one, where there are so many

Ink = tuple[bytes, ...]
"""The ink of each pixel around a digit, row by row."""

Look = tuple[float, ...]
"""The ink of a digit in rows of equal squares, of mean 0 and length 1."""


class Glyph(NamedTuple):
    """A digit on a page: its font, what the font says it is, and the box that its ink stands in (points)."""

    font: str
    text: str
    box: Box


class Shows(Protocol):
    """Knows the fonts of a document and shows its pages."""

    def fonts(self, number: int) -> Sequence[tuple[int, str]]:
        """Number and name of each font of a page (from 1)."""

    def digits(self, number: int) -> Iterator[Glyph]:
        """The upright digits of a page (from 1)."""

    def pictures(self, number: int, parts: Iterable[Box], dpi: float) -> Iterator[Picture]:
        """Parts of a page (from 1) in gray."""

    def known_digits(self) -> tuple[Picture, Sequence[Glyph]]:
        """Digits of fonts that are known, and where each stands in their picture (points)."""


def lies_of(file: Shows, pages: Sequence[Page]) -> Mapping[int, str]:
    """By the pages (from 1) that have print in fonts that lie: what is wrong, in words for `Page.faults`."""
    fonts = {page.number: file.fonts(page.number) for page in pages if page.words}
    counts = {page.number: _digits_of(page) for page in pages}
    lies: dict[str, set[str]] = defaultdict(set)
    for page in (pages[number - 1] for number in _telling(fonts, counts)):
        for font, lie in _lies_on(file, page):
            lies[font].add(lie)
    found: dict[int, str] = {}
    for number, used in fonts.items():
        told = sorted(set().union(*(lies.get(name, ()) for _, name in used)))
        if told and counts[number]:
            found[number] = f"digits that look like others: {', '.join(told)}"
    return found


def _digits_of(page: Page) -> int:
    """How many digits of it are text of the PDF."""
    return len(_DIGITS.findall("".join([word.text for word in page.words if word.score is None])))


def _telling(fonts: Mapping[int, Sequence[tuple[int, str]]], counts: Mapping[int, int]) -> list[int]:
    """For every font the page that has most digits, among the pages with that font."""
    chosen: dict[int, int] = {}
    for number, used in fonts.items():
        for font, _ in used:
            if counts[number] > counts.get(chosen.get(font, 0), 0):
                chosen[font] = number
    return sorted(set(chosen.values()), key=lambda number: -counts[number])[:_MOST_PAGES]


def _lies_on(file: Shows, page: Page) -> Iterator[tuple[str, str]]:
    """The fonts of a page that lie, with the digit they say and the one that is seen."""
    samples: dict[tuple[str, str], list[Box]] = defaultdict(list)
    for glyph in file.digits(page.number):
        boxes = samples[glyph.font, glyph.text]
        if len(boxes) < _MOST_SAMPLES:
            boxes.append(glyph.box)
    inks = _inks(file, page, [box for boxes in samples.values() for box in boxes])
    known = _known(file)
    for (font, said), boxes in samples.items():
        if seen := _seen_instead(said, Counter(inks[box] for box in boxes), known):
            yield font, f"{said}→{seen}"


def _inks(file: Shows, page: Page, boxes: Sequence[Box]) -> Mapping[Box, Ink]:
    """The ink of digits by their boxes. Print beside and between them is not drawn: that takes most time."""
    bands: list[list[Box]] = []
    bottom = 0.0
    for box in sorted(boxes, key=itemgetter(1)):
        if bands and box.y0 <= bottom:
            bands[-1].append(box)
        else:
            bands.append([box])
        bottom = max(bottom, box.y1)
    pictures = file.pictures(page.number, map(Box.around, bands), _DPI)
    return {box: _inked(picture, box) for band, picture in zip(bands, pictures, strict=True) for box in band}


def _seen_instead(said: str, inks: Counter[Ink], known: Mapping[str, Sequence[Look]]) -> str:
    """The digit that the samples show clearly, where it is another than is said; else nothing.

    Some may be what is said: a font may say of two digits that they are the same. Samples of the same pixels
    are looked at once, and none where too few are left to show another digit.
    """
    found: Counter[str] = Counter()
    told, left = 0, inks.total()
    for ink, count in inks.most_common():
        if told and not found and left < _FEWEST_SAMPLES:
            return ""
        left -= count
        if look := _look(ink):
            told += count
            if other := _other(said, look, known):
                found[other] += count
    ((seen, count),) = found.most_common(1) or (("", 0),)
    return seen if count >= min(_FEWEST_SAMPLES, told) else ""


def _other(said: str, look: Look, known: Mapping[str, Sequence[Look]]) -> str:
    """The digit that a look shows clearly, and not what is said."""
    if any(_likeness(look, one) >= _SURE for one in known[said]):
        return ""
    likest, other = max((_likest(look, known[digit]), digit) for digit in known if digit != said)
    return other if likest >= _SURE and likest - _likest(look, known[said]) >= _CLEARLY else ""


def _likest(look: Look, others: Sequence[Look]) -> float:
    return max(_likeness(look, other) for other in others)


def _likeness(look: Look, other: Look) -> float:
    return sum(map(mul, look, other), 0.0)


def _known(file: Shows) -> Mapping[str, Sequence[Look]]:
    picture, glyphs = file.known_digits()
    return _looks_of(picture, tuple(glyphs))


@cache
def _looks_of(picture: Picture, glyphs: tuple[Glyph, ...]) -> Mapping[str, Sequence[Look]]:
    """The looks of digits in one picture; it is the same for all documents."""
    looks: dict[str, list[Look]] = defaultdict(list)
    for glyph in glyphs:
        if look := _look(_inked(picture, glyph.box)):
            looks[glyph.text].append(look)
    return looks


def _look(rows: Ink) -> Look:
    """The ink brought to one size; empty where there is too little."""
    if len(rows) <= _FEWEST_ROWS:
        return ()
    # As high as wide at most: a 1 is to stay slim.
    slim = bytes(max(0, round((len(rows) * _ACROSS / _DOWN - len(rows[0])) / 2)))
    ink = array("Q", [*b"".join([slim + row + slim for row in rows])])
    return _normal(_squeezed(_squeezed(ink, len(ink) // len(rows), _ACROSS), len(rows), _DOWN))


def _inked(picture: Picture, box: Box) -> Ink:
    """The pixels around the ink within a box (points); paper is the lightest of them."""
    scale, width = picture.dpi / 72, picture.width
    left = max(0, round(box.x0 * scale) - picture.left)
    right = min(width, round(box.x1 * scale) - picture.left)
    top = max(0, round(box.y0 * scale) - picture.top)
    bottom = min(picture.height, round(box.y1 * scale) - picture.top)
    across = right - left
    pixels = b"".join([picture.pixels[y * width + left : y * width + right] for y in range(top, bottom)])
    ink = pixels.translate(_ink_on(max(pixels, default=0)))
    if not ink.strip(_NONE):
        return ()
    first = len(ink) - len(ink.lstrip(_NONE))
    rows = [ink[at : at + across] for at in range(first - first % across, len(ink.rstrip(_NONE)), across)]
    start = min(len(row) - len(row.lstrip(_NONE)) for row in rows)
    end = max(len(row.rstrip(_NONE)) for row in rows)
    return tuple([row[start:end] for row in rows])


@lru_cache(maxsize=256)
def _ink_on(paper: int) -> bytes:
    """The ink of a pixel by its level of gray."""
    return bytes(max(0, paper - level - _INK) for level in range(256))


def _squeezed(values: "array[int]", across: int, count: int) -> "array[int]":
    """Rows of so many values across brought to a count of squares each (`_shares`); rows become columns.

    A whole column is one large integer of 64 bits for each value: it is weighed and added at once.
    """
    columns = [int.from_bytes(values[at::across].tobytes(), byteorder) for at in range(across)]
    size = len(values) // across * values.itemsize
    sums = [sum([columns[at] * share for at, share in shares]) for shares in _shares(across, count)]
    return array("Q", b"".join([total.to_bytes(size, byteorder) for total in sums]))


@lru_cache(maxsize=256)
def _shares(length: int, count: int) -> Sequence[Sequence[tuple[int, int]]]:
    """For each of `count` squares over `length` pixels: the pixels it meets, and how much of each.

    Neighbours on both sides count half: strokes of another thickness or place still meet.
    """
    met = [
        [
            max(0, min((at + 1) * count, (square + 1) * length) - max(at * count, square * length))
            for at in range(length)
        ]
        for square in range(count)
    ]
    none = [0] * length
    around = zip([none, *met], met, [*met[1:], none], strict=False)
    return [
        [(at, share) for at in range(length) if (share := before[at] + 2 * here[at] + after[at])]
        for before, here, after in around
    ]


def _normal(values: Sequence[int]) -> Look:
    mean = sum(values) / len(values)
    apart = [value - mean for value in values]
    length = sqrt(sum(map(mul, apart, apart)))
    return tuple([value / length for value in apart]) if length else ()
