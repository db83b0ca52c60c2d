"""Outer sides that are not drawn: known by where the rules that would meet them end.

Rules that run on over the outermost one have a row or a column there: always where most of them do, else (a
header of merged cells) where words stand beside them.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.layout.rules import TOUCH
from extractors.model.document import Rule, Word
from extractors.model.evidence import Box

_LEAST_CELL = 8.0  # points; rules that reach less far over the outermost one only stand out
_MOST_LINES = 12  # of print, in a header row that few rules tell of


class Outline(NamedTuple):
    """The rules of a table with those that close it, whether all of these are sure, and how many they are."""

    across: list[Rule]
    down: list[Rule]
    is_sound: bool
    closed_across: int = 0
    closed_down: int = 0


class _Side(NamedTuple):
    """Where rules end beyond the outermost one that they cross.

    `first` and `last` say whether the outermost of these rules do; `is_common` that most do; `is_even` that
    all which reach beyond end there; `is_inner` that one between the outermost does.
    """

    at: float
    first: bool
    last: bool
    is_common: bool
    is_even: bool
    is_inner: bool


_Sides = tuple[_Side | None, _Side | None]


def closed(across: Sequence[Rule], down: Sequence[Rule], words: Sequence[Word]) -> Outline:
    """A group of rules (in the order of their positions), each way at least one, its missing sides closed."""
    if _end_within(across, down) and _end_within(down, across):  # as most do
        return Outline(list(across), list(down), is_sound=True)
    sides, floors = _beyond(across, down), _beyond(down, across)
    xs, ys = [rule.at for rule in down], [rule.at for rule in across]
    x0, x1, y0, y1 = *_ends(sides, xs), *_ends(floors, ys)
    strips_beside = Box(x0, y0, min(xs), y1), Box(max(xs), y0, x1, y1)
    strips_over = Box(x0, y0, x1, min(ys)), Box(x0, max(ys), x1, y1)
    sides, floors = _filled(sides, floors, strips_beside, words), _filled(floors, sides, strips_over, words)
    x0, x1, y0, y1 = *_ends(sides, xs), *_ends(floors, ys)
    new_down = [Rule(side.at, y0, y1) for side in sides if side]
    new_across = [Rule(floor.at, x0, x1) for floor in floors if floor]
    return Outline(
        sorted([*across, *new_across]),
        sorted([*down, *new_down]),
        _are_sound(sides, floors) and _are_sound(floors, sides),
        len(new_across),
        len(new_down),
    )


def rows_alone(down: Sequence[Rule], words: Sequence[Word]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Rules that cross none but begin and end together: a row of which only the walls are drawn.

    With the rules across that it would have, as far as its words reach.
    """
    by_ends = sorted(down, key=lambda rule: (rule.start, rule.at))
    first = 0
    for index in range(1, len(by_ends) + 1):
        if index < len(by_ends) and _end_alike(by_ends[index], by_ends[first]):
            continue
        walls = sorted(by_ends[first:index])
        first = index
        _, start, end = walls[0]
        between = [word.box for word in words if start < word.centre[1] < end]
        if len(walls) > 1 and between:
            x0 = min(walls[0].at, *[box.x0 for box in between])
            x1 = max(walls[-1].at, *[box.x1 for box in between])
            yield [Rule(start, x0, x1), Rule(end, x0, x1)], walls


def _end_within(rules: Sequence[Rule], crossed: Sequence[Rule]) -> bool:
    """Whether none reaches as far as a cell beyond the outermost ones that it crosses."""
    first, last = crossed[0].at - _LEAST_CELL, crossed[-1].at + _LEAST_CELL
    return min([rule.start for rule in rules]) >= first and max([rule.end for rule in rules]) <= last


def _end_alike(one: Rule, other: Rule) -> bool:
    return abs(one.start - other.start) <= TOUCH and abs(one.end - other.end) <= TOUCH


def words_within(words: Sequence[Word], box: Box) -> list[Word]:
    """The words with their middle in the box."""
    return [word for word in words if box.holds(*word.centre)]


def _ends(sides: _Sides, positions: Sequence[float]) -> tuple[float, float]:
    """The outermost positions with the sides."""
    low, high = sides
    return low.at if low else min(positions), high.at if high else max(positions)


def _beyond(rules: Sequence[Rule], crossed: Sequence[Rule]) -> _Sides:
    """Where the rules of one direction end before and behind all that they cross."""
    starts: dict[float, float] = {}
    ends: dict[float, float] = {}
    for at, start, end in rules:
        starts[at] = max(starts.get(at, -start), -start)
        ends[at] = max(ends.get(at, end), end)
    positions = [rule.at for rule in crossed]
    low = _side(list(starts.values()), -min(positions))
    high = _side(list(ends.values()), max(positions))
    return low._replace(at=-low.at) if low else None, high


def _side(ends: Sequence[float], outermost: float) -> _Side | None:
    beyond = sorted([end for end in ends if end > outermost + _LEAST_CELL])
    if not beyond:
        return None
    at = beyond[len(beyond) // 2]
    return _Side(
        at,
        first=abs(ends[0] - at) <= TOUCH,
        last=abs(ends[-1] - at) <= TOUCH,
        is_common=2 * len(beyond) > len(ends),
        is_even=beyond[-1] - beyond[0] <= TOUCH,
        is_inner=any(end > outermost + _LEAST_CELL for end in ends[1:-1]),
    )


def _filled(sides: _Sides, others: _Sides, strips: tuple[Box, Box], words: Sequence[Word]) -> _Sides:
    """The sides, those left out that only few rules tell of and beside which no row or column stands."""
    low, high = [
        side if side and (side.is_common or (_is_wall(side, others) and _is_lined(strip, words))) else None
        for side, strip in zip(sides, strips, strict=True)
    ]
    return low, high


def _is_wall(side: _Side, others: _Sides) -> bool:
    """Whether a rule within the table reaches beyond: one of its outermost may be drawn for all the page."""
    return side.is_inner or (side.first and others[0] is not None) or (side.last and others[1] is not None)


def _is_lined(strip: Box, words: Sequence[Word]) -> bool:
    """Whether a strip holds words, and is not much larger than their lines."""
    heights = [word.box.y1 - word.box.y0 for word in words_within(words, strip)]
    return bool(heights) and min(strip.x1 - strip.x0, strip.y1 - strip.y0) <= _MOST_LINES * max(heights)


def _are_sound(sides: _Sides, others: _Sides) -> bool:
    """Whether all ends agree: where most rules tell of a side, those of the drawn outlines among them."""
    first_closed, last_closed = others[0] is not None, others[1] is not None
    return all(
        (side.first or first_closed) and (side.last or last_closed) if side.is_common else side.is_even
        for side in sides
        if side
    )
