"""Columns of the budget in final accounts, against the budget that was published for the year."""

from collections.abc import Iterator

from extractors.checking.across import Compared, Kinship, across
from extractors.checking.tie import figure, tie
from extractors.model.extraction import Extraction, TableOut
from extractors.relatives import column_figures, counterparts, plain

_ID = "cross-table/initial-budget"
_INITIAL = ("年初预算数", "年初预算")
_BUDGETS = (*_INITIAL, "预算数")
_SPARE = {"预算数", "决算数", "金额", "年初预算数", "年初预算"}


@across(_ID, Kinship.BUDGET)
def initial_budget(ours: Extraction, theirs: Extraction) -> Iterator[Compared]:
    """决算表的年初预算数（预算数）栏 ＝ 同年预算文件同一张表的数。"""
    for table, other in counterparts(ours, theirs):
        for column, name in enumerate(table.columns):
            last = plain(name).split("/")[-1]
            counterpart = _counterpart(other, name) if last in _BUDGETS else None
            if counterpart is not None:
                yield from _rows(table, column, other, counterpart, is_named=last in _INITIAL)


def _rows(
    table: TableOut, column: int, other: TableOut, counterpart: int, *, is_named: bool
) -> Iterator[Compared]:
    budget = column_figures(other, counterpart)
    for row, printed in column_figures(table, column).items():
        found = budget.get(row)
        if found is not None and found.stands:
            name = "、".join(filter(None, (row, table.columns[column])))
            right = figure(f"{row}{other.columns[counterpart]}", found.amount)
            basis = f"{table.title}的{name} ＝ 同年预算文件的数"
            tie_out = tie(_ID, basis, figure(f"{table.title}的{name}", printed.amount), right)
            yield Compared(tie_out, right.terms[0], is_named and printed.stands)


def _counterpart(table: TableOut, name: str) -> int | None:
    """The column that is called the same but for 预算数, 决算数."""
    found = [i for i, other in enumerate(table.columns) if _bare(other) == _bare(name)]
    return found[0] if len(found) == 1 else None


def _bare(name: str) -> str:
    return "/".join(part for part in plain(name).split("/") if part not in _SPARE)
