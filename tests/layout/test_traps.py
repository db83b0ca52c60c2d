"""Prints that lead readers astray: each as a small PDF, read right or said to be doubtful."""

from collections.abc import Sequence
from itertools import pairwise

import pymupdf
import pytest

from extractors.model.evidence import Box
from tests.layout.sheets import (
    A4,
    Draw,
    fill_in,
    only_grid,
    read,
    rows_of,
    rule,
    rules,
    spans_of,
    table,
    text,
    texts,
)

XS = (60.0, 200.0, 320.0, 440.0)
YS = (100.0, 120.0, 140.0, 160.0, 180.0)
ROWS = [
    ["科目", "预算数", "决算数"],
    ["一、外交支出", "2,940.05", "-2,469.00"],
    ["二、一般公共服务", "0.06", "1254.76"],
    ["总计", "2,940.11", "-1,214.24"],
]


def _boxes() -> list[Box]:
    return [Box(x0, y0, x1, y1) for y0, y1 in pairwise(YS) for x0, x1 in pairwise(XS)]


def test_decimals_and_low_characters_stay_in_their_words() -> None:
    """、 一 , . stand low or flat in their line: by their ink they would be lines of their own."""
    assert rows_of(only_grid(read(lambda page: table(page, XS, YS, ROWS)))) == ROWS


def test_a_header_of_four_levels() -> None:
    xs = [60 + 60 * i for i in range(8)]

    def draw(page: pymupdf.Page) -> None:
        for y in (100, 180, 200):
            rule(page, xs[0], y, xs[-1], y)
        for level, first in ((120, 1), (140, 2), (160, 4)):
            rule(page, xs[first], level, xs[-1], level)
        tops = (100, 100, 120, 140, 140, 160, 160, 100)
        for x, top in zip(xs, tops, strict=True):
            rule(page, x, top, x, 200)
        for x, y, words in (
            (0, 1, "项"),
            (1, 0, "甲"),
            (2, 1, "乙"),
            (4, 2, "丙"),
            (4, 3, "丁"),
            (6, 3, "戊"),
        ):
            text(page, xs[x] + 3, 103 + 20 * y, words)

    grid = only_grid(read(draw))
    assert not grid.faults
    assert spans_of(grid) == {
        "项": (0, 0, 4, 1),
        "甲": (0, 1, 1, 6),
        "乙": (1, 2, 1, 5),
        "丙": (2, 4, 1, 3),
        "丁": (3, 4, 1, 1),
        "戊": (3, 6, 1, 1),
    }


def test_blank_rows_are_kept() -> None:
    rows = [ROWS[0], ["", "", ""], ["", "", ""], ROWS[3]]
    assert rows_of(only_grid(read(lambda page: table(page, XS, YS, rows)))) == rows


def test_a_landscape_page() -> None:
    document = read(lambda page: table(page, (500, 600, 700, 800), YS, ROWS), size=(842.0, 595.0))
    assert rows_of(only_grid(document)) == ROWS


@pytest.mark.parametrize("missing", [{"left"}, {"right"}, {"left", "right"}, {"top"}, {"bottom"}])
def test_an_outer_side_that_is_not_drawn(missing: set[str]) -> None:
    def draw(page: pymupdf.Page) -> None:
        for x in XS[("left" in missing) : len(XS) - ("right" in missing)]:
            rule(page, x, YS[0], x, YS[-1])
        for y in YS[("top" in missing) : len(YS) - ("bottom" in missing)]:
            rule(page, XS[0], y, XS[-1], y)
        fill_in(page, XS, YS, ROWS)

    grid = only_grid(read(draw))
    assert rows_of(grid) == ROWS
    assert not grid.faults


def test_a_side_is_doubtful_where_the_outer_rules_do_not_reach_it() -> None:
    def draw(page: pymupdf.Page) -> None:
        for x in XS[:-1]:
            rule(page, x, YS[0], x, YS[-1])
        for y in YS[:-1]:
            rule(page, XS[0], y, XS[-1], y)
        rule(page, XS[0], YS[-1], XS[-2], YS[-1])

    assert "side not drawn" in only_grid(read(draw)).faults


def test_cells_drawn_as_stroked_rectangles() -> None:
    def draw(page: pymupdf.Page) -> None:
        for box in _boxes():
            page.draw_rect(box, width=0.75)
        fill_in(page, XS, YS, ROWS)

    grid = only_grid(read(draw))
    assert rows_of(grid) == ROWS
    assert not grid.faults


def test_dashed_rules() -> None:
    def draw(page: pymupdf.Page) -> None:
        for x in XS:
            rule(page, x, YS[0], x, YS[-1], dashes="[3 3]")
        for y in YS:
            rule(page, XS[0], y, XS[-1], y, dashes="[3 3]")
        fill_in(page, XS, YS, ROWS)

    assert rows_of(only_grid(read(draw))) == ROWS


