"""Outer sides that no rule draws, and rows that stand alone on a page."""

from collections.abc import Sequence
from itertools import pairwise

import pymupdf
import pytest

from tests.layout.sheets import Draw, fill_in, only_grid, read, rows_of, rule, spans_of, table, text, texts

XS = (60.0, 200.0, 320.0, 440.0)
YS = (100.0, 120.0, 140.0, 160.0, 180.0)
HEADER = ["科目编码", "科目名称", "金额"]
BODY = [["201", "一般公共服务", "10.00"], ["208", "社会保障", "20.00"], ["", "合计", "30.00"]]
LAST = ["", "总计", "30.00"]


def _inner(page: pymupdf.Page, xs: Sequence[float], ys: Sequence[float]) -> None:
    """The rules between cells, none around them."""
    for x in xs[1:-1]:
        rule(page, x, ys[0], x, ys[-1])
    for y in ys[1:-1]:
        rule(page, xs[0], y, xs[-1], y)


def test_no_outer_rules_at_all() -> None:
    def draw(page: pymupdf.Page) -> None:
        _inner(page, XS, YS)
        fill_in(page, XS, YS, [HEADER, *BODY])

    grid = only_grid(read(draw))
    assert rows_of(grid) == [HEADER, *BODY]
    assert not grid.faults


def test_a_merged_header_row_over_which_no_rule_is_drawn() -> None:
    """One wall alone reaches over the topmost rule."""

    def draw(page: pymupdf.Page) -> None:
        for y in YS[1:-1]:
            rule(page, 60, y, 540, y)
        for x, top in ((180, 120), (300, 100), (420, 120)):
            rule(page, x, top, x, 180)
        text(page, 63, 103, "收入")
        text(page, 303, 103, "支出")
        fill_in(page, (60, 180, 300, 420), YS[1:-1], [["项目", "预算数"] * 2, ["甲", "1.00", "乙", "2.00"]])

    grid = only_grid(read(draw))
    assert not grid.faults
    spans = spans_of(grid)
    assert (spans["收入"], spans["支出"]) == ((0, 0, 1, 2), (0, 2, 1, 2))
    assert grid.n_rows == 4


def test_walls_of_unlike_ends_over_the_topmost_rule_are_told() -> None:
    def draw(page: pymupdf.Page) -> None:
        table(page, XS, YS[1:], [HEADER, *BODY[:2]])
        rule(page, 200, 100, 200, 120)
        rule(page, 320, 108, 320, 120)
        text(page, 203, 103, "上层")

    assert "side not drawn" in only_grid(read(draw)).faults


def test_a_rule_that_stands_out_beside_no_words_closes_nothing() -> None:
    def draw(page: pymupdf.Page) -> None:
        table(page, XS, YS, [HEADER, *BODY])
        rule(page, 200, 80, 200, 100)

    grid = only_grid(read(draw))
    assert rows_of(grid) == [HEADER, *BODY]
    assert not grid.faults


def _first(page: pymupdf.Page) -> None:
    text(page, 150, 80, "支出总表")
    _inner(page, XS, YS[:4])
    fill_in(page, XS, YS, [HEADER, *BODY[:2]])


def _alone(*drawn: str) -> Draw:
    """A row alone on a page, with walls between its cells and the outer rules that are named."""

    def draw(page: pymupdf.Page) -> None:
        for x in XS["left" not in drawn : 4 if "right" in drawn else 3]:
            rule(page, x, 50, x, 70)
        for y in ([50] if "top" in drawn else []) + ([70] if "bottom" in drawn else []):
            rule(page, XS[0], y, XS[-1], y)
        fill_in(page, XS, (50,), [LAST])

    return draw


@pytest.mark.parametrize(
    "drawn",
    [("top",), ("bottom",), ("bottom", "left", "right"), ("left", "right"), ()],
)
def test_a_row_alone_on_the_next_page_with_few_of_its_outer_rules(drawn: Sequence[str]) -> None:
    (found,) = read(_first, _alone(*drawn)).tables
    assert [row for part in found.parts for row in rows_of(part)] == [HEADER, *BODY[:2], LAST]
    assert not any(part.faults for part in found.parts)
    assert max(part.xs[0] for part in found.parts) - min(part.xs[0] for part in found.parts) < 1


