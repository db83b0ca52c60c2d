"""Rules to grids: positions, merged cells, the words in each cell, and what is not sound."""

import pymupdf

from extractors.layout.grid import cut, frames_of, in_reading_order
from extractors.layout.rules import rules_of
from extractors.model.document import Rule, Word
from extractors.model.evidence import Box
from tests.layout.sheets import only_grid, read, rows_of, rule, rules, spans_of, table, text

XS = (60.0, 200.0, 320.0, 440.0)
YS = (100.0, 120.0, 140.0, 160.0)
ROWS = [["项目", "预算数", "决算数"], ["一、收入", "1,254.76", "0.06"], ["总计", "-2,469.00", "25.17"]]


def test_a_lattice_gives_one_cell_a_square_with_the_words_in_it() -> None:
    grid = only_grid(read(lambda page: table(page, XS, YS, ROWS)))
    assert (grid.page, grid.n_rows, grid.n_columns) == (1, 3, 3)
    assert rows_of(grid) == ROWS
    assert not grid.faults
    assert grid.cells[4].box == Box(200, 120, 320, 140)
    assert grid.box == Box(60, 100, 440, 160)


def test_boxes_thicker_than_a_rule_are_none() -> None:
    across, down = rules_of([Box(0, 0, 100, 3), Box(0, 10, 100, 13.5), Box(0, 0, 3, 50), Box(5, 5, 9, 50)])
    assert across == (Rule(1.5, 0, 100),)
    assert down == (Rule(1.5, 0, 50),)


def test_pieces_of_a_line_become_one_rule_and_double_rules_one_position() -> None:
    across, _ = rules_of(
        [Box(0, 10, 40, 10.5), Box(42, 10, 90, 10.5), Box(0, 11.5, 90, 12), Box(99, 10, 120, 11)]
    )
    assert [(rule.start, rule.end) for rule in across] == [(0, 90), (99, 120)]
    assert len({rule.at for rule in across}) == 1


def test_a_merged_cell_has_its_spans() -> None:
    def draw(page: pymupdf.Page) -> None:
        for y in (100, 140, 160):
            rule(page, 60, y, 440, y)
        rule(page, 200, 120, 440, 120)
        for x in (60, 200, 440):
            rule(page, x, 100, x, 160)
        rule(page, 320, 120, 320, 160)
        text(page, 63, 110, "科目")
        text(page, 203, 103, "本年收入")
        text(page, 203, 123, "小计")

    grid = only_grid(read(draw))
    assert spans_of(grid) == {"科目": (0, 0, 2, 1), "本年收入": (0, 1, 1, 2), "小计": (1, 1, 1, 1)}
    assert not grid.faults


def test_two_rules_each_way_make_a_grid_and_fewer_none() -> None:
    lines = [Rule(0, 0, 50), Rule(20, 0, 50), Rule(40, 0, 50)]
    assert not frames_of(lines, [Rule(0, 0, 40)]).frames
    assert len(frames_of(lines, [Rule(0, 0, 40), Rule(50, 0, 40)]).frames) == 1


def test_a_frame_around_the_page_is_no_table() -> None:
    def draw(page: pymupdf.Page) -> None:
        page.draw_rect((20, 20, 575, 822), width=1)
        text(page, 72, 72, "第一部分 概况")

    document = read(draw)
    assert not document.pages[0].grids
    assert [section.title for section in document.sections] == ["第一部分概况"]


def test_tables_that_do_not_touch_are_two_in_their_order() -> None:
    def draw(page: pymupdf.Page) -> None:
        table(page, XS, (300, 320, 340), [["下"]])
        table(page, XS, (100, 120, 140), [["上"]])

    above, below = read(draw).pages[0].grids
    assert (above.cells[0].text, below.cells[0].text) == ("上", "下")


def test_a_word_over_a_wall_is_cut_between_its_characters() -> None:
    def draw(page: pymupdf.Page) -> None:
        rules(page, XS, YS)
        text(page, 180, 123, "支出1254.76")  # the wall at 200 stands between 出 and 1

    grid = only_grid(read(draw))
    assert rows_of(grid)[1] == ["支出", "1254.76", ""]


