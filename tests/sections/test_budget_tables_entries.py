"""The lines of budget tables: codes split and joined, names, blocks side by side."""

from extractors.checks import table_sum
from extractors.model.facts import Disclosure, Level
from extractors.model.findings import Verdict
from tests.builders import document_from
from tests.ruled import printed, read, tree

HEADER = ["科目编码", "科目名称", "合计"]
TITLE = ["一般公共预算支出情况表", "单位：万元"]


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


def test_codes_printed_in_full_in_each_column_are_one_code() -> None:
    rows = [
        ["科目编码", "<", "<", "科目名称", "合计"],
        ["类", "款", "项", "^", "^"],
        ["210", "", "", "卫生健康支出", "7.00"],
        ["210", "21015", "", "医疗保障管理事务", "7.00"],
        ["210", "21015", "2101501", "行政运行", "7.00"],
    ]
    assert [entry.code for entry in read(rows, TITLE).blocks[0].entries] == ["210", "21015", "2101501"]


def test_codes_printed_without_what_stands_above_are_completed() -> None:
    rows = [
        ["科目编码", "<", "<", "科目名称", "合计"],
        ["类", "款", "项", "^", "^"],
        ["210", "", "", "卫生健康支出", "7.00"],
        ["", "15", "", "医疗保障管理事务", "7.00"],
        ["", "", "01", "行政运行", "7.00"],
    ]
    assert [entry.code for entry in read(rows, TITLE).blocks[0].entries] == ["210", "21015", "2101501"]


def test_a_second_code_is_not_joined_to_the_first() -> None:
    rows = [
        ["部门经济科目编码", "部门经济科目名称", "政府经济科目编码", "政府经济科目名称", "合计"],
        ["301", "工资福利支出", "", "", "7.00"],
        ["30101", "基本工资", "50101", "工资奖金津补贴", "7.00"],
    ]
    block = read(rows, ["一般公共预算基本支出明细表"]).blocks[0]
    assert [(entry.code, entry.parent) for entry in block.entries] == [("301", None), ("30101", 0)]


def test_the_code_of_a_unit_is_no_category() -> None:
    rows = [
        ["单位编码", "单位名称", "合计"],
        ["合计", "<", "7.00"],
        ["406", "某县某局", "7.00"],
        ["406001", "某县某局本级", "7.00"],
    ]
    table = read(rows, ["部门支出总表"])
    assert [(row.code, row.name, row.level) for row in table.rows] == [
        (None, "合计", Level.TOTAL),
        ("406", "某县某局", Level.OTHER),
        ("406001", "某县某局本级", Level.OTHER),
    ]
    assert [entry.parent for entry in table.blocks[0].entries] == [None, 0, 1]


def test_a_total_where_the_codes_stand_is_a_name() -> None:
    rows = [HEADER, ["合计", "", "7.00"], ["210", "卫生健康支出", "7.00"]]
    block = read(rows, TITLE).blocks[0]
    assert [(entry.code, entry.name, entry.level) for entry in block.entries] == [
        (None, "合计", Level.TOTAL),
        ("210", "卫生健康支出", Level.CATEGORY),
    ]


def test_a_label_over_two_blocks_names_its_row_in_both() -> None:
    rows = [
        ["功能科目名称", "金额", "项目名称", "金额"],
        ["一、教育支出", "4.00", "一、基本支出", "9.00"],
        ["二、卫生健康支出", "5.00", "", ""],
        ["支出合计", "<", "<", "9.00"],
    ]
    table = read(rows, ["支出总表"])
    functions, purposes = table.blocks
    assert tree(functions) == {"支出合计": ["一、教育支出", "二、卫生健康支出"]}
    assert tree(purposes) == {"支出合计": ["一、基本支出"]}
    assert functions.entries[-1].amounts == purposes.entries[-1].amounts
    assert printed(table)[-1] == ["支出合计", "", "", "9.00"]


def test_a_label_over_the_later_name_columns_is_a_name_like_another() -> None:
    rows = [
        ["科目名称", "项目名称", "单位名称", "金额"],
        ["教育支出", "培训", "某局", "5.00"],
        ["", "零星支出", "<", "2.00"],
        ["合计", "<", "<", "7.00"],
    ]
    block = read(rows, ["部门项目支出表", "单位：万元"]).blocks[0]
    assert [entry.name for entry in block.entries] == ["教育支出", "零星支出", "合计"]
    assert tree(block) == {"合计": ["教育支出", "零星支出"]}


