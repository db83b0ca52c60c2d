"""Print that lies on its side as displayed: read upright, its evidence given where it stands."""

from collections.abc import Callable, Sequence

import pymupdf
import pytest

from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.model.document import Document, evidence_of
from extractors.model.evidence import Box
from tests.layout.sheets import A4, Draw, only_grid, pdf, read, rows_of, rules, table, text, texts

XS = (60.0, 200.0, 320.0, 440.0)
YS = (100.0, 120.0, 140.0, 160.0)
ROWS = [["科目", "预算数", "决算数"], ["一、外交支出", "2,940.05", "-2,469.00"], ["总计", "0.06", "1254.76"]]
LAST = [["合计", "7.00", "8.00"]]


def _sheet(rows: Sequence[Sequence[str]], *above: str) -> Draw:
    def draw(page: pymupdf.Page) -> None:
        for number, line in enumerate(above):
            text(page, 60, 60 + 16 * number, line)
        table(page, XS, YS[: len(rows) + 1], rows)

    return draw


def _by_rotate(*sheets: Draw, turn: int) -> Document:
    """Upright pages with /Rotate set on top."""
    with pymupdf.open(stream=pdf(*sheets), filetype="pdf") as document:
        for page in document:
            page.set_rotation(turn)
        return read_layout(document.tobytes(), "turned.pdf", Limits())


def _by_content(*sheets: Draw, turn: int) -> Document:
    """Pages that show others turned, as a landscape table is printed on a portrait page."""
    with pymupdf.open(stream=pdf(*sheets), filetype="pdf") as source, pymupdf.open() as document:
        for page in source:
            target = document.new_page(width=A4[1], height=A4[0])
            target.show_pdf_page(target.rect, source, page.number, rotate=-turn)
        return read_layout(document.tobytes(), "turned.pdf", Limits())


def _shown(box: Box, turn: int) -> Box:
    """Where a box of the upright page stands once it is turned clockwise."""
    width, height = A4
    if turn == 90:
        return Box(height - box.y1, box.x0, height - box.y0, box.x1)
    return Box(box.y0, width - box.x1, box.y1, width - box.x0)


@pytest.mark.parametrize("turn", [90, 270])
@pytest.mark.parametrize("turned", [_by_rotate, _by_content])
def test_a_table_that_lies_on_its_side(turned: Callable[..., Document], turn: int) -> None:
    sheets = _sheet(ROWS, "支出总表", "金额单位：万元"), _sheet(LAST)
    upright, document = read(*sheets), turned(*sheets, turn=turn)
    page = document.pages[0]
    assert (round(page.width), round(page.height)) == (842, 595)
    assert page.is_turned
    assert not page.faults
    assert rows_of(only_grid(document)) == ROWS
    assert [texts(found.caption) for found in document.tables] == [["支出总表", "金额单位：万元"]]
    assert [part.page for part in document.tables[0].parts] == [1, 2]
    for cell, same in zip(only_grid(upright).cells, only_grid(document).cells, strict=True):
        expected = _shown(evidence_of(cell.words, 1, cell.text).box, turn)
        found = evidence_of(same.words, 1, same.text).box
        assert all(abs(a - b) < 0.1 for a, b in zip(found, expected, strict=True)), same.text


@pytest.mark.parametrize("turn", [90, 270])
def test_a_word_over_a_wall_of_print_on_its_side_is_cut_exactly(turn: int) -> None:
    """The letters are narrower than the figures: a guess at their widths would cut elsewhere."""

    def draw(page: pymupdf.Page) -> None:
        _sheet([["", "", ""], *ROWS[1:]])(page)
        page.insert_text((182, 113), "llllllll1254.76", fontname="helv", fontsize=10)

    assert rows_of(only_grid(_by_rotate(draw, turn=turn)))[0] == ["llllllll", "1254.76", ""]


def test_headings_across_over_print_on_its_side_are_told() -> None:
    def draw(page: pymupdf.Page) -> None:
        rules(page, XS, YS)
        for number in range(6):
            text(page, 100 + 40 * number, 400, "一般公共服务支出", rotate=90)
        text(page, 60, 60, "某局部门预算")
        text(page, 60, 80, "支出总体情况表")

    assert read(draw).pages[0].faults == ("print runs both ways",)


def test_a_stamp_that_runs_down_turns_no_page() -> None:
    def draw(page: pymupdf.Page) -> None:
        _sheet(ROWS, "支出总表")(page)
        for number in range(5):
            text(page, 500 + 14 * number, 300, "骑缝专用章", rotate=270)

    page = read(draw).pages[0]
    assert not page.is_turned
    assert [rows_of(grid) for grid in page.grids] == [ROWS]


def test_one_word_on_its_side_turns_no_page() -> None:
    assert not read(lambda page: text(page, 100, 300, "密级：内部", rotate=90)).pages[0].is_turned
