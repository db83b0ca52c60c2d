"""Labels that are merged over a whole block and into the next: they name their row in both.

Below | 一、外交支出 | 2.00 | 一、基本支出 | 5.00 | a row may read | 支出合计 over three columns | 9.00 |:
the total of the functions and of the purposes too. Where the blocks have one header, they are one list, and
the label names the total of all of it: 公用经费合计 below 302 in one set of columns and 310 in the next.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractors.model.facts import TableCell
from extractors.sections.budget_tables.rows import BodyRow
from extractors.sections.budget_tables.structure import Cells, Frame


class Label(NamedTuple):
    """A label that is merged up to the amounts of a block: its row, its cell, the blocks it lies over."""

    row: int
    cell: TableCell
    blocks: list[int]


def labels_of(frames: Sequence[Frame], rows: Sequence[Cells], body: Sequence[BodyRow]) -> list[Label]:
    """The merged labels of a table; `rows` are the cells of its body."""
    wide = [
        (row, start, cell.span)
        for row, cells in enumerate(body)
        for start, cell in enumerate(cells)
        if cell is not None and cell.span > 1
    ]
    return list(_labels(frames, rows, wide))


def _labels(
    frames: Sequence[Frame], rows: Sequence[Cells], wide: Iterable[tuple[int, int, int]]
) -> Iterator[Label]:
    for row, start, span in wide:
        covered = range(start, start + span)
        last = next((i for i, frame in enumerate(frames) if _reaches(frame, covered)), -1)
        named = [i for i in range(last + 1) if frames[i].names and frames[i].names[0] in covered]
        # One that begins behind the first name of its block is a name like another.
        if named and (cell := rows[row][start]) is not None:
            yield Label(row, cell, named)


def views_of(frames: Sequence[Frame], rows: Sequence[Cells], labels: Sequence[Label]) -> list[list[Cells]]:
    """The rows as each block sees them."""
    views = [list(rows) for _ in frames]
    for row, label, named in labels:
        cells, last = rows[row], frames[named[-1]]
        for index in named:
            if index == named[-1] or not last.goes_on_with(frames[index]):
                views[index][row] = _labelled(cells, label, frames[index], last)
            else:
                views[index][row] = tuple(None if cell is label else cell for cell in cells)
    return views


def going_on(frames: Sequence[Frame], labels: Sequence[Label]) -> frozenset[int]:
    """The blocks that are the rest of the list to their left: one label names the total of both."""
    return frozenset(
        index
        for _, _, named in labels
        for index in named[1:]
        if all(frames[i].goes_on_with(frames[named[-1]]) for i in (index - 1, index))
    )


def _reaches(frame: Frame, covered: range) -> bool:
    """Whether a label goes over the names of a block, up to its amounts and not over them.

    Between them the number of the line may stand (行次).
    """
    is_over = bool(frame.names) and frame.names[-1] in covered
    return is_over and frame.amounts[0] - covered.stop in (0, 1)


def _labelled(cells: Cells, label: TableCell, frame: Frame, last: Frame) -> Cells:
    """The row of a block with its label, and with the figures of the last block where its own are covered."""
    seen = list(cells)
    for name in frame.names:
        seen[name] = None
    seen[frame.names[0]] = label
    if len(frame.amounts) == len(last.amounts):
        for own, other in zip(frame.amounts, last.amounts, strict=True):
            seen[own] = cells[other]
    return tuple(seen)