def test_rules_made_of_dots() -> None:
    """Each dash a fill of its own."""

    def draw(page: pymupdf.Page) -> None:
        for y in YS:
            for left in range(60, 440, 5):
                page.draw_rect((left, y, left + 3, y + 0.5), color=None, fill=(0, 0, 0))
        for x in XS:
            for top in range(100, 180, 5):
                page.draw_rect((x, top, x + 0.5, top + 3), color=None, fill=(0, 0, 0))
        fill_in(page, XS, YS, ROWS)

    assert rows_of(only_grid(read(draw))) == ROWS


def test_all_rules_in_one_path() -> None:
    def draw(page: pymupdf.Page) -> None:
        shape = page.new_shape()
        for x in XS:
            shape.draw_line((x, YS[0]), (x, YS[-1]))
        for y in YS:
            shape.draw_line((XS[0], y), (XS[-1], y))
        shape.finish(width=0.5)
        shape.commit()
        fill_in(page, XS, YS, ROWS)

    assert rows_of(only_grid(read(draw))) == ROWS


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("rotation", [0, 90])
def test_rules_of_several_strokes_in_one(rotation: int, *, apart: bool) -> None:
    """Each cell draws its left and top edge as one path with a corner: all of them in one, or each alone."""

    def draw(page: pymupdf.Page) -> None:
        page.set_rotation(rotation)
        back = page.derotation_matrix
        shape = page.new_shape()
        for x0, y0, x1, y1 in _boxes():
            shape.draw_polyline([pymupdf.Point(p) * back for p in ((x0, y1), (x0, y0), (x1, y0))])
            if apart:
                shape.finish(width=0.5, closePath=False)
        corner = [pymupdf.Point(p) * back for p in ((XS[-1], YS[0]), (XS[-1], YS[-1]), (XS[0], YS[-1]))]
        shape.draw_polyline(corner)
        shape.finish(width=0.5, closePath=False)
        shape.commit()
        for y, row in zip(YS, ROWS, strict=False):
            for x, words in zip(XS, row, strict=False):
                at = pymupdf.Point(x + 3, y + 12) * back
                page.insert_text(at, words, fontname="china-s", fontsize=10, rotate=rotation)

    grid = only_grid(read(draw))
    assert rows_of(grid) == ROWS
    assert not grid.faults


def test_slanted_strokes_and_curves_are_no_rules() -> None:
    def draw(page: pymupdf.Page) -> None:
        shape = page.new_shape()
        shape.draw_polyline([(100, 500), (200, 300), (300, 450), (400, 350)])
        shape.draw_curve((100, 300), (200, 310), (300, 500))
        shape.finish(width=0.5, closePath=False)
        shape.commit()
        table(page, XS, YS, ROWS)

    page = read(draw).pages[0]
    assert [rows_of(grid) for grid in page.grids] == [ROWS]
    assert (len(page.horizontal), len(page.vertical)) == (5, 4)


def test_white_rules_count() -> None:
    def draw(page: pymupdf.Page) -> None:
        for x in XS:
            rule(page, x, YS[0], x, YS[-1], color=(1, 1, 1))
        for y in YS:
            rule(page, XS[0], y, XS[-1], y, color=(1, 1, 1))
        fill_in(page, XS, YS, ROWS)

    assert rows_of(only_grid(read(draw))) == ROWS


def test_double_rules_are_one() -> None:
    def draw(page: pymupdf.Page) -> None:
        table(page, XS, YS, ROWS)
        page.draw_rect((XS[0] - 1.5, YS[0] - 1.5, XS[-1] + 1.5, YS[-1] + 1.5), width=0.5)

    assert rows_of(only_grid(read(draw))) == ROWS


def test_cells_that_only_their_fill_shows() -> None:
    def draw(page: pymupdf.Page) -> None:
        for index, box in enumerate(_boxes()):
            shade = 0.85 if index % 2 else 0.95
            page.draw_rect(box, color=None, fill=(shade, shade, shade))
        fill_in(page, XS, YS, ROWS)

    grid = only_grid(read(draw))
    assert rows_of(grid) == ROWS
    assert not grid.faults


def test_fills_with_gaps_between_them() -> None:
    def draw(page: pymupdf.Page) -> None:
        for x0, y0, x1, y1 in _boxes():
            page.draw_rect((x0 + 0.5, y0 + 0.5, x1 - 0.5, y1 - 0.5), color=None, fill=(0.9, 0.9, 1))
        fill_in(page, XS, YS, ROWS)

    assert rows_of(only_grid(read(draw))) == ROWS


