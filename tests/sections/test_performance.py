"""Performance forms: header, head block, levels, other provinces' forms, gaps."""

from dataclasses import replace

from extractors.model.performance import Scope
from extractors.sections.budget_tables import tables
from extractors.sections.performance import performance
from tests.forms import BODY, CAPTION, HEAD, HEADER, disclosure_with, levels, read_form, words
from tests.ruled import ruled

WHOLE = [
    ["部门名称（盖章）", "<", "某县某局", "<", "<", "<"],
    ["部门联系人", "<", "李四", "联系电话", "0996-0000001", "<"],
    ["年度绩效目标", "<", "保障运转。", "<", "<", "<"],
    ["年度预算（万元）", "<", "资金来源", "<", "资金总额（万元）", "<"],
    ["^", "^", "财政资金（万元）", "上级安排", "113.14", "<"],
    ["^", "^", "^", "本级安排", "548.13", "<"],
    ["^", "^", "其他资金（万元）", "其他", "0.00", "<"],
    ["一级指标", "二级指标", "三级指标", "指标值", "指标设定依据", "分值权重"],
    ["履职效能", "数量指标", "参保人数", ">=118.88万人", "2025年工作计划", "50"],
    ["^", "质量指标", "参保率", "=100%", "“十四五”规划", "40"],
]

SHAANXI = [
    ["项目名称", "<", "乙项目", "<", "<", "<"],
    ["主管部门", "<", "某县某局", "<", "<", "<"],
    ["资金金额\n（万元）", "<", "实施期资金总额：", "<", "30.00", "<"],
    ["^", "^", "其中：财政拨款", "<", "20.00", "<"],
    ["^", "^", "其他资金", "<", "10.00", "<"],
    ["总\n体\n目\n标", "聘请专家。", "<", "<", "<", "<"],
    ["年度绩效指标", "一级指标", "二级指标", "指标内容", "指标值", "备注"],
    ["^", "产出指标", "数量指标", "聘请专家人数", "20人", ""],
    ["^", "^", "时效指标", "完成时间", "12月底前", "见合同"],
    ["^", "满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", ""],
]

TASKS = [
    ["部门（单位）名称", "<", "某县某局", "<", "<", "<"],
    ["年度主要任务", "任务名称", "主要内容", "预算金额（万元）", "<", "<"],
    ["^", "^", "^", "总额", "财政拨款", "其他资金"],
    ["^", "人员经费", "保障运转。", "315.72", "315.72", ""],
    ["^", "医疗费", "落实待遇。", "8.00", "", "8.00"],
    ["^", "金额合计", "<", "323.72", "315.72", "8.00"],
    ["年度总体目标", "目标1：保障工资。", "<", "<", "<", "<"],
    ["年度绩效指标", "一级指标", "二级指标", "指标内容", "指标值", "<"],
    ["^", "产出指标", "数量指标", "发放人数", "在职20人", "<"],
]


def test_the_head_block_of_a_project() -> None:
    form = read_form(HEAD + HEADER + BODY)
    assert form.scope is Scope.PROJECT
    assert words(form, "title", "name", "organisation", "leader") == [
        "项目支出绩效目标表",
        "甲项目（上年结转）",
        "某县某局",
        "张三",
    ]
    assert words(form, "total", "fiscal", "other") == ["4.00", "4.00", None]
    assert form.total is not None
    assert (form.total.unit, form.unit) == ("万元", "万元")
    assert words(form, "goal") == ["目标1：印制手册；目标2：开展宣传。"]


def test_a_blank_value_is_none_although_a_label_stands_below() -> None:
    rows = [["项目名称", "<", "", "<", "<", "项目负责人", ""], *HEAD[2:], *HEADER, *BODY]
    assert words(read_form(rows), "name", "leader") == [None, None]


def test_merged_levels_belong_to_each_of_their_rows() -> None:
    assert levels(read_form(HEAD + HEADER + BODY).indicators) == [
        ["产出指标", "数量指标", "印制宣传册数量"],
        ["产出指标", "数量指标", "宣传活动次数"],
        ["产出指标", "质量指标", "参保覆盖率"],
        ["效益指标", "社会效益指标", "减轻负担"],
    ]


def test_a_level_that_is_printed_once_without_merging_holds_on() -> None:
    rows = [["产出指标", "数量指标", "甲", "1次", "", "", "5"], ["", "", "乙", "2次", "", "", "5"]]
    assert levels(read_form(HEAD + HEADER + rows).indicators)[1] == ["产出指标", "数量指标", "乙"]


