"""Strips between rules that are too narrow for print and hold none: one rule, not a row or column.

Thick borders are drawn by their two edges, and cells set apart have two borders with a gap between them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from extractors.model.document import Rule, Word

_LEAST_CELL = 8.0  # points


def without_strips(
    across: list[Rule], down: list[Rule], words: Sequence[Word]
) -> tuple[list[Rule], list[Rule]]:
    """The rules of a table, those on both sides of a strip at one position in its middle."""
    ys, xs = [rule.at for rule in across], [rule.at for rule in down]
    if not (_has_strips(ys) or _has_strips(xs)):
        return across, down
    centres = [word.centre for word in words]
    inside = [(x, y) for x, y in centres if xs[0] < x < xs[-1] and ys[0] < y < ys[-1]]
    return _joined(across, ys, sorted(y for _, y in inside)), _joined(down, xs, sorted(x for x, _ in inside))


def _has_strips(positions: Sequence[float]) -> bool:
    return any(0 < after - before < _LEAST_CELL for before, after in pairwise(positions))


def _joined(rules: list[Rule], positions: Sequence[float], print_at: Sequence[float]) -> list[Rule]:
    """The rules with new positions; `print_at` is where words have their middle."""
    known = list(dict.fromkeys(positions))
    place: dict[float, float] = {}
    first = 0
    for index in range(1, len(known) + 1):
        if index < len(known) and _is_strip(known[first], known[index - 1], known[index], print_at):
            continue
        middle = (known[first] + known[index - 1]) / 2
        place.update(dict.fromkeys(known[first:index], middle))
        first = index
    return [rule._replace(at=place[rule.at]) for rule in rules]


def _is_strip(first: float, before: float, at: float, print_at: Sequence[float]) -> bool:
    """Whether there is no room for print since the first position, and none since the one before."""
    return at - first < _LEAST_CELL and bisect_left(print_at, at) <= bisect_right(print_at, before)
