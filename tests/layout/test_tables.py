"""Tables joined over pages, and the lines that belong to them."""

import pymupdf
import pytest

from extractors.layout.tables import header_height, repeats_header, row_goes_on
from extractors.model.document import Document, Grid
from tests.layout.sheets import Draw, only_grid, read, rows_of, rule, rules, table, text, texts

XS = (60.0, 200.0, 320.0, 440.0)
HEADER = ["科目编码", "科目名称", "金额"]


def _sheet(rows: list[list[str]], *above: str, top: float = 100, xs: tuple[float, ...] = XS) -> Draw:
    """A table with lines above it."""

    def draw(page: pymupdf.Page) -> None:
        for number, line in enumerate(above):
            text(page, 150, top - 18 * (len(above) - number), line)
        table(page, xs, [top + 20 * i for i in range(len(rows) + 1)], rows)

    return draw


def _rows(document: Document) -> list[list[list[str]]]:
    return [[row for part in found.parts for row in rows_of(part)] for found in document.tables]


FIRST = [HEADER, ["201", "一般公共服务", "10.00"]]
LATER = [["208", "社会保障", "20.00"], ["", "总计", "30.00"]]


def test_a_table_goes_on_where_its_header_is_not_repeated() -> None:
    document = read(_sheet(FIRST, "支出总表"), _sheet(LATER))
    assert _rows(document) == [FIRST + LATER]
    assert document.tables[0].pages == (1, 2)
    assert texts(document.tables[0].caption) == ["支出总表"]


def test_a_table_goes_on_over_three_pages() -> None:
    assert len(read(_sheet(FIRST), _sheet(LATER), _sheet(LATER)).tables) == 1


def test_a_table_goes_on_under_its_repeated_title_and_header() -> None:
    document = read(_sheet(FIRST, "支出总表"), _sheet([HEADER, *LATER], "支出总表（续）"))
    (found,) = document.tables
    assert texts(found.repeated) == ["支出总表（续）"]
    assert repeats_header(*found.parts)


def test_a_form_that_begins_anew_under_the_same_title_is_another() -> None:
    assert len(read(_sheet(FIRST, "绩效目标表"), _sheet(LATER, "绩效目标表")).tables) == 2


def test_other_columns_are_another_table() -> None:
    assert len(read(_sheet(FIRST), _sheet(LATER, xs=(60, 180, 320, 440))).tables) == 2


@pytest.mark.parametrize("xs", [tuple(x + 30 for x in XS), tuple(20 + 1.03 * x for x in XS)])
def test_columns_that_are_moved_as_a_whole_are_the_same(xs: tuple[float, ...]) -> None:
    """On a page bound on its other side, or scanned anew."""
    document = read(_sheet(FIRST, "支出总表"), _sheet(LATER, xs=xs))
    assert _rows(document) == [FIRST + LATER]


def test_columns_much_wider_are_others() -> None:
    assert len(read(_sheet(FIRST), _sheet(LATER, xs=tuple(1.1 * x for x in XS))).tables) == 2


OTHER_XS = (60.0, 180.0, 330.0, 440.0)


@pytest.mark.parametrize("above", ["支出总表", "支出总表（续）", ""])
def test_other_columns_under_the_same_header_go_on(above: str) -> None:
    """Typed as a table of its own for each page."""
    document = read(_sheet(FIRST, "支出总表"), _sheet([HEADER, *LATER], *filter(None, [above]), xs=OTHER_XS))
    assert _rows(document) == [[*FIRST, HEADER, *LATER]]


def test_other_columns_under_the_same_header_after_the_total_are_another_table() -> None:
    closed = [*FIRST, ["", "总计", "10.00"]]
    assert len(read(_sheet(closed, "支出总表"), _sheet([HEADER, *LATER], xs=OTHER_XS)).tables) == 2


