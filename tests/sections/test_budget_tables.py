"""Budget tables: header and body, captions and notes, what is one."""

import pytest

from extractors.model.facts import Level
from tests.ruled import columns, disclosed, printed, read, read_all, ruled

BY_CODE = [
    ["功能分类科目编码", "<", "<", "功能分类\n科目名称", "合计", "基本支出", "项目支出"],
    ["类", "款", "项", "^", "^", "^", "^"],
    ["※", "※", "※", "※", "1", "2", "3"],
    ["", "", "", "总计", "9.00", "6.00", "3.00"],
    ["210", "", "", "卫生健康支出", "9.00", "6.00", "3.00"],
    ["210", "15", "", "医疗保障\n管理事务", "9.00", "6.00", "3.00"],
    ["", "", "", "", "", "", ""],
]
CAPTION = ["表 3", "部门支出总体情况表", "编制单位：某县某局 单位：万元"]


def test_header_paths_go_down_through_merged_cells() -> None:
    assert columns(read(BY_CODE, CAPTION)) == [
        "功能分类科目编码/类",
        "功能分类科目编码/款",
        "功能分类科目编码/项",
        "功能分类科目名称",
        "合计",
        "基本支出",
        "项目支出",
    ]


def test_marks_column_numbers_and_blank_rows_are_no_body() -> None:
    assert printed(read(BY_CODE, CAPTION)) == [
        ["", "", "", "总计", "9.00", "6.00", "3.00"],
        ["210", "", "", "卫生健康支出", "9.00", "6.00", "3.00"],
        ["210", "15", "", "医疗保障管理事务", "9.00", "6.00", "3.00"],
    ]


def test_column_numbers_may_stand_beside_the_last_row_of_the_header() -> None:
    rows = [
        ["项目", "<", "<", "<", "本年支出合计", "基本支出", "项目支出"],
        ["功能分类科目编码", "<", "<", "科目名称", "^", "^", "^"],
        ["类", "款", "项", "栏次", "1", "2", "3"],
        ["^", "^", "^", "合计", "9.00", "6.00", "3.00"],
        ["2101501", "<", "<", "行政运行", "9.00", "6.00", "3.00"],
    ]
    table = read(rows, ["公开03表", "支出决算表"])
    assert columns(table)[2:5] == ["项目/功能分类科目编码/项", "项目/科目名称", "本年支出合计"]
    assert printed(table)[0] == ["", "", "", "合计", "9.00", "6.00", "3.00"]
    assert len(table.rows) == 2


def test_a_header_cell_may_go_on_below_without_being_divided() -> None:
    rows = [
        ["经济分类科目编码", "<", "科目", "基本支出", "<"],
        ["类", "款", "经济分类科目名称", "合计", "人员经费"],
        ["※", "※", "※", "1", "2"],
        ["301", "", "工资福利支出", "9.00", "9.00"],
    ]
    table = read(rows, ["基本支出情况表"])
    assert columns(table)[1:4] == ["经济分类科目编码/款", "科目/经济分类科目名称", "基本支出/合计"]
    assert len(table.rows) == 1


def test_a_row_may_be_header_in_one_part_and_body_in_another() -> None:
    rows = [
        ["项目", "<", "年初结转", "本年支出", "<"],
        ["功能分类科目编码", "科目名称", "^", "^", "<"],
        ["合计", "<", "", "合计", "基本支出"],
        ["", "", "", "", ""],
    ]
    rows[1][3], rows[1][4] = "^", "^"
    table = read(rows, ["政府性基金预算财政拨款收入支出决算表"])
    assert columns(table) == [
        "项目/功能分类科目编码",
        "项目/科目名称",
        "年初结转",
        "本年支出/合计",
        "本年支出/基本支出",
    ]
    assert printed(table) == [["", "合计", "", "", ""]]
    assert table.is_empty


