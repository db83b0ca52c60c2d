"""Pages, or parts of pages, that are pictures of print: which they are, and what they say, in points.

A whole page is a picture where an image covers most of it and it has hardly any text. Beside text, an image
that is large and has no text on it may be a table pasted as a picture. Seals and emblems are smaller.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from extractors.layout.ocr import SWITCHED_OFF, UNREADABLE, Ocr, Picture, Scan, SeenText
from extractors.layout.sideways import SIDEWAYS, Quarter
from extractors.layout.unseen import unproven
from extractors.model.document import Word
from extractors.model.evidence import Box, Tilt

DPI = 150.0
_MOST_PIXELS = 4000  # of a side
_FULL = 0.6  # share of the page from which on an image is the page
_LARGE = 0.05  # share of the page from which on an image may be a table
_LITTLE_TEXT = 20  # characters: a page number, a stamp of the scanner
_NEAR = 3.0  # points between the strips that some scanners cut a page into
_MOST_IMAGES = 200


class Raw(Protocol):
    """What must be known of a page."""

    @property
    def width(self) -> float:
        """Points."""

    @property
    def height(self) -> float:
        """Points."""

    @property
    def words(self) -> Sequence[Word]:
        """Its text."""

    @property
    def images(self) -> Sequence[Box]:
        """Where its images are."""

    @property
    def hidden(self) -> Sequence[Word]:
        """Text that is not seen, over print that is."""


class Draws(Protocol):
    """Draws a part of a page."""

    def picture(self, number: int, part: Box, dpi: float) -> Picture:
        """A part of a page (from 1) in gray."""


class FromPictures(NamedTuple):
    """Words and rules (as thin boxes) in points of the straightened page, and what could not be read.

    `quarter` is how the page was turned, whose print lies on its side.
    """

    words: tuple[Word, ...] = ()
    drawn: tuple[Box, ...] = ()
    faults: tuple[str, ...] = ()
    quarter: Quarter | None = None


def read_pictures(file: Draws, number: int, raw: Raw, ocr: Ocr) -> FromPictures:
    """What the pictures of a page (from 1) say."""
    parts = parts_of(raw)
    found = [_beside(parts, raw)]
    for part in parts:
        dpi = min(DPI, 72 * _MOST_PIXELS / max(part.x1 - part.x0, part.y1 - part.y0))
        picture = file.picture(number, part, dpi)
        found.append(_from_picture(picture, ocr.read(picture), part, raw))
    return FromPictures(
        tuple(word for one in found for word in one.words),
        tuple(rule for one in found for rule in one.drawn),
        tuple(fault for one in found for fault in one.faults),
        next((one.quarter for one in found if one.quarter), None),
    )


def _from_picture(picture: Picture, scan: Scan, part: Box, raw: Raw) -> FromPictures:
    over = [word for word in raw.hidden if part.holds(*word.centre)]
    faults = [*_faults(scan, picture, part, raw)]
    is_quarter = scan.quarters % 2 == 1
    if is_quarter and not _is_page(part, raw):
        return FromPictures(tuple(unproven(over)), faults=(*faults, SIDEWAYS))
    if scan.fault:
        return FromPictures(tuple(unproven(over)), faults=tuple(faults))
    place = _place(scan, part, 72 / picture.dpi)
    words = [word for text in scan.texts if not _is_printed_too(word := place.word(text), raw.words)]
    if others := sum(1 for word in over if _is_other_figure(word, words)):
        faults.append(f"hidden figures not those printed: {others}")
    quarter = Quarter(raw.width, raw.height, scan.quarters == 1) if is_quarter else None
    return FromPictures(tuple(words), tuple(map(place.box, scan.rules)), tuple(faults), quarter)


def unread_pictures(raw: Raw) -> FromPictures:
    """A fault for each picture of a page, without a look at it: for where nothing reads pictures."""
    parts = parts_of(raw)
    faults = (_unread(_what(part, raw), SWITCHED_OFF) for part in parts)
    return FromPictures(tuple(unproven(raw.hidden)), faults=(*_beside(parts, raw).faults, *faults))


def _beside(parts: Sequence[Box], raw: Raw) -> FromPictures:
    """Hidden text over print that is too little for a picture: all there is of that print."""
    words = unproven([w for w in raw.hidden if not any(part.holds(*w.centre) for part in parts)])
    faults = (f"print that cannot be told: {len(words)}",) if words else ()
    return FromPictures(tuple(words), faults=faults)


def parts_of(raw: Raw) -> tuple[Box, ...]:
    """The parts of a page that are pictures of print; the page itself where it is one."""
    images = [*raw.images, *_under(raw.hidden)]
    if not images:
        return ()
    page = Box(0.0, 0.0, raw.width, raw.height)
    areas = [shown for image in _joined(images) if (shown := _common(image, page)) is not None]
    size = _area(page)
    bare = [a for a in areas if _area(a) >= _LARGE * size and _characters(raw.words, a) <= _LITTLE_TEXT]
    if any(_area(area) >= _FULL * size for area in bare):
        return (page,)
    return tuple(sorted(bare, key=lambda area: (area.y0, area.x0)))


def _under(hidden: Sequence[Word]) -> list[Box]:
    """The print under hidden text, which may be drawn as shapes."""
    return [_around(word.box for word in hidden)] if hidden else []


def _joined(images: Sequence[Box]) -> list[Box]:
    """Images, those that touch made one."""
    if len(images) > _MOST_IMAGES:
        return [_around(images)]
    areas: list[Box] = []
    for image in images:
        touching = [area for area in areas if _touch(area, image)]
        areas = [area for area in areas if area not in touching]
        areas.append(_around([image, *touching]))
    return areas


def _around(boxes: Iterable[Box]) -> Box:
    first, *others = boxes
    for other in others:
        first = first.joined(other)
    return first


def _touch(one: Box, other: Box) -> bool:
    across = one.x0 - _NEAR <= other.x1 and other.x0 - _NEAR <= one.x1
    return across and one.y0 - _NEAR <= other.y1 and other.y0 - _NEAR <= one.y1


def _common(one: Box, other: Box) -> Box | None:
    both = Box(max(one.x0, other.x0), max(one.y0, other.y0), min(one.x1, other.x1), min(one.y1, other.y1))
    return both if both.x1 - both.x0 >= 1 and both.y1 - both.y0 >= 1 else None


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.y1 - box.y0)


def _characters(words: Sequence[Word], area: Box) -> int:
    return sum(len(word.text) for word in words if area.holds(*word.centre))


def _place(scan: Scan, part: Box, scale: float) -> "_Place":
    """Where what a scan shows stands: turned upright about the middle of its part, and straightened."""
    across, down = (part.x0 + part.x1) / 2, (part.y0 + part.y1) / 2
    upright = part
    if scan.quarters % 2:  # of a whole page, which then has its width for its height
        upright = Box(0.0, 0.0, part.y1 - part.y0, part.x1 - part.x0)
    centre = (upright.x0 + upright.x1) / 2, (upright.y0 + upright.y1) / 2
    angle = math.radians(scan.skew) - scan.quarters * math.pi / 2
    if not angle:
        return _Place(upright, scale, None)
    sine, cosine = math.sin(angle), math.cos(angle)
    # The point that stays where it is while the middle of what is upright goes to the middle of the part.
    dx = across - cosine * centre[0] + sine * centre[1]
    dy = down - sine * centre[0] - cosine * centre[1]
    stays = 2 * (1 - cosine)
    x, y = ((1 - cosine) * dx - sine * dy) / stays, (sine * dx + (1 - cosine) * dy) / stays
    return _Place(upright, scale, Tilt(sine, cosine, x, y))


class _Place(NamedTuple):
    """Where a picture stands on the page: its part, points a pixel, and how it was turned."""

    part: Box
    scale: float
    tilt: Tilt | None

    def box(self, pixels: Box) -> Box:
        x0, y0, x1, y1 = (edge * self.scale for edge in pixels)
        return Box(self.part.x0 + x0, self.part.y0 + y0, self.part.x0 + x1, self.part.y0 + y1)

    def word(self, text: SeenText) -> Word:
        return Word(self.box(text.box), text.text, score=text.score, tilt=self.tilt)


def _is_other_figure(hidden: Word, seen: Sequence[Word]) -> bool:
    """Whether it is a figure, and the picture shows none such there."""
    if not any(map(str.isdigit, hidden.text)):
        return False
    there = [word for word in seen if word.shown.meets(hidden.box)]
    return bool(there) and not any(hidden.text in word.text for word in there)


def _is_printed_too(word: Word, words: Sequence[Word]) -> bool:
    """Whether the page has text of its own there, such as the page number over a scan."""
    seen = word.shown
    return any(seen.holds(*other.centre) for other in words)


def _faults(scan: Scan, picture: Picture, part: Box, raw: Raw) -> Iterator[str]:
    what = _what(part, raw)
    if scan.fault:
        yield _unread(what, scan.fault)
    elif _is_whole(part, raw) and not scan.texts and not _is_blank(picture):
        yield f"{what}，没有识别出文字"
    unreadable = sum(UNREADABLE in text.text for text in scan.texts)
    if unreadable:
        yield f"{what}，有 {unreadable} 处文字无法识别"


def _what(part: Box, raw: Raw) -> str:
    return "本页为扫描件" if _is_whole(part, raw) else "本页有图片"


def _is_page(part: Box, raw: Raw) -> bool:
    return part == Box(0.0, 0.0, raw.width, raw.height)


def _is_whole(part: Box, raw: Raw) -> bool:
    return _area(part) >= _FULL * raw.width * raw.height


def _unread(what: str, why: str) -> str:
    return f"{what}，无法识别：{why}"


def _is_blank(picture: Picture) -> bool:
    """Whether hardly a pixel is dark."""
    dark = sum(picture.pixels.count(level) for level in range(96))
    return dark < 0.001 * len(picture.pixels)