def test_the_same_header_over_another_total_begins_another_table() -> None:
    first = [HEADER, ["", "合计", "10.00"], ["201", "一般公共服务", "10.00"], ["203", "国防", ""]]
    again = [HEADER, ["", "合计", "20.00"], ["208", "社会保障", "20.00"], ["210", "卫生健康", ""]]
    assert len(read(_sheet(first, "支出总表"), _sheet(again)).tables) == 2


def test_the_same_columns_under_another_title_are_another_table() -> None:
    tables = read(_sheet(FIRST, "收入总表"), _sheet([HEADER, *LATER], "支出总表")).tables
    assert [texts(found.caption) for found in tables] == [["收入总表"], ["支出总表"]]


def test_notes_end_a_table() -> None:
    def noted(page: pymupdf.Page) -> None:
        _sheet(FIRST, "收入总表")(page)
        text(page, 60, 150, "注：本表为空表")

    document = read(noted, _sheet(LATER))
    assert texts(document.tables[0].notes) == ["注：本表为空表"]
    assert len(document.tables) == 2


def test_a_page_between_ends_a_table() -> None:
    assert len(read(_sheet(FIRST), lambda page: text(page, 60, 100, "说明"), _sheet(LATER)).tables) == 2


def test_a_page_number_does_not_part_a_table() -> None:
    def numbered(page: pymupdf.Page) -> None:
        _sheet(FIRST)(page)
        text(page, 290, 800, "- 3 -")

    assert len(read(numbered, _sheet(LATER)).tables) == 1


def test_a_total_stands_alone_on_the_next_page() -> None:
    document = read(_sheet(FIRST, "支出总表"), _sheet([["", "总计", "10.00"]]))
    assert _rows(document) == [[*FIRST, ["", "总计", "10.00"]]]


def test_the_label_of_a_total_alone_may_be_merged_over_columns() -> None:
    document = read(_sheet(FIRST), _sheet([["总计", "10.00"]], xs=(60, 320, 440)))
    (found,) = document.tables
    label, amount = found.parts[1].cells
    assert (label.text, label.column, label.column_span) == ("总计", 0, 2)
    assert (amount.text, amount.column, amount.column_span) == ("10.00", 2, 1)


def test_another_table_of_fewer_columns_is_not_joined() -> None:
    assert len(read(_sheet(FIRST), _sheet([["项目", "10.00"]], xs=(60, 320, 440))).tables) == 2


def test_a_blank_strip_is_a_part() -> None:
    document = read(_sheet(FIRST), _sheet([["", "", ""]]))
    assert len(document.tables) == 1
    assert len(document.tables[0].parts) == 2


def test_a_title_inside_the_grid_begins_another_table() -> None:
    def titled(title: str) -> Draw:
        def draw(page: pymupdf.Page) -> None:
            rules(page, XS[:1] + XS[-1:], (80, 100))
            text(page, 200, 83, title)
            _sheet(FIRST)(page)

        return draw

    assert len(read(titled("收入总表"), titled("支出总表")).tables) == 2
    assert len(read(titled("收入总表"), titled("收入总表（续）")).tables) == 1


def _parts(last: list[str], following: list[str]) -> tuple[Grid, Grid]:
    before, after = read(_sheet([HEADER, last]), _sheet([following, LATER[0]])).tables[0].parts
    return before, after


FULL = "机关单位基本养老保险缴"  # as long as its cell is wide


@pytest.mark.parametrize(
    ("last", "following", "goes_on"),
    [
        (["2080505", FULL, "10.00"], ["", "费支出", ""], True),
        (["2080505", "养老保险", "10.00"], ["", "费支出", ""], False),  # there was room on the line
        (["2080505", FULL, "10.00"], ["", "二、其他支出", ""], False),
        (["2080505", FULL, "10.00"], ["", "合计", ""], False),
        (["2080505", FULL, "10.00"], ["", "211节能环保支出", ""], False),  # a code begins a line of its own
        (["2080505", FULL, "10.00"], ["", "其中：基本支出", ""], False),
        (["2080505", FULL, "10.00"], ["", "", "20.00"], False),
        (["2080505", FULL, "10.00"], ["2080506", "职业年金", "20.00"], False),
        (["2080505", FULL, "10.00"], ["", "", ""], False),
    ],
)
def test_a_row_that_the_page_end_cuts(last: list[str], following: list[str], *, goes_on: bool) -> None:
    assert row_goes_on(*_parts(last, following)) is goes_on