def test_a_blank_second_level_is_not_that_of_another_first_level() -> None:
    rows = [["产出指标", "数量指标", "甲", "1次", "", "", "5"], ["满意度指标", "", "乙", "2次", "", "", "5"]]
    assert levels(read_form(HEAD + HEADER + rows).indicators)[1] == ["满意度指标", None, "乙"]


def test_the_fields_of_an_indicator() -> None:
    first, second, third, last = read_form(HEAD + HEADER + BODY).indicators
    assert words(second, "target", "basis", "last_year", "weight") == ["＞=4次", "计划标准", "3次", "8.5"]
    assert second.operator == ">="
    assert second.value is not None
    assert (second.value.printed, second.value.unit) == ("4", "次")
    assert [i.last_year for i in (first, third)] == [None, None]
    assert last.weight is not None
    assert (last.weight.printed, last.weight.unit) == ("10", "分")
    assert (last.operator, last.value) == (None, None)


def test_the_place_of_a_value_is_its_own_and_that_of_a_cell_is_its_print() -> None:
    first = read_form(HEAD + HEADER + BODY).indicators[0]
    assert first.target is not None
    assert first.value is not None
    (whole,), (figure,) = first.target.place, first.value.place
    assert (whole.text, figure.text) == (">=20000份", "20000")
    assert whole.box.x0 < figure.box.x0 < figure.box.x1 < whole.box.x1


def test_a_whole_form_lists_its_sources_and_adds_nothing_up() -> None:
    form = read_form(WHOLE, ["部门整体绩效目标表"])
    assert form.scope is Scope.WHOLE
    assert words(form, "name", "organisation", "leader") == [None, "某县某局", "李四"]
    assert [words(f, "source", "item", "amount") for f in form.funding] == [
        ["财政资金", "上级安排", "113.14"],
        ["财政资金", "本级安排", "548.13"],
        ["其他资金", "其他", "0.00"],
    ]
    assert words(form, "total", "fiscal", "other") == [None, None, "0.00"]
    assert levels(form.indicators) == [
        ["履职效能", "数量指标", "参保人数"],
        ["履职效能", "质量指标", "参保率"],
    ]


def test_a_source_that_stands_once_is_the_fiscal_money_and_a_sum_the_total() -> None:
    rows = [
        *WHOLE[:4],
        ["^", "^", "财政资金", "<", "548.13", "<"],
        ["^", "^", "合计", "<", "548.13", "<"],
        *WHOLE[7:],
    ]
    form = read_form(rows, ["部门整体绩效目标表"])
    assert words(form, "total", "fiscal", "other") == ["548.13", "548.13", None]
    assert len(form.funding) == 1


def test_a_form_with_a_label_down_its_side_and_a_column_of_notes() -> None:
    form = read_form(SHAANXI, ["专项业务经费绩效目标表"])
    assert words(form, "name", "total", "fiscal", "other", "goal") == [
        "乙项目",
        "30.00",
        "20.00",
        "10.00",
        "聘请专家。",
    ]
    assert [words(i, "level1", "target", "note") for i in form.indicators] == [
        ["产出指标", "20人", None],
        ["产出指标", "12月底前", "见合同"],
        ["满意度指标", "≥90%", None],
    ]


def test_the_main_tasks_and_their_total() -> None:
    form = read_form(TASKS, ["部门整体支出绩效目标表"])
    assert [words(t, "name", "content", "total", "fiscal", "other") for t in form.tasks] == [
        ["人员经费", "保障运转。", "315.72", "315.72", None],
        ["医疗费", "落实待遇。", "8.00", None, "8.00"],
    ]
    assert words(form, "total", "fiscal", "other") == ["323.72", "315.72", "8.00"]


def test_the_money_of_the_year_goes_before_that_of_the_whole_period() -> None:
    rows = [
        ["项目名称", "<", "丙项目", "<", "<", "<"],
        ["资金金额（万元）", "<", "实施期资金总额：", "90.00", "年度资金总额：", "30.00"],
        ["^", "^", "其中：财政拨款", "80.00", "其中：财政拨款", "20.00"],
        ["^", "^", "其他资金", "10.00", "其他资金", "10.00"],
        ["总体目标", "实施期总目标", "<", "<", "年度目标", "<"],
        ["^", "三年建成。", "<", "<", "今年开工。", "<"],
        *SHAANXI[6:],
    ]
    form = read_form(rows, ["专项资金绩效目标表"])
    assert words(form, "total", "fiscal", "other", "goal") == ["30.00", "20.00", "10.00", "今年开工。"]


