"""Cells of budget tables: figures in their printed forms, units, counts, shares, and what is no figure."""

from decimal import Decimal

import pytest

from extractors.model.facts import BudgetTable
from tests.ruled import read, read_all, ruled


def _figures(table: BudgetTable, column: int) -> list[tuple[str, Decimal | None, str | None]]:
    cells = [row.cells[column] for row in table.rows]
    return [
        (
            cell.text.printed,
            cell.amount.value if cell.amount else None,
            cell.amount.unit if cell.amount else None,
        )
        for cell in cells
        if cell is not None
    ]


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("1,254.76", "1254.76", "万元"),
        ("１，２５４．７６", "1254.76", "万元"),
        ("-2.00", "-2.00", "万元"),
        ("－2.00", "-2.00", "万元"),
        ("−2.00", "-2.00", "万元"),
        ("（2.00）", "-2.00", "万元"),
        ("12.5%", "12.5", "%"),
        ("-7.57％", "-7.57", "%"),
        ("2.00元", "2.00", "元"),
        ("2.00万元", "2.00", "万元"),
    ],
)
def test_printed_forms(printed: str, value: str, unit: str) -> None:
    table = read([["科目名称", "合计"], ["甲", "1.00"], ["乙", printed]], ["支出总表", "单位：万元"])
    assert _figures(table, 1)[1] == (printed, Decimal(value), unit)


@pytest.mark.parametrize("printed", ["/", "-", "—", "——", "无", "2940 05 06", "1,25.00", "详见说明"])
def test_what_is_no_number_is_text(printed: str) -> None:
    table = read([["科目名称", "合计"], ["甲", "1.00"], ["乙", printed]], ["支出总表", "单位：万元"])
    assert _figures(table, 1)[1] == ("".join(printed.split()), None, None)


def test_thousands_may_stand_apart_and_a_number_may_be_wrapped() -> None:
    rows = [["科目名称", "合计"], ["甲", "4 567 178.00"], ["乙", "45671\n78.00"]]
    values = [value for _, value, _ in _figures(read(rows, ["支出总表"]), 1)]
    assert values == [Decimal("4567178.00")] * 2


def test_a_column_of_nil_marks_is_one_of_amounts() -> None:
    table = read([["科目名称", "合计", "项目支出"], ["甲", "1.00", "—"], ["乙", "1.00", "/"]], ["支出总表"])
    assert [table.columns[i].name for i in table.blocks[0].columns] == ["合计", "项目支出"]


def test_units_in_header_cells() -> None:
    rows = [["科目名称", "预算数（万元）", "人数（人）", "增减率（%）"], ["甲", "1.00", "3", "-2.50"]]
    table = read(rows, ["各街道经费表"])
    assert table.unit == "万元"
    assert [_figures(table, i)[0][2] for i in (1, 2, 3)] == ["万元", "人", "%"]


def test_a_header_cell_has_its_own_unit() -> None:
    rows = [["科目名称", "预算数（万元）", "标准（元）"], ["甲", "1.00", "180.00"]]
    table = read(rows, ["各街道经费表", "单位：万元"])
    assert table.unit == "万元"
    assert [_figures(table, i)[0][2] for i in (1, 2)] == ["万元", "元"]


def test_counts_and_shares_are_no_amounts_of_money() -> None:
    rows = [
        ["采购项目", "数量", "金额", "占比"],
        ["计算机", "12", "6.00", "50.00"],
        ["家具", "3", "6.00", "50.00"],
    ]
    table = read(rows, ["政府采购预算表", "单位：万元"])
    assert [table.columns[i].name for i in table.blocks[0].columns] == ["金额"]
    assert _figures(table, 1) == [("12", Decimal(12), None), ("3", Decimal(3), None)]
    assert _figures(table, 3)[0] == ("50.00", Decimal("50.00"), "%")


def test_line_numbers_are_no_amounts() -> None:
    rows = [["项目", "行次", "决算数"], ["栏次", "", "1"], ["一、拨款", "1", "9.00"], ["总计", "2", "9.00"]]
    table = read(rows, ["收入决算表", "单位：万元"])
    assert [row.name for row in table.rows] == ["一、拨款", "总计"]
    assert [table.columns[i].name for i in table.blocks[0].columns] == ["决算数"]
    assert _figures(table, 1) == [("1", None, None), ("2", None, None)]


def test_notes_beside_the_amounts_are_no_second_block() -> None:
    rows = [
        ["项目名称", "金额", "备注", "其中：本级"],
        ["甲", "2.00", "用于办公。", "1.00"],
        ["乙", "2.00", "", "1.00"],
    ]
    (block,) = read(rows, ["专项业务经费支出表"]).blocks
    assert block.columns == (1, 3)


def test_a_sentence_inside_the_grid_is_a_note() -> None:
    rows = [["科目名称", "合计"], ["合计", ""], ["说明：某局没有政府性基金支出，故本表无数据。", "<"]]
    table = read(rows, ["政府性基金预算支出表"])
    assert [row.name for row in table.rows] == ["合计"]
    assert table.note is not None
    assert table.note.printed == "说明：某局没有政府性基金支出，故本表无数据。"


def test_the_note_of_an_empty_table_is_its_own_remark() -> None:
    notes = [
        "注：本表反映收支情况。",
        "无收支的，仍保留该表并作下述说明：",
        "说明：某局没有收支，故本表无数据。",
    ]
    table = read([["科目名称", "合计"], ["合计", ""]], ["政府性基金预算支出表"], notes)
    assert table.note is not None
    assert table.note.printed == notes[2]


def test_a_known_table_of_words_alone_is_read() -> None:
    rows = [["采购项目", "采购目录"], ["计算机", "A02010104"]]
    (table,) = read_all(ruled(rows, ["政府采购预算表"]))
    assert (table.blocks, len(table.rows)) == ((), 1)


def test_an_unknown_table_of_words_is_no_budget_table() -> None:
    assert read_all(ruled([["报表", "名称", "理由"], ["表1", "收支总表", ""]], ["一览"])) == ()


def test_a_number_before_the_title() -> None:
    table = read([["科目名称", "合计"], ["合计", "1.00"]], ["表二：部门支出总表"])
    assert table.number is not None
    assert (table.number.printed, table.title.printed) == ("表二", "表二：部门支出总表")
