"""A unit's total, against the row of the unit in its department's table."""

from collections.abc import Iterator

from extractors.checking.across import Compared, Kinship, across
from extractors.checking.tie import figure, tie
from extractors.model.extraction import Extraction, TableOut
from extractors.relatives import Figure, cell_figure, column_of, only_table, plain, total_of_table

_ID = "cross-table/unit-in-department"
_TABLES = ("revenue", "expenditure")


@across(_ID, Kinship.DEPARTMENT)
def unit_in_department(ours: Extraction, theirs: Extraction) -> Iterator[Compared]:
    """单位的收入（支出）合计 ＝ 部门文件分单位列示的该单位合计。"""
    for kind in _TABLES:
        table, other = only_table(ours, kind), only_table(theirs, kind)
        if table is None or other is None:
            continue
        total, listed = total_of_table(table), _row_of(other, plain(ours.document.issuer or ""))
        if total is not None and listed is not None and listed.stands:
            right = figure(f"{ours.document.issuer}合计", listed.amount)
            basis = f"{table.title}的合计 ＝ 部门{other.title}中本单位的合计"
            left = figure(f"{table.title}的合计", total.amount)
            yield Compared(tie(_ID, basis, left, right), right.terms[0], total.stands)


def _row_of(table: TableOut, unit: str) -> Figure | None:
    """The unit's own row: a department's may bear the same name above it, with a shorter code."""
    column = column_of(table, "total")
    if column is None or not any("单位名称" in plain(name) for name in table.columns):
        return None
    rows = sorted(
        (row for row in table.rows if plain(row.name or "") == unit), key=lambda row: len(row.code or "")
    )
    codes = [row.code for row in rows]
    is_clear = bool(rows) and len(set(codes)) == len(codes)
    return cell_figure(table, rows[-1].cells[column]) if is_clear else None