def test_a_figure_behind_its_label_in_one_cell() -> None:
    rows = [
        ["项目名称：丁项目", "<", "<", "<", "负责人：王五", "<", "<"],
        ["资金总额：4万元", "<", "<", "其中：财政拨款：3万元", "<", "其他资金：1万元", "<"],
        *HEADER,
        *BODY,
    ]
    form = read_form(rows)
    assert words(form, "name", "leader", "total", "fiscal", "other") == ["丁项目", "王五", "4", "3", "1"]
    assert form.other is not None
    assert form.other.unit == "万元"


def test_a_template_that_nobody_filled_in_is_empty() -> None:
    rows = [
        ["项目名称", "<", "", "<", "<", "<"],
        ["资金金额（万元）", "<", "年度资金总额：", "<", "", "<"],
        ["总体目标", "目标1：\n目标2：\n……", "<", "<", "<", "<"],
        SHAANXI[6],
        ["^", "产出指标", "数量指标", "指标1：", "", ""],
        ["^", "^", "^", "指标2：", "", ""],
    ]
    form = read_form(rows, ["专项资金总体绩效目标表"])
    assert form.is_empty
    assert form.indicators == ()


def test_operator_and_unit_in_columns_of_their_own() -> None:
    rows = [
        ["项目名称", "<", "戊项目", "<", "<", "<", "<"],
        ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重"],
        ["产出指标", "数量指标", "培训人数", "≥", "45", "人", "10"],
        ["^", "质量指标", "水平", "定性", "优", "", "10"],
    ]
    counted, judged = read_form(rows).indicators
    assert counted.target is not None
    assert counted.value is not None
    assert (counted.operator, counted.value.printed, counted.value.unit) == (">=", "45", "人")
    assert len(counted.target.place) == 3
    assert (judged.operator, judged.value) == (None, None)


def test_two_forms_in_one_grid() -> None:
    rows = [*HEAD, *HEADER, *BODY, ["项目支出绩效目标表", *["<"] * 6], *HEAD, *HEADER, *BODY[:2]]
    disclosure = performance.read(disclosure_with(ruled(rows, CAPTION)))
    one, other = disclosure.indicator_tables
    assert (len(one.indicators), len(other.indicators)) == (4, 2)
    assert words(other, "name") == ["甲项目（上年结转）"]


def test_a_sum_of_weights_and_a_note_are_no_indicators() -> None:
    rows = [["合计", "<", "<", "", "", "", "100"], ["注：本表由单位填写。", *["<"] * 6]]
    assert len(read_form([*HEAD, *HEADER, *BODY, *rows]).indicators) == 4


LISTING = [
    [
        "单位名称",
        "项目名称",
        "预算金额\n（万元）",
        "年度目标",
        "一级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "度量单位",
    ],
    ["某局", "甲项目", "4.00", "目标1：印制手册，", "产出指标", "手册", "≥", "20", "份"],
    ["^", "^", "^", "^", "效益指标", "知晓率", "≥", "90", "%"],
    ["^", "乙项目", "2.50", "帮扶。", "产出指标", "人数", "＝", "30", "人"],
]


def test_many_projects_in_one_table() -> None:
    disclosure = performance.read(disclosure_with(ruled(LISTING, ["部门预算项目绩效目标表"])))
    assert disclosure.gaps == ()
    assert [words(f, "name", "total", "goal") for f in disclosure.indicator_tables] == [
        ["甲项目", "4.00", "目标1：印制手册，"],
        ["乙项目", "2.50", "帮扶。"],
    ]
    assert [[i.level3.printed for i in f.indicators if i.level3] for f in disclosure.indicator_tables] == [
        ["手册", "知晓率"],
        ["人数"],
    ]
    assert {f.unit for f in disclosure.indicator_tables} == {"万元"}
    assert {f.scope for f in disclosure.indicator_tables} == {Scope.PROJECT}