def test_a_word_that_ends_a_little_over_its_wall_stays_whole() -> None:
    def draw(page: pymupdf.Page) -> None:
        rules(page, XS, YS)
        text(page, 151, 123, "支出预算数")

    assert rows_of(only_grid(read(draw)))[1] == ["支出预算数", "", ""]


def test_the_pieces_of_a_cut_word_have_their_edges() -> None:
    word = Word(Box(0, 0, 40, 10), "支出99", (0, 10, 20, 30, 40))
    pieces = list(cut(word, [31.0, 19.0]))
    assert [(piece.text, piece.box.x0, piece.box.x1) for piece in pieces] == [
        ("支出", 0, 20),
        ("9", 20, 30),
        ("9", 30, 40),
    ]


def test_words_of_a_cell_are_read_line_by_line() -> None:
    words = [Word(Box(0, 12, 9, 22), "出"), Word(Box(30, 1, 50, 11), "支"), Word(Box(0, 0, 30, 10), "缴费")]
    assert "".join(word.text for word in in_reading_order(words)) == "缴费支出"


def test_a_label_wrapped_in_its_cell_is_one_text() -> None:
    def draw(page: pymupdf.Page) -> None:
        rules(page, XS, (100, 140, 180))
        for line, words in enumerate(["机关事业单位", "基本养老保险", "缴费支出"]):
            text(page, 63, 102 + 12 * line, words)

    assert only_grid(read(draw)).cells[0].text == "机关事业单位基本养老保险缴费支出"


def test_a_region_that_is_no_rectangle_is_a_fault() -> None:
    def draw(page: pymupdf.Page) -> None:
        rules(page, (60, 440), (100, 160))
        rule(page, 200, 120, 440, 120)
        rule(page, 200, 120, 200, 160)  # the cells at the left and at the top make an L

    assert any(fault.startswith("irregular region") for fault in only_grid(read(draw)).faults)


def _word(words: str, x0: float) -> Word:
    """Characters ten points wide."""
    edges = tuple(x0 + 10 * i for i in range(len(words) + 1))
    return Word(Box(x0, 0, edges[-1], 10), words, edges)


def test_what_closes_stays_with_what_stands_before_it() -> None:
    assert [piece.text for piece in cut(_word("补助）1,020.11", 0), [18.0])] == ["补助）", "1,020.11"]
    assert [piece.text for piece in cut(_word("款）」）9", 0), [12.0])] == ["款）」）", "9"]


def test_what_opens_goes_with_what_follows() -> None:
    assert [piece.text for piece in cut(_word("合计（上年）", 0), [32.0])] == ["合计", "（上年）"]


def _low_header(page: pymupdf.Page) -> None:
    """A header cell too low for its third line, which hangs over the rule below."""
    ys = (100.0, 124.0, 180.0)
    table(page, XS, ys, [["科目", "", "对个人"], ["医疗", "2.50", "7.00"]])
    for y, words in ((102, "对个人和"), (113, "家庭的补"), (119, "助")):
        text(page, 240, y, words)


def test_a_line_that_a_low_cell_hides_is_none_of_the_cell_below() -> None:
    grid = only_grid(read(_low_header))
    assert rows_of(grid) == [["科目", "对个人和家庭的补助", "对个人"], ["医疗", "2.50", "7.00"]]


def test_print_that_stands_a_little_over_its_cell_stays_in_it() -> None:
    """Rows that are lower than the boxes of their words, as spreadsheets set them."""
    ys = tuple(100 + 9.0 * i for i in range(5))

    def draw(page: pymupdf.Page) -> None:
        rules(page, XS, ys)
        for y, row in zip(ys, [*ROWS, ["注", "1.00", "2.00"]], strict=False):
            for x, words in zip(XS, row, strict=False):
                text(page, x + 3, y - 2, words)

    assert rows_of(only_grid(read(draw))) == [*ROWS, ["注", "1.00", "2.00"]]
