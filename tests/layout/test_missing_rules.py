"""Rules that are missing inside a table: what runs together in one cell is told."""

from itertools import pairwise

import pymupdf
import pytest

from tests.layout.sheets import fill_in, only_grid, read, rule, rules, spans_of, text

XS = (60.0, 200.0, 320.0, 440.0)
YS = (100.0, 120.0, 140.0, 160.0, 180.0)
ROWS = [
    ["科目", "预算数", "决算数"],
    ["一、外交支出", "2,940.05", "-2,469.00"],
    ["二、一般公共服务", "0.06", "1254.76"],
    ["总计", "2,940.11", "-1,214.24"],
]


def _without(page: pymupdf.Page, x: tuple[float, float], y: float) -> None:
    """The lattice, but for the piece of a rule across."""
    for each in XS:
        rule(page, each, YS[0], each, YS[-1])
    for each in YS:
        if each != y:
            rule(page, XS[0], each, XS[-1], each)
            continue
        rule(page, XS[0], each, x[0], each)
        rule(page, x[1], each, XS[-1], each)
    fill_in(page, XS, YS, ROWS)


def test_a_rule_missing_under_a_header_cell_is_told() -> None:
    grid = only_grid(read(lambda page: _without(page, (XS[1], XS[2]), YS[1])))
    assert "预算数2,940.05" in spans_of(grid)
    assert grid.faults == ("several values in a cell: row 1, column 2",)


def _lattice_without(page: pymupdf.Page, x: float, y: tuple[float, float]) -> None:
    """The lattice with a code before the label, but for the piece of a rule down."""
    xs = (10.0, *XS)
    for each in xs:
        for y0, y1 in pairwise(YS):
            if (each, (y0, y1)) != (x, y):
                rule(page, each, y0, each, y1)
    for each in YS:
        rule(page, xs[0], each, xs[-1], each)
    fill_in(
        page, xs, YS, [["编码", *ROWS[0]], *([f"20{n}", *row] for n, row in enumerate(ROWS[1:], start=1))]
    )


@pytest.mark.parametrize(("x", "column"), [(XS[0], 1), (XS[1], 2), (XS[2], 3)])
def test_a_wall_missing_between_header_cells_is_told(x: float, column: int) -> None:
    grid = only_grid(read(lambda page: _lattice_without(page, x, YS[:2])))
    assert grid.faults == (f"several texts in a cell: row 1, column {column}",)


def test_a_wall_missing_between_code_and_label_is_told() -> None:
    grid = only_grid(read(lambda page: _lattice_without(page, XS[0], YS[1:3])))
    assert grid.faults == ("several texts in a cell: row 2, column 1",)


def test_a_wall_missing_between_label_and_amount_is_told() -> None:
    grid = only_grid(read(lambda page: _lattice_without(page, XS[1], YS[3:])))
    assert grid.faults == ("several values in a cell: row 4, column 2",)


def test_a_rule_missing_between_labels_is_told() -> None:
    grid = only_grid(read(lambda page: _without(page, (XS[0], XS[1]), YS[2])))
    assert grid.faults == ("several texts in a cell: row 2, column 1",)


def test_a_label_of_two_lines_over_two_rows_is_one() -> None:
    def draw(page: pymupdf.Page) -> None:
        _without(page, (XS[0], XS[1]), YS[2])

    def whole(page: pymupdf.Page) -> None:
        for each in XS:
            rule(page, each, YS[0], each, YS[-1])
        for each in YS:
            rule(page, XS[1] if each == YS[2] else XS[0], each, XS[-1], each)
        fill_in(page, XS[1:], YS, [row[1:] for row in ROWS])
        text(page, 63, 128, "一般公共服务")
        text(page, 63, 140, "支出小计")

    assert only_grid(read(draw)).faults
    assert not only_grid(read(whole)).faults


def test_a_title_spread_over_its_columns_is_one() -> None:
    def draw(page: pymupdf.Page) -> None:
        rules(page, (*XS, 560), YS[1:])
        for x in (XS[0], XS[1], XS[3], 560):
            rule(page, x, YS[0], x, YS[1])
        rule(page, XS[0], YS[0], 560, YS[0])
        text(page, 270, 103, "收")
        text(page, 370, 103, "入")

    assert not only_grid(read(draw)).faults


def test_a_rule_missing_between_amounts_is_told() -> None:
    grid = only_grid(read(lambda page: _without(page, (XS[1], XS[2]), YS[2])))
    assert grid.faults == ("several values in a cell: row 2, column 2",)
