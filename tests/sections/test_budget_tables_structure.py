"""The structure of budget tables: which row is part of which."""

from dataclasses import replace

from extractors.model.facts import Level
from tests.ruled import grid, moved, read, read_all, ruled, tree

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


def test_the_code_of_a_unit_beside_that_of_the_subject_is_no_part_of_it() -> None:
    rows = [
        ["科目编码", "<", "<", "单位代码", "单位（科目名称）", "合计"],
        ["类", "款", "项", "^", "^", "^"],
        ["", "", "", "", "合计", "9.00"],
        ["", "", "", "102", "某县某局", "9.00"],
        ["205", "08", "03", "102001", "培训支出", "3.00"],
        ["210", "11", "01", "102001", "行政单位医疗", "6.00"],
    ]
    table = read(rows, ["支出总体情况表"])
    assert [row.code for row in table.rows] == [None, None, "2050803", "2101101"]
    assert [row.level for row in table.rows[2:]] == [Level.ITEM, Level.ITEM]
    assert [entry.parent for entry in table.blocks[0].entries] == [None, 0, 1, 1]


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


def test_indents_on_a_page_that_is_moved_are_those_of_the_first() -> None:
    rows = [
        ["名称", "金额"],
        ["合计", "9.00"],
        ["某县某局", "9.00"],
        ["   补助", "7.00"],
        ["      甲补助", "7.00"],
    ]
    first = ruled(rows, ["专项业务经费支出表"])
    later = moved(grid([["   医疗费", "2.00"], ["      乙补助", "2.00"]], page=2), 40.0)
    (table,) = read_all(replace(first, parts=(*first.parts, later)))
    assert tree(table.blocks[0])["某县某局"] == ["补助", "医疗费"]


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


def test_parts_of_what_is_carried_over_may_be_numbered_anew() -> None:
    rows = [
        ["项目", "决算数"],
        ["一、一般公共预算财政拨款", "9.00"],
        ["本年收入合计", "9.00"],
        ["年初财政拨款结转和结余", "3.00"],
        ["一、一般公共预算财政拨款", "2.00"],
        ["二、政府性基金预算财政拨款", "1.00"],
        ["总计", "12.00"],
    ]
    block = read(rows, ["收入决算总表"]).blocks[0]
    assert [entry.parent for entry in block.entries] == [1, 5, 5, 2, 2, None]


def test_what_stands_before_the_first_number_is_no_sum_of_it() -> None:
    rows = [["项目", "预算数"], ["上年结转", "3.00"], ["一、拨款", "9.00"], ["收入总计", "12.00"]]
    assert tree(read(rows, ["收入总表"]).blocks[0]) == {"收入总计": ["上年结转", "一、拨款"]}


def test_numbered_lines_after_a_numbered_of_which_are_parts_too() -> None:
    rows = [
        ["项目", "预算数"],
        ["合计", "9.00"],
        ["1、公务接待费", "3.00"],
        ["2、公务用车费", "6.00"],
        ["其中：（1）公务用车运行维护费", "4.00"],
        ["（2）公务用车购置费", "2.00"],
    ]
    block = read(rows, ["三公经费支出表"]).blocks[0]
    assert [entry.parent for entry in block.entries] == [None, 0, 0, 2, 2]
    assert [entry.level for entry in block.entries[3:]] == [Level.OF_WHICH, Level.OF_WHICH]


def test_a_total_printed_again_holds_no_lines_of_its_own() -> None:
    rows = [HEADER, ["", "合计", "9.00"], ["210", "卫生健康支出", "7.00"]]
    more = [["", "合计", "9.00"], ["221", "住房保障支出", "2.00"]]
    block = read(rows, TITLE, more=more).blocks[0]
    assert [entry.parent for entry in block.entries] == [None, 0, None, 0]


def test_another_total_of_everything_leaves_open_whose_the_lines_are() -> None:
    rows = [HEADER, ["", "合计", "9.00"], ["210", "卫生健康支出", "9.00"], ["", "合计", "2.00"]]
    rows += [["221", "住房保障支出", "2.00"]]
    assert tree(read(rows, TITLE).blocks[0]) == {}
