"""Bytes to a document: pages with their words, turned pages, sections, tables."""

import hashlib
from pathlib import Path

import pymupdf
import pytest

from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.model.evidence import Box
from tests.layout.sheets import pdf, read, rows_of, table, text

GOLDEN = sorted((Path(__file__).parents[2] / "golden").glob("*/document.pdf"))
XS, YS = (60.0, 200.0, 320.0), (100.0, 120.0, 140.0)
ROWS = [["项目", "金额"], ["收入总计", "1,254.76"]]


def test_what_a_document_says_of_itself() -> None:
    data = pdf(lambda page: text(page, 72, 72, "预算"), size=(842.0, 595.0))
    document = read_layout(data, "预算.pdf", Limits())
    assert document.file_name == "预算.pdf"
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    (page,) = document.pages
    assert (page.number, page.width, page.height, page.rotation) == (1, 842, 595, 0)
    assert document.page(1) is page


def test_captions_are_no_text_and_tables_no_lines() -> None:
    def draw(page: pymupdf.Page) -> None:
        text(page, 72, 72, "第二部分 预算表")
        text(page, 150, 86, "单位：万元")
        table(page, XS, YS, ROWS)

    document = read(draw)
    assert [section.title for section in document.sections] == ["第二部分预算表"]
    assert [p.text for p in document.passages] == ["第二部分预算表"]
    assert rows_of(document.tables[0].parts[0]) == ROWS


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_reads_as_it_is_displayed(rotation: int) -> None:
    """The content is drawn so that it stands upright once the page is turned."""

    def draw(page: pymupdf.Page) -> None:
        page.set_rotation(rotation)
        back = page.derotation_matrix
        for x in XS:
            page.draw_line(pymupdf.Point(x, 100) * back, pymupdf.Point(x, 140) * back, width=0.5)
        for y in YS:
            page.draw_line(pymupdf.Point(60, y) * back, pymupdf.Point(320, y) * back, width=0.5)
        for y, row in zip(YS, ROWS, strict=False):
            for x, words in zip(XS, row, strict=False):
                at = pymupdf.Point(x + 3, y + 12) * back
                page.insert_text(at, words, fontname="china-s", fontsize=10, rotate=rotation)
        at = pymupdf.Point(72, 72) * back
        page.insert_text(at, "第二部分 表", fontname="china-s", fontsize=10, rotate=rotation)

    document = read(draw)
    assert document.pages[0].rotation == rotation
    (grid,) = document.pages[0].grids
    assert rows_of(grid) == ROWS
    assert grid.box.rounded() == Box(60, 100, 320, 140)
    assert [section.title for section in document.sections] == ["第二部分表"]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.parent.name)
def test_no_word_of_a_real_document_is_lost(path: Path) -> None:
    """Every word stands in a cell, in a line, or in the furniture of the page (numbers, running headers)."""
    document = read_layout(path.read_bytes(), path.name, Limits())
    for page in document.pages:
        held = sum(len(cell.text) for grid in page.grids for cell in grid.cells)
        lines = sum(len(line.passage) for line in page.lines)
        printed = sum(len(word.text) for word in page.words)
        assert printed - 40 <= held + lines <= printed
