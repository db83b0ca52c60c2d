"""Printed figures that the reading of a table has lost, has twice, or has put elsewhere.

A row that was lost breaks no sum where the others add up without it; but its print stays on the page, and is
nobody's. So every figure printed inside the outline of a budget table must be the print of one cell of its
body, but for those of the header (column numbers) and of notes merged over the whole width. No two cells may
share their print, and each must stand in the column, and beside the others of the row, in which it was read.
In a performance form, every figure must be in the print of a value.

The words of the page are the measure, not the grid: what was lost on the way to the grid shows, too.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from extractors.checking.values import values_of_form
from extractors.model.document import Document, Grid, GridCell, Page, Word
from extractors.model.evidence import Box
from extractors.model.facts import BudgetTable, Disclosure
from extractors.model.findings import Gap
from extractors.model.lazy import lazy
from extractors.model.records import made

_TABLES, _FORMS = "tables", "performance"
_FIGURE = re.compile(r"[≥≤＞＜<>=＝]{0,2}[-−－–—(（]?\d[\d,，]*(?:[.．]\d+)?[)）]?[%％]?")
_ENDS_FIGURE = frozenset("0123456789０１２３４５６７８９)）%％")
_AMOUNT = re.compile(r"\d[.．,，]\d")
_NOWHERE = Box(0.0, 0.0, -1.0, -1.0)
_LOST = "{}中有 {} 处数字没有读成表中的数（如 {}）"
_LOST_OF_FORM = "绩效目标表“{}”中有 {} 处数字没有读成表中的数（如 {}）"
_TWICE = "{}中有 {} 处数字读了不止一次（如 {}）"
_ELSEWHERE = "{}中有 {} 格不印在所读的行或列（如 {}）"
_OUTSIDE = "本页有 {} 处数字不在读出的表格和文字之内（如 {}）"


class _Spot(NamedTuple):
    """The print of a cell that was read: its row and column in the table, its box as displayed.

    `x` and `y` are the middle of its print where the page is straight, as the grid has it.
    """

    row: int
    column: int
    box: Box
    x: float
    y: float
    text: str
    is_figure: bool


_ROW = itemgetter(0)


class _Part:
    """What of a table stands on one page: its grid, and the cells that were read there, row by row."""

    def __init__(self, table: BudgetTable, grid: Grid) -> None:
        self.title, self.grid, self.box = table.title.printed, grid, grid.box
        self.spots: list[_Spot] = []
        tilt = next((word.tilt for cell in grid.cells for word in cell.words), None)
        self._back = tilt._replace(sine=-tilt.sine) if tilt else None

    @lazy
    def begin(self) -> float:
        """Where the body begins (points): at the upper rule of the first row that was read."""
        first = min([spot.y for spot in self.spots], default=None)
        return float("inf") if first is None else self.grid.ys[_band(self.grid.ys, first)]

    def add(self, row: int, column: int, box: Box, text: str, is_figure: bool) -> None:
        """Adds the print of a cell."""
        x0, y0, x1, y1 = self._back.shown(box) if self._back else box
        self.spots.append(made(_Spot, (row, column, box, (x0 + x1) / 2, (y0 + y1) / 2, text, is_figure)))


class _Prints:
    """The boxes of the cells that were read on a page."""

    def __init__(self, boxes: Collection[Box]) -> None:
        self._boxes = boxes
        self._by_middle = {(int(x0 + x1), int(y0 + y1)): (x0, y0, x1, y1) for x0, y0, x1, y1 in boxes}

    def several(self) -> Set[Box]:
        """Those that are the print of more cells than one."""
        if len(self._by_middle) == len(self._boxes):
            return frozenset()
        return {box for box, count in Counter(self._boxes).items() if count > 1}

    def loose(self, page: Page) -> list[Word]:
        """The figures of the page but for those that are the whole print of a cell, as nearly all are.

        A cell has its middle where its word has it; what stands in a cell beside others is for `hold`.
        """
        found: list[Word] = []
        for word in page.words:
            if word.text[-1:] in _ENDS_FIGURE:
                left, top, right, bottom = word.shown
                across, down = left + right, top + bottom
                x0, y0, x1, y1 = self._by_middle.get((int(across), int(down)), _NOWHERE)
                is_print = x0 <= across / 2 <= x1 and y0 <= down / 2 <= y1
                if not is_print and _FIGURE.fullmatch(word.text):
                    found.append(word)
        return found

    def hold(self, word: Word) -> bool:
        """Whether a word is the print of a cell or stands within it."""
        return _is_in_any(word.shown, self._boxes)

    def hold_part_of(self, word: Word) -> bool:
        """Whether a cell was made of a piece of a word."""
        shown = word.shown
        return any(shown.holds(*_middle(box)) for box in self._boxes)


def lost_print(disclosure: Disclosure) -> Iterator[Gap]:
    """A gap for each page where print and reading of budget tables, or of performance forms, do not match."""
    yield from _of_tables(disclosure)
    yield from _of_forms(disclosure)


def _of_forms(disclosure: Disclosure) -> Iterator[Gap]:
    boxes: dict[int, set[Box]] = {}
    for form in disclosure.indicator_tables:
        for value in values_of_form("", form):
            for evidence in value.read.place:
                boxes.setdefault(evidence.page, set()).add(evidence.box)
    for form in disclosure.indicator_tables:
        name = form.name or form.title
        for page, area in form.areas:
            prints = _Prints(boxes.get(page, ()))
            own = [w for w in prints.loose(disclosure.document.page(page)) if _is_in_any(w.shown, [area])]
            lost = [word.text for word in own if not prints.hold(word)]
            yield from _gaps(_LOST_OF_FORM, lost, page, name.printed if name else "", section=_FORMS)


def _of_tables(disclosure: Disclosure) -> Iterator[Gap]:
    document = disclosure.document
    outlines = _outlines(document)
    for number, parts in sorted(_parts(disclosure.tables).items()):
        page = document.page(number)
        prints = _Prints([spot.box for part in parts for spot in part.spots])
        figures, several = prints.loose(page), prints.several()
        for part in parts:
            lost = _lost_of(part, figures, prints, outlines[number])
            twice = [s.text for s in part.spots if s.is_figure and s.box in several] if several else []
            yield from _gaps(_LOST, [word.text for word in lost], number, part.title)
            yield from _gaps(_TWICE, twice, number, part.title)
            yield from _gaps(_ELSEWHERE, list(_elsewhere(part)), number, part.title)
        amounts = [word for word in figures if _AMOUNT.search(word.text) and not prints.hold(word)]
        areas = [*outlines[number], *[line.box for line in page.lines]] if amounts else []
        yield from _gaps(_OUTSIDE, [w.text for w in amounts if not _is_in_any(w.box, areas)], number)


def _gaps(reason: str, texts: Sequence[str], page: int, *title: str, section: str = _TABLES) -> Iterator[Gap]:
    if texts:
        yield Gap(section, reason.format(*title, len(texts), texts[0]), page)


def _outlines(document: Document) -> dict[int, list[Box]]:
    """The outlines of all ruled tables by page."""
    found: dict[int, list[Box]] = {}
    for table in document.tables:
        for part in table.parts:
            found.setdefault(part.page, []).append(part.box)
    return found


def _parts(tables: Sequence[BudgetTable]) -> dict[int, list[_Part]]:
    """The parts of the tables by the page they stand on."""
    found: dict[int, list[_Part]] = {}
    for table in tables:
        if table.source is None:
            continue
        own = {grid.page: _Part(table, grid) for grid in table.source.parts}
        for number, part in own.items():
            found.setdefault(number, []).append(part)
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row.cells):
                if cell is not None:
                    for page, box, text, _, _ in cell.text.place:
                        own[page].add(r, c, box, text, cell.amount is not None)
    return found


def _is_in_any(box: Box, areas: Iterable[Box]) -> bool:
    x, y = _middle(box)
    beside = [x0 <= x <= x1 for x0, y0, x1, y1 in areas if y0 <= y <= y1]
    return any(beside)


def _lost_of(part: _Part, figures: Sequence[Word], prints: _Prints, outlines: Sequence[Box]) -> list[Word]:
    """The figures in the body that no cell was made of; a table within a cell has its own print."""
    own = [word for word in figures if _is_of_body(word, part) and not prints.hold(word)]
    if not own:
        return []
    within = [box for box in outlines if box != part.box and part.box.joined(box) == part.box]
    others = [word for word in own if not _is_in_any(word.box, within) and not _is_note(word, part.grid)]
    return [word for word in others if not prints.hold_part_of(word)]


def _is_of_body(word: Word, part: _Part) -> bool:
    """Whether a figure stands in the outline, and not in the header.

    Above the first row that was read stand column numbers and years; an amount is none of them.
    """
    x, y = word.centre
    return part.box.holds(x, y) and (y >= part.begin or _AMOUNT.search(word.text) is not None)


def _is_note(word: Word, grid: Grid) -> bool:
    """Whether a figure stands in a cell that is merged over the whole width."""
    cell = _cell_at(grid, *word.centre)
    return cell is not None and 1 < grid.n_columns <= cell.column_span


def _elsewhere(part: _Part) -> Iterator[str]:
    """The cells that do not stand in their column, or not beside the others of their row.

    The row is where its first figure stands; a label may be printed over more lines than one.
    """
    grid = part.grid
    for _, group in groupby(part.spots, key=_ROW):
        spots = list(group)
        first = next((spot for spot in spots if spot.is_figure), None)
        if first is None:
            continue
        band = _band(grid.ys, first.y)
        top, bottom = grid.ys[band : band + 2]
        for spot in spots:
            _, column, _, x, y, text, is_figure = spot
            is_there = grid.xs[column] <= x <= grid.xs[column + 1]
            is_there = is_there and (not is_figure or top <= y < bottom or _band(grid.ys, y) == band)
            if not is_there and not _is_merged(grid, spot, first):
                yield text


def _is_merged(grid: Grid, spot: _Spot, first: _Spot) -> bool:
    """Whether the merged cell that holds the print goes over its column and over the row of another cell."""
    cell, beside = _cell_at(grid, spot.x, spot.y), _cell_at(grid, first.x, first.y)
    if cell is None or beside is None or not 0 <= spot.column - cell.column < cell.column_span:
        return False
    return cell.row < beside.row + beside.row_span and beside.row < cell.row + cell.row_span


def _cell_at(grid: Grid, x: float, y: float) -> GridCell | None:
    return next((cell for cell in grid.cells if cell.box.holds(x, y)), None)


def _band(rules: Sequence[float], at: float) -> int:
    """Between which two rules, counted from 0, a position lies."""
    return min(max(bisect_right(rules, at) - 1, 0), len(rules) - 2)


def _middle(box: Box) -> tuple[float, float]:
    return (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
