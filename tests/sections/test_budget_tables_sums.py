"""The sums among the columns of a budget table, as its header states them."""

from tests.ruled import column_sums, read


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


def test_a_sum_that_most_rows_contradict_is_none() -> None:
    rows = [["科目名称", "合计", "财政拨款", "事业收入"]]
    rows += [[name, "9.00", "6.00", "5.00"] for name in ("甲", "乙", "丙")]
    assert column_sums(read(rows, ["部门收入总表"])) == set()


def test_a_sum_that_one_row_contradicts_stays() -> None:
    rows = [["科目名称", "合计", "财政拨款", "事业收入"]]
    rows += [["甲", "9.00", "6.00", "3.00"], ["乙", "9.00", "6.00", "3.00"], ["丙", "9.00", "6.00", "5.00"]]
    assert column_sums(read(rows, ["部门收入总表"])) == {("合计", ("财政拨款", "事业收入"))}


def test_columns_of_one_name_are_all_addends() -> None:
    rows = [["合计", "其他", "其他"], ["9.00", "6.00", "3.00"]]
    assert column_sums(read(rows, ["部门收入总表"])) == {("合计", ("其他", "其他"))}