@pytest.mark.parametrize("last", [[["210", "医疗", "3.00", "4.00"]], [["", "保险缴费", "", ""]]])
def test_a_row_of_fills_alone_on_the_next_page_goes_on_the_table(last: list[list[str]]) -> None:
    def shaded(ys: Sequence[float], rows: Sequence[Sequence[str]]) -> Draw:
        def draw(page: pymupdf.Page) -> None:
            for number, (x0, x1) in enumerate(pairwise((60, 160, 260, 360, 460))):
                for y0, y1 in pairwise(ys):
                    page.draw_rect(
                        (x0, y0, x1, y1), color=None, fill=((0.9, 0.9, 1), (1, 0.9, 0.9))[number % 2]
                    )
            fill_in(page, (60, 160, 260, 360), ys, rows)

        return draw

    rows = [["编码", "科目", "预算数", "决算数"], ["208", "养老", "1.00", "2.00"]]
    (found,) = read(shaded((100, 120, 140), rows), shaded((50, 70), last)).tables
    assert [row for part in found.parts for row in rows_of(part)] == rows + last


def test_a_row_of_fills_without_a_figure_is_no_table() -> None:
    def draw(page: pymupdf.Page) -> None:
        for number, label in enumerate(("红", "黄", "蓝", "绿")):
            left = 60 + 100 * number
            page.draw_rect((left, 100, left + 100, 120), color=None, fill=(0.9, 0.9, 0.2 * number))
            text(page, left + 3, 103, label)

        text(page, 60, 50, "图例")
        text(page, 60, 70, "各科支出")

    assert not read(draw).pages[0].grids


def test_words_that_touch_over_the_wall_of_fills_are_parted() -> None:
    def draw(page: pymupdf.Page) -> None:
        for index, box in enumerate(_boxes()):
            page.draw_rect(box, color=None, fill=((0.85,) * 3, (0.95,) * 3)[index % 2])
        fill_in(page, XS, YS, [["科目", "", ""], *ROWS[1:]])
        text(page, 320 - 40, 103, "（上年）（本年）")

    assert rows_of(only_grid(read(draw))) == [["科目", "（上年）", "（本年）"], *ROWS[1:]]


def test_fills_under_a_ruled_table_change_nothing() -> None:
    def draw(page: pymupdf.Page) -> None:
        page.draw_rect((0, 0, *A4), color=None, fill=(1, 1, 1))
        page.draw_rect((XS[0], YS[0], XS[-1], YS[1]), color=None, fill=(0.8, 0.8, 0.8))
        page.draw_rect((XS[1] + 9, YS[1] + 4, XS[2] - 9, YS[2] - 4), color=None, fill=(1, 1, 0))
        table(page, XS, YS, ROWS)

    grid = only_grid(read(draw))
    assert rows_of(grid) == ROWS
    assert not grid.faults


def test_a_table_beside_narrative() -> None:
    def draw(page: pymupdf.Page) -> None:
        table(page, XS, YS, ROWS)
        for number, line in enumerate(["右侧说明", "第二行说明", "第三行说明"]):
            text(page, 460, 103 + 20 * number, line)

    page = read(draw).pages[0]
    assert rows_of(page.grids[0]) == ROWS
    assert texts(page.lines) == ["右侧说明", "第二行说明", "第三行说明"]


def test_two_tables_side_by_side() -> None:
    def draw(page: pymupdf.Page) -> None:
        table(page, (40, 120, 200, 280), YS, [["甲", "1.00", "2.00"]] * 4)
        table(page, (320, 400, 480, 560), YS, [["乙", "3.00", "4.00"]] * 4)

    left, right = read(draw).pages[0].grids
    assert (rows_of(left)[0], rows_of(right)[0]) == (["甲", "1.00", "2.00"], ["乙", "3.00", "4.00"])


def test_a_table_in_a_cell_keeps_its_words() -> None:
    def draw(page: pymupdf.Page) -> None:
        rules(page, (60, 300, 540), (100, 300, 320))
        text(page, 65, 103, "外")
        table(page, (310, 400, 500), (120, 140, 160), [["内", "1.00"], ["内", "2.00"]])

    outer, inner = read(draw).pages[0].grids
    assert rows_of(outer) == [["外", ""], ["", ""]]
    assert rows_of(inner) == [["内", "1.00"], ["内", "2.00"]]
    assert not outer.faults


def test_tables_that_overlap_are_told() -> None:
    def draw(page: pymupdf.Page) -> None:
        table(page, XS, YS, ROWS)
        table(page, [x + 57 for x in XS], [y + 8 for y in YS], [])

    document = read(draw)
    assert any(grid.faults for grid in document.pages[0].grids)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_word_over_a_wall_of_a_turned_page(rotation: int) -> None:
    def draw(page: pymupdf.Page) -> None:
        page.set_rotation(rotation)
        back = page.derotation_matrix
        for x in XS:
            page.draw_line(pymupdf.Point(x, YS[0]) * back, pymupdf.Point(x, YS[-1]) * back, width=0.5)
        for y in YS:
            page.draw_line(pymupdf.Point(XS[0], y) * back, pymupdf.Point(XS[-1], y) * back, width=0.5)
        at = pymupdf.Point(180, 115) * back
        page.insert_text(at, "支出1254.76", fontname="china-s", fontsize=10, rotate=rotation)

    assert rows_of(only_grid(read(draw)))[0] == ["支出", "1254.76", ""]
