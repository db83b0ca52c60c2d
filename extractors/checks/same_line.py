"""Lines of the same name in two tables whose totals are equal."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from extractors.checking.registry import check
from extractors.checking.tie import figure, if_certain, tie
from extractors.model.amounts import Amount
from extractors.model.facts import Block, BudgetTable, Disclosure, Entry, Level
from extractors.model.findings import TieOut, Verdict
from extractors.templates.same_lines import Listing, same_lines

_ID = "cross-table/same-line"
_NUMBERING = re.compile(
    r"^(?:其中[:：])?(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[.、．])?"
)
_SEVERAL = 2  # lines; a single one may bear the same name by chance
_AGREES = (Verdict.HOLDS, Verdict.ROUNDING)

Lines = Mapping[tuple[str, ...], Amount]
"""Figures by the names from the outermost line inwards."""


@check(_ID)
def same_line(disclosure: Disclosure) -> Iterator[TieOut]:
    """总数相等的两张表（总表、财政拨款总表、一般公共预算表）中，同名的行相等。"""
    for one, other in same_lines():
        left, right = disclosure.table(one.table), disclosure.table(other.table)
        if left is None or right is None:
            continue
        are_alike = _are_equal(left.amount(one.total, one.column), right.amount(other.total, other.column))
        for ours, theirs in product(_listed(left, one), _listed(right, other)):
            tie_outs = [
                _tie((left, ours[path]), (right, theirs[path]), path[-1]) for path in ours if path in theirs
            ]
            is_certain = are_alike and _count_alike(tie_outs)
            for tie_out in tie_outs:
                yield if_certain(tie_out, is_certain)


def _are_equal(one: Amount | None, other: Amount | None) -> bool:
    return tie("", "", figure("", one), figure("", other)).verdict in _AGREES


def _count_alike(tie_outs: Sequence[TieOut]) -> bool:
    """Whether most lines agree, or all together: two that have changed places leave the sum as it was."""
    agree = sum(1 for tie_out in tie_outs if tie_out.verdict in _AGREES)
    differences = [tie_out.difference for tie_out in tie_outs if tie_out.difference is not None]
    return len(tie_outs) >= _SEVERAL and (2 * agree > len(tie_outs) or not sum(differences))


def _listed(table: BudgetTable, listing: Listing) -> Iterator[Lines]:
    """The lines of each block that has the column; a name that stands twice is left out."""
    for block in table.blocks:
        for position, column in enumerate(block.columns):
            if table.columns[column].role == listing.column:
                yield _lines(block, position)


def _lines(block: Block, position: int) -> Lines:
    printed = [e for e in block.entries if e.amounts[position] is not None and e.level is not Level.TOTAL]
    # 一、部门预算 in one table is 一、财政拨款 in another: a line over all others tells nothing of them.
    is_over_all = sum(1 for entry in printed if _is_top(block, entry)) == 1
    found: dict[tuple[str, ...], Amount | None] = {}
    for entry in printed:
        path = _path(block, entry)[1 if is_over_all else 0 :]
        if path and all(path):
            found[path] = None if path in found else entry.amounts[position]
    return {path: amount for path, amount in found.items() if amount is not None}


def _is_top(block: Block, entry: Entry) -> bool:
    return entry.parent is None or block.entries[entry.parent].level is Level.TOTAL


def _path(block: Block, entry: Entry) -> tuple[str, ...]:
    """The names from the outermost line inwards, without numbers."""
    names = [_NUMBERING.sub("", entry.name)]
    while not _is_top(block, entry):
        assert entry.parent is not None  # noqa: S101 - else it were at the top
        entry = block.entries[entry.parent]
        names.append(_NUMBERING.sub("", entry.name))
    return tuple(reversed(names))


def _tie(left: tuple[BudgetTable, Amount], right: tuple[BudgetTable, Amount], name: str) -> TieOut:
    (one, ours), (other, theirs) = left, right
    labels = f"{one.title.printed}·{name}", f"{other.title.printed}·{name}"
    return tie(_ID, f"{labels[0]} ＝ {labels[1]}", figure(labels[0], ours), figure(labels[1], theirs))
