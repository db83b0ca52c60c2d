"""The text of a page by its style, as MuPDF lists what a page draws: what is painted, what lies over it.

Pages are PyMuPDF's, which `pdf` opens.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from extractors.layout.glyphs import Glyph
from extractors.layout.rules import RULE_THICKNESS, Corners
from extractors.model.evidence import Box
from extractors.model.plain import without_radicals

_TEXT_BLOCK, _VECTOR_BLOCK = 0, 3

# What a content has where text may be unseen: text that is not painted, white. An image may hide text, too.
# (Text that is wholly transparent is found only where one of these is.)
_MAY_HIDE = (b"3 Tr", b"7 Tr", b"1 1 1 ", b"1 g", b"0 0 0 0 k")
_MOST_AREAS = 400  # painted after a text, that are looked through for one over it
_FAINTEST = 26  # of 255; what is painted more faintly is as good as not painted

_DIGITS = frozenset("0123456789")
_LEAST_SIZE = 6.0  # points of print whose digits can be told apart
_TALLEST = 0.82  # of the size of the print, above its line

_Turn = Callable[[Corners], Corners]


class Span(NamedTuple):
    """Text of one style as the PDF draws it.

    `shade` is its level of gray (0 black, 255 white), None where it is not painted, or an image hides it;
    `is_covered` says that an area is painted over it.
    """

    box: Box
    text: str
    size: float
    shade: int | None = 0
    is_covered: bool = False


def content_of(page: Any) -> bytes:
    """What the page draws, with the forms that it shows."""
    content: bytes = page.read_contents()
    if b"Do" not in content:
        return content
    forms = (page.parent.xref_stream(xref) for xref, *_ in page.get_xobjects())
    return content + b"".join(form or b"" for form in forms)


def may_hide_text(page: Any, content: bytes) -> bool:
    """Whether some text of the page might not be seen: cheap to ask, and mostly no."""
    return (b"Do" in content and bool(page.get_images())) or any(mark in content for mark in _MAY_HIDE)


def spans_of(blocks: Sequence[dict[str, Any]], images: Sequence[Box], turn: _Turn) -> Iterator[Span]:
    """The text among the blocks of a page; `images` are those over text, in the coordinates of the blocks."""
    areas: list[Box] = []
    for block in reversed(blocks):
        if block["type"] == _VECTOR_BLOCK:
            box = Box(*block["bbox"])
            is_area = min(box.x1 - box.x0, box.y1 - box.y0) > RULE_THICKNESS
            if is_area and block["isrect"] and not block["stroked"]:
                areas.append(box)
        elif block["type"] == _TEXT_BLOCK:
            for span in (span for line in block["lines"] for span in line["spans"]):
                yield _span(span, areas if len(areas) <= _MOST_AREAS else (), images, turn)


def _span(span: dict[str, Any], areas: Sequence[Box], images: Sequence[Box], turn: _Turn) -> Span:
    box = Box(*span["bbox"])
    middle = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    is_painted = span["alpha"] > _FAINTEST and not any(image.holds(*middle) for image in images)
    shade = _gray(span["color"]) if is_painted else None
    is_covered = any(area.holds(*middle) for area in areas)
    return Span(Box(*turn(box)), without_radicals(span["text"]), span["size"], shade, is_covered)


def digits_of(text: Any) -> Iterator[Glyph]:
    """The upright digits of the text page of a page as displayed, each where its ink may be."""
    for block in text.extractRAWDICT()["blocks"]:
        for span in (span for line in block.get("lines", ()) for span in line["spans"]):
            if span["alpha"] > _FAINTEST and span["size"] >= _LEAST_SIZE:
                yield from _digits(span)


def _digits(span: dict[str, Any]) -> Iterator[Glyph]:
    size = span["size"]
    for character in span["chars"]:
        if character["c"] not in _DIGITS:
            continue
        (left, line), (x0, y0, x1, y1) = character["origin"], character["bbox"]
        if abs(left - x0) < size / 4 and (y0 + y1) / 2 < line <= y1 + 1 and x1 - x0 < size:
            yield Glyph(span["font"], character["c"], Box(x0, line - _TALLEST * size, x1, line + size / 16))


def _gray(color: int) -> int:
    return ((color >> 16) + (color >> 8 & 255) + (color & 255)) // 3


def images_over_text(page: Any) -> list[Box]:
    """Images without a mask that are drawn after all text that they touch, as the content has them."""
    found = page.get_images()
    if not found or any(smask for _, smask, *_ in found):
        return []  # a seal or a watermark, which text shows through
    texts: list[Box] = []
    images: list[tuple[Box, int]] = []
    for kind, corners, *_ in page.get_bboxlog():
        if kind in ("fill-text", "stroke-text"):
            texts.append(Box(*corners))
        elif kind == "fill-image":
            images.append((Box(*corners), len(texts)))
    return [
        image
        for image, after in images
        if any(image.meets(text) for text in texts[:after])
        and not any(image.meets(text) for text in texts[after:])
    ]
