"""Performance forms: header, head block, levels, targets, page breaks, other provinces' forms, gaps."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extractors.model.document import Document, RuledTable
from extractors.model.facts import Disclosure
from extractors.model.performance import Indicator, IndicatorTable, Scope
from extractors.sections.budget_tables import tables
from extractors.sections.performance import performance
from extractors.sections.performance.target import target_of
from tests.builders import passage
from tests.ruled import Rows, grid, ruled

CAPTION = ["项目支出绩效目标表", "（2025年）"]

HEAD = [
    ["预算单位", "<", "某县某局", "<", "<", "<", "<"],
    ["项目名称", "<", "甲项目\n（上年结转）", "<", "<", "项目负责人", "张三"],
    ["项目资金\n（万元）", "<", "年度预算总额：", "4.00", "其中：\n财政拨款", "4.00", ""],
    ["项目总体\n目标", "<", "目标1：印制手册；\n目标2：开展宣传。", "<", "<", "<", "<"],
]
HEADER = [["一级\n指标", "二级\n指标", "三级指标", "指标值", "指标值设置依据", "上年完成值", "指标分值权重"]]
BODY = [
    ["产出指标", "数量指标", "印制宣传册数量", ">=20000份", "计划标准", "-", "8"],
    ["^", "^", "宣传活动次数", "＞\n=4次", "计划标准", "3次", "8.5"],
    ["^", "质量指标", "参保覆盖率", "≥95%", "计划标准", "", "8"],
    ["效益指标", "社会效益指标", "减轻负担", "有效\n减轻", "计划标准", "-", "10分"],
]

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


def _disclosure(*ruled_tables: RuledTable) -> Disclosure:
    return Disclosure(Document(sha256="0" * 64, file_name="form.pdf", pages=(), tables=ruled_tables))


def _read(rows: Rows, caption: Sequence[str] = CAPTION, more: Rows = ()) -> IndicatorTable:
    disclosure = performance.read(_disclosure(ruled(rows, caption, more=more)))
    assert disclosure.gaps == ()
    (form,) = disclosure.indicator_tables
    return form


def _words(thing: object, *names: str) -> list[str | None]:
    """What is printed for some fields."""
    reads = [getattr(thing, name) for name in names]
    return [read.printed if read else None for read in reads]


def _levels(indicators: Sequence[Indicator]) -> list[list[str | None]]:
    return [_words(i, "level1", "level2", "level3") for i in indicators]


def _target(text: str) -> tuple[str | None, str | None, str | None]:
    operator, value = target_of(passage(text))
    return operator, str(value.value) if value else None, value.unit if value else None


def test_the_head_block_of_a_project() -> None:
    form = _read(HEAD + HEADER + BODY)
    assert form.scope is Scope.PROJECT
    assert _words(form, "title", "name", "organisation", "leader") == [
        "项目支出绩效目标表",
        "甲项目（上年结转）",
        "某县某局",
        "张三",
    ]
    assert _words(form, "total", "fiscal", "other") == ["4.00", "4.00", None]
    assert form.total is not None
    assert (form.total.unit, form.unit) == ("万元", "万元")
    assert _words(form, "goal") == ["目标1：印制手册；目标2：开展宣传。"]


def test_a_blank_value_is_none_although_a_label_stands_below() -> None:
    rows = [["项目名称", "<", "", "<", "<", "项目负责人", ""], *HEAD[2:], *HEADER, *BODY]
    assert _words(_read(rows), "name", "leader") == [None, None]


def test_merged_levels_belong_to_each_of_their_rows() -> None:
    assert _levels(_read(HEAD + HEADER + BODY).indicators) == [
        ["产出指标", "数量指标", "印制宣传册数量"],
        ["产出指标", "数量指标", "宣传活动次数"],
        ["产出指标", "质量指标", "参保覆盖率"],
        ["效益指标", "社会效益指标", "减轻负担"],
    ]


def test_a_level_that_is_printed_once_without_merging_holds_on() -> None:
    rows = [["产出指标", "数量指标", "甲", "1次", "", "", "5"], ["", "", "乙", "2次", "", "", "5"]]
    assert _levels(_read(HEAD + HEADER + rows).indicators)[1] == ["产出指标", "数量指标", "乙"]


def test_a_blank_second_level_is_not_that_of_another_first_level() -> None:
    rows = [["产出指标", "数量指标", "甲", "1次", "", "", "5"], ["满意度指标", "", "乙", "2次", "", "", "5"]]
    assert _levels(_read(HEAD + HEADER + rows).indicators)[1] == ["满意度指标", None, "乙"]


def test_the_fields_of_an_indicator() -> None:
    first, second, third, last = _read(HEAD + HEADER + BODY).indicators
    assert _words(second, "target", "basis", "last_year", "weight") == ["＞=4次", "计划标准", "3次", "8.5"]
    assert second.operator == ">="
    assert second.value is not None
    assert (second.value.printed, second.value.unit) == ("4", "次")
    assert [i.last_year for i in (first, third)] == [None, None]
    assert last.weight is not None
    assert (last.weight.printed, last.weight.unit) == ("10", "分")
    assert (last.operator, last.value) == (None, None)


def test_the_place_of_a_value_is_its_own_and_that_of_a_cell_is_its_print() -> None:
    first = _read(HEAD + HEADER + BODY).indicators[0]
    assert first.target is not None
    assert first.value is not None
    (whole,), (figure,) = first.target.place, first.value.place
    assert (whole.text, figure.text) == (">=20000份", "20000")
    assert whole.box.x0 < figure.box.x0 < figure.box.x1 < whole.box.x1


@pytest.mark.parametrize(
    ("text", "target"),
    [
        (">=118.88万人", (">=", "118.88", "万人")),
        ("≥95%", (">=", "95", "%")),
        ("＞=95％", (">=", "95", "%")),
        ("＜ =200元/次", ("<=", "200", "元/次")),
        ("≤2万元", ("<=", "2", "万元")),
        ("<=7.03元/人/年", ("<=", "7.03", "元/人/年")),
        ("＝100%", ("=", "100", "%")),
        (">1,000人", (">", "1000", "人")),
        ("不少于4次", (">=", "4", "次")),
        ("不得超过5%", ("<=", "5", "%")),
        ("不应大于5%", (None, None, None)),
        ("30人以上", (">=", "30", "人")),
        ("控制在5%以内", ("<=", "5", "%")),
        ("上访率<1%", ("<", "1", "%")),
        ("＞=2152.65", (">=", "2152.65", None)),
        ("100%", (None, "100", "%")),
        ("20人", (None, "20", "人")),
        ("=0人", ("=", "0", "人")),
        ("≤15日", ("<=", "15", "日")),
        ("≤预算", ("<=", None, None)),
        ("2025年12月15日", (None, None, None)),
        ("≤2025年12月15日", (None, None, None)),
        ("2025年", (None, None, None)),
        ("12月底前", (None, None, None)),
        ("每月20日之前", (None, None, None)),
        ("每月20日以内", (None, None, None)),
        ("2025年第一季度", (None, None, None)),
        ("80%-90%", (None, None, None)),
        ("1.2.3万元", (None, None, None)),
        ("有效提升", (None, None, None)),
    ],
)
def test_targets(text: str, target: tuple[str | None, str | None, str | None]) -> None:
    assert _target(text) == target


def test_a_whole_form_lists_its_sources_and_adds_nothing_up() -> None:
    form = _read(WHOLE, ["部门整体绩效目标表"])
    assert form.scope is Scope.WHOLE
    assert _words(form, "name", "organisation", "leader") == [None, "某县某局", "李四"]
    assert [_words(f, "source", "item", "amount") for f in form.funding] == [
        ["财政资金", "上级安排", "113.14"],
        ["财政资金", "本级安排", "548.13"],
        ["其他资金", "其他", "0.00"],
    ]
    assert _words(form, "total", "fiscal", "other") == [None, None, "0.00"]
    assert _levels(form.indicators) == [
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
    form = _read(rows, ["部门整体绩效目标表"])
    assert _words(form, "total", "fiscal", "other") == ["548.13", "548.13", None]
    assert len(form.funding) == 1


def test_a_form_with_a_label_down_its_side_and_a_column_of_notes() -> None:
    form = _read(SHAANXI, ["专项业务经费绩效目标表"])
    assert _words(form, "name", "total", "fiscal", "other", "goal") == [
        "乙项目",
        "30.00",
        "20.00",
        "10.00",
        "聘请专家。",
    ]
    assert [_words(i, "level1", "target", "note") for i in form.indicators] == [
        ["产出指标", "20人", None],
        ["产出指标", "12月底前", "见合同"],
        ["满意度指标", "≥90%", None],
    ]


def test_the_main_tasks_and_their_total() -> None:
    form = _read(TASKS, ["部门整体支出绩效目标表"])
    assert [_words(t, "name", "content", "total", "fiscal", "other") for t in form.tasks] == [
        ["人员经费", "保障运转。", "315.72", "315.72", None],
        ["医疗费", "落实待遇。", "8.00", None, "8.00"],
    ]
    assert _words(form, "total", "fiscal", "other") == ["323.72", "315.72", "8.00"]


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
    form = _read(rows, ["专项资金绩效目标表"])
    assert _words(form, "total", "fiscal", "other", "goal") == ["30.00", "20.00", "10.00", "今年开工。"]


def test_a_figure_behind_its_label_in_one_cell() -> None:
    rows = [
        ["项目名称：丁项目", "<", "<", "<", "负责人：王五", "<", "<"],
        ["资金总额：4万元", "<", "<", "其中：财政拨款：3万元", "<", "其他资金：1万元", "<"],
        *HEADER,
        *BODY,
    ]
    form = _read(rows)
    assert _words(form, "name", "leader", "total", "fiscal", "other") == ["丁项目", "王五", "4", "3", "1"]
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
    form = _read(rows, ["专项资金总体绩效目标表"])
    assert form.is_empty
    assert form.indicators == ()


def test_operator_and_unit_in_columns_of_their_own() -> None:
    rows = [
        ["项目名称", "<", "戊项目", "<", "<", "<", "<"],
        ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重"],
        ["产出指标", "数量指标", "培训人数", "≥", "45", "人", "10"],
        ["^", "质量指标", "水平", "定性", "优", "", "10"],
    ]
    counted, judged = _read(rows).indicators
    assert counted.target is not None
    assert counted.value is not None
    assert (counted.operator, counted.value.printed, counted.value.unit) == (">=", "45", "人")
    assert len(counted.target.place) == 3
    assert (judged.operator, judged.value) == (None, None)


def test_a_row_that_is_cut_by_the_page_end() -> None:
    more = [
        ["", "", "", "日", "", "", ""],
        ["满意度指标", "满意度指标", "满意度", ">=90%", "计划标准", "-", "10"],
    ]
    last = ["^", "时效指标", "完成时间", "2025年12月15", "计划标准", "-", "2"]
    form = _read([*HEAD, *HEADER, *BODY[:3], last], more=more)
    cut = form.indicators[3]
    assert _words(cut, "level1", "level2", "level3", "target") == [
        "产出指标",
        "时效指标",
        "完成时间",
        "2025年12月15日",
    ]
    assert cut.target is not None
    assert [e.page for e in cut.target.place] == [1, 2]
    assert len(form.indicators) == 5
    assert form.pages == (1, 2)


def test_every_cell_of_a_cut_row_may_go_on() -> None:
    last = ["满意", "满意", "群众", "＞", "计划标准", "-", "10"]
    more = [["度指标", "度指标", "满意度", "=95%", "", "", ""]]
    form = _read([*HEAD, *HEADER, *BODY, last], more=more)
    assert _words(form.indicators[-1], "level1", "level2", "level3", "target") == [
        "满意度指标",
        "满意度指标",
        "群众满意度",
        "＞=95%",
    ]
    assert form.indicators[-1].operator == ">="


def test_a_level_whose_name_is_cut_while_its_rows_are_whole() -> None:
    last = ["^", "社会效益", "甲", "有效", "计划标准", "-", "10"]
    more = [["", "指标", "乙", "有效", "计划标准", "-", "10"]]
    form = _read([*HEAD, *HEADER, *BODY, last], more=more)
    assert _levels(form.indicators[-2:]) == [
        ["效益指标", "社会效益指标", "甲"],
        ["效益指标", "社会效益指标", "乙"],
    ]


def test_two_whole_rows_at_a_page_end_are_two() -> None:
    """The second lacks its basis, yet each has a weight: no row was cut."""
    more = [["", "", "政策知晓率", ">=95%", "", "-", "10"]]
    form = _read([*HEAD, *HEADER, *BODY], more=more)
    assert _levels(form.indicators[-2:]) == [
        ["效益指标", "社会效益指标", "减轻负担"],
        ["效益指标", "社会效益指标", "政策知晓率"],
    ]


def test_a_goal_that_goes_on_over_the_page() -> None:
    more = [["", "<", "满意度达到90%。", "<", "<", "<", "<"], *HEADER, *BODY]
    form = _read(HEAD, more=more)
    assert _words(form, "goal") == ["目标1：印制手册；目标2：开展宣传。满意度达到90%。"]
    assert len(form.indicators) == 4


def test_a_header_that_is_printed_again_is_no_indicator() -> None:
    more = [*HEADER, ["满意度指标", "满意度指标", "满意度", ">=90%", "计划标准", "-", "10"]]
    form = _read([*HEAD, *HEADER, *BODY], more=more)
    assert [i.level3.printed for i in form.indicators[3:] if i.level3] == ["减轻负担", "满意度"]


def test_a_part_with_fewer_columns_goes_on() -> None:
    """The block above the header has edges that do not go on over the page."""
    first = ruled([*HEAD, *HEADER, *BODY], CAPTION)
    whole = grid([["满意度指标", "满意度指标", "满意度", ">=90%", "<", "-", "10"]], page=2)
    narrower = replace(whole, xs=tuple(x for x in whole.xs if x != whole.xs[4]))
    disclosure = performance.read(_disclosure(first, RuledTable((narrower,))))
    (form,) = disclosure.indicator_tables
    assert form.pages == (1, 2)
    assert len(form.indicators) == 5


def test_two_forms_in_one_grid() -> None:
    rows = [*HEAD, *HEADER, *BODY, ["项目支出绩效目标表", *["<"] * 6], *HEAD, *HEADER, *BODY[:2]]
    disclosure = performance.read(_disclosure(ruled(rows, CAPTION)))
    one, other = disclosure.indicator_tables
    assert (len(one.indicators), len(other.indicators)) == (4, 2)
    assert _words(other, "name") == ["甲项目（上年结转）"]


def test_a_sum_of_weights_and_a_note_are_no_indicators() -> None:
    rows = [["合计", "<", "<", "", "", "", "100"], ["注：本表由单位填写。", *["<"] * 6]]
    assert len(_read([*HEAD, *HEADER, *BODY, *rows]).indicators) == 4


def test_what_is_titled_as_a_form_and_has_no_known_header_is_a_gap() -> None:
    disclosure = performance.read(_disclosure(ruled([["甲", "乙"], ["丙", "1.00"]], CAPTION)))
    (gap,) = disclosure.gaps
    assert gap.page == 1
    assert "项目支出绩效目标表" in gap.reason


def test_a_form_with_an_unsound_grid_is_a_gap_that_says_why() -> None:
    table = ruled([*HEAD, *HEADER, *BODY], CAPTION)
    broken = replace(table, parts=(replace(table.parts[0], faults=("irregular region: row 3, column 2",)),))
    disclosure = performance.read(_disclosure(broken))
    assert disclosure.indicator_tables == ()
    assert ["irregular region: row 3, column 2" in gap.reason for gap in disclosure.gaps] == [True]


def test_a_filled_column_of_no_known_role_is_a_gap() -> None:
    header = [[*HEADER[0][:5], "责任科室", "权重"]]
    disclosure = performance.read(_disclosure(ruled([*HEAD, *header, *BODY], CAPTION)))
    assert ["责任科室" in gap.reason for gap in disclosure.gaps] == [True]
    assert len(disclosure.indicator_tables[0].indicators) == 4


def test_a_weight_that_is_no_number_is_a_gap() -> None:
    body = [[*BODY[0][:6], "八"], *BODY[1:]]
    disclosure = performance.read(_disclosure(ruled([*HEAD, *HEADER, *body], CAPTION)))
    assert ["“八”" in gap.reason for gap in disclosure.gaps] == [True]


def test_forms_are_no_budget_tables_whatever_their_title() -> None:
    form = ruled([*HEAD, *HEADER, *BODY], ["附件3", "部门预算情况公开表"])
    assert tables.read(_disclosure(form)).tables == ()
    assert len(performance.read(_disclosure(form)).indicator_tables) == 1
