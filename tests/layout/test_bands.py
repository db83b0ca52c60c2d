"""Headers that are filled and not ruled, over a ruled body."""

from collections.abc import Sequence
from itertools import pairwise

import pymupdf

from extractors.layout.bands import BY_ALIGNMENT
from tests.layout.sheets import fill_in, only_grid, read, rows_of, rules, spans_of, table, text

XS = (60.0, 200.0, 320.0, 440.0)
YS = (100.0, 120.0, 140.0, 160.0)
HEADER = ["科目", "预算数", "决算数"]
BODY = [["外交支出", "2,940.05", "1.00"], ["总计", "2,940.05", "1.00"]]
GREY = (0.8, 0.85, 0.9)


def _fill(page: pymupdf.Page, *areas: Sequence[float]) -> None:
    for area in areas:
        page.draw_rect(area, color=None, fill=GREY)


def _body(page: pymupdf.Page) -> None:
    table(page, XS, YS[1:], BODY)


def test_a_header_of_filled_cells() -> None:
    def draw(page: pymupdf.Page) -> None:
        _fill(page, *((x0, 100, x1, 120) for x0, x1 in pairwise(XS)))
        _body(page)
        fill_in(page, XS, YS, [HEADER])

    grid = only_grid(read(draw))
    assert rows_of(grid) == [HEADER, *BODY]
    assert not grid.faults


def test_a_header_of_two_levels_of_filled_cells() -> None:
    def draw(page: pymupdf.Page) -> None:
        _fill(page, (60, 80, 200, 120), (200, 80, 440, 100), (200, 100, 320, 120), (320, 100, 440, 120))
        _body(page)
        text(page, 63, 92, "科目")
        text(page, 300, 83, "金额")
        fill_in(page, XS, YS, [["", *HEADER[1:]]])

    grid = only_grid(read(draw))
    spans = spans_of(grid)
    assert (spans["科目"], spans["金额"], spans["决算数"]) == ((0, 0, 2, 1), (0, 1, 1, 2), (1, 2, 1, 1))
    assert not grid.faults


def test_a_header_of_one_colour_has_the_columns_of_its_body_with_a_doubt() -> None:
    def draw(page: pymupdf.Page) -> None:
        _fill(page, (60, 100, 440, 120))
        _body(page)
        fill_in(page, XS, YS, [HEADER])

    grid = only_grid(read(draw))
    assert rows_of(grid) == [HEADER, *BODY]
    assert grid.faults == (BY_ALIGNMENT,)


def test_an_area_under_the_title_is_no_header() -> None:
    def draw(page: pymupdf.Page) -> None:
        _fill(page, (60, 60, 440, 80), (60, 80, 320, 100), (320, 80, 440, 100))
        text(page, 200, 63, "支出总表")
        text(page, 330, 83, "单位：万元")
        table(page, XS, YS, [HEADER, *BODY])

    grid = only_grid(read(draw))
    assert rows_of(grid) == [HEADER, *BODY]
    assert not grid.faults


def test_an_area_with_words_over_a_ruled_header_is_none_of_it() -> None:
    def draw(page: pymupdf.Page) -> None:
        _fill(page, (60, 80, 440, 100))
        text(page, 200, 83, "第二部分")
        table(page, XS, YS, [HEADER, *BODY])

    assert rows_of(only_grid(read(draw))) == [HEADER, *BODY]


def test_rules_of_a_body_alone_change_nothing() -> None:
    def draw(page: pymupdf.Page) -> None:
        rules(page, XS, YS[1:])
        fill_in(page, XS, YS[1:], BODY)

    assert rows_of(only_grid(read(draw))) == BODY
