"""Rows that are not there."""

from typing import Any

import pytest

from extractors.losses import with_losses
from extractors.losses.missing import missing_rows
from extractors.model.facts import Disclosure
from extractors.model.findings import Gap
from tests.builders import document_from
from tests.disclosures import disclosure_of
from tests.ruled import read

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


def test_a_list_in_two_sets_of_columns_has_its_total_in_the_last() -> None:
    header = ["科目代码", "科目名称", "决算数"]
    rows = [
        ["公用经费", "<", "<", "<", "<", "<"],
        [*header, *header],
        ["302", "商品和服务支出", "2.00", "310", "资本性支出", "1.00"],
        ["30201", "办公费", "2.00", "31002", "办公设备购置", "1.00"],
        ["公用经费合计", "<", "<", "<", "<", "3.00"],
    ]
    table = read(rows, ["一般公共预算财政拨款基本支出决算表"])
    assert list(missing_rows(Disclosure(document_from(""), tables=(table,)))) == []


OVERVIEW = ["收入/项目", "收入/预算数", "支出/项目", "支出/预算数"]
BOTH_TOTALS = [["一、财政拨款", "9.00", "一、卫生健康支出", "9.00"], ["收入总计", "9.00", "支出总计", "9.00"]]
VEHICLES = [["公务用车购置及运行费", "3.00"], ["公务用车运行维护费", "3.00"], ["合计", "3.00"]]


@pytest.mark.parametrize(
    ("kind", "header", "rows", "said"),
    [
        ("revenue_expenditure_overview", OVERVIEW, BOTH_TOTALS, []),
        ("revenue_expenditure_overview", OVERVIEW, BOTH_TOTALS[:1], ["疑缺收入总计", "疑缺支出总计"]),
        ("three_public_expenses", ["项目", "金额"], VEHICLES, []),
        ("three_public_expenses", ["项目", "金额"], [["“三公”经费", "3.00"], *VEHICLES[:2]], []),
        ("three_public_expenses", ["项目", "金额"], VEHICLES[1:], ["疑缺公务用车购置及运行费（小计）"]),
        ("three_public_expenses", ["项目", "金额"], VEHICLES[::2], ["疑缺公务用车购置费、运行费"]),
        ("transfer_payments", ["项目", "金额"], VEHICLES[:2], []),
        ("operating_cost", ["项目", "金额"], VEHICLES[:2], ["疑缺合计行"]),
    ],
)
def test_what_a_kind_of_table_always_prints(
    kind: str, header: list[str], rows: list[list[str]], said: list[str]
) -> None:
    found = reasons({"kind": kind, "title": "", "unit": "万元", "header": header, "rows": rows})
    assert found == said


def test_a_gap_is_named_once() -> None:
    disclosure = disclosure_of({"tables": [table(*ROWS[1:])]})
    (gap,) = missing_rows(disclosure)
    assert with_losses(disclosure, (gap, Gap("pages", "本页未读", 1))) == (
        gap,
        Gap("pages", "本页未读", 1),
    )
