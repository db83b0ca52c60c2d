"""Labels that are merged over a whole block and into the next: they name their row in both.

Below | 一、外交支出 | 2.00 | 一、基本支出 | 5.00 | a row may read | 支出合计 over three columns | 9.00 |:
the total of the functions and of the purposes too.
"""

from collections.abc import Sequence

from extractors.model.facts import TableCell
from extractors.sections.budget_tables.structure import Cells, Frame


def views_of(
    frames: Sequence[Frame], rows: Sequence[Cells], spans: Sequence[Sequence[int]]
) -> list[list[Cells]]:
    """The rows as each block sees them; `spans` tells over how many columns each cell is merged."""
    views = [list(rows) for _ in frames]
    for row, (cells, widths) in enumerate(zip(rows, spans, strict=True)):
        for start, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            if cell is None or width == 1:
                continue
            covered = range(start, start + width)
            last = next((i for i, frame in enumerate(frames) if _reaches(frame, covered)), None)
            if last is None:
                continue
            for index in range(last + 1):
                if frames[index].names and frames[index].names[0] in covered:
                    views[index][row] = _labelled(cells, cell, frames[index], frames[last])
    return views


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
