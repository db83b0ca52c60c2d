"""Headers that are filled and not ruled, over a body that is ruled: they belong to its table.

The first ruled row holds amounts then, so it is no header itself. Where the header is one area of one colour,
its columns are those of the body, but where a word stands over the wall between two.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.layout.grid import Frame, holds_figure
from extractors.layout.rules import TOUCH, Corners, edges_of
from extractors.layout.sides import words_within
from extractors.model.document import Word
from extractors.model.evidence import Box

BY_ALIGNMENT = "header by alignment"

_CAPTION = re.compile(r"表(?:[（(].*[)）])?$|单位[:：]")


class Band(NamedTuple):
    """The filled header over a ruled body: its outline, its edges, and whether its columns are a guess."""

    box: Box
    edges: tuple[Corners, ...]
    is_guess: bool


def bands_of(frames: Sequence[Frame], filled: Sequence[Box], words: Sequence[Word]) -> Iterator[Band]:
    """The filled headers of the frames that have none."""
    for frame in frames if filled else ():
        first_row = Box(frame.xs[0], frame.ys[0], frame.xs[-1], frame.ys[1])
        areas = _stacked_on(frame, filled)
        if not areas or not holds_figure(words, first_row):
            continue
        box = areas[0]
        for area in areas:
            box = box.joined(area)
        held = words_within(words, box)
        if not held or holds_figure(held, box) or any(_CAPTION.search(word.text) for word in held):
            continue
        walls = list(_walls(frame, box, held)) if len(areas) == 1 else []
        yield Band(box, (*edges_of(areas), *walls), bool(walls))


def _stacked_on(frame: Frame, filled: Sequence[Box]) -> list[Box]:
    """The areas above a frame and within its width that touch its top, directly or by way of others.

    None where they do not reach over its whole width.
    """
    left, top, right, _ = frame.box
    near = [
        area
        for area in filled
        if left - TOUCH <= area.x0 and area.x1 <= right + TOUCH and area.y1 <= top + TOUCH
    ]
    found: list[Box] = []
    for area in sorted(near, key=lambda area: -area.y1):
        if area.y1 < top - TOUCH:
            break
        found.append(area)
        top = min(top, area.y0)
    reach = min((area.x0 for area in found), default=right), max((area.x1 for area in found), default=left)
    return found if reach[0] <= left + TOUCH and reach[1] >= right - TOUCH else []


def _walls(frame: Frame, box: Box, words: Sequence[Word]) -> Iterator[Corners]:
    for x in frame.xs[1:-1]:
        if not any(word.box.x0 < x < word.box.x1 for word in words):
            yield x, box.y0, x, box.y1
