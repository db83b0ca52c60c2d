"""Columns of the budget in final accounts, against the budget that was published for the year."""

from collections.abc import Iterator

from extractors.checking.across import Compared, Kinship, across
from extractors.model.extraction import Extraction, TableOut
from extractors.relatives import columns_compared, counterparts, plain

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
                columns = (table, column), (other, counterpart)
                yield from columns_compared(_ID, *columns, "同年预算文件的数", is_named=last in _INITIAL)


def _counterpart(table: TableOut, name: str) -> int | None:
    """The column that is called the same but for 预算数, 决算数."""
    found = [i for i, other in enumerate(table.columns) if _bare(other) == _bare(name)]
    return found[0] if len(found) == 1 else None


def _bare(name: str) -> str:
    return "/".join(part for part in plain(name).split("/") if part not in _SPARE)
