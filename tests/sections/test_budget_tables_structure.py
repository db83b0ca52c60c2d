"""The structure of budget tables: which row is part of which, which column is the sum of which."""

from extractors.model.facts import Level
from tests.ruled import column_sums, printed, read, tree

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


def test_lines_further_in_are_parts_of_the_line_above() -> None:
    rows = [
        ["单位编码", "单位(项目)名称", "项目金额", "项目简介"],
        ["", "合计", "9.00", ""],
        ["406", "某县某局", "9.00", ""],
        ["", "   补助", "7.00", ""],
        ["", "      甲补助", "4.00", "用于甲。"],
        ["", "      乙补助", "3.00", ""],
        ["", "   医疗费", "2.00", ""],
    ]
    assert tree(read(rows, ["专项业务经费支出表"]).blocks[0]) == {
        "合计": ["406 某县某局"],
        "406 某县某局": ["补助", "医疗费"],
        "补助": ["甲补助", "乙补助"],
    }


def test_blanks_printed_before_a_name_indent_it_and_are_no_part_of_it() -> None:
    rows = [
        ["名称", "金额"],
        ["合计", "4.00"],
        ["某县某局", "4.00"],
        ["甲项目", "4.00"],
        ["\u3000\u3000乙项目", "4.00"],
    ]
    assert tree(read(rows, ["专项业务经费支出表"]).blocks[0])["甲项目"] == ["乙项目"]


def test_names_in_later_columns_are_parts_of_names_in_earlier_ones() -> None:
    rows = [
        ["采购大类", "专项名称", "采购物品名称", "总计"],
        ["合计", "", "", "9.00"],
        ["一、货物", "", "", "9.00"],
        ["", "设备购置费", "", "9.00"],
        ["", "", "计算机", "5.00"],
        ["", "", "家具", "4.00"],
    ]
    assert tree(read(rows, ["政府采购预算表"]).blocks[0]) == {
        "合计": ["一、货物"],
        "一、货物": ["设备购置费"],
        "设备购置费": ["计算机", "家具"],
    }


def test_a_label_over_several_rows_stands_for_its_subtotal() -> None:
    rows = [
        ["项目名称", "<", "金额"],
        ["收入总计", "<", "9.00"],
        ["一般公共预算资金", "小计", "7.00"],
        ["^", "财政拨款资金", "5.00"],
        ["^", "专项收入", "2.00"],
        ["其他资金", "小计", "2.00"],
        ["^", "事业收入", "2.00"],
    ]
    assert tree(read(rows, ["收入预算总表"]).blocks[0]) == {
        "收入总计": ["一般公共预算资金", "其他资金"],
        "一般公共预算资金": ["财政拨款资金", "专项收入"],
        "其他资金": ["事业收入"],
    }


def test_a_label_over_several_rows_with_a_line_of_its_own_is_no_sum() -> None:
    rows = [
        ["项目", "<", "金额"],
        ["合计", "<", "9.00"],
        ["基本支出", "人员经费", "7.00"],
        ["^", "公用经费", "2.00"],
    ]
    block = read(rows, ["支出总表"]).blocks[0]
    assert [entry.parent for entry in block.entries] == [None, 0, 0]


def test_totals_that_name_their_part_do_not_count_one_another_in() -> None:
    rows = [
        HEADER,
        ["301", "工资福利支出", "6.00"],
        ["303", "对个人和家庭的补助", "1.00"],
        ["人员经费合计", "<", "7.00"],
        ["302", "商品和服务支出", "2.00"],
        ["公用经费合计", "<", "2.00"],
        ["合计", "<", "9.00"],
    ]
    assert tree(read(rows, ["基本支出表"]).blocks[0]) == {
        "人员经费合计": ["301 工资福利支出", "303 对个人和家庭的补助"],
        "公用经费合计": ["302 商品和服务支出"],
        "合计": ["人员经费合计", "公用经费合计"],
    }


