"""Tables that no rules down draw: columns, header, rows, and what goes on over the page."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

import pymupdf

from extractors.layout.unruled.pages import LOOSE
from extractors.layout.unruled.table import FAULT
from extractors.model.document import Grid
from tests.layout.sheets import SIZE, only_grid, read, rows_of, rule, spans_of, text, texts

LEADING, PITCH = 14.0, 18.0
Align = Literal["left", "center", "right"]


class Set(NamedTuple):
    """A column: its left and right wall, and how its cells are set."""

    left: float
    right: float
    align: Align = "right"


LABEL, FIRST, SECOND, THIRD = Set(40, 200, "left"), Set(200, 300), Set(300, 400), Set(400, 500)


def put(page: pymupdf.Page, column: Set, y: float, words: str, align: Align | None = None) -> None:
    """Lines of a cell with their middle at y."""
    lines = words.splitlines()
    for index, line in enumerate(lines):
        room = column.right - column.left - 6 - SIZE * len(line)
        x = column.left + 3 + {"left": 0.0, "center": room / 2, "right": room}[align or column.align]
        text(page, x, y + LEADING * (index - (len(lines) - 1) / 2) - SIZE / 2, line)


def put_row(page: pymupdf.Page, columns: Sequence[Set], y: float, cells: Sequence[str]) -> None:
    """A row, its cells set in the middle of its height."""
    for column, words in zip(columns, cells, strict=True):
        put(page, column, y, words)


def put_header(page: pymupdf.Page, columns: Sequence[Set], y: float, cells: Sequence[str]) -> None:
    """A row of a header, its cells centred."""
    for column, words in zip(columns, cells, strict=True):
        put(page, column, y, words, "center")


def caption(page: pymupdf.Page) -> None:
    """Title and unit."""
    text(page, 200, 60, "支出总表")
    text(page, 380, 80, "单位：万元")


COLUMNS = (LABEL, FIRST, SECOND, THIRD)
ROWS = (
    ("一、外交支出", "2,940.05", "2,940.05", ""),
    ("二、一般公共服务支出", "1,254.76", "1,000.00", "254.76"),
    ("三、住房保障支出", "0.06", "", "0.06"),
)


def body(page: pymupdf.Page, top: float, rows: Sequence[Sequence[str]]) -> None:
    """Rows one line high."""
    for index, row in enumerate(rows):
        put_row(page, COLUMNS, top + PITCH * index, row)


def printed(grid: Grid) -> list[tuple[str, ...]]:
    """The rows that hold an amount."""
    return [tuple(row) for row in rows_of(grid) if any("." in cell for cell in row)]


def test_groups_stand_over_the_columns_that_they_are_the_middle_of() -> None:
    def draw(page: pymupdf.Page) -> None:
        caption(page)
        put(page, Set(200, 500), 110, "本年支出", "center")
        put(page, LABEL, 119, "项目", "center")
        put_header(page, COLUMNS[1:], 128, ("合计", "基本支出", "项目支出"))
        body(page, 150, ROWS)

    grid = only_grid(read(draw))
    assert grid.faults == (FAULT,)
    spans = spans_of(grid)
    assert spans["项目"] == (0, 0, 2, 1)
    assert spans["本年支出"] == (0, 1, 1, 3)
    assert [spans[leaf] for leaf in ("合计", "基本支出", "项目支出")] == [(1, c, 1, 1) for c in (1, 2, 3)]
    assert printed(grid) == list(ROWS)


def test_a_column_that_only_its_header_shows() -> None:
    columns = (LABEL, FIRST, SECOND, THIRD, Set(500, 590))
    rows = [(*row[:3], "", row[3]) for row in ROWS]

    def draw(page: pymupdf.Page) -> None:
        caption(page)
        put_header(page, columns, 110, ("项目", "合计", "基本支出", "经营支出", "项目支出"))
        for index, row in enumerate(rows):
            put_row(page, columns, 130 + PITCH * index, row)

    assert printed(only_grid(read(draw))) == rows


def test_empty_columns_beside_one_another_keep_their_headers() -> None:
    """The lowest header is that of an empty column, and no other's that stands further on."""
    xs = (160, 220, 280, 340, 400, 460, 520, 580)
    columns = [Set(40, 160, "left"), *(Set(left, right) for left, right in pairwise(xs))]
    headers = (
        "项目",
        "合计",
        "上级一般\n公共预算\n转移支付",
        "单位资金",
        "财政专户\n收入",
        "结转",
        "结余",
        "其他",
    )
    rows = [("甲", "1.00", *[""] * 5, "1.00"), ("乙", "2.00", *[""] * 5, "2.00"), ("丙", "3.00", *[""] * 6)]

    def draw(page: pymupdf.Page) -> None:
        caption(page)
        put_header(page, columns, 130, headers)
        for index, row in enumerate(rows):
            put_row(page, columns, 170 + PITCH * index, row)

    assert printed(only_grid(read(draw))) == rows


