"""The elementary grid to cells: walls, cells that are merged over several squares, what is no rectangle.

A wall exists where a rule covers most of an elementary edge. A cell grows right, then down, until it meets
walls.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractors.model.document import Rule

_WALL_COVER = 0.5  # a wall is there when rules cover more than this share of the edge

_EVERYWHERE = b"\x01"

Walls = list[bytearray]
"""[i][k]: 1 where there is a wall on the edge k of the position i."""


Region = tuple[int, int, int, int]
"""A cell as squares of the elementary grid: its first row and column, and those after its last."""


class Cells(NamedTuple):
    """The cells of a grid, which of them owns each square (row by row), and what is wrong with them."""

    regions: list[Region]
    owners: list[list[int]]
    faults: list[str]


def cells_of(xs: Sequence[float], ys: Sequence[float], across: Iterable[Rule], down: Iterable[Rule]) -> Cells:
    """The cells between rules at the positions xs and ys."""
    floors = _walls(ys, xs, across)
    sides = _walls(xs, ys, down)
    faults = _open_sides(floors, sides)
    floors[0][:] = floors[-1][:] = _EVERYWHERE * (len(xs) - 1)
    sides[0][:] = sides[-1][:] = _EVERYWHERE * (len(ys) - 1)
    regions, owners, irregular = _regions(floors, [bytes(row) for row in zip(*sides, strict=True)])
    faults += [f"irregular region: row {row + 1}, column {column + 1}" for row, column, _, _ in irregular]
    return Cells(regions, owners, faults)


def _walls(positions: Sequence[float], across: Sequence[float], rules: Iterable[Rule]) -> Walls:
    by_position: dict[float, list[Rule]] = {position: [] for position in positions}
    for rule in rules:
        by_position[rule.at].append(rule)
    return [_wall(found, across) for found in by_position.values()]


def _wall(rules: Sequence[Rule], across: Sequence[float]) -> bytearray:
    """Which edges between neighbours of `across` are covered by rules of one position."""
    count = len(across) - 1
    left, right = across[0], across[-1]
    for _, start, end in rules:
        if start <= left and end >= right:  # as most do
            return bytearray(_EVERYWHERE * count)
    wall = bytearray(count)
    covered: dict[int, float] = {}
    for _, start, end in rules:
        first = bisect_left(across, start)
        last = bisect_right(across, end) - 1
        if first < last:
            wall[first:last] = _EVERYWHERE * (last - first)
        for edge in {first - 1, last}:
            if 0 <= edge < count:
                length = min(end, across[edge + 1]) - max(start, across[edge])
                covered[edge] = covered.get(edge, 0.0) + length
    for edge, length in covered.items():
        if length > _WALL_COVER * (across[edge + 1] - across[edge]):
            wall[edge] = 1
    return wall


def _open_sides(floors: Walls, sides: Walls) -> list[str]:
    outer = (("top", floors[0]), ("bottom", floors[-1]), ("left", sides[0]), ("right", sides[-1]))
    return [f"open side: {name}" for name, wall in outer if not all(wall)]


def _regions(floors: Walls, by_row: Sequence[bytes]) -> tuple[list[Region], list[list[int]], list[Region]]:
    """The cells, the owners of the squares, and those cells that are no rectangles."""
    n_columns = len(floors[0])
    owners = [[-1] * n_columns for _ in by_row]
    regions: list[Region] = []
    irregular: list[Region] = []
    for row, (own, sides) in enumerate(zip(owners, by_row, strict=True)):
        above, below = floors[row], floors[row + 1]
        if all(sides) and all(above) and all(below) and max(own) < 0:  # most rows: squares with four walls
            own[:] = range(len(regions), len(regions) + n_columns)
            regions += [(row, column, row + 1, column + 1) for column in range(n_columns)]
            continue
        for column in range(n_columns):
            if own[column] >= 0:
                continue
            if sides[column] and sides[column + 1] and above[column] and below[column]:
                own[column] = len(regions)
                regions.append((row, column, row + 1, column + 1))
                continue
            region = _grow(row, column, owners, floors, by_row)
            squares = [len(regions)] * (region[3] - column)
            for taken in owners[row : region[2]]:
                taken[column : region[3]] = squares
            regions.append(region)
            if not _is_rectangle(region, floors, by_row):
                irregular.append(region)
    return regions, owners, irregular


def _grow(row: int, column: int, owners: list[list[int]], floors: Walls, by_row: Sequence[bytes]) -> Region:
    right = by_row[row].find(1, column + 1)
    own = owners[row]
    right = next((c for c in range(column + 1, right) if own[c] >= 0), right)
    below = row + 1
    while floors[below].find(1, column, right) < 0 and max(owners[below][column:right]) < 0:
        below += 1
    return row, column, below, right


def _is_rectangle(region: Region, floors: Walls, by_row: Sequence[bytes]) -> bool:
    """Whether there is no wall inside and no hole in the border."""
    top, left, bottom, right = region
    if floors[top].find(0, left, right) >= 0 or floors[bottom].find(0, left, right) >= 0:
        return False
    return all(
        sides[left] and sides[right] and sides.find(1, left + 1, right) < 0 for sides in by_row[top:bottom]
    )
