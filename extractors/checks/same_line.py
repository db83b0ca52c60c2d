"""Lines of the same name in two tables whose totals are equal."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from extractors.checking.registry import check
from extractors.checking.tie import figure, how_many_agree, if_certain, tie
from extractors.model.amounts import Amount
from extractors.model.facts import Block, BudgetTable, Disclosure, Level
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
    lines: dict[Listing, Sequence[Lines]] = {}  # most listings are compared with two others
    for one, other in same_lines():
        left, right = disclosure.table(one.table), disclosure.table(other.table)
        if left is None or right is None:
            continue
        are_alike = _are_equal(left.amount(one.total, one.column), right.amount(other.total, other.column))
        for listing, table in ((one, left), (other, right)):
            if listing not in lines:
                lines[listing] = list(_listed(table, listing))
        for ours, theirs in product(lines[one], lines[other]):
            tie_outs = [
                _tie((left, ours[path]), (right, theirs[path]), path[-1]) for path in ours if path in theirs
            ]
            is_certain = are_alike and _count_alike(tie_outs)
            yield from [if_certain(tie_out, is_certain) for tie_out in tie_outs]


def _are_equal(one: Amount | None, other: Amount | None) -> bool:
    return tie("", "", figure("", one), figure("", other)).verdict in _AGREES


def _count_alike(tie_outs: Sequence[TieOut]) -> bool:
    """Whether most lines agree, or all together: two that have changed places leave the sum as it was."""
    agree = how_many_agree(tie_outs)
    differences = [tie_out.difference for tie_out in tie_outs if tie_out.difference is not None]
    return len(tie_outs) >= _SEVERAL and (2 * agree > len(tie_outs) or not sum(differences))


def _listed(table: BudgetTable, listing: Listing) -> Iterator[Lines]:
    """The lines of each block that has the column; a name that stands twice is left out."""
    for block in table.blocks:
        for position, column in enumerate(block.columns):
            if table.columns[column].role == listing.column:
                yield _lines(block, position)


def _lines(block: Block, position: int) -> Lines:
    printed = [
        (index, amount)
        for index, entry in enumerate(block.entries)
        if (amount := entry.amounts[position]) is not None and entry.level is not Level.TOTAL
    ]
    # 一、部门预算 in one table is 一、财政拨款 in another: a line over all others tells nothing of them.
    is_over_all = len([index for index, _ in printed if _parent_of(block, index) is None]) == 1
    paths: dict[int, tuple[str, ...]] = {}
    found: dict[tuple[str, ...], Amount | None] = {}
    for index, amount in printed:
        path = _path(block, index, paths)[1 if is_over_all else 0 :]
        if path and all(path):
            found[path] = None if path in found else amount
    return {path: amount for path, amount in found.items() if amount is not None}


def _parent_of(block: Block, index: int) -> int | None:
    """The index of the line that one is a part of, which is no total."""
    parent = block.entries[index].parent
    return None if parent is None or block.entries[parent].level is Level.TOTAL else parent


def _path(block: Block, index: int, known: dict[int, tuple[str, ...]]) -> tuple[str, ...]:
    """The names from the outermost line inwards, without numbers; `known` are those of the lines before."""
    if index not in known:
        parent = _parent_of(block, index)
        above = _path(block, parent, known) if parent is not None else ()
        known[index] = (*above, _NUMBERING.sub("", block.entries[index].name))
    return known[index]


def _tie(left: tuple[BudgetTable, Amount], right: tuple[BudgetTable, Amount], name: str) -> TieOut:
    (one, ours), (other, theirs) = left, right
    labels = f"{one.title.printed}·{name}", f"{other.title.printed}·{name}"
    return tie(_ID, f"{labels[0]} ＝ {labels[1]}", figure(labels[0], ours), figure(labels[1], theirs))