def test_a_group_of_one_column_beside_a_taller_one() -> None:
    columns = (Set(40, 90, "left"), Set(90, 140, "left"), Set(140, 300, "left"), Set(300, 400), Set(400, 500))

    def draw(page: pymupdf.Page) -> None:
        caption(page)
        put(page, Set(40, 140), 117, "经济分类\n科目编码", "center")
        put(page, columns[2], 117, "科目", "center")
        put(page, Set(300, 500), 117, "基本支出", "center")
        put_header(page, columns, 142, ("类", "款", "经济分类科目名称", "合计", "人员经费"))
        for index, name in enumerate(("工资福利支出", "基本工资", "津贴补贴")):
            put_row(page, columns, 160 + PITCH * index, ("301", "01", name, "1.00", "1.00"))

    spans = spans_of(only_grid(read(draw)))
    assert spans["经济分类科目编码"] == (0, 0, 1, 2)
    assert spans["科目"] == (0, 2, 1, 1)
    assert spans["基本支出"] == (0, 3, 1, 2)


def test_columns_by_their_numbers() -> None:
    """Numbers stand in the middle of their columns, amounts on the right; one column has no amount."""

    def draw(page: pymupdf.Page) -> None:
        caption(page)
        put_header(page, COLUMNS, 110, ("项目", "合计", "基本", "项目支出"))
        put_header(page, COLUMNS, 128, ("1", "2", "3", "4"))
        body(page, 146, [("甲", "1.00", "", "1.00"), ("乙", "2.00", "", "2.00"), ("丙", "3.00", "", "3.00")])

    grid = only_grid(read(draw))
    assert grid.n_columns == len(COLUMNS)
    assert printed(grid)[0] == ("甲", "1.00", "", "1.00")


def test_header_cells_without_a_blank_between_part_at_the_gap() -> None:
    def draw(page: pymupdf.Page) -> None:
        caption(page)
        put_header(page, COLUMNS[:2], 110, ("项目", "合计"))
        text(page, 307, 105, "一般公共预算的收入")
        text(page, 402, 105, "政府性基金收入")
        body(page, 130, [row for row in ROWS if row[2]])
        body(page, 130 + 2 * PITCH, [("丙", "3.00", "", "3.00")])

    grid = only_grid(read(draw))
    assert {"一般公共预算的收入", "政府性基金收入"} <= set(rows_of(grid)[0])


def test_a_header_repeated_over_one_amount_parts_at_its_gaps_too() -> None:
    def head(page: pymupdf.Page, y: float) -> None:
        put_header(page, COLUMNS[:2], y, ("项目", "合计"))
        text(page, 307, y - 5, "一般公共预算的收入")
        text(page, 402, y - 5, "政府性基金收入")

    def first(page: pymupdf.Page) -> None:
        caption(page)
        head(page, 110)
        body(page, 130, [("甲", "1.00", "1.00", ""), ("乙", "2.00", "2.00", ""), ("丙", "3.00", "", "3.00")])

    def second(page: pymupdf.Page) -> None:
        head(page, 50)
        body(page, 70, [("合计", "", "6.00", "")])

    (table,) = read(first, second).tables
    assert printed(table.parts[1]) == [("合计", "", "6.00", "")]


def test_lines_of_a_cell_that_stand_hardly_closer_than_rows() -> None:
    """By the widest jump among the gaps, where there is one."""

    def draw(page: pymupdf.Page) -> None:
        caption(page)
        put_header(page, COLUMNS, 110, ("项目", "合计", "基本支出", "项目支出"))
        body(page, 132, [("公务接待费", "1.00", "1.00", "")])
        put_row(page, COLUMNS, 132 + LEADING + 0.4, ("公务用车费", "2.00", "2.00", ""))
        long = "机关事业单位基本养老保险\n机关事业单位职业年金缴费"
        put_row(page, COLUMNS, 132 + 2.5 * LEADING + 1.4, (long, "3.00", "3.00", ""))

    label = "机关事业单位基本养老保险机关事业单位职业年金缴费"
    assert [row[0] for row in printed(only_grid(read(draw)))] == ["公务接待费", "公务用车费", label]


def test_a_label_that_wraps_around_its_figures() -> None:
    long = "机关事业单位基本\n养老保险缴费支出"

    def draw(page: pymupdf.Page) -> None:
        caption(page)
        put_header(page, COLUMNS, 110, ("项目", "合计", "基本支出", "项目支出"))
        put_row(page, COLUMNS, 137, (long, "1.00", "1.00", ""))
        put_row(page, COLUMNS, 162, ("住房公积金", "2.00", "", "2.00"))
        put_row(page, COLUMNS, 187, (long, "3.00", "3.00", ""))
        put_row(page, COLUMNS, 212, ("医疗", "4.00", "4.00", ""))
        put_row(page, COLUMNS, 230, ("公务员医疗补助", "5.00", "5.00", ""))

    label = long.replace("\n", "")
    assert [row[:2] for row in printed(only_grid(read(draw)))] == [
        (label, "1.00"),
        ("住房公积金", "2.00"),
        (label, "3.00"),
        ("医疗", "4.00"),
        ("公务员医疗补助", "5.00"),
    ]


