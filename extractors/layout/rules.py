"""Drawn boxes to rules: thin boxes, the edges of stroked rectangles, the edges of filled areas.

Pieces of one line are put together: dashes, the two lines of a double rule, the borders that each cell of a
producer draws for itself. What is white counts too: producers draw rules they do not want to be seen.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from extractors.model.document import Rule
from extractors.model.records import made

RULE_THICKNESS = 3.0  # points; thicker boxes are areas
SAME_POSITION = 2.0  # rules nearer than this are one line (double rules, rounding of the producer)
TOUCH = 3.0  # ends nearer than this meet

Corners = tuple[float, float, float, float]
"""Left, top, right, bottom in points: a `Box` of which there are too many to make them."""

_Pieces = dict[float, list[tuple[float, float]]]
"""The ends of drawn pieces by their position, of which there are few: each cell draws its own borders."""


def rules_of(drawn: Iterable[Corners]) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """Horizontal and vertical rules among drawn boxes, each by its position, pieces put together."""
    horizontal: _Pieces = defaultdict(list)
    vertical: _Pieces = defaultdict(list)
    thickest = RULE_THICKNESS
    for x0, y0, x1, y1 in drawn:
        wide, high = x1 - x0, y1 - y0
        if wide > high:
            if high <= thickest:
                horizontal[(y0 + y1) / 2].append((x0, x1))
        elif wide <= thickest and high > wide:
            vertical[(x0 + x1) / 2].append((y0, y1))
    return _aligned(horizontal), _aligned(vertical)


def edges_of(areas: Iterable[Corners]) -> Iterator[Corners]:
    """The four edges of each area as boxes without thickness."""
    for x0, y0, x1, y1 in areas:
        yield x0, y0, x1, y0
        yield x0, y1, x1, y1
        yield x0, y0, x0, y1
        yield x1, y0, x1, y1


def _aligned(pieces: _Pieces) -> tuple[Rule, ...]:
    """Pieces at one position get one `at`; those that touch become one rule."""
    positions = sorted(pieces)
    rules: list[Rule] = []
    first = 0
    for index in range(1, len(positions) + 1):
        if index == len(positions) or positions[index] - positions[index - 1] > SAME_POSITION:
            rules += _merged(positions[first:index], pieces)
            first = index
    return tuple(rules)


def _merged(line: Sequence[float], pieces: _Pieces) -> list[Rule]:
    """The rules of one line, drawn at some positions; each piece counts for where the line is."""
    ends: list[tuple[float, float]] = []
    positions: list[float] = []
    for position in line:
        found = pieces[position]
        ends += found
        positions += [position] * len(found)
    at = sum(positions) / len(positions)
    ends.sort()
    rules: list[Rule] = []
    start, end = ends[0]
    for next_start, next_end in ends:
        if next_end <= end:
            continue
        if next_start - end > TOUCH:
            rules.append(made(Rule, (at, start, end)))
            start = next_start
        end = next_end
    rules.append(made(Rule, (at, start, end)))
    return rules


Group = tuple[list[Rule], list[Rule]]


def groups_of(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[Group]:
    """Rules (in the order of their positions) that cross or touch, directly or by way of others.

    Each group holds its horizontal and its vertical rules; those that touch no other are in none.
    """
    positions = [rule.at for rule in horizontal]
    starts, ends = [rule.start for rule in horizontal], [rule.end for rule in horizontal]
    leaders = list(range(len(horizontal)))
    anchors: list[tuple[Rule, int]] = []
    for down in vertical:
        low = bisect_left(positions, down.start - TOUCH)
        high = bisect_right(positions, down.end + TOUCH)
        left, right = down.at + TOUCH, down.at - TOUCH
        met = [index for index in range(low, high) if starts[index] <= left and right <= ends[index]]
        if met:
            anchors.append((down, met[0]))
            _unite(leaders, met)
    return _by_leader(horizontal, leaders, anchors)


def _unite(leaders: list[int], met: Sequence[int]) -> None:
    first = _leader(leaders, met[0])
    for index in met:
        if leaders[index] != first:
            leaders[_leader(leaders, index)] = first


def _leader(leaders: list[int], index: int) -> int:
    while leaders[index] != index:
        leaders[index] = leaders[leaders[index]]
        index = leaders[index]
    return index


def _by_leader(
    horizontal: Sequence[Rule], leaders: list[int], anchors: list[tuple[Rule, int]]
) -> list[Group]:
    groups: dict[int, Group] = {}
    for down, index in anchors:
        groups.setdefault(_leader(leaders, index), ([], []))[1].append(down)
    for index, across in enumerate(horizontal):
        group = groups.get(_leader(leaders, index))
        if group is not None:
            group[0].append(across)
    return list(groups.values())
