"""The header of a ruled table: which of its cells belong to it, and the path of texts over each column.

The header is a tree. Its first row belongs to it, and below a cell that is merged over several columns
those that divide it again. So a row may be header in one part and body in another: final accounts print
合计 | … | 合计 基本支出 项目支出 | … with 合计 as the label of a row and the rest under 本年支出.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter

from extractors.model.amounts import parse_decimal
from extractors.model.document import Grid, GridCell
from extractors.model.plain import plain

Path = tuple[str, ...]
Rows = Mapping[int, Sequence[GridCell]]
"""The cells of a grid by the row that they begin in."""

_MARK = re.compile(r"[※*—\-]+")
_OF_NUMBERS = ("行次", "栏次")  # the head of the numbers of lines or columns
_COLUMN_NUMBER = re.compile(r"[※*—\-]+|栏次|行次|\(?\d{1,2}\)?|\d{1,2}=[\d+\-()]+")
_CAPTION = re.compile(
    r"表(?:\(.*\))?$|单位[:(]|^(?:编制|填报|预算|公开)?(?:部门|单位)(?:名称)?:|^附?表\d|^\(?\d{4}年"
)
_SUB_HEADER = re.compile(
    r"(?:年初|全年|调整)?(?:预算|决算|执行)数|金额|合计|小计|项目|(?:功能|经济)分类|(?:科目|项目)(?:名称|编码|代码)|类|款|项"
)
_DIGITS = re.compile(r"\d+")
_TOTAL = re.compile(r"合计|总计|小计")
_ENOUGH_TO_BE_A_HEADER = 2
_ROW = attrgetter("row")


def rows_of(grid: Grid) -> Rows:
    """The rows of a grid."""
    rows: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell)
    return rows


def banner_height(grid: Grid, *, has_title: bool) -> int:
    """Rows at the top that are one cell over the whole width and say what stands above a table elsewhere.

    A first such row is the title where none stands above; a row of other words is a header cell.
    """
    rows, width = 0, grid.n_columns
    for cell in grid.cells:
        if cell.row != rows or cell.column_span != width or width == 1:
            break
        if not _CAPTION.search(plain(cell.text)) and (rows or has_title):
            break
        rows += cell.row_span
    return rows


def header_of(rows: Rows, top: int) -> tuple[GridCell, ...]:
    """The cells of the header, which begins at row `top`."""
    header = list(rows.get(top, ()))
    below = max((_bottom(cell) for cell in header), default=top)
    if _is_second_row(header, rows.get(below, ())):
        header += rows[below]
    begun = 0
    while begun < len(header):
        for cell in header[begun:]:
            begun += 1
            if cell.column_span > 1:
                header += [c for c in _dividing(cell, rows) if c not in header]
        if begun == len(header):
            for row in sorted({cell.row for cell in header} - {top}):
                header += _beside(header, rows[row])
    return tuple(header)


def _beside(header: Sequence[GridCell], row: Sequence[GridCell]) -> list[GridCell]:
    """What else stands in a header row: words below a cell that is merged over no columns are header too.

    A row that also holds values, or begins with 合计, is the first of the body there.
    """
    others = [cell for cell in row if cell.words and cell not in header]
    texts = [plain(cell.text) for cell in others]
    is_body = any(_is_value(text) for text in texts)
    is_body = is_body or (bool(others) and others[0].column == 0 and _TOTAL.fullmatch(texts[0]) is not None)
    return [] if is_body else others


def _bottom(cell: GridCell) -> int:
    return cell.row + cell.row_span


def _dividing(cell: GridCell, rows: Rows) -> list[GridCell]:
    """The cells below a merged header cell that divide it; none where the body begins there."""
    row = rows.get(_bottom(cell), ())
    end = cell.column + cell.column_span
    below = [c for c in row if cell.column <= c.column and c.column + c.column_span <= end]
    texts = [plain(c.text) for c in below if c.words]
    if len(below) < _ENOUGH_TO_BE_A_HEADER or not texts or any(_is_value(text) for text in texts):
        return []
    others = [c for c in row if c not in below]
    if cell.column == 0 and any(_is_amount(plain(c.text)) for c in others):
        return []  # labels of a row with amounts
    return below


def _is_value(text: str) -> bool:
    """Whether a text is a number, a code or a column number rather than the words of a header."""
    if text in _OF_NUMBERS:
        return False
    return parse_decimal(text) is not None or _COLUMN_NUMBER.fullmatch(text) is not None


def _is_amount(text: str) -> bool:
    return "." in text and parse_decimal(text) is not None


def _is_second_row(header: Sequence[GridCell], below: Sequence[GridCell]) -> bool:
    """Whether a row goes on with the header although no cell above it is merged: 收入, blank, 支出, blank."""
    if all(cell.words for cell in header) or any(cell.column_span > 1 for cell in header):
        return False
    texts = [plain(cell.text) for cell in below if cell.words]
    known = [text for text in texts if _SUB_HEADER.fullmatch(text)]
    return len(known) >= _ENOUGH_TO_BE_A_HEADER and not any(_is_value(text) for text in texts)


def paths_of(grid: Grid, header: Iterable[GridCell]) -> tuple[Path, ...]:
    """The header texts over each leaf column, from the top, a merged cell once."""
    paths: list[Path] = [()] * grid.n_columns
    for cell in sorted([cell for cell in header if cell.words], key=_ROW):
        text = plain("".join(cell.text.split()))
        if text and not _MARK.fullmatch(text):
            for column in range(cell.column, cell.column + cell.column_span):
                paths[column] = (*paths[column], text)
    return tuple(paths)


def below_header(rows: Rows, header: Sequence[GridCell]) -> Rows:
    """The rows without the cells at the places of the header, and without those of ※ and column numbers.

    These stand directly under the header, or beside its last cells: final accounts print 类 款 项 over two
    rows, beside them 栏次 1 2 3 and 合计 with its figures.
    """
    columns: dict[int, set[int]] = {}
    for cell in header:
        columns.setdefault(cell.row, set()).add(cell.column)
    below = dict(rows)
    for row, taken in columns.items():
        below[row] = [cell for cell in rows.get(row, ()) if cell.column not in taken]
        if not below[row] or _is_column_numbers(below[row]):
            del below[row]
    row = max([_bottom(cell) for cell in header], default=0)
    while _is_column_numbers(rows.get(row, ())):
        del below[row]
        row += 1
    return below


def _is_column_numbers(cells: Iterable[GridCell]) -> bool:
    """※ or 1 2 3 …: at least two, all of them, the numbers one after another."""
    texts = [plain(cell.text) for cell in cells if cell.words]
    if len(texts) < _ENOUGH_TO_BE_A_HEADER or not all(map(_COLUMN_NUMBER.fullmatch, texts)):
        return False
    numbers = [int(match[0]) for text in texts if (match := _DIGITS.match(text.strip("()")))]
    return all(b - a == 1 for a, b in pairwise(numbers)) and numbers[:1] in ([], [1])


def repeats(rows: Rows, header: Iterable[GridCell]) -> bool:
    """Whether a later part of the table begins with the same header cells, at the same places."""
    printed = [cell for cell in header if cell.words]
    begun = {cell.row for cell in printed}
    own = {(cell.row, cell.column, plain(cell.text)) for row in begun for cell in rows.get(row, ())}
    return all((cell.row, cell.column, plain(cell.text)) in own for cell in printed)