def test_a_project_of_many_goes_on_over_the_page() -> None:
    more = [
        ["", "", "", "发放到户。", "", "受益率", "≥", "95", "%"],
        ["某局", "丙项目", "1", "", "产出指标", "次数", "", "3", "次"],
    ]
    disclosure = performance.read(disclosure_with(ruled(LISTING[:3], ["项目绩效目标表"], more=more)))
    one, other = disclosure.indicator_tables
    assert words(one, "name", "goal") == ["甲项目", "目标1：印制手册，发放到户。"]
    assert levels(one.indicators)[-1] == ["效益指标", None, "受益率"]
    assert words(other, "name", "total") == ["丙项目", "1"]


def test_what_is_titled_as_a_form_and_has_no_known_header_is_a_gap() -> None:
    disclosure = performance.read(disclosure_with(ruled([["甲", "乙"], ["丙", "1.00"]], CAPTION)))
    (gap,) = disclosure.gaps
    assert gap.page == 1
    assert "项目支出绩效目标表" in gap.reason


def test_a_form_with_an_unsound_grid_is_a_gap_that_says_why() -> None:
    table = ruled([*HEAD, *HEADER, *BODY], CAPTION)
    broken = replace(table, parts=(replace(table.parts[0], faults=("irregular region: row 3, column 2",)),))
    disclosure = performance.read(disclosure_with(broken))
    assert disclosure.indicator_tables == ()
    assert ["irregular region: row 3, column 2" in gap.reason for gap in disclosure.gaps] == [True]


def test_a_filled_column_of_no_known_role_is_a_gap() -> None:
    header = [[*HEADER[0][:5], "责任科室", "权重"]]
    disclosure = performance.read(disclosure_with(ruled([*HEAD, *header, *BODY], CAPTION)))
    assert ["责任科室" in gap.reason for gap in disclosure.gaps] == [True]
    assert len(disclosure.indicator_tables[0].indicators) == 4


def test_a_weight_that_is_no_number_is_a_gap() -> None:
    body = [[*BODY[0][:6], "八"], *BODY[1:]]
    disclosure = performance.read(disclosure_with(ruled([*HEAD, *HEADER, *body], CAPTION)))
    assert ["“八”" in gap.reason for gap in disclosure.gaps] == [True]


def test_forms_are_no_budget_tables_whatever_their_title() -> None:
    form = ruled([*HEAD, *HEADER, *BODY], ["附件3", "部门预算情况公开表"])
    assert tables.read(disclosure_with(form)).tables == ()
    assert len(performance.read(disclosure_with(form)).indicator_tables) == 1


def test_what_an_indicator_is_about_may_stand_beside_its_name() -> None:
    rows = [
        ["项目名称", "<", "乙项目", "<", "<", "<"],
        ["一级指标", "二级指标", "三级指标", "指标值", "指标属性", "指标内容"],
        ["产出指标", "数量指标", "防治面积", ">=3万亩次", "定量指标", "按实际面积计分"],
    ]
    form = read_form(rows)
    assert [(i.level3.printed, i.note.printed) for i in form.indicators if i.level3 and i.note] == [
        ("防治面积", "按实际面积计分")
    ]


SELF_EVALUATED = [
    ["项目名称", "乙项目", "<", "<", "<", "<"],
    ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "执行率"],
    ["^", "年度资金总额", "13.00", "13.00", "12.00", "92.31%"],
    ["^", "其中：当年财政拨款", "10.00", "10.00", "9.00", "90.00%"],
    ["^", "上年结转资金", "2.00", "2.00", "2.00", "100.00%"],
    ["^", "其他资金", "1.00", "1.00", "1.00", "100.00%"],
    ["年度总体目标", "预期目标", "<", "<", "实际完成情况", "<"],
    ["^", "防治3万亩次。", "<", "<", "防治3.1万亩次。", "<"],
    ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "分值"],
    ["^", "产出指标", "数量指标", "防治面积", "≥3万亩次", "50"],
]


def test_a_form_of_what_was_reached_says_its_goal_below_the_label() -> None:
    form = read_form(SELF_EVALUATED)
    assert words(form, "name", "total", "fiscal", "other", "goal") == [
        "乙项目",
        "13.00",
        "10.00",
        "1.00",
        "防治3万亩次。",
    ]


def test_what_is_left_of_the_year_before_is_a_source_of_its_own() -> None:
    form = read_form(SELF_EVALUATED)
    assert [source.amount.printed for source in form.funding] == ["10.00", "2.00", "1.00"]
