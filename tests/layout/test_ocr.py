"""Scans read by RapidOCR itself: a few pages, since each takes seconds."""

from collections.abc import Iterator

import pymupdf
import pytest

from extractors.layout.limits import Limits
from extractors.layout.ocr_process import OcrProcess
from extractors.layout.read import read_layout
from extractors.model.document import Document
from extractors.model.extraction_parts import EvidenceOut
from extractors.pipeline import read_document
from tests.layout import scans, sheets

ROWS = (
    ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
    ("", "合计", "1,254.76", "886.31", "368.45"),
    ("208", "社会保障和就业支出", "139.27", "121.84", "17.43"),
    ("20805", "行政事业单位养老支出", "139.27", "121.84", "17.43"),
    ("210", "卫生健康支出", "1,042.58", "704.03", "338.55"),
    ("21015", "医疗保障管理事务", "1,042.58", "704.03", "338.55"),
    ("221", "住房保障支出", "72.91", "60.44", "12.47"),
    ("22102", "住房改革支出", "72.91", "60.44", "12.47"),
)


@pytest.fixture(scope="module")
def ocr() -> Iterator[OcrProcess]:
    """One child process for all tests of this module."""
    process = OcrProcess()
    yield process
    process.close()


def read(data: bytes, ocr: OcrProcess) -> Document:
    return read_layout(data, "scan.pdf", Limits(), ocr)


@pytest.mark.parametrize(
    ("dpi", "skew", "noise"),
    [(150, 0.0, 0.0), (150, 0.8, 10.0), (200, -1.6, 6.0)],
    ids=["straight", "askew-noisy", "askew-fine"],
)
def test_every_figure_is_in_its_cell(ocr: OcrProcess, dpi: int, skew: float, noise: float) -> None:
    document = read(scans.scanned(sheets.pdf(scans.budget(ROWS)), dpi=dpi, skew=skew, noise=noise), ocr)
    (page,) = document.pages
    assert page.faults == ()
    grid = sheets.only_grid(document)
    assert grid.faults == ()
    assert sheets.rows_of(grid) == [list(row) for row in ROWS]
    assert "部门支出总体情况表" in sheets.texts(page.lines)
    words = [word for cell in grid.cells for word in cell.words]
    assert all(word.score is not None and word.score > 0.5 for word in words)


def evidence_of_a_figure(data: bytes, ocr: OcrProcess) -> EvidenceOut:
    """Where 17.43 of 社会保障和就业支出 stands."""
    cell = read_document(data, "x.pdf", limits=Limits(), ocr=ocr).tables[0].rows[1].cells[4]
    assert cell is not None
    assert (cell.value, cell.text) == ("17.43", "17.43")
    assert isinstance(cell.evidence, EvidenceOut)
    return cell.evidence


def test_a_place_is_where_the_print_stands_on_the_page_askew(ocr: OcrProcess) -> None:
    drawn = sheets.pdf(scans.budget(ROWS))
    printed = evidence_of_a_figure(drawn, ocr)
    recognised = evidence_of_a_figure(scans.scanned(drawn, skew=1.6), ocr)
    middle = pymupdf.Point(sheets.A4[0] / 2, sheets.A4[1] / 2)
    x0, y0, x1, y1 = printed.bbox
    expected = (pymupdf.Point((x0 + x1) / 2, (y0 + y1) / 2) - middle) * pymupdf.Matrix(1.6) + middle
    x0, y0, x1, y1 = recognised.bbox
    assert abs((x0 + x1) / 2 - expected.x) < 3
    assert abs((y0 + y1) / 2 - expected.y) < 3
    assert (printed.match, recognised.match) == ("exact", "ocr")


@pytest.mark.parametrize("quarters", [2, 3], ids=["upside down", "to the left"])
def test_a_page_that_lies_turned_on_the_glass(ocr: OcrProcess, quarters: int) -> None:
    upright = sheets.pdf(scans.budget(ROWS[:5]))
    document = read(scans.laid(scans.scanned(upright, skew=0.6), quarters), ocr)
    assert sheets.rows_of(sheets.only_grid(document)) == [list(row) for row in ROWS[:5]]
    (page,) = document.pages
    assert page.faults == ()
    (shown,) = [word.shown for word in page.words if word.text == "338.55"]
    printed = sheets.read(scans.budget(ROWS[:5])).pages[0].words
    (x, y) = next(word.centre for word in printed if word.text == "338.55")
    width, height = sheets.A4
    lies = (width - x, height - y) if quarters == 2 else (y, width - x)
    assert ((shown.x0 + shown.x1) / 2, (shown.y0 + shown.y1) / 2) == pytest.approx(lies, abs=4)


def test_characters_below_one_another(ocr: OcrProcess) -> None:
    def form(page: pymupdf.Page) -> None:
        sheets.table(page, (60.0, 90.0, 200.0), (100.0, 220.0), [["", "产出指标"]])
        for line, character in enumerate("年度绩效指标"):
            sheets.text(page, 70, 112 + 16 * line, character)

    document = read(scans.scanned(sheets.pdf(form)), ocr)
    assert sheets.rows_of(sheets.only_grid(document)) == [["年度绩效指标", "产出指标"]]


def test_a_table_pasted_as_a_picture_under_text(ocr: OcrProcess) -> None:
    part = pymupdf.Rect(50, 60, 545, 340)
    table = scans.picture_of(sheets.pdf(scans.budget(ROWS)), part)

    def half(page: pymupdf.Page) -> None:
        sheets.text(page, 60, 100, "二、关于2025年部门支出总体情况的说明")
        sheets.text(page, 60, 130, "支出预算1254.76万元，其中：基本支出886.31万元。")
        page.insert_image(pymupdf.Rect(50, 360, 545, 640), stream=table)

    document = read(sheets.pdf(half), ocr)
    (page,) = document.pages
    grid = sheets.only_grid(document)
    assert sheets.rows_of(grid) == [list(row) for row in ROWS]
    assert grid.box.y0 > 400
    assert page.faults == ()
    scores = {line.passage.text[:2]: line.words[0].score for line in page.lines}
    assert scores["支出"] is None
    assert scores["部门"] is not None
