"""Rows that a table should have and does not show: by its codes, by a table that mirrors it, by its kind.

A row that was lost in reading breaks no sum where the rows above and below it still add up. That it is absent
is a gap: the document goes to a person, nobody is accused. What a kind of table always prints is data
(docs/templates.md).
"""

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from extractors.model.facts import BudgetTable, Disclosure, Entry, Level
from extractors.model.findings import Gap
from extractors.templates.tables import Divided, kinds_by_id

_FEW = 3
_SEVERAL = 2  # rows that a total belongs to
_TOTAL = "total"


def missing_rows(disclosure: Disclosure) -> Iterator[Gap]:
    """A gap for each row that is missed."""
    kinds = kinds_by_id()
    for table in disclosure.tables:
        kind = kinds.get(table.kind)
        if kind is None or table.is_empty:
            continue
        yield from _uneven(table)
        yield from _unprinted(table, kind.must_have)
        for divided in kind.divided:
            yield from _undivided(table, divided)
        if kind.has_total:
            yield from _without_total(table)
    for kind in kinds.values():
        left, right = disclosure.table(kind.id), disclosure.table(kind.mirror)
        if left is not None and right is not None:
            in_left, in_right = _codes(left), _codes(right)
            yield from _only_in(left, in_left, right, in_right)
            yield from _only_in(right, in_right, left, in_left)


def _uneven(table: BudgetTable) -> Iterator[Gap]:
    """Codes without the code above or below them, where all others of their length have one."""
    codes = _codes(table)
    for length, step in ((3, 2), (5, 2)):
        longer = {code for code in codes if len(code) == length + step}
        shorter = {code for code in codes if len(code) == length}
        above = {code[:length] for code in longer}
        yield from _absent(table, above - shorter, above & shorter, "上级科目")
        yield from _absent(table, shorter - above, shorter & above, "下级科目，上级为")


def _absent(table: BudgetTable, absent: set[str], present: set[str], what: str) -> Iterator[Gap]:
    if len(present) >= len(absent):
        for code in sorted(absent):
            yield _gap(table, f"{table.title.printed}疑缺{what} {code}")


def _is_live(entry: Entry) -> bool:
    values = [amount.value for amount in entry.amounts if amount is not None]
    return any(values)


def _unprinted(table: BudgetTable, must_have: Mapping[str, str]) -> Iterator[Gap]:
    """Rows that tables of its kind always print, absent; `must_have` are their roles with their names."""
    roles = {entry.role for block in table.blocks for entry in block.entries}
    for role, name in must_have.items():
        if role not in roles:
            yield _gap(table, f"{table.title.printed}疑缺{name}")


def _undivided(table: BudgetTable, divided: Divided) -> Iterator[Gap]:
    """A line without the parts that it is always divided into, or these without it."""
    entries = [entry for block in table.blocks for entry in block.entries]
    has_parts = any(entry.role in divided.parts for entry in entries)
    wholes = [entry for entry in entries if entry.role == divided.whole]
    if has_parts and not wholes:
        yield _gap(table, f"{table.title.printed}疑缺{divided.whole_name}")
    if any(map(_is_live, wholes)) and not has_parts:
        yield _gap(table, f"{table.title.printed}疑缺{divided.parts_name}")


def _without_total(table: BudgetTable) -> Iterator[Gap]:
    """A table of a kind that ends or begins with its total, without it."""
    for block, next_one in zip_longest(table.blocks, table.blocks[1:]):
        if next_one is not None and next_one.goes_on:
            continue  # the total stands there
        if any(entry.role == _TOTAL or entry.level is Level.TOTAL for entry in block.entries):
            continue
        if len([entry for entry in block.entries if _is_live(entry)]) >= _SEVERAL:
            yield _gap(table, f"{table.title.printed}疑缺合计行")


def _only_in(table: BudgetTable, ours: set[str], other: BudgetTable, theirs: set[str]) -> Iterator[Gap]:
    """Codes that a table has and its mirror has not, where nearly all are in both."""
    lengths = {len(code) for code in theirs}
    absent = {code for code in ours - theirs if len(code) in lengths}
    if len(ours & theirs) >= max(_FEW, len(absent)):
        for code in sorted(absent):
            yield _gap(other, f"{other.title.printed}疑缺科目 {code}（{table.title.printed}中有）")


def _codes(table: BudgetTable) -> set[str]:
    return {e.code for block in table.blocks for e in block.entries if e.code is not None and _is_live(e)}


def _gap(table: BudgetTable, reason: str) -> Gap:
    return Gap("tables", reason, table.pages[0] if table.pages else None)
