"""The structure of budget tables: which row is part of which, which column is the sum of which."""

from extractors.model.facts import Level
from tests.ruled import column_sums, read, tree

HEADER = ["科目编码", "科目名称", "合计"]
TITLE = ["一般公共预算支出情况表", "单位：万元"]


def test_a_code_is_part_of_the_shorter_code_it_begins_with() -> None:
    rows = [
        HEADER,
        ["", "合计", "9.00"],
        ["210", "卫生健康支出", "7.00"],
        ["21011", "行政事业单位医疗", "3.00"],
        ["2101101", "行政单位医疗", "2.00"],
        ["2101103", "公务员医疗补助", "1.00"],
        ["21015", "医疗保障管理事务", "4.00"],
        ["221", "住房保障支出", "2.00"],
    ]
    block = read(rows, TITLE).blocks[0]
    assert tree(block) == {
        "合计": ["210 卫生健康支出", "221 住房保障支出"],
        "210 卫生健康支出": ["21011 行政事业单位医疗", "21015 医疗保障管理事务"],
        "21011 行政事业单位医疗": ["2101101 行政单位医疗", "2101103 公务员医疗补助"],
    }
    assert [entry.level for entry in block.entries[:4]] == [
        Level.TOTAL,
        Level.CATEGORY,
        Level.GROUP,
        Level.ITEM,
    ]


def test_the_total_may_stand_last() -> None:
    rows = [HEADER, ["210", "卫生健康支出", "7.00"], ["21015", "管理事务", "7.00"], ["", "合计", "7.00"]]
    assert tree(read(rows, TITLE).blocks[0]) == {
        "合计": ["210 卫生健康支出"],
        "210 卫生健康支出": ["21015 管理事务"],
    }


def test_units_under_the_total_hold_their_codes() -> None:
    rows = [
        HEADER,
        ["", "总计", "9.00"],
        ["", "某县某局(本级)", "7.00"],
        ["210", "卫生健康支出", "7.00"],
        ["", "某县服务中心", "2.00"],
        ["210", "卫生健康支出", "2.00"],
    ]
    block = read(rows, TITLE).blocks[0]
    assert [(entry.name, entry.parent) for entry in block.entries] == [
        ("总计", None),
        ("某县某局(本级)", 0),
        ("卫生健康支出", 1),
        ("某县服务中心", 0),
        ("卫生健康支出", 3),
    ]


def test_a_code_may_be_printed_before_its_name() -> None:
    rows = [["项目", "预算数"], ["210 卫生健康支出", "7.00"], ["支出总计", "7.00"]]
    block = read(rows, ["支出总表"]).blocks[0]
    assert (block.entries[0].code, block.entries[0].name) == ("210", "卫生健康支出")


def test_projects_of_one_code_are_its_parts() -> None:
    rows = [
        ["科目编码", "科目名称", "项目名称", "合计"],
        ["", "总计", "", "5.00"],
        ["2101502", "一般行政管理事务", "", "5.00"],
        ["2101502", "一般行政管理事务", "甲项目", "3.00"],
        ["2101502", "一般行政管理事务", "乙项目", "2.00"],
    ]
    block = read(rows, ["一般公共预算项目支出情况表"]).blocks[0]
    assert [entry.parent for entry in block.entries] == [None, 0, 1, 1]


def test_numbering_makes_the_tree_where_there_are_no_codes() -> None:
    rows = [
        ["项目", "预算数"],
        ["一、本年收入", "8.00"],
        ["1.一般公共预算", "6.00"],
        ["2.政府性基金", "2.00"],
        ["二、上年结转", "1.00"],
        ["收入总计", "9.00"],
    ]
    assert tree(read(rows, ["收入总表"]).blocks[0]) == {
        "收入总计": ["一、本年收入", "二、上年结转"],
        "一、本年收入": ["1.一般公共预算", "2.政府性基金"],
    }


def test_lines_without_a_number_belong_to_the_numbered_line_above() -> None:
    rows = [
        ["项目", "预算数"],
        ["一、财政拨款收入", "8.00"],
        ["  一般公共预算", "6.00"],
        ["  政府性基金", "2.00"],
        ["收入总计", "8.00"],
    ]
    assert tree(read(rows, ["收入总表"]).blocks[0]) == {
        "收入总计": ["一、财政拨款收入"],
        "一、财政拨款收入": ["一般公共预算", "政府性基金"],
    }


def test_a_later_total_counts_the_earlier_one_in() -> None:
    rows = [
        ["项目", "预算数"],
        ["一、财政拨款收入", "8.00"],
        ["本年收入合计", "8.00"],
        ["上年结转", "1.00"],
        ["收入总计", "9.00"],
    ]
    assert tree(read(rows, ["收入总表"]).blocks[0]) == {
        "本年收入合计": ["一、财政拨款收入"],
        "收入总计": ["本年收入合计", "上年结转"],
    }


def test_lines_after_of_which_are_parts_of_the_line_before() -> None:
    rows = [
        ["项目", "预算数"],
        ["公务用车购置及运行费（小计）", "3.00"],
        ["其中：公务用车购置费", "1.00"],
        ["公务用车运行费", "2.00"],
        ["一、公务接待费", "1.00"],
    ]
    block = read(rows, ["三公经费支出表"]).blocks[0]
    assert tree(block) == {"公务用车购置及运行费（小计）": ["其中：公务用车购置费", "公务用车运行费"]}
    assert [entry.level for entry in block.entries] == [
        Level.OTHER,
        Level.OF_WHICH,
        Level.OF_WHICH,
        Level.OTHER,
    ]


def test_a_total_column_is_the_sum_of_its_neighbours() -> None:
    rows = [
        ["科目名称", "合计", "财政拨款", "<", "<", "单位资金", "<"],
        ["^", "^", "小计", "一般公共预算", "政府性基金", "事业收入", "其他收入"],
        ["总计", "9.00", "6.00", "4.00", "2.00", "2.00", "1.00"],
    ]
    table = read(rows, ["部门收入总表"])
    assert column_sums(table) == {
        ("合计", ("财政拨款/小计", "单位资金/事业收入", "单位资金/其他收入")),
        ("财政拨款/小计", ("财政拨款/一般公共预算", "财政拨款/政府性基金")),
    }


def test_a_column_of_which_is_no_addend() -> None:
    rows = [
        ["科目名称", "合计", "基本支出", "其中：人员经费", "项目支出"],
        ["总计", "9.00", "6.00", "5.00", "3.00"],
    ]
    assert column_sums(read(rows, ["部门支出总表"])) == {("合计", ("基本支出", "项目支出"))}


def test_columns_without_a_total_have_no_sum() -> None:
    rows = [["科目名称", "上年预算", "本年预算"], ["总计", "9.00", "6.00"]]
    assert column_sums(read(rows, ["部门支出总表"])) == set()