def test_a_cell_over_the_whole_header_is_a_header_cell_where_the_title_stands_above() -> None:
    rows = [
        ["“三公”经费", "<", "<", "<"],
        ["合计", "<", "公务接待费", "<"],
        ["预算数", "决算数", "预算数", "决算数"],
        ["2.00", "1.00", "2.00", "1.00"],
    ]
    table = read(rows, ["“三公”经费支出决算表", "单位：万元"])
    assert columns(table)[:2] == ["“三公”经费/合计/预算数", "“三公”经费/合计/决算数"]
    assert printed(table) == [["2.00", "1.00", "2.00", "1.00"]]


def test_labels_over_two_columns_are_no_divided_header() -> None:
    rows = [
        ["项目名称", "<", "金额"],
        ["收入总计", "<", "9.00"],
        ["一般公共预算资金", "小计", "9.00"],
        ["^", "财政拨款资金", "7.00"],
        ["^", "专项收入", "2.00"],
    ]
    table = read(rows, ["收入预算总表"])
    assert columns(table) == ["项目名称", "项目名称", "金额"]
    assert printed(table)[0] == ["收入总计", "", "9.00"]


def test_header_cells_that_are_not_merged_where_they_might_be() -> None:
    rows = [
        ["收入", "", "支出", ""],
        ["项目", "预算数", "项目", "预算数"],
        ["一、拨款", "9.00", "一、教育", "9.00"],
    ]
    table = read(rows, ["收支总表"])
    assert columns(table) == ["收入/项目", "预算数", "支出/项目", "预算数"]
    assert len(table.rows) == 1


@pytest.mark.parametrize("numbers", [["※", "1", "2"], ["栏次", "1", "2"], ["1", "2", "3=1+2"]])
def test_rows_of_column_numbers(numbers: list[str]) -> None:
    rows = [["科目", "合计", "其中"], numbers, ["办公费", "1.00", "0.50"]]
    assert printed(read(rows, ["办公经费表"])) == [["办公费", "1.00", "0.50"]]


def test_small_whole_amounts_are_no_column_numbers() -> None:
    rows = [["科目", "合计", "基本支出"], ["办公费", "2", "2"], ["差旅费", "3", "3"]]
    assert len(read(rows, ["办公经费表"]).rows) == 2


def test_a_repeated_header_is_no_body() -> None:
    header, more = BY_CODE[:3], ["221", "", "", "住房保障支出", "1.00", "1.00", ""]
    table = read(BY_CODE, CAPTION, more=[*header, more])
    assert printed(table)[-1] == more
    assert len(table.rows) == 4
    assert table.pages == (1, 2)


def test_a_part_without_header_is_all_body() -> None:
    more = ["221", "", "", "住房保障支出", "1.00", "1.00", ""]
    assert printed(read(BY_CODE, CAPTION, more=[more]))[-1] == more


def test_codes_and_names_of_rows() -> None:
    rows = read(BY_CODE, CAPTION).rows
    assert [(row.code, row.name, row.level) for row in rows] == [
        (None, "总计", Level.TOTAL),
        ("210", "卫生健康支出", Level.CATEGORY),
        ("21015", "医疗保障管理事务", Level.GROUP),
    ]


def test_every_cell_has_its_place() -> None:
    table = read(BY_CODE, CAPTION, more=[["221", "", "", "住房保障支出", "1.00", "1.00", ""]])
    (name,) = [cell.text for cell in table.rows[2].cells if cell and "管理" in cell.text.printed]
    (evidence,) = name.place
    assert (evidence.page, evidence.text) == (1, "医疗保障管理事务")
    assert tuple(evidence.box) == (602.0, 202.0, 642.0, 224.0)
    assert [cell.text.place[0].page for cell in table.rows[3].cells if cell] == [2, 2, 2, 2]


def test_number_title_and_unit_stand_above() -> None:
    table = read(BY_CODE, CAPTION)
    assert table.number is not None
    assert (table.number.printed, table.title.printed, table.unit) == ("表3", "部门支出总体情况表", "万元")


