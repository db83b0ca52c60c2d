"""Tables without rules, or with rules across only: read by how their words stand, with low trust.

Rows are the lines of print, or the bands between rules; columns are parted by strips that no word of a row
with figures reaches into. Every grid made here says so in its faults: the strips are a guess.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.layout.grid import in_reading_order
from extractors.layout.text import lines_of
from extractors.model.document import Grid, GridCell, Rule, Word
from extractors.model.evidence import Box

FAULT = "unruled: columns by alignment"

_FIGURE = re.compile(r"[-−－–]?\d[\d,，]*(?:[.．]\d+)?[%％]?")
_AMOUNT = re.compile(r"[-−－–]?\d[\d,，]*[.．]\d+[%％]?")
_AMOUNT_ALONE = re.compile(rf"^{_AMOUNT.pattern}$", re.MULTILINE)
_NOT_HEADER = re.compile(r"单位[:：]|[.·…⋯]{3}")  # the line of the unit, an entry of 目录
_LEAST_ROWS = 3  # rows with figures that make a table
_COLUMN_GAP = 0.8  # of the height of the print: a wider gap between words parts cells
_ROW_GAP = 2.5  # heights; a wider gap between lines ends a table

Row = list[Word]
_Span = tuple[float, float]


def unruled(
    page: int, words: Sequence[Word], rules: Sequence[Rule]
) -> tuple[tuple[Grid, ...], Sequence[Word]]:
    """Tables among words outside all grids, and the words outside these too.

    `rules` are horizontal rules that belong to no grid.
    """
    grids = []
    for rows in _blocks(words):
        grid = _grid(page, _in_bands(rows, rules), rules)
        if grid is not None:
            grids.append(grid)
    boxes = [grid.box for grid in grids]
    return tuple(grids), [word for word in words if not any(box.holds(*word.centre) for box in boxes)]


def has_columns(words: Sequence[Word]) -> bool:
    """Whether enough amounts stand alone to be the figures of a table. Most pages are dismissed by this."""
    return len(_AMOUNT_ALONE.findall("\n".join([word.text for word in words]))) >= _LEAST_ROWS


def _blocks(words: Sequence[Word]) -> Iterator[list[Row]]:
    """Runs of neighbouring lines that are rows of a table: header, rows with figures, wrapped labels."""
    block: list[Row] = []
    for row in [*_rows(words), []]:
        if row and (not block or _follows(block[-1], row)) and _may_be_row(row, block):
            block.append(row)
            continue
        if sum(map(_has_amount, block)) >= _LEAST_ROWS:
            yield _without_tail(block)
        block = [row] if row and _may_be_row(row, []) else []


def _rows(words: Sequence[Word]) -> list[Row]:
    return [[piece.word for piece in line.passage.pieces] for line in lines_of(words, 0)]


def _follows(above: Row, row: Row) -> bool:
    bottom, top = max(word.box.y1 for word in above), min(word.box.y0 for word in row)
    return top - bottom <= _ROW_GAP * _height(row)


def _may_be_row(row: Row, block: Sequence[Row]) -> bool:
    if _NOT_HEADER.search("".join(word.text for word in row)):
        return False
    return len(_segments(row)) > 1 or any(map(_has_amount, block))


def _without_tail(block: list[Row]) -> list[Row]:
    """Lines of one segment after the last row with figures are notes or text, no rows."""
    last = max(index for index, row in enumerate(block) if _has_amount(row))
    return block[: last + 1]


def _has_amount(row: Row) -> bool:
    return len(row) > 1 and any(_AMOUNT.fullmatch(word.text) for word in row)


def _height(row: Row) -> float:
    return max(word.box.y1 - word.box.y0 for word in row)


def _segments(row: Row) -> list[Row]:
    """Words that stand together: a wide gap, or a figure, begins another segment."""
    segments = [[row[0]]]
    for before, word in pairwise(row):
        gap = word.box.x0 - before.box.x1
        are_figures = _FIGURE.fullmatch(word.text) and _FIGURE.fullmatch(before.text)
        if gap > _COLUMN_GAP * _height(row) or are_figures:
            segments.append([word])
        else:
            segments[-1].append(word)
    return segments


def _in_bands(rows: list[Row], rules: Sequence[Rule]) -> list[Row]:
    """The rows, those between two neighbouring rules as one where every row has its rules."""
    top, bottom = _top(rows[0]), _bottom(rows[-1])
    inside = [rule.at for rule in rules if top < rule.at < bottom]
    if 2 * len(inside) < sum(map(_has_amount, rows)):
        return rows
    bands: list[Row] = [[] for _ in range(len(inside) + 1)]
    for row in rows:
        middle = (_top(row) + _bottom(row)) / 2
        bands[sum(1 for at in inside if at < middle)] += row
    return [sorted(band, key=lambda word: word.box.x0) for band in bands if band]


def _top(row: Row) -> float:
    return min(word.box.y0 for word in row)


def _bottom(row: Row) -> float:
    return max(word.box.y1 for word in row)


def _columns(rows: Sequence[Row]) -> list[_Span]:
    """What the columns cover: by the rows with figures, then by segments that meet at most one of them."""
    columns: list[_Span] = []
    for row in sorted(rows, key=_has_amount, reverse=True):
        is_sure = _has_amount(row)
        for segment in _segments(row):
            span = segment[0].box.x0, max(word.box.x1 for word in segment)
            met = [column for column in columns if column[0] < span[1] and span[0] < column[1]]
            if is_sure or len(met) < 2:
                columns = [column for column in columns if column not in met]
                columns.append((min([span[0], *[c[0] for c in met]]), max([span[1], *[c[1] for c in met]])))
    return sorted(columns)


def _grid(page: int, rows: list[Row], rules: Sequence[Rule]) -> Grid | None:
    columns = _columns(rows)
    if len(columns) < 2:
        return None
    inner_xs = [(left[1] + right[0]) / 2 for left, right in pairwise(columns)]
    inner_ys = [(_bottom(above) + _top(below)) / 2 for above, below in pairwise(rows)]
    xs = (columns[0][0], *inner_xs, columns[-1][1])
    ys = (_top(rows[0]), *inner_ys, _bottom(rows[-1]))
    if sorted(ys) != list(ys):
        return None
    cells = [cell for index, row in enumerate(rows) for cell in _cells(index, row, xs, ys)]
    return Grid(page, xs, ys, tuple(cells), (FAULT,))


def _cells(row: int, words: Row, xs: Sequence[float], ys: Sequence[float]) -> Iterator[GridCell]:
    """The cells of a row; a segment over several columns is one merged cell."""
    columns: dict[tuple[int, int], list[Word]] = {(i, i + 1): [] for i in range(len(xs) - 1)}
    for left, right, segment in _placed(words, xs):
        met = [span for span in columns if span[0] < right and left < span[1]]
        held = [word for span in met for word in columns.pop(span)]
        columns[min(span[0] for span in met), max(span[1] for span in met)] = held + segment
    for (left, right), held in sorted(columns.items()):
        box = Box(xs[left], ys[row], xs[right], ys[row + 1]).rounded()
        yield GridCell(row, left, 1, right - left, box, in_reading_order(held))


def _placed(words: Row, xs: Sequence[float]) -> Iterator[tuple[int, int, list[Word]]]:
    """Each segment with its first column and the one after its last."""
    for segment in _segments(words):
        left, right = segment[0].box.x0, max(word.box.x1 for word in segment)
        first = sum(1 for x in xs[1:-1] if x <= left)
        yield first, max(first, sum(1 for x in xs[1:-1] if x < right)) + 1, segment