@pytest.mark.parametrize("words", ["续表", "（续表）", "续上表"])
def test_a_table_goes_on_below_the_words_that_say_so(words: str) -> None:
    for rows in (LATER, [HEADER, *LATER]):
        (found,) = read(_sheet(FIRST, "支出总表", "单位：万元"), _sheet(rows, words)).tables
        assert texts(found.caption) == ["支出总表", "单位：万元"]
        assert len(found.parts) == 2


def test_a_running_header_does_not_part_a_table() -> None:
    def headed(rows: list[list[str]]) -> Draw:
        def draw(page: pymupdf.Page) -> None:
            text(page, 60, 40, "某局部门预算")
            _sheet(rows)(page)

        return draw

    assert len(read(headed(FIRST), headed(LATER), headed(LATER)).tables) == 1


def test_a_caption_ends_at_a_sentence_and_at_a_gap() -> None:
    def draw(page: pymupdf.Page) -> None:
        text(page, 60, 30, "远处")
        text(page, 60, 100, "情况如下。")
        _sheet(FIRST, "收入总表", "单位：万元", top=160)(page)

    document = read(draw)
    assert texts(document.tables[0].caption) == ["收入总表", "单位：万元"]


def test_the_caption_is_no_paragraph() -> None:
    document = read(_sheet(FIRST, "收入总表"))
    assert document.passages == ()


def test_the_height_of_a_header_by_its_merged_cells() -> None:
    def draw(page: pymupdf.Page) -> None:
        for y in (100, 140, 160, 180):
            rule(page, 60, y, 440, y)
        rule(page, 200, 120, 440, 120)
        for x in (60, 200, 440):
            rule(page, x, 100, x, 180)
        rule(page, 320, 120, 320, 180)

    assert header_height(only_grid(read(draw))) == 2
    assert header_height(only_grid(read(_sheet(FIRST)))) == 1


def _tables(first: list[list[str]], later: list[list[str]]) -> list[list[list[str]]]:
    return _rows(read(_sheet(first, "收入总表"), _sheet(later)))


SUMMED = [HEADER, ["", "合计", "30.00"], ["201", "一般公共服务", "10.00"], ["208", "社会保障", "20.00"]]
ENDED = [HEADER, ["201", "一般公共服务", "10.00"], ["208", "社会保障", "20.00"], ["", "合计", "30.00"]]


def test_another_header_begins_another_table_without_a_title() -> None:
    later = [["单位编码", "单位名称", "预算数"], ["001", "某局", "30.00"]]
    assert _tables(FIRST, later) == [FIRST, later]


def test_the_same_header_again_goes_on_without_a_title() -> None:
    later = [["科目编码", "科目名称", "金额（万元）"], ["208", "社会保障", "20.00"]]
    assert len(_tables(FIRST, later)) == 1


def test_a_label_alone_on_top_of_a_page_is_no_header() -> None:
    assert len(_tables(FIRST, [["", "其中：人员经费", ""], *LATER])) == 1


def test_a_total_on_top_again_begins_another_table() -> None:
    later = [["", "合计", "9.00"], ["201", "一般公共服务", "4.00"], ["210", "卫生健康", "5.00"]]
    assert _tables(SUMMED, later) == [SUMMED, later]
    assert len(_tables(FIRST, [*LATER, ["", "", ""]])) == 1


def test_codes_that_begin_again_after_the_total_begin_another_table() -> None:
    later = [["201", "一般公共服务", "4.00"], ["210", "卫生健康", "5.00"], ["", "合计", "9.00"]]
    assert _tables(ENDED, later) == [ENDED, later]
    assert len(_tables(ENDED[:3], later)) == 1  # no total yet: organisations one after another