def test_totals_before_their_parts_hold_only_what_follows() -> None:
    rows = [
        HEADER,
        ["合计", "<", "9.00"],
        ["人员经费合计", "<", "7.00"],
        ["301", "工资福利支出", "7.00"],
        ["公用经费合计", "<", "2.00"],
        ["302", "商品和服务支出", "2.00"],
    ]
    assert tree(read(rows, ["基本支出表"]).blocks[0]) == {
        "合计": ["人员经费合计", "公用经费合计"],
        "人员经费合计": ["301 工资福利支出"],
        "公用经费合计": ["302 商品和服务支出"],
    }


def test_totals_first_and_last_claim_no_lines() -> None:
    rows = [
        ["项目", "金额"],
        ["收入总计", "9.00"],
        ["一、基本支出", "6.00"],
        ["支出总计", "9.00"],
    ]
    assert tree(read(rows, ["收支总表"]).blocks[0]) == {}


def test_the_total_of_this_year_may_stand_first_of_a_few_lines() -> None:
    rows = [["项目", "金额"], ["本年收入合计", "8.00"], ["上年结转", "1.00"], ["收入总计", "9.00"]]
    assert tree(read(rows, ["收入总表"]).blocks[0]) == {"收入总计": ["本年收入合计", "上年结转"]}


def test_a_department_over_its_units() -> None:
    rows = [
        ["单位名称", "合计"],
        ["合计", "9.00"],
        ["某县某局", "9.00"],
        ["某县某局本级", "7.00"],
        ["某县服务中心", "2.00"],
    ]
    assert tree(read(rows, ["支出总表"]).blocks[0]) == {
        "合计": ["某县某局"],
        "某县某局": ["某县某局本级", "某县服务中心"],
    }


def test_numbers_in_brackets_are_below_plain_ones() -> None:
    rows = [
        ["项目", "预算数"],
        ["一、部门预算", "9.00"],
        ["1、财政拨款", "9.00"],
        ["(1)一般公共预算拨款", "9.00"],
        ["其中：专项资金", "1.00"],
        ["(2)政府性基金拨款", ""],
        ["2、事业收入", ""],
        ["本年收入合计", "9.00"],
    ]
    assert tree(read(rows, ["收入总表"]).blocks[0]) == {
        "本年收入合计": ["一、部门预算"],
        "一、部门预算": ["1、财政拨款", "2、事业收入"],
        "1、财政拨款": ["(1)一般公共预算拨款", "(2)政府性基金拨款"],
        "(1)一般公共预算拨款": ["其中：专项资金"],
    }


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


def test_columns_divided_alike_have_a_sum_for_each_division() -> None:
    rows = [
        ["“三公”经费", "<", "<", "<", "<", "<", "<", "<", "<", "<"],
        ["合计", "<", "公务用车购置及运行费", "<", "<", "<", "<", "<", "公务接待费", "<"],
        ["^", "^", "小计", "<", "购置费", "<", "运行费", "<", "^", "^"],
        ["预算数", "决算数"] * 5,
        ["9.00", "8.00", "6.00", "5.00", "2.00", "2.00", "4.00", "3.00", "3.00", "3.00"],
    ]
    rows[1][1], rows[1][9], rows[2][1], rows[2][9] = "<", "<", "<", "<"
    rows[2][0] = rows[2][8] = "^"
    sums = column_sums(read(rows, ["“三公”经费支出决算表"]))
    top, cars = "“三公”经费", "“三公”经费/公务用车购置及运行费"
    assert sums == {
        found
        for year in ("预算数", "决算数")
        for found in (
            (f"{top}/合计/{year}", (f"{cars}/小计/{year}", f"{top}/公务接待费/{year}")),
            (f"{cars}/小计/{year}", (f"{cars}/购置费/{year}", f"{cars}/运行费/{year}")),
        )
    }


def test_meetings_are_no_part_of_a_total_of_the_three_public_expenses() -> None:
    rows = [["“三公”经费合计", "公务接待费", "会议费"], ["2.00", "2.00", "1.00"]]
    assert column_sums(read(rows, ["“三公”经费及会议费支出表"])) == {("“三公”经费合计", ("公务接待费",))}


def test_years_beside_a_total_are_no_parts_of_it() -> None:
    rows = [["科目名称", "合计", "上年预算数", "本年预算数"], ["总计", "9.00", "8.00", "9.00"]]
    assert column_sums(read(rows, ["部门支出总表"])) == set()
