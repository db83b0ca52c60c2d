"""Performance forms over several pages: rows cut in two, headers printed again, parts with fewer columns."""

from dataclasses import replace

from extractors.model.document import RuledTable
from extractors.sections.performance import performance
from tests.forms import BODY, CAPTION, HEAD, HEADER, disclosure_with, levels, read_form, words
from tests.ruled import grid, moved, ruled


def test_a_row_that_is_cut_by_the_page_end() -> None:
    more = [
        ["", "", "", "日", "", "", ""],
        ["满意度指标", "满意度指标", "满意度", ">=90%", "计划标准", "-", "10"],
    ]
    last = ["^", "时效指标", "完成时间", "2025年12月15", "计划标准", "-", "2"]
    form = read_form([*HEAD, *HEADER, *BODY[:3], last], more=more)
    cut = form.indicators[3]
    assert words(cut, "level1", "level2", "level3", "target") == [
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
    form = read_form([*HEAD, *HEADER, *BODY, last], more=more)
    assert words(form.indicators[-1], "level1", "level2", "level3", "target") == [
        "满意度指标",
        "满意度指标",
        "群众满意度",
        "＞=95%",
    ]
    assert form.indicators[-1].operator == ">="


def test_pages_that_are_moved_as_a_whole() -> None:
    """Bound on their other side: each column stands where the next one stood."""
    later = grid([["满意度指标", "满意度指标", "满意度", ">=90%", "计划标准", "-", "10"]], page=2)
    first = ruled([*HEAD, *HEADER, *BODY], CAPTION)
    table = replace(first, parts=(*first.parts, moved(later, 150.0)))
    (form,) = performance.read(disclosure_with(table)).indicator_tables
    assert words(form.indicators[-1], "level1", "level2", "level3", "target", "weight") == [
        "满意度指标",
        "满意度指标",
        "满意度",
        ">=90%",
        "10",
    ]


def test_a_row_over_three_pages() -> None:
    last = ["^", "^", "群众对", "有效", "计划标准", "-", "10"]
    first = ruled([*HEAD, *HEADER, *BODY[:3], last], CAPTION)
    middle = grid([["", "", "经办服务的", "提升", "", "", ""]], page=2)
    end = grid([["", "", "满意程度", "改善", "", "", ""]], page=3)
    table = replace(first, parts=(*first.parts, middle, end))
    (form,) = performance.read(disclosure_with(table)).indicator_tables
    assert words(form.indicators[-1], "level3", "target") == ["群众对经办服务的满意程度", "有效提升改善"]
    assert form.pages == (1, 2, 3)


def test_a_level_whose_name_is_cut_while_its_rows_are_whole() -> None:
    last = ["^", "社会效益", "甲", "有效", "计划标准", "-", "10"]
    more = [["", "指标", "乙", "有效", "计划标准", "-", "10"]]
    form = read_form([*HEAD, *HEADER, *BODY, last], more=more)
    assert levels(form.indicators[-2:]) == [
        ["效益指标", "社会效益指标", "甲"],
        ["效益指标", "社会效益指标", "乙"],
    ]


def test_two_whole_rows_at_a_page_end_are_two() -> None:
    """The second lacks its basis, yet each has a weight: no row was cut."""
    more = [["", "", "政策知晓率", ">=95%", "", "-", "10"]]
    form = read_form([*HEAD, *HEADER, *BODY], more=more)
    assert levels(form.indicators[-2:]) == [
        ["效益指标", "社会效益指标", "减轻负担"],
        ["效益指标", "社会效益指标", "政策知晓率"],
    ]


def test_a_goal_that_goes_on_over_the_page() -> None:
    more = [["", "<", "满意度达到90%。", "<", "<", "<", "<"], *HEADER, *BODY]
    form = read_form(HEAD, more=more)
    assert words(form, "goal") == ["目标1：印制手册；目标2：开展宣传。满意度达到90%。"]
    assert len(form.indicators) == 4


def test_a_header_that_is_printed_again_is_no_indicator() -> None:
    more = [*HEADER, ["满意度指标", "满意度指标", "满意度", ">=90%", "计划标准", "-", "10"]]
    form = read_form([*HEAD, *HEADER, *BODY], more=more)
    assert [i.level3.printed for i in form.indicators[3:] if i.level3] == ["减轻负担", "满意度"]


def test_a_part_with_fewer_columns_goes_on() -> None:
    """The block above the header has edges that do not go on over the page."""
    first = ruled([*HEAD, *HEADER, *BODY], CAPTION)
    whole = grid([["满意度指标", "满意度指标", "满意度", ">=90%", "<", "-", "10"]], page=2)
    narrower = replace(whole, xs=tuple(x for x in whole.xs if x != whole.xs[4]))
    disclosure = performance.read(disclosure_with(first, RuledTable((narrower,))))
    (form,) = disclosure.indicator_tables
    assert form.pages == (1, 2)
    assert len(form.indicators) == 5
