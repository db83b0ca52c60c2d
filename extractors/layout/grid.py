"""Ruled tables from drawn lines: rules, the grid they span, merged cells, the words in each cell.

The method: boxes thinner than a rule may be are rules; rules that touch form one table; their positions
are the elementary grid; a wall exists where a rule covers most of an elementary edge; cells grow right,
then down, until they meet walls. What does not come out as rectangles is said in `Grid.faults`.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extractors.model.document import Grid, GridCell, Rule, Word
from extractors.model.evidence import Box

RULE_THICKNESS = 3.0  # points; thicker boxes are areas
SAME_POSITION = 2.0  # rules nearer than this are one line (double rules, rounding of the producer)
TOUCH = 3.0  # ends nearer than this meet
_WALL_COVER = 0.5  # a wall is there when a rule covers more than this share of the edge
_ROOM = 1.5  # how far a word may reach over its cell's wall before it is said to cross it

Walls = list[list[bool]]


def rules_of(drawn: Iterable[Box]) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """Horizontal and vertical rules among drawn boxes, pieces of one line put together."""
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    for box in drawn:
        wide, high = box.x1 - box.x0, box.y1 - box.y0
        if high <= RULE_THICKNESS and wide > high:
            horizontal.append(Rule((box.y0 + box.y1) / 2, box.x0, box.x1))
        elif wide <= RULE_THICKNESS and high > wide:
            vertical.append(Rule((box.x0 + box.x1) / 2, box.y0, box.y1))
    return _aligned(horizontal), _aligned(vertical)


def _aligned(rules: list[Rule]) -> tuple[Rule, ...]:
    """Rules at one position get one `at`; those that touch become one rule."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules):
        if lines and rule.at - lines[-1][-1].at <= SAME_POSITION:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    return tuple(merged for line in lines for merged in _merged(line))


def _merged(line: list[Rule]) -> list[Rule]:
    at = sum(rule.at for rule in line) / len(line)
    merged: list[Rule] = []
    for rule in sorted(line, key=lambda r: r.start):
        if merged and rule.start - merged[-1].end <= TOUCH:
            merged[-1] = Rule(at, merged[-1].start, max(merged[-1].end, rule.end))
        else:
            merged.append(Rule(at, rule.start, rule.end))
    return merged


def grids_of(
    page: int, horizontal: Sequence[Rule], vertical: Sequence[Rule], words: Sequence[Word]
) -> tuple[Grid, ...]:
    """The ruled tables of a page, top to bottom, with the words in their cells."""
    grids = []
    for across, down in _components(horizontal, vertical):
        ys, xs = _positions(across), _positions(down)
        if len(ys) > 1 and len(xs) > 1:
            grids.append(_grid(page, xs, ys, across, down, words))
    return tuple(sorted(grids, key=lambda grid: (grid.box.y0, grid.box.x0)))


def _components(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that cross or touch one another."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for down in vertical:
        touched = [g for g in groups if any(_meet(across, down) for across in g[0])]
        known = {id(rule) for g in groups for rule in g[0]}
        across_here = [h for h in horizontal if id(h) not in known and _meet(h, down)]
        joined = (across_here, [down])
        for group in touched:
            joined[0].extend(group[0])
            joined[1].extend(group[1])
            groups.remove(group)
        if joined[0]:
            groups.append(joined)
    return groups


def _meet(across: Rule, down: Rule) -> bool:
    return (
        across.start - TOUCH <= down.at <= across.end + TOUCH
        and down.start - TOUCH <= across.at <= down.end + TOUCH
    )


def _positions(rules: Iterable[Rule]) -> tuple[float, ...]:
    return tuple(sorted({rule.at for rule in rules}))


def _walls(positions: Sequence[float], across: Sequence[float], rules: Iterable[Rule]) -> Walls:
    """walls[i][k]: whether the rule at positions[i] covers the edge from across[k] to across[k + 1]."""
    by_position: dict[float, list[Rule]] = {}
    for rule in rules:
        by_position.setdefault(rule.at, []).append(rule)
    return [
        [_covers(by_position[position], start, end) for start, end in pairwise(across)]
        for position in positions
    ]


def _covers(rules: Iterable[Rule], start: float, end: float) -> bool:
    covered = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules)
    return covered > _WALL_COVER * (end - start)


