"""Labels that are merged over a whole block and into the next: they name their row in both.

Below | 一、外交支出 | 2.00 | 一、基本支出 | 5.00 | a row may read | 支出合计 over three columns | 9.00 |:
the total of the functions and of the purposes too. Where the blocks have one header, they are one list, and
the label names the total of all of it: 公用经费合计 below 302 in one set of columns and 310 in the next.
"""

from collections.abc import Iterator, Sequence

from extractors.model.facts import TableCell
from extractors.sections.budget_tables.structure import Cells, Frame


def views_of(
    frames: Sequence[Frame], rows: Sequence[Cells], spans: Sequence[Sequence[int]]
) -> list[list[Cells]]:
    """The rows as each block sees them; `spans` tells over how many columns each cell is merged."""
    views = [list(rows) for _ in frames]
    for row, (cells, widths) in enumerate(zip(rows, spans, strict=True)):
        for label, named in _merged(frames, cells, widths):
            last = frames[named[-1]]
            for index in named:
                if index == named[-1] or not last.goes_on_with(frames[index]):
                    views[index][row] = _labelled(cells, label, frames[index], last)
                else:
                    views[index][row] = tuple(None if cell is label else cell for cell in cells)
    return views


def going_on(
    frames: Sequence[Frame], rows: Sequence[Cells], spans: Sequence[Sequence[int]]
) -> frozenset[int]:
    """The blocks that are the rest of the list to their left: one label names the total of both."""
    return frozenset(
        index
        for cells, widths in zip(rows, spans, strict=True)
        for _, named in _merged(frames, cells, widths)
        for index in named[1:]
        if all(frames[i].goes_on_with(frames[named[-1]]) for i in (index - 1, index))
    )


def _merged(
    frames: Sequence[Frame], cells: Cells, widths: Sequence[int]
) -> Iterator[tuple[TableCell, list[int]]]:
    """The labels of a row that are merged up to the amounts of a block, with the blocks they lie over."""
    if max(widths, default=1) == 1:
        return
    for start, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        if cell is None or width == 1:
            continue
        covered = range(start, start + width)
        last = next((i for i, frame in enumerate(frames) if _reaches(frame, covered)), None)
        if last is not None:
            yield cell, [i for i in range(last + 1) if frames[i].names and frames[i].names[0] in covered]


def _reaches(frame: Frame, covered: range) -> bool:
    """Whether a label goes over the names of a block, up to its amounts and not over them."""
    return bool(frame.names) and frame.names[-1] in covered and frame.amounts[0] == covered.stop


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
