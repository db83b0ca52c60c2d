"""Lines to rows: which lines of print are one row of the table.

A label that wraps stands beside its figures, above, below or around them. Its lines stand closer together
than rows do, and all but the last are full; how close rows stand, those show that have figures and one line
each. Cells that stand beside one another, even in part, are one row.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extractors.layout.unruled.columns import Column, place_of
from extractors.layout.unruled.words import foot, is_figure, middle
from extractors.model.document import Rule, Word

_SAME_LINE = 0.3  # em between the middles of words on one line
_CLOSER = 0.06  # em by which lines of one cell stand closer than rows, where none are known
_SAME_GAP = 0.02  # em by which gaps of one kind differ
_FULL_LINE = 2.0  # em; a line that is shorter than its column by more has room for the next character
_JUMP = 1.08  # how much wider the gaps between rows are than those within a cell, at least
_WIDEST = 2.2  # times the closest lines that lines of one cell may stand apart

Row = list[Word]


class Lines:
    """The words of a body in the lines of each column: those of figures, those of words.

    `closest` is how far apart rows stand at least (points): lines of words that are nearer are one cell.
    """

    def __init__(self, words: Iterable[Word], columns: Sequence[Column], em: float) -> None:
        self.em = em
        by_column: dict[int, list[Word]] = defaultdict(list)
        for word in words:
            by_column[place_of(word, columns, em)[0]].append(word)
        of_figures = {c for c, held in by_column.items() if 2 * sum(map(is_figure, held)) > len(held)}
        self.figures = [line for c in of_figures for line in on_lines(by_column[c], em)]
        self.words = [on_lines(held, em) for c, held in by_column.items() if c not in of_figures]
        self.closest = self._closest()

    def _closest(self) -> float:
        heights = [foot(line[0]) for line in self.figures]
        within: list[float] = []
        rows: list[float] = []
        for lines in self.words:
            width = _widest(lines)
            for above, below in pairwise(lines):
                are_rows = self._is_beside(above, heights) and self._is_beside(below, heights)
                are_rows = are_rows or not self._is_full(above, width)
                (rows if are_rows else within).append(foot(below[0]) - foot(above[0]))
        if not rows:
            return _jump(sorted(within))
        nearest = min(rows)
        near = sorted(gap for gap in (*within, nearest) if gap <= nearest)
        wider, at = max(((b - a, (a + b) / 2) for a, b in pairwise(near)), default=(0.0, 0.0))
        return at if wider > _SAME_GAP * self.em else nearest - _CLOSER * self.em

    def _is_full(self, line: Row, width: float) -> bool:
        """Whether a line is about as wide as any of its column: a shorter one does not go on in the next."""
        return _width(line) > width - _FULL_LINE * self.em

    def _is_beside(self, line: Row, heights: Sequence[float]) -> bool:
        return any(abs(foot(line[0]) - at) <= _SAME_LINE * self.em for at in heights)

    def cells(self) -> Iterator[tuple[Row, bool]]:
        """The cells, each with whether it is a figure."""
        for line in self.figures:
            yield line, True
        for lines in self.words:
            width = _widest(lines)
            cell = list(lines[0])
            for above, line in pairwise(lines):
                if foot(line[0]) - foot(above[0]) < self.closest and self._is_full(above, width):
                    cell += line
                else:
                    yield cell, False
                    cell = list(line)
            yield cell, False


def _width(line: Row) -> float:
    return line[-1].box.x1 - line[0].box.x0


def _widest(lines: Sequence[Row]) -> float:
    return max(map(_width, lines))


def _jump(gaps: Sequence[float]) -> float:
    """In the widest jump among gaps, in order, that are not much wider than the first."""
    if not gaps:
        return 0.0
    near = [gap for gap in gaps if gap <= _WIDEST * gaps[0]]
    jumps = [(after / before, (before + after) / 2) for before, after in pairwise(near)]
    widest, at = max(jumps, default=(1.0, 0.0))
    return at if widest >= _JUMP else 0.0


def on_lines(words: Iterable[Word], em: float) -> list[Row]:
    """Words in lines, top to bottom, each from the left."""
    lines: list[Row] = []
    for word in sorted(words, key=foot):
        if lines and foot(word) - foot(lines[-1][0]) <= _SAME_LINE * em:
            lines[-1].append(word)
        else:
            lines.append([word])
    for line in lines:
        line.sort(key=_left)
    return lines


def _left(word: Word) -> float:
    return word.box.x0


def rows_of(lines: Lines) -> list[Row]:
    """The rows, top to bottom: cells that stand beside one another."""
    rows: list[list[tuple[Row, bool]]] = []
    end = float("-inf")
    for cell in sorted(lines.cells(), key=lambda cell: foot(cell[0][0])):
        top, bottom = foot(cell[0][0]), foot(cell[0][-1])
        if rows and top - end <= _SAME_LINE * lines.em:
            rows[-1].append(cell)
        else:
            rows.append([cell])
            end = bottom
        end = max(end, bottom)
    return [part for row in rows for part in _by_figures(row, lines.em)]


def _by_figures(cells: Sequence[tuple[Row, bool]], em: float) -> list[Row]:
    """A row with figures on several heights is several rows: each word belongs to the nearest of them."""
    heights: list[float] = []
    for cell, _ in sorted((cell for cell in cells if cell[1]), key=lambda cell: foot(cell[0][0])):
        if not heights or foot(cell[0]) - heights[-1] > _SAME_LINE * em:
            heights.append(foot(cell[0]))
    parts: list[Row] = [[] for _ in heights or cells[:1]]
    for cell, _ in cells:
        for word in cell:
            near = [abs(at - foot(word)) for at in heights]
            parts[near.index(min(near)) if near else 0].append(word)
    return parts


def column_numbers(words: Iterable[Word], em: float) -> list[Word]:
    """The words of a row 1 2 3 … that stands first; none where there is no such row."""
    for line in on_lines(words, em)[:1]:
        texts = [word.text.strip("()（）") for word in line]
        if len(texts) > 1 and texts == [str(number) for number in range(1, len(texts) + 1)]:
            return line
    return []


def rows_between(words: Iterable[Word], rules: Sequence[Rule]) -> list[Row]:
    """The rows between rules across."""
    bands: list[Row] = [[] for _ in range(len(rules) + 1)]
    for word in words:
        bands[sum(1 for rule in rules if rule.at < middle(word))].append(word)
    return [band for band in bands if band]
