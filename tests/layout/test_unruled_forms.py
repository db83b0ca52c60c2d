"""Tables without rules down in their simplest forms: no rules, three lines, rules across, an outline."""

from collections.abc import Sequence

import pymupdf

from extractors.layout.unruled.table import FAULT
from tests.layout.sheets import fill_in, only_grid, read, rows_of, rule, rules, text, texts

_XS = (60.0, 200.0, 320.0, 440.0)
_YS = (100.0, 120.0, 140.0, 160.0, 180.0)
_ROWS = [
    ["科目", "预算数", "决算数"],
    ["一、外交支出", "2,940.05", "-2,469.00"],
    ["二、一般公共服务", "0.06", "1254.76"],
    ["总计", "2,940.11", "-1,214.24"],
]


def _read(rows: Sequence[Sequence[str]], *lines: float, end: float = 440) -> list[list[str]]:
    def draw(page: pymupdf.Page) -> None:
        text(page, 150, 60, "支出总表")
        text(page, 380, 80, "单位：万元")
        for y in lines:
            rule(page, _XS[0], y, end, y)
        fill_in(page, _XS, _YS, rows)
        text(page, 60, 300, "以上数据按实际填列。")

    document = read(draw)
    grid = only_grid(document)
    assert grid.faults == (FAULT,)
    assert texts(document.pages[0].lines) == ["支出总表", "单位：万元", "以上数据按实际填列。"]
    return rows_of(grid)


def test_a_table_without_rules_is_read_with_low_trust() -> None:
    assert _read(_ROWS) == _ROWS


def test_a_three_line_table_is_read_with_low_trust() -> None:
    assert _read(_ROWS, _YS[0], _YS[1], _YS[-1]) == _ROWS


def test_a_table_with_rules_across_only_is_read_with_low_trust() -> None:
    assert _read(_ROWS, *_YS) == _ROWS


def test_blank_cells_of_an_unruled_table() -> None:
    rows = [
        ["科目", "预算数", "决算数"],
        ["甲项", "2,940.05", ""],
        ["乙项", "", "1.50"],
        ["丙项", "1.00", "2.00"],
    ]
    assert _read(rows) == rows


def test_a_table_of_an_outline_and_rules_across_is_read_with_low_trust() -> None:
    def draw(page: pymupdf.Page) -> None:
        rules(page, (_XS[0], _XS[-1]), _YS)
        fill_in(page, _XS, _YS, _ROWS)

    grid = only_grid(read(draw))
    assert rows_of(grid) == _ROWS
    assert grid.faults == (FAULT,)


def test_narrative_and_contents_are_no_unruled_table() -> None:
    lines = [
        "收入预算 1254.76 万元，占 76.14%，比上年",
        "减少 25.17 万元，下降 7.57% ，其中项目",
        "支出 30.00 万元，增长 5.00% ，主要原因",
        "一、部门职责………… 3.1",
        "二、机构设置………… 4.2",
        "三、预算情况………… 5.3",
    ]

    def draw(page: pymupdf.Page) -> None:
        for number, line in enumerate(lines):
            text(page, 72, 100 + 16 * number, line)

    page = read(draw).pages[0]
    assert not page.grids
    assert len(page.lines) == len(lines)
