"""What tells a performance form from a budget table: the header of its indicators."""

from collections.abc import Sequence

from extractors.model.document import Grid, GridCell, RuledTable
from extractors.model.plain import plain
from extractors.templates.performance import vocabulary

SAME_EDGE = 3.0  # points

Parts = tuple[RuledTable, ...]

_OPEN_SIDE = "open side"
"""A fault that leaves all cells in their places."""


def unsoundness_of(form: Parts) -> tuple[str, ...]:
    """What is wrong with the grids of a form so that its cells cannot be told, each fault with its page."""
    grids = (grid for part in form for grid in part.parts)
    return tuple(
        f"第 {g.page} 页 {fault}" for g in grids for fault in g.faults if not fault.startswith(_OPEN_SIDE)
    )


def is_form(table: RuledTable) -> bool:
    """Whether a ruled table holds the header of a performance form (一级指标, 二级指标, 指标值 …)."""
    return any(_holds_header(part) for part in table.parts)


def _holds_header(grid: Grid) -> bool:
    words = vocabulary()
    if not words.may_hold_header(plain(grid.text)):
        return False
    rows: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell)
    return any(words.is_header([plain(cell.text) for cell in cells if cell.words]) for cells in rows.values())


def sort_out(tables: Sequence[RuledTable]) -> tuple[tuple[Parts, ...], Parts]:
    """The performance forms of a document, each with what goes on over the page, and all other tables."""
    forms: list[Parts] = []
    others: list[RuledTable] = []
    is_open = False
    for table in tables:
        if is_form(table):
            forms.append((table,))
        elif is_open and _goes_on(forms[-1], table):
            forms[-1] = (*forms[-1], table)
        else:
            others.append(table)
            is_open = False
            continue
        is_open = not table.notes
    return tuple(forms), tuple(others)


def _goes_on(form: Parts, table: RuledTable) -> bool:
    """Whether a form goes on in a table on the next page: below nothing, as wide, its edges where theirs are.

    It may have fewer columns: those of the block above the header do not go on.
    """
    grids = [grid for part in form for grid in part.parts]
    first = table.parts[0]
    edges = {edge for grid in grids for edge in grid.xs}
    aligned = all(any(abs(x - edge) <= SAME_EDGE for edge in edges) for x in first.xs)
    return first.page == grids[-1].page + 1 and not table.caption and aligned and _as_wide(grids[-1], first)


def _as_wide(one: Grid, other: Grid) -> bool:
    return all(abs(one.xs[end] - other.xs[end]) <= SAME_EDGE for end in (0, -1))
