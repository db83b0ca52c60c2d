"""Rows that are not there."""

from typing import Any

import pytest

from extractors.checking.missing import missing_rows, with_missing_rows
from extractors.model.findings import Gap
from tests.disclosures import disclosure_of

HEADER = ["科目编码", "科目名称", "支出/合计", "支出/基本支出"]
ROWS: list[list[str | None]] = [
    [None, "合计", "12.00", "12.00"],
    ["210", "卫生健康支出", "10.00", "10.00"],
    ["21011", "行政事业单位医疗", "10.00", "10.00"],
    ["2101101", "行政单位医疗", "10.00", "10.00"],
    ["221", "住房保障支出", "2.00", "2.00"],
    ["22102", "住房改革支出", "2.00", "2.00"],
    ["2210201", "住房公积金", "2.00", "2.00"],
]


def table(*rows: list[str | None], kind: str = "expenditure") -> dict[str, Any]:
    return {"kind": kind, "unit": "万元", "header": HEADER, "rows": list(rows)}


def reasons(*tables: dict[str, Any]) -> list[str]:
    return [gap.reason for gap in missing_rows(disclosure_of({"tables": list(tables)}))]


def test_a_whole_table_lacks_nothing() -> None:
    assert reasons(table(*ROWS)) == []


@pytest.mark.parametrize(("row", "said"), [(0, "合计行"), (1, "210"), (2, "21011"), (6, "22102")])
def test_a_row_that_is_gone_is_told(row: int, said: str) -> None:
    found = reasons(table(*ROWS[:row], *ROWS[row + 1 :]))
    assert any(said in reason for reason in found)


def test_a_row_that_the_mirror_has() -> None:
    short = [row for row in ROWS if not (row[0] or "").startswith("221")]
    found = reasons(table(*ROWS), table(*short, kind="revenue"))
    assert [reason for reason in found if "221" in reason]


def test_tables_of_one_level_or_no_known_kind_are_left_alone() -> None:
    flat = [row for row in ROWS if row[0] is None or len(row[0]) == 3]
    assert reasons(table(*flat)) == []
    assert reasons(table(*ROWS[2:], kind="unknown")) == []


def test_a_gap_is_named_once() -> None:
    disclosure = disclosure_of({"tables": [table(*ROWS[1:])]})
    (gap,) = missing_rows(disclosure)
    assert with_missing_rows(disclosure, (gap, Gap("pages", "本页未读", 1))) == (
        gap,
        Gap("pages", "本页未读", 1),
    )
