"""Whether a grid with the columns of the table before it begins another one, though no title says so."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from extractors.model.document import Grid, GridCell
from extractors.model.plain import plain

_AMOUNT = re.compile(r"[-−－–]?\d[\d,，]*[.．]\d+[%％]?")
_FIGURE = re.compile(r"[-−－–]?[\d.,，．%％]+")
_WORDS = re.compile(r"[\u4e00-\u9fff]")
_TOTAL = re.compile(r"合计|总计")
_CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")
_TOP = 6  # rows among which the total of a table stands that has it above its addends
_LEAST_ROWS = 3  # of a table; fewer may be totals that stand alone on the next page


def begins_anew(parts: Sequence[Grid], grid: Grid, row: int = 0) -> bool:
    """Whether it has a header, a total or a first code of its own; `row` is the first below a known one."""
    return (
        (row == 0 and _has_header_of_its_own(parts, grid))
        or _has_total_again(parts, grid, row)
        or _counts_again(parts, grid, row)
    )


def is_closed(grid: Grid) -> bool:
    """Whether its last row is a total."""
    return _label(grid, grid.n_rows - 1) is not None


def _has_header_of_its_own(parts: Sequence[Grid], grid: Grid) -> bool:
    """Words stand over the amounts of the table, and they are not those of its header."""
    row = list(_row(grid, 0))
    if any(_FIGURE.fullmatch(plain(cell.text)) for cell in row):
        return False
    amounts = set(_amount_columns(parts))
    over = {cell.column for cell in row if cell.column in amounts and _WORDS.search(cell.text)}
    if not over or len(over) < min(2, len(amounts)):
        return False
    known = {(cell.column, plain(cell.text)) for cell in parts[0].cells}
    repeated = sum(1 for cell in row if (cell.column, plain(cell.text)) in known)
    return 2 * repeated < len(row)


def _amount_columns(parts: Sequence[Grid]) -> Iterator[int]:
    """Columns in which most of the print is amounts, in the first part and the last."""
    texts: defaultdict[int, list[str]] = defaultdict(list)
    for part in (parts[0], *parts[1:][-1:]):  # there may be hundreds
        for cell in part.cells:
            if cell.words:
                texts[cell.column].append(plain(cell.text))
    for column, found in texts.items():
        amounts = len([True for text in found if _AMOUNT.fullmatch(text)])
        if amounts and 2 * amounts >= len(found):
            yield column


def _has_total_again(parts: Sequence[Grid], grid: Grid, row: int) -> bool:
    """The total stands on top, and there is another one on top of the page."""
    totals = {_label(parts[0], above) for above in range(min(_TOP, parts[0].n_rows))}
    label = _label(grid, row)
    return grid.n_rows - row >= _LEAST_ROWS and label is not None and label in totals


def _counts_again(parts: Sequence[Grid], grid: Grid, row: int) -> bool:
    """The total stands at the end, and the codes begin with the first one again."""
    if not is_closed(parts[-1]) or sum(part.n_rows for part in parts) < _LEAST_ROWS:
        return False
    code = next((plain(c.text) for c in _row(grid, row) if c.words), "")
    first = next((text for c in parts[0].cells if _CODE.fullmatch(text := plain(c.text))), None)
    return code == first


def _label(grid: Grid, row: int) -> str | None:
    """The word for a total that a row begins with."""
    text = next((plain(cell.text) for cell in _row(grid, row) if cell.words), "")
    return text if _TOTAL.fullmatch(text) else None


def _row(grid: Grid, row: int) -> Iterator[GridCell]:
    return (cell for cell in grid.cells if cell.row == row)