@pytest.mark.parametrize(
    ("above", "number", "title", "unit"),
    [
        (["附表2", "支出总表", "金额单位：元"], "附表2", "支出总表", "元"),
        (["支出总表", "公开03表", "单位：万元"], "公开03表", "支出总表", "万元"),
        (["13-1", "支出总表（2025年度）", "单位:亿元"], "13-1", "支出总表（2025年度）", "亿元"),
        (["支出总表（万元）"], None, "支出总表（万元）", "万元"),
        (["预算单位：某县财政局", "支出总表"], None, "支出总表", None),
        (["部门名称：某县财政局 单位：人民币元", "支出总表"], None, "支出总表", "元"),
    ],
)
def test_captions(above: list[str], number: str | None, title: str, unit: str | None) -> None:
    table = read(BY_CODE, above)
    assert (table.number.printed if table.number else None) == number
    assert (table.title.printed, table.unit) == (title, unit)


def test_title_and_unit_may_stand_inside_the_grid() -> None:
    rows = [
        ["部门支出总体情况表", "<", "<"],
        ["单位：元", "<", "<"],
        ["科目名称", "合计", "基本支出"],
        ["总计", "9.00", "9.00"],
    ]
    table = read(rows)
    assert (table.title.printed, table.unit, table.kind) == ("部门支出总体情况表", "元", "expenditure")
    assert columns(table) == ["科目名称", "合计", "基本支出"]
    assert printed(table) == [["总计", "9.00", "9.00"]]


def test_an_empty_table_and_its_note() -> None:
    rows = [["科目编码", "科目名称", "合计"], ["", "合计", ""]]
    notes = ["备注：本表按规定公开。", "某县某局2025年没有使用政府性基金预算拨款安排的支出，本表为空表。"]
    table = read(rows, ["政府性基金预算支出情况表"], notes)
    assert table.is_empty
    assert table.note is not None
    assert table.note.printed == notes[1]
    assert not read(BY_CODE, CAPTION, notes).is_empty


def test_a_table_of_zeros_is_empty() -> None:
    assert read([["科目名称", "合计"], ["合计", "0.00"]], ["政府性基金预算支出表"]).is_empty


def test_income_left_expenditure_right_are_two_blocks() -> None:
    rows = [
        ["收 入", "<", "支 出", "<"],
        ["项 目", "预算数", "功能分类", "预算数"],
        ["一、财政拨款", "9.00", "一、教育支出", "4.00"],
        ["", "", "二、卫生健康支出", "5.00"],
        ["收 入 总 计", "9.00", "支 出 总 计", "9.00"],
    ]
    table = read(rows, ["部门收支总体情况表", "单位：万元"])
    income, expenditure = table.blocks
    assert (income.label, expenditure.label) == ("收入", "支出")
    assert [entry.name for entry in income.entries] == ["一、财政拨款", "收入总计"]
    assert [entry.name for entry in expenditure.entries] == ["一、教育支出", "二、卫生健康支出", "支出总计"]
    assert [row.name for row in table.rows] == ["一、财政拨款", "二、卫生健康支出", "收入总计"]


def test_forms_are_no_budget_tables() -> None:
    form = ruled([["项目名称", "甲"], ["年度金额", "9.00"]], ["项目支出绩效目标表"])
    assert read_all(form) == ()


def test_a_grid_of_amounts_without_a_title_is_no_budget_table_but_a_gap() -> None:
    found = disclosed(ruled([["甲", "乙"], ["1.00", "2.00"]]))
    assert found.tables == ()
    assert [(gap.section, gap.page) for gap in found.gaps] == [("tables", 1)]


