"""Columns by what stands in them: the strips that no word of the body reaches into part them.

Whatever way a column is set (amounts to the right, labels to the left, centred), its words keep to it. So
words that overlap stand in one column, and amounts that overlap make a column of figures.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.layout.unruled.words import is_amount
from extractors.model.document import Word
from extractors.model.plain import plain

_TOTAL = re.compile(r"[合总小]?计|[合总]|.{0,4}总计")
_SLACK = 0.1  # em that words of two columns may overlap


class Column(NamedTuple):
    """What the words of a column cover (points), and whether they are amounts."""

    start: float
    end: float
    is_amount: bool = False

    def covers(self, start: float, end: float) -> float:
        """How much of a span it shares (points); below 0 how far away that is."""
        return min(self.end, end) - max(self.start, start)

    def widened(self, start: float, end: float) -> "Column":
        """The column with a span more."""
        return self._replace(start=min(self.start, start), end=max(self.end, end))


class Columns(NamedTuple):
    """The columns from the left, and the words that stand over several."""

    columns: tuple[Column, ...]
    across: tuple[Word, ...] = ()


def columns_of(words: Sequence[Word], em: float) -> Columns:
    """The columns that the words of a table's body stand in."""
    slack = _SLACK * em
    figures = _united(((word.box.x0, word.box.x1) for word in words if is_amount(word)), slack)
    amounts = [Column(start, end, is_amount=True) for start, end in figures]
    held: list[tuple[float, float]] = []
    totals: list[tuple[float, float]] = []
    across: list[Word] = []
    for word in words:
        if is_amount(word):
            continue
        x0, x1 = word.box.x0, word.box.x1
        over = [column for column in amounts if column.covers(x0, x1) > slack]
        if any(not _is_within(x0, x1, column, em) for column in over):
            across.append(word)
        else:  # a total is often merged over several columns
            (totals if _TOTAL.fullmatch(plain(word.text)) else held).append((x0, x1))
    spans = _united([*figures, *(held or totals)], slack)
    found = [
        Column(start, end, any(column.covers(start, end) > 0 for column in amounts)) for start, end in spans
    ]
    return Columns(tuple(found), tuple(across))


def _is_within(x0: float, x1: float, column: Column, em: float) -> bool:
    return column.start - em <= x0 and x1 <= column.end + em


def _united(spans: Iterable[tuple[float, float]], slack: float) -> list[tuple[float, float]]:
    """Spans that overlap, as one."""
    found: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1] - slack:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def walls_of(columns: Sequence[Column]) -> tuple[float, ...]:
    """Where the columns part: the middle of each strip, and the two outer edges."""
    inner = ((a.end + b.start) / 2 for a, b in pairwise(columns))
    return (columns[0].start, *inner, columns[-1].end)


def place_of(word: Word, columns: Sequence[Column], em: float) -> tuple[int, int]:
    """The first column of a word and the one after its last: those that it meets, or the nearest."""
    shared = [column.covers(word.box.x0, word.box.x1) for column in columns]
    met = [index for index, room in enumerate(shared) if room > _SLACK * em]
    if not met:
        met = [max(range(len(columns)), key=shared.__getitem__)]
    return met[0], met[-1] + 1