def test_a_row_alone_of_no_table_keeps_its_doubt() -> None:
    assert only_grid(read(_alone())).faults == ("side not drawn",)


def test_a_chart_of_an_organisation_is_no_row() -> None:
    def draw(page: pymupdf.Page) -> None:
        rule(page, 100, 100, 400, 100)
        for number, x in enumerate((100, 200, 300, 400)):
            rule(page, x, 100, x, 120)
            text(page, x - 15, 122, f"{'一二三四'[number]}科")
        text(page, 210, 105, "某局")

    page = read(draw).pages[0]
    assert not page.grids
    assert "某局" in texts(page.lines)


@pytest.mark.parametrize("width", [4.5, 6.0])
@pytest.mark.parametrize("inner", [0.5, 6.0])
def test_a_border_as_thick_as_a_narrow_column_is_one_rule(width: float, inner: float) -> None:
    def draw(page: pymupdf.Page) -> None:
        for x in XS:
            rule(page, x, YS[0], x, YS[-1], width=width if x in (XS[0], XS[-1]) else inner)
        for y in YS:
            rule(page, XS[0], y, XS[-1], y, width=width if y in (YS[0], YS[-1]) else inner)
        fill_in(page, XS, YS, [HEADER, *BODY])

    grid = only_grid(read(draw))
    assert rows_of(grid) == [HEADER, *BODY]
    assert not grid.faults


def test_cells_set_apart_have_no_columns_between_them() -> None:
    def draw(page: pymupdf.Page) -> None:
        for y0, y1 in pairwise(YS):
            for x0, x1 in pairwise(XS):
                page.draw_rect((x0 + 1.4, y0 + 1.4, x1 - 1.4, y1 - 1.4), width=0.5)
        fill_in(page, XS, YS, [HEADER, *BODY])

    assert rows_of(only_grid(read(draw))) == [HEADER, *BODY]


def test_a_narrow_column_with_print_is_one() -> None:
    xs = (60.0, 67.0, 200.0, 320.0)

    def draw(page: pymupdf.Page) -> None:
        table(page, xs, YS, [["", "甲", "1.00"]])
        page.insert_text((61, 113), "1", fontname="helv", fontsize=6)

    assert rows_of(only_grid(read(draw)))[0] == ["1", "甲", "1.00"]


def _without_last_rules(page: pymupdf.Page) -> None:
    _first(page)
    for x in XS:
        rule(page, x, YS[0], x, YS[3])
    rule(page, XS[0], YS[3], XS[-1], YS[3])
    rule(page, XS[0], YS[0], XS[-1], YS[0])


def _row(y: float, *row: str) -> Draw:
    return lambda page: fill_in(page, XS, (y,), [row])


def test_a_row_without_rules_below_its_table_is_told() -> None:
    def draw(page: pymupdf.Page) -> None:
        _without_last_rules(page)
        _row(YS[3], *LAST)(page)

    assert read(draw).tables[0].parts[0].faults == ("a row outside its rules",)


def test_a_row_without_rules_on_the_next_page_is_told() -> None:
    assert read(_without_last_rules, _row(50, *LAST)).tables[0].parts[0].faults == (
        "a row outside its rules",
    )


def test_a_note_below_a_table_is_no_row() -> None:
    def draw(page: pymupdf.Page) -> None:
        _without_last_rules(page)
        text(page, 63, YS[3] + 4, "注：合计 30.00 万元，其中本年 30.00")

    assert not read(draw, _row(50, "说明", "本年 30.00")).tables[0].parts[0].faults


@pytest.mark.parametrize("x", [XS[0], XS[1]])
def test_a_line_down_the_page_that_touches_a_table_makes_no_row_of_what_stands_below(x: float) -> None:
    def draw(page: pymupdf.Page) -> None:
        table(page, XS, YS, [HEADER, *BODY])
        rule(page, x, 40, x, 800)
        for number in range(20):
            text(page, 70, 300 + 20 * number, "情况说明的正文。")

    page = read(draw).pages[0]
    assert [rows_of(grid) for grid in page.grids] == [[HEADER, *BODY]]
    assert len(page.lines) == 20