def test_a_grid_without_amounts_or_with_a_title_is_no_gap() -> None:
    without = ruled([["姓名", "电话"], ["张三", "0991-2345"]])
    titled = ruled([["科目名称", "合计"], ["合计", "1.00"]], ["支出总表"])
    assert disclosed(without, titled).gaps == ()


def test_a_table_of_no_known_kind_is_read() -> None:
    table = read([["街道", "合计"], ["东街", "2.00"]], ["各街道经费一览表"])
    assert (table.kind, printed(table)) == ("unknown", [["东街", "2.00"]])


def test_a_row_of_amounts_that_stands_in_the_place_of_the_header_is_a_fault() -> None:
    table = read([["合计", "9.00", "6.00"], ["卫生健康支出", "9.00", "6.00"]], ["支出总表"])
    assert table.faults == ("p1: an amount in the header",)


def test_faults_of_the_grid_are_told_with_their_page() -> None:
    broken = ruled([["科目名称", "合计"], ["合计", "1.00"]], ["支出总表"])
    part = broken.parts[0]
    with_fault = type(part)(part.page, part.xs, part.ys, part.cells, ("open side: left",))
    (table,) = read_all(type(broken)((with_fault,), broken.caption))
    assert table.faults == ("p1: open side: left",)


@pytest.mark.parametrize("header_again", [True, False])
def test_a_row_that_the_page_cuts_is_one_row(header_again: bool) -> None:
    header = [["科目编码", "科目名称", "合计"]]
    first = [["210", "卫生健康支出", "9.00"], ["21015", "国有土地使用权出让收入对应专项债务收入", "7.00"]]
    rest = [["", "安排的支出", ""], ["221", "住房保障支出", "2.00"]]
    cut = ruled(header + first, ["支出总表"], more=(header if header_again else []) + rest)
    (table,) = read_all(cut)
    names = [row.name for row in table.rows]
    assert names == ["卫生健康支出", "国有土地使用权出让收入对应专项债务收入安排的支出", "住房保障支出"]
    name = table.rows[1].cells[1]
    assert name is not None
    assert [evidence.page for evidence in name.text.place] == [1, 2]
    assert [evidence.text for evidence in name.text.place] == [
        "国有土地使用权出让收入对应专项债务收入",
        "安排的支出",
    ]


def test_a_row_of_words_after_a_row_that_is_whole_stays_a_row() -> None:
    header = [["科目编码", "科目名称", "合计"]]
    whole = ruled(
        [*header, ["210", "卫生健康支出", "9.00"]],
        ["支出总表"],
        more=[["", "其他", ""], ["221", "住房", "2.00"]],
    )
    (table,) = read_all(whole)
    assert [row.name for row in table.rows] == ["卫生健康支出", "其他", "住房"]


def test_figures_under_a_year_alone_are_those_of_their_half() -> None:
    rows = [
        ["收入", "<", "<", "<", "支出", "<", "<", "<"],
        ["项目", "2023年", "2024年", "2024年比2023年增减%", "项目", "2023年预算", "2024年预算", "增减%"],
        ["一、拨款", "8.00", "9.00", "12.50", "一、教育支出", "8.00", "9.00", "12.50"],
        ["收入总计", "8.00", "9.00", "12.50", "支出总计", "8.00", "9.00", "12.50"],
    ]
    table = read(rows, ["收支总表"])
    assert [column.role for column in table.columns if column.role] == ["income", "expenditure"]
    assert [column.is_aside for column in table.columns].count(True) == 2
    income = table.amount("income_total", "income")
    assert income is not None
    assert income.printed == "9.00"


def test_the_total_of_a_list_is_not_that_of_the_year_alone() -> None:
    rows = [
        ["项目", "2024年预算"],
        ["一、预算拨款", "9.00"],
        ["本年收入合计", "9.00"],
        ["二、上年结转", "1.00"],
        ["收入总计", "10.00"],
    ]
    total = read(rows, ["收入总体情况表"]).amount("total", "total")
    assert total is not None
    assert total.printed == "10.00"
