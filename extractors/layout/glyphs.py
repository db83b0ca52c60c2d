"""Fonts that lie: a digit that looks like another one than the font says it is.

What a font says its glyphs mean is a table of its own in the PDF, and need not be true: whoever wants print
that cannot be copied mixes it up, and a broken producer does so unwittingly. Every figure is wrong then, and
none looks wrong. So the picture of the page is asked: of each font of the document a few digits are drawn
and compared with digits of fonts that are known. Only a digit that looks clearly like another one is told;
one of a strange hand looks like none.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from math import sqrt
from operator import mul
from typing import NamedTuple, Protocol

from extractors.layout.ocr import Picture
from extractors.model.document import Page
from extractors.model.evidence import Box

_DIGITS = re.compile(r"[0-9]")
_DPI = 200.0
_ACROSS, _DOWN = 10, 14  # what every digit is brought to
_INK = 40  # levels of gray that ink is darker than its paper, of 255
_FEWEST_ROWS = 5  # of pixels; smaller digits look all alike
_SURE = 0.85  # likeness from which on a digit is what it is said to be, or surely another one
_CLEARLY = 0.12  # by how much it must be more like another digit than like the one it is said to be
_MOST_PAGES = 12  # that are drawn for one document
_MOST_SAMPLES = 4  # of a digit in a font
_FEWEST_SAMPLES = 2  # of these that must look like another one, where there are so many

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

    def picture(self, number: int, part: Box, dpi: float) -> Picture:
        """A part of a page (from 1) in gray."""

    def known_digits(self) -> tuple[Picture, Sequence[Glyph]]:
        """Digits of fonts that are known, and where each stands in their picture (points)."""


def lies_of(file: Shows, pages: Sequence[Page]) -> Mapping[int, str]:
    """By the pages (from 1) that have print in fonts that lie: what is wrong, in words for `Page.faults`."""
    fonts = {page.number: file.fonts(page.number) for page in pages if page.words}
    counts = {p.number: sum(len(_DIGITS.findall(w.text)) for w in p.words if w.score is None) for p in pages}
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
    if not samples:
        return
    picture = file.picture(page.number, Box(0.0, 0.0, page.width, page.height), _DPI)
    known = _known(file)
    for (font, said), boxes in samples.items():
        seen = _seen_instead(said, [look for box in boxes if (look := _look(picture, box))], known)
        if seen:
            yield font, f"{said}→{seen}"


def _seen_instead(said: str, looks: Sequence[Look], known: Mapping[str, Sequence[Look]]) -> str:
    """The digit that the looks show clearly, where it is another than is said; else nothing.

    Some may be what is said: a font may say of two digits that they are the same.
    """
    found = Counter(other for look in looks if (other := _other(said, look, known)))
    ((seen, count),) = found.most_common(1) or (("", 0),)
    return seen if count >= min(_FEWEST_SAMPLES, len(looks)) else ""


def _other(said: str, look: Look, known: Mapping[str, Sequence[Look]]) -> str:
    """The digit that a look shows clearly, and not what is said."""
    as_said = _likeness(look, known[said])
    if as_said >= _SURE:
        return ""
    likest, other = max((_likeness(look, known[digit]), digit) for digit in known if digit != said)
    return other if likest >= _SURE and likest - as_said >= _CLEARLY else ""


def _likeness(look: Look, others: Sequence[Look]) -> float:
    return max(sum(map(mul, look, other), 0.0) for other in others)


def _known(file: Shows) -> Mapping[str, Sequence[Look]]:
    picture, glyphs = file.known_digits()
    return _looks_of(picture, tuple(glyphs))


@cache
def _looks_of(picture: Picture, glyphs: tuple[Glyph, ...]) -> Mapping[str, Sequence[Look]]:
    """The looks of digits in one picture; it is the same for all documents."""
    looks: dict[str, list[Look]] = defaultdict(list)
    for glyph in glyphs:
        if look := _look(picture, glyph.box):
            looks[glyph.text].append(look)
    return looks


def _look(picture: Picture, box: Box) -> Look:
    """The ink within a box (points), brought to one size; empty where there is too little."""
    rows = _inked(picture, box)
    down = [y for y, row in enumerate(rows) if any(row)]
    across = [x for x, column in enumerate(zip(*rows, strict=True)) if any(column)]
    if not down or down[-1] - down[0] < _FEWEST_ROWS:
        return ()
    shape = [row[across[0] : across[-1] + 1] for row in rows[down[0] : down[-1] + 1]]
    # As high as wide at most: a 1 is to stay slim.
    slim = max(0, round((len(shape) * _ACROSS / _DOWN - len(shape[0])) / 2))
    shape = [[0.0] * slim + row + [0.0] * slim for row in shape]
    return _normal([value for row in _blurred(_resized(shape)) for value in row])


def _inked(picture: Picture, box: Box) -> list[list[float]]:
    """How much of each pixel within a box is ink (0 to 1); paper is the lightest of them."""
    scale, width = picture.dpi / 72, picture.width
    left, right = max(0, round(box.x0 * scale)), min(width, round(box.x1 * scale))
    top, bottom = max(0, round(box.y0 * scale)), min(picture.height, round(box.y1 * scale))
    rows = [picture.pixels[y * width + left : y * width + right] for y in range(top, bottom)]
    paper = max(map(max, rows), default=0) if right > left else 0
    return [[max(0.0, paper - value - _INK) / 255 for value in row] for row in rows]


def _resized(shape: Sequence[Sequence[float]]) -> list[list[float]]:
    """The shape in squares, each pixel shared among the squares that it meets."""
    rows = [_shared(row, _ACROSS) for row in shape]
    columns = [_shared(column, _DOWN) for column in zip(*rows, strict=True)]
    return [list(row) for row in zip(*columns, strict=True)]


def _blurred(shape: Sequence[Sequence[float]]) -> list[list[float]]:
    """Each square with its neighbours: strokes of another thickness or place still meet."""
    rows = [_smooth(row) for row in shape]
    return [list(row) for row in zip(*(_smooth(column) for column in zip(*rows, strict=True)), strict=True)]


def _smooth(values: Sequence[float]) -> list[float]:
    around = [0.0, *values, 0.0]
    return [
        before + 2 * at + after for before, at, after in zip(around, around[1:], around[2:], strict=False)
    ]


def _shared(values: Sequence[float], count: int) -> list[float]:
    return [sum([values[at] * share for at, share in shares]) for shares in _shares(len(values), count)]


@lru_cache(maxsize=256)
def _shares(length: int, count: int) -> Sequence[Sequence[tuple[int, float]]]:
    """For each of `count` squares in a row of `length` pixels: the pixels it meets, and how much of each."""
    step = count / length
    return [
        [
            (at, share)
            for at in range(length)
            if (share := min((at + 1) * step, square + 1) - max(at * step, square)) > 0
        ]
        for square in range(count)
    ]


def _normal(values: Sequence[float]) -> Look:
    mean = sum(values) / len(values)
    length = sqrt(sum((value - mean) ** 2 for value in values))
    return tuple((value - mean) / length for value in values) if length else ()
