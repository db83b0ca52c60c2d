"""Rows that a table should have and does not show: by its codes, by a table that mirrors it, by its kind.

A row that was lost in reading breaks no sum where the rows above and below it still add up. That it is absent
is a gap: the document goes to a person, nobody is accused.
"""

from collections.abc import Iterable, Iterator, Sequence

from extractors.model.facts import UNKNOWN_KIND, BudgetTable, Disclosure, Entry, Level
from extractors.model.findings import Gap

_FEW = 3
_SEVERAL = 2  # rows that a total belongs to
_TOTAL = "total"
_BOTH_SIDES = (("income_total", "收入总计"), ("expenditure_total", "支出总计"))
_EXPECTED = {"revenue_expenditure_overview": _BOTH_SIDES, "fiscal_appropriation_overview": _BOTH_SIDES}
_VEHICLES, _ALL_VEHICLES = ("vehicle_purchase", "vehicle_running"), "official_vehicles"
_MIRRORS = (("revenue", "expenditure"),)
_WITHOUT_TOTAL = ("special_business_expenses", "assets", "transfer_payments")


def missing_rows(disclosure: Disclosure) -> Iterator[Gap]:
    """A gap for each row that is missed."""
    for table in disclosure.tables:
        if table.kind != UNKNOWN_KIND and not table.is_empty:
            yield from _uneven(table)
            yield from _without_total(table)
    for one, other in _MIRRORS:
        left, right = disclosure.table(one), disclosure.table(other)
        if left is not None and right is not None:
            yield from _only_in(left, right)
            yield from _only_in(right, left)


def _uneven(table: BudgetTable) -> Iterator[Gap]:
    """Codes without the code above or below them, where all others of their length have one."""
    coded = [entry for block in table.blocks for entry in block.entries if _is_live(entry)]
    codes = {entry.code for entry in coded if entry.code is not None}
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
    return any(amount is not None and amount.value for amount in entry.amounts)


def _without_total(table: BudgetTable) -> Iterator[Gap]:
    """A table of a kind that ends or begins with its total, without it."""
    roles = {entry.role for block in table.blocks for entry in block.entries}
    for expected, words in _EXPECTED.get(table.kind, ()):
        if not roles & {expected}:
            yield _gap(table, f"{table.title.printed}疑缺{words}")
    if roles & set(_VEHICLES) and _ALL_VEHICLES not in roles:
        yield _gap(table, f"{table.title.printed}疑缺公务用车购置及运行费（小计）")
    whole = [e for block in table.blocks for e in block.entries if e.role == _ALL_VEHICLES and _is_live(e)]
    if whole and not roles & set(_VEHICLES):
        yield _gap(table, f"{table.title.printed}疑缺公务用车购置费、运行费")
    for block in table.blocks if table.kind not in _EXPECTED else ():
        live = [entry for entry in block.entries if _is_live(entry)]
        is_total = any(entry.role == _TOTAL or entry.level is Level.TOTAL for entry in block.entries)
        if len(live) >= _SEVERAL and not is_total and table.kind not in _WITHOUT_TOTAL:
            yield _gap(table, f"{table.title.printed}疑缺合计行")


def _only_in(table: BudgetTable, other: BudgetTable) -> Iterator[Gap]:
    """Codes that a table has and its mirror has not, where nearly all are in both."""
    ours, theirs = _codes(table), _codes(other)
    lengths = {len(code) for code in theirs}
    absent = {code for code in ours - theirs if len(code) in lengths}
    if len(ours & theirs) >= max(_FEW, len(absent)):
        for code in sorted(absent):
            yield _gap(other, f"{other.title.printed}疑缺科目 {code}（{table.title.printed}中有）")


def _codes(table: BudgetTable) -> set[str]:
    return {e.code for block in table.blocks for e in block.entries if e.code is not None and _is_live(e)}


def _gap(table: BudgetTable, reason: str) -> Gap:
    return Gap("tables", reason, table.pages[0] if table.pages else None)


def with_missing_rows(disclosure: Disclosure, gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """The gaps, with those of missing rows behind them, each once."""
    found: Iterable[Gap] = (*gaps, *missing_rows(disclosure))
    return tuple(dict.fromkeys(found))