def test_short_labels_close_together_are_rows_of_their_own() -> None:
    """Rows with amounts may stand further apart than rows without; what has room left did not wrap."""
    labels = ("机关事业单位基本养老支出", "公务接待费", "其中：车辆购置", "车辆运行")

    def draw(page: pymupdf.Page) -> None:
        caption(page)
        put_header(page, COLUMNS, 110, ("项目", "合计", "基本支出", "项目支出"))
        for label, y in zip(labels, (130, 160, 178, 196), strict=True):
            put(page, LABEL, y, label)
        for y in (130, 160, 226):
            put_row(page, COLUMNS, y, ("合计" if y > 200 else "", "1.00", "1.00", ""))

    assert [row[0] for row in rows_of(only_grid(read(draw)))[1:]] == [*labels, "合计"]


def test_a_group_whose_second_line_stands_over_one_of_its_columns() -> None:
    columns = (
        Set(40, 90, "left"),
        Set(90, 140, "left"),
        Set(140, 190, "left"),
        Set(190, 330, "left"),
        Set(330, 430),
    )

    def draw(page: pymupdf.Page) -> None:
        caption(page)
        put(page, Set(40, 190), 108, "一般公共预算功能分类科目\n编码", "center")
        put(page, columns[3], 118, "科目名称", "center")
        put(page, columns[4], 118, "合计", "center")
        put_header(page, columns[:3], 127, ("类", "款", "项"))
        for index, name in enumerate(("行政运行", "事业运行", "其他支出")):
            put_row(page, columns, 145 + PITCH * index, ("201", "01", "02", name, "1.00"))

    spans = spans_of(only_grid(read(draw)))
    assert spans["一般公共预算功能分类科目编码"][1:] == (0, 1, 3)
    assert [spans[leaf][1] for leaf in ("类", "款", "项")] == [0, 1, 2]


def test_rules_part_the_rows_of_a_page_with_one_amount() -> None:
    def first(page: pymupdf.Page) -> None:
        caption(page)
        put_header(page, COLUMNS, 110, ("项目", "合计", "基本支出", "项目支出"))
        body(page, 130, [row for row in ROWS if row[2]] * 2)
        for index in range(6):
            rule(page, 40, 100 + PITCH * index + 2, 500, 100 + PITCH * index + 2)

    def second(page: pymupdf.Page) -> None:
        put(page, LABEL, 60, "国有资本经营预算支出")
        rule(page, 40, 67, 500, 67)
        put_row(page, COLUMNS, 74, ("合计", "7.00", "7.00", ""))

    (table,) = read(first, second).tables
    assert rows_of(table.parts[1]) == [["国有资本经营预算支出", "", "", ""], ["合计", "7.00", "7.00", ""]]


def test_a_table_goes_on_over_the_page_without_its_header() -> None:
    def first(page: pymupdf.Page) -> None:
        caption(page)
        put_header(page, COLUMNS, 110, ("项目", "合计", "基本支出", "项目支出"))
        body(page, 130, [row for row in ROWS if row[2]])
        body(page, 130 + 2 * PITCH, [("四、其他支出", "", "", "")])

    def second(page: pymupdf.Page) -> None:
        body(page, 50, [("合计", "4,194.87", "", "4,194.87")])
        text(page, 280, 800, "- 2 -")

    document = read(first, second)
    (table,) = document.tables
    assert table.pages == (1, 2)
    assert printed(table.parts[1]) == [("合计", "4,194.87", "", "4,194.87")]
    assert table.parts[0].n_columns == table.parts[1].n_columns


def test_a_table_under_rules_between_notes() -> None:
    def draw(page: pymupdf.Page) -> None:
        caption(page)
        for y in (100, 120, 180):
            rule(page, 40, y, 500, y)
        put_header(page, COLUMNS, 110, ("项目", "合计", "基本支出", "项目支出"))
        body(page, 130, ROWS)
        text(page, 43, 186, "本表为预算数")

    document = read(draw)
    assert printed(only_grid(document)) == list(ROWS)
    assert texts(document.pages[0].lines)[-1] == "本表为预算数"


def test_amounts_in_a_sentence_below_the_unit_are_no_table() -> None:
    lines = ("全年预算 39.06 万元，已执行 20.00 万元，", "占预算的 51.20 ，比上年增加 1.00 个百分点。")

    def draw(page: pymupdf.Page) -> None:
        text(page, 60, 80, "金额单位：万元")
        for index, line in enumerate(lines):
            x = 60.0
            for word in line.split():
                text(page, x, 100 + 16 * index, word)
                x += SIZE * len(word) + 3

    page = read(draw).pages[0]
    assert not page.grids
    assert not page.faults


def test_columns_of_figures_in_no_table_are_said() -> None:
    """Words that run over all columns leave nothing by which they could be told."""

    def draw(page: pymupdf.Page) -> None:
        for index in range(5):
            text(page, 60, 100 + 40 * index, "这是一行文字，它横贯整个版面，从左边一直到右边，没有空隙")
            put(page, FIRST, 125 + 40 * index, "1,234.56")
            put(page, LABEL, 125 + 40 * index, "支出")

    page = read(draw).pages[0]
    assert not page.grids
    assert page.faults == (LOOSE,)
