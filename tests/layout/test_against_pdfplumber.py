"""pdfplumber as a second reader: the same cells with the same text, on a few pages of each document.

All pages: `python -m bench.variants.second_reader`.
"""

from pathlib import Path

import pymupdf
import pytest

from bench.golden import GoldenDocument, golden_documents
from bench.variants.second_reader import compared, ruled_pages
from tests.layout.sheets import pdf, rule, rules, table, text

_PAGES = 3

XS, YS = (60.0, 200.0, 320.0), (100.0, 120.0, 140.0)


def _some(pages: list[int]) -> list[int]:
    """The first, the last, and what lies between them, evenly."""
    step = max(1, (len(pages) - 1) // (_PAGES - 1))
    return pages[::step][:_PAGES]


@pytest.mark.parametrize("document", golden_documents(), ids=lambda document: document.name)
def test_two_readers_see_the_same_cells(document: GoldenDocument) -> None:
    found = compared(document.pdf, _some(ruled_pages(document.pdf)))
    assert found.pages == _PAGES
    assert found.cells > _PAGES
    assert not found.differences


def test_a_difference_is_told(tmp_path: Path) -> None:
    """What pdfplumber sees elsewhere shows: here a side that is not drawn, which we close and it does not."""
    file = tmp_path / "open.pdf"

    def draw(page: pymupdf.Page) -> None:
        for y in YS:
            rule(page, 60, y, 320, y)
        for x in (60, 200):
            rule(page, x, 100, x, 140)
        text(page, 210, 103, "1,254.76")

    file.write_bytes(pdf(draw))
    assert any("only we see" in difference for difference in compared(file).differences)


def test_the_same_cells_are_no_difference(tmp_path: Path) -> None:
    file = tmp_path / "closed.pdf"
    rows = [["项目", "金额"], ["收入总计", "1,254.76"]]
    file.write_bytes(pdf(lambda page: table(page, XS, YS, rows)))
    assert compared(file) == (1, 4, ())


def test_white_areas_are_no_cells(tmp_path: Path) -> None:
    """Spreadsheets print white areas under a title: no rules, for either reader."""
    file = tmp_path / "white.pdf"

    def draw(page: pymupdf.Page) -> None:
        page.draw_rect((60, 20, 320, 100), color=None, fill=(1, 1, 1), width=0)
        rules(page, XS, YS)

    file.write_bytes(pdf(draw))
    assert not compared(file).differences