def test_two_columns_of_economic_classification_are_two_blocks() -> None:
    header = ["经济分类科目编码", "科目名称", "决算数"]
    rows = [
        [*header, *header],
        ["301", "工资福利支出", "7.00", "302", "商品和服务支出", "2.00"],
        ["30101", "基本工资", "7.00", "30201", "办公费", "2.00"],
        ["人员经费合计", "<", "7.00", "公用经费合计", "<", "2.00"],
    ]
    left, right = read(rows, ["一般公共预算财政拨款基本支出决算表"]).blocks
    assert [entry.label for entry in left.entries] == ["301 工资福利支出", "30101 基本工资", "人员经费合计"]
    assert [entry.label for entry in right.entries] == ["302 商品和服务支出", "30201 办公费", "公用经费合计"]
    assert [entry.parent for entry in right.entries] == [2, 0, None]


def test_a_label_over_two_blocks_may_end_before_the_number_of_the_line() -> None:
    rows = [
        ["收入", "<", "<", "支出", "<", "<", "<", "<", "<"],
        ["项目", "行次", "决算数", "按功能分类科目", "行次", "决算数", "按经济分类科目", "行次", "决算数"],
        ["一、拨款", "1", "9.00", "一、教育支出", "4", "9.00", "一、基本支出", "7", "9.00"],
        ["本年收入合计", "2", "9.00", "本年支出合计", "<", "<", "<", "8", "9.00"],
    ]
    table = read(rows, ["收入支出决算总表"])
    figures = [[(e.name, e.amounts[0].printed) for e in b.entries if e.amounts[0]] for b in table.blocks]
    assert figures == [
        [("一、拨款", "9.00"), ("本年收入合计", "9.00")],
        [("一、教育支出", "9.00"), ("本年支出合计", "9.00")],
        [("一、基本支出", "9.00"), ("本年支出合计", "9.00")],
    ]


def test_one_total_of_a_list_in_two_sets_of_columns() -> None:
    """The form of the final accounts of all departments, 公开06表."""
    header = ["科目代码", "科目名称", "决算数"]
    rows = [
        ["人员经费", "<", "<", "公用经费", "<", "<", "<", "<", "<"],
        [*header, *header, *header],
        ["301", "工资福利支出", "7.00", "302", "商品和服务支出", "2.00", "310", "资本性支出", "1.00"],
        ["30101", "基本工资", "7.00", "30201", "办公费", "2.00", "31002", "办公设备购置", "1.00"],
        ["人员经费合计", "<", "7.00", "公用经费合计", "<", "<", "<", "<", "3.00"],
    ]
    table = read(rows, ["一般公共预算财政拨款基本支出决算表"])
    assert [block.goes_on for block in table.blocks] == [False, False, True]
    assert [block.entries[-1].label for block in table.blocks] == [
        "人员经费合计",
        "30201 办公费",
        "公用经费合计",
    ]
    sums = list(table_sum.rows.tie_outs(Disclosure(document_from(""), tables=(table,))))
    assert {t.verdict for t in sums} == {Verdict.HOLDS}
    assert [len(t.terms) for t in sums if "公用经费合计" in t.basis] == [3]


def test_the_code_of_the_subject_outweighs_that_of_the_unit() -> None:
    rows = [
        ["单位编码", "单位名称", "科目编码", "科目名称", "合计"],
        ["", "合计", "", "", "9.00"],
        ["406", "某县某局", "", "", "9.00"],
        ["406001", "某县某局本级", "", "", "9.00"],
        ["406001", "某县某局本级", "2080505", "养老保险缴费支出", "4.00"],
        ["406001", "某县某局本级", "2101501", "行政运行", "5.00"],
    ]
    block = read(rows, ["部门支出总表"]).blocks[0]
    assert [(entry.code, entry.name, entry.parent) for entry in block.entries] == [
        (None, "合计", None),
        (None, "某县某局", 0),
        (None, "某县某局本级", 1),
        ("2080505", "养老保险缴费支出", 2),
        ("2101501", "行政运行", 2),
    ]
