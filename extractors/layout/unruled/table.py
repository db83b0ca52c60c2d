"""Blocks that are one table to grids: columns, header, rows, cells."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from extractors.layout.grid import in_reading_order
from extractors.layout.unruled.blocks import Block, is_prose
from extractors.layout.unruled.columns import Column, Columns, columns_of, place_of, walls_of
from extractors.layout.unruled.header import Header, header_of
from extractors.layout.unruled.rows import Lines, Row, column_numbers, rows_between, rows_of
from extractors.layout.unruled.words import em_of, foot, is_amount, is_figure, middle, words_of
from extractors.model.document import Grid, GridCell, Word
from extractors.model.evidence import Box

FAULT = "unruled: columns by alignment"

_FEW = 0.1  # of the rows of a table may hold words that stand over its columns of amounts
_STRIP = 1.0  # em of the widest strip between columns; between the words of a sentence there is less
_CODE = 3  # digits
_MOST_OF = 0.8  # of the width of a table that a rule below its header covers
_NOTE = re.compile(r"注|备注|说明")
_PITCH = 1.7  # em that rows stand apart, where nothing else tells
_EVERY_OTHER = 2  # rows to a rule, at most, where rules part them


@dataclass(frozen=True)
class Part:
    """What of a table stands on one page: the words of its header, if it is there, and of its body."""

    block: Block
    head: tuple[Word, ...]
    body: tuple[Word, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """All of them."""
        return self.head + self.body


@dataclass(frozen=True)
class Table:
    """The parts of a table, page by page."""

    parts: tuple[Part, ...]

    @property
    def last(self) -> Block:
        """The block it ends in."""
        return self.parts[-1].block

    @cached_property
    def em(self) -> float:
        """The width of a Chinese character (points)."""
        return em_of([word for part in self.parts for word in part.body])

    @cached_property
    def columns(self) -> Columns:
        """The columns by the body of all parts, without column numbers: these stand as headers do."""
        words: list[Word] = []
        for part in self.parts:
            numbers = set(map(id, column_numbers(part.body, self.em)))
            words += [word for word in part.body if id(word) not in numbers]
        return columns_of(words, self.em)

    @property
    def amount_columns(self) -> int:
        """How many columns hold amounts."""
        return sum(column.is_amount for column in self.columns.columns)

    @property
    def is_sound(self) -> bool:
        """Whether more than the space between words parts columns, and hardly a word stands over amounts."""
        columns, across = self.columns
        strips = [right.start - left.end for left, right in pairwise(columns)]
        lines = sum(len(part.block.lines) for part in self.parts)
        return max(strips, default=0.0) >= _STRIP * self.em and len(across) <= _FEW * lines

    def and_(self, block: Block) -> "Table | None":
        """The table with a part that goes on with it, None where the block is no such part."""
        if block.page != self.last.page + 1 or not self.last.closes:
            return None
        head = _repeated(self.parts[0].head, block)
        if not head and not block.opens:
            return None
        ids = set(map(id, head))
        tail = tail_of(block, self.columns.columns, self.em)
        body = tuple(word for word in (*block.head, *block.body, *tail) if id(word) not in ids)
        alone = Table((Part(block, head, body),))
        joined = replace(self, parts=(*self.parts, *alone.parts))
        fewest = max(self.amount_columns, alone.amount_columns)
        return joined if joined.amount_columns >= fewest and joined.is_sound else None

    def grids(self) -> list[Grid]:
        """One grid a part, all of the same columns."""
        lines = [Lines(part.body, self.columns.columns, self.em) for part in self.parts]
        pitch = next((of_part.closest for of_part in lines if of_part.closest), 0.0)
        for of_part in lines:
            of_part.closest = pitch
        first = self.parts[0]
        header = self._header(first, pitch)
        words = [word for part in self.parts for word in part.words]
        inner = walls_of(header.columns)[1:-1]
        xs = (min(word.box.x0 for word in words), *inner, max(word.box.x1 for word in words))
        grids = []
        for part, of_part in zip(self.parts, lines, strict=True):
            own = header if part is first else self._header(part, pitch)
            is_same = len(own.columns) == len(header.columns)
            rows = _rows(part, of_part)
            grids.append(
                _grid(part, own if part.head and is_same else None, header.columns, xs, rows, self.em)
            )
        return grids

    def _header(self, part: Part, pitch: float) -> Header:
        numbers = column_numbers(part.body, self.em)
        return header_of(
            part.head, numbers, self.columns.columns, part.block.rules, pitch or _PITCH * self.em
        )


def table_of(block: Block) -> Table | None:
    """The table that a block is, None where it is none."""
    if not block.is_enough:
        return None
    em = em_of(block.body)
    columns = columns_of(block.body, em).columns
    if len(columns) < 2:
        return None
    head, body = _divided(block, columns, em)
    table = Table((Part(block, tuple(head), tuple(body)),))
    return table if table.is_sound else None


def _divided(block: Block, columns: Sequence[Column], em: float) -> tuple[list[Word], list[Word]]:
    """The words of the header and those of the body: a row may begin above its first amount and end below."""
    body = [*block.body, *tail_of(block, columns, em)]
    begin = _begin(block, columns, em)
    body += [word for word in block.head if middle(word) >= begin]
    head = [word for word in block.head if middle(word) < begin]
    if column_numbers(body, em):
        return head, body
    lines = Lines(body, columns, em)
    for of_column in lines.words:
        top = foot(of_column[0][0])
        column = place_of(of_column[0][0], columns, em)
        for word in sorted(head, key=foot, reverse=True):
            is_close = top - lines.closest < foot(word) <= top
            if is_close and place_of(word, columns, em) == column:
                top = foot(word)
                head.remove(word)
                body.append(word)
    return head, body


def _begin(block: Block, columns: Sequence[Column], em: float) -> float:
    """The height at which the body begins: its first amount, or a row of figures or a rule above it."""
    above = [words_of(line) for line in block.lines[: block.first]]
    first = min(map(middle, block.body)) - em / 2
    begins = [first, *(middle(words[0]) - em / 2 for words in above if _is_of_figures(words, columns, em))]
    left, right = columns[0].start, columns[-1].end
    rules = [
        rule.at
        for rule in block.rules
        if min(rule.end, right) - max(rule.start, left) > _MOST_OF * (right - left) and rule.at < first + em
    ]
    if rules and any(middle(words[0]) < rules[-1] for words in above):
        begins.append(rules[-1])
    return min(begins)


def _is_of_figures(words: Sequence[Word], columns: Sequence[Column], em: float) -> bool:
    """A row of column numbers, or one that begins with a code."""
    if all(map(is_figure, words)):
        return len(words) > 1
    return is_figure(words[0]) and place_of(words[0], columns, em) == (0, 1) and len(words[0].text) >= _CODE


def tail_of(block: Block, columns: Sequence[Column], em: float) -> list[Word]:
    """The words below the last amount that stand in the columns as labels do; text below a table does not."""
    found: list[Word] = []
    floor = block.rules[-1].at if len(block.rules) > 1 else float("inf")
    last = max(map(middle, block.body))
    floor = floor if floor > last else float("inf")
    for line in block.lines[block.last + 1 :]:
        words = words_of(line)
        if middle(words[0]) > floor or is_prose(line, em) or not _fits(words, columns, em):
            break
        found += words
    return found


def _fits(words: Sequence[Word], columns: Sequence[Column], em: float) -> bool:
    places = [place_of(word, columns, em) for word in words]
    if any(after - first > 1 for first, after in places) or _NOTE.match(words[0].text):
        return False
    starts = [columns[first].start for first, _ in places]
    is_begun = all(start - em <= word.box.x0 for start, word in zip(starts, words, strict=True))
    return is_begun and not any(columns[first].is_amount for first, _ in places)


def _repeated(head: Sequence[Word], block: Block) -> tuple[Word, ...]:
    """The words of a block that are the header of the table once more; none where it is not printed again."""
    wanted = Counter(word.text for word in head)
    found: list[Word] = []
    for word in sorted(block.head, key=middle):
        if wanted[word.text] > 0:
            wanted[word.text] -= 1
            found.append(word)
    return tuple(found) if head and not wanted.total() else ()


def _rows(part: Part, lines: Lines) -> list[Row]:
    heights = [middle(word) for word in part.body]
    rules = [rule for rule in part.block.rules if min(heights) < rule.at < max(heights)]
    with_figures = {round(middle(word)) for word in part.body if is_amount(word)}
    if rules and _EVERY_OTHER * len(rules) >= len(with_figures):
        return rows_between(part.body, rules)
    return rows_of(lines)


def _grid(
    part: Part,
    header: Header | None,
    columns: Sequence[Column],
    xs: tuple[float, ...],
    rows: Sequence[Row],
    em: float,
) -> Grid:
    depth = header.depth if header else 0
    ys = _heights(part, rows, depth)
    cells: list[GridCell] = []
    if header:
        cells += _header_cells(header, xs, ys)
    for index, row in enumerate(rows, start=depth):
        cells += _cells(index, row, columns, xs, ys, em)
    return Grid(part.block.page, xs, ys, tuple(cells), (FAULT,))


def _heights(part: Part, rows: Sequence[Row], depth: int) -> tuple[float, ...]:
    """Where the rows part: the middle between the last line of one and the first of the next."""
    inner = [(max(map(middle, a)) + min(map(middle, b))) / 2 for a, b in pairwise(rows)]
    bottom = max(word.box.y1 for word in part.words)
    top = min(word.box.y0 for word in part.words)
    if not depth:
        return (top, *inner, bottom)
    start = (max(map(middle, part.head)) + min(map(middle, rows[0]))) / 2
    head = [top + (start - top) * level / depth for level in range(depth)]
    return (*head, start, *inner, bottom)


def _header_cells(header: Header, xs: Sequence[float], ys: Sequence[float]) -> Iterator[GridCell]:
    empty = {(row, column) for row in range(header.depth) for column in range(len(header.columns))}
    for cell in header.cells:
        empty -= {
            (row, column)
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.first, cell.after)
        }
        box = Box(xs[cell.first], ys[cell.row], xs[cell.after], ys[cell.row + cell.row_span]).rounded()
        yield GridCell(cell.row, cell.first, cell.row_span, cell.after - cell.first, box, cell.words)
    for row, column in sorted(empty):
        box = Box(xs[column], ys[row], xs[column + 1], ys[row + 1]).rounded()
        yield GridCell(row, column, 1, 1, box)


def _cells(
    row: int, words: Row, columns: Sequence[Column], xs: Sequence[float], ys: Sequence[float], em: float
) -> Iterator[GridCell]:
    """The cells of a row; what stands over several columns is one merged cell."""
    spans: dict[tuple[int, int], list[Word]] = {(i, i + 1): [] for i in range(len(columns))}
    for word in words:
        first, after = place_of(word, columns, em)
        met = [span for span in spans if span[0] < after and first < span[1]]
        held = [other for span in met for other in spans.pop(span)]
        spans[min(span[0] for span in met), max(span[1] for span in met)] = [*held, word]
    for (first, after), held in sorted(spans.items()):
        box = Box(xs[first], ys[row], xs[after], ys[row + 1]).rounded()
        yield GridCell(row, first, 1, after - first, box, in_reading_order(held))
