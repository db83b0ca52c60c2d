"""Whether two grids have the same columns, by the positions of their walls (points)."""

from collections.abc import Sequence

SAME_COLUMN = 3.0
"""Walls nearer than this are one."""

_FEWEST_EDGES = 4  # of columns that are known though they are moved
_STRETCHED = 0.05  # share by which a page that is scanned anew may be wider


def same_columns(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether as many walls stand at the same places."""
    return len(one) == len(other) and all(abs(a - b) <= SAME_COLUMN for a, b in zip(one, other, strict=True))


def moved_columns(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether they do once they are moved as a whole: on a page scanned anew, or bound on its other side."""
    if len(one) != len(other) or len(one) < _FEWEST_EDGES:
        return False
    scale = (other[-1] - other[0]) / (one[-1] - one[0])
    moved = [other[0] + scale * (x - one[0]) for x in one]
    return abs(scale - 1) <= _STRETCHED and same_columns(moved, other)