def _grid(
    page: int,
    xs: tuple[float, ...],
    ys: tuple[float, ...],
    across: list[Rule],
    down: list[Rule],
    words: Sequence[Word],
) -> Grid:
    floors = _walls(ys, xs, across)
    sides = _walls(xs, ys, down)
    faults = _open_sides(floors, sides)
    owners, regions = _regions(floors, sides)
    faults += _irregular(regions, floors, sides)
    held, crossing = _distribute(words, xs, ys, owners, regions)
    cells = tuple(
        GridCell(
            row=r0,
            column=c0,
            row_span=r1 - r0,
            column_span=c1 - c0,
            box=Box(xs[c0], ys[r0], xs[c1], ys[r1]).rounded(),
            words=in_reading_order(held.get(index, [])),
        )
        for index, (r0, c0, r1, c1) in enumerate(regions)
    )
    return Grid(page, xs, ys, cells, tuple(faults), tuple(crossing))


Region = tuple[int, int, int, int]


def _regions(floors: Walls, sides: Walls) -> tuple[list[list[int]], list[Region]]:
    """Merged cells as (first row, first column, row after, column after), and which owns each square."""
    n_rows, n_columns = len(floors) - 1, len(sides) - 1
    owners = [[-1] * n_columns for _ in range(n_rows)]
    regions: list[Region] = []
    for row in range(n_rows):
        for column in range(n_columns):
            if owners[row][column] >= 0:
                continue
            region = _grow(row, column, owners, floors, sides)
            for r in range(region[0], region[2]):
                for c in range(region[1], region[3]):
                    owners[r][c] = len(regions)
            regions.append(region)
    return owners, regions


def _grow(row: int, column: int, owners: list[list[int]], floors: Walls, sides: Walls) -> Region:
    n_rows, n_columns = len(owners), len(owners[0])
    right = column + 1
    while right < n_columns and not sides[right][row] and owners[row][right] < 0:
        right += 1
    below = row + 1
    while below < n_rows and all(not floors[below][c] and owners[below][c] < 0 for c in range(column, right)):
        below += 1
    return row, column, below, right


def _open_sides(floors: Walls, sides: Walls) -> list[str]:
    outer = (("top", floors[0]), ("bottom", floors[-1]), ("left", sides[0]), ("right", sides[-1]))
    return [f"open side: {name}" for name, walls in outer if not all(walls)]


def _irregular(regions: Sequence[Region], floors: Walls, sides: Walls) -> list[str]:
    """Regions with a wall inside, or with a hole in their border: they are no rectangles.

    The outline is left out: a hole in it is an open side.
    """
    faults = []
    for r0, c0, r1, c1 in regions:
        inside = any(sides[c][r] for c in range(c0 + 1, c1) for r in range(r0, r1))
        beside = [c for c in (c0, c1) if 0 < c < len(sides) - 1]
        above = [r for r in (r0, r1) if 0 < r < len(floors) - 1]
        border = all(sides[c][r] for c in beside for r in range(r0, r1)) and all(
            floors[r][c] for r in above for c in range(c0, c1)
        )
        if inside or not border:
            faults.append(f"irregular region: row {r0 + 1}, column {c0 + 1}")
    return faults


def _distribute(
    words: Sequence[Word],
    xs: Sequence[float],
    ys: Sequence[float],
    owners: Sequence[Sequence[int]],
    regions: Sequence[Region],
) -> tuple[dict[int, list[Word]], list[str]]:
    """Words by the cell that holds their centre, and those that reach over its side walls."""
    held: dict[int, list[Word]] = {}
    crossing: list[str] = []
    outline = Box(xs[0], ys[0], xs[-1], ys[-1])
    for word in words:
        x, y = word.centre
        if not outline.holds(x, y):
            continue
        row = min(bisect_right(ys, y) - 1, len(ys) - 2)
        column = min(bisect_right(xs, x) - 1, len(xs) - 2)
        owner = owners[row][column]
        held.setdefault(owner, []).append(word)
        _, c0, _, c1 = regions[owner]
        if word.box.x0 < xs[c0] - _ROOM or word.box.x1 > xs[c1] + _ROOM:
            crossing.append(word.text)
    return held, crossing


def in_reading_order(words: Sequence[Word]) -> tuple[Word, ...]:
    """Words of one cell line by line. Words are on one line when the middle of one lies within the other."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.centre[1]):
        if lines and lines[-1][0].box.y0 <= word.centre[1] <= lines[-1][0].box.y1:
            lines[-1].append(word)
        else:
            lines.append([word])
    return tuple(word for line in lines for word in sorted(line, key=lambda w: w.box.x0))


def cut(word: Word, walls: Sequence[float]) -> Iterator[Word]:
    """The pieces of a word between walls (x positions), each character on the side where its middle is."""
    middles = [(left + right) / 2 for left, right in pairwise(word.edges)]
    sides = [bisect_right(sorted(walls), middle) for middle in middles]
    start = 0
    for end in range(1, len(sides) + 1):
        if end == len(sides) or sides[end] != sides[start]:
            edges = word.edges[start : end + 1]
            yield Word(Box(edges[0], word.box.y0, edges[-1], word.box.y1), word.text[start:end], edges)
            start = end
