"""Fonts that say of a digit that it is another one."""

from collections.abc import Mapping

import pymupdf
import pytest

from extractors.layout.limits import Limits
from extractors.layout.ocr import Picture, Scan, SeenText
from extractors.layout.read import read_layout
from extractors.model.evidence import Box
from extractors.pipeline import read_document
from tests.layout import sheets

XS, YS = (60.0, 200.0, 340.0), (100.0, 130.0, 160.0, 190.0, 220.0)
ROWS = [["项目", "预算数"], ["合计", "1,254.76"], ["基本支出", "886.31"], ["项目支出", "368.45"]]


def table(page: pymupdf.Page, font: pymupdf.Font, size: float = 10) -> None:
    sheets.rules(page, XS, YS)
    writer = pymupdf.TextWriter(page.rect)
    for y, row in zip(YS, ROWS, strict=False):
        for x, words in zip(XS, row, strict=False):
            writer.append((x + 3, y + 15), words, font=font, fontsize=size)
    writer.append((150, 60), "2025年部门支出总体情况表", font=font, fontsize=size)
    writer.append((60, 300), "0123456789 0123456789", font=font, fontsize=size)
    writer.write_text(page)


def printed(font: str = "cjk", size: float = 10) -> bytes:
    return sheets.pdf(lambda page: table(page, pymupdf.Font(font), size))


def lying(data: bytes, swaps: Mapping[str, str]) -> bytes:
    """The PDF with a font that says of some digits that they are others."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        (font,) = {xref for xref, *_ in document[0].get_fonts()}
        meanings = int(document.xref_get_key(font, "ToUnicode")[1].split()[0])
        ranges = document.xref_stream(meanings).decode()
        assert "<0001> <005f> <0020>" in ranges  # the glyphs of the Latin characters, in their order
        digits = [f"<{17 + n:04x}> <{17 + n:04x}> <{ord(swaps.get(d, d)):04x}>" for n, d in enumerate(DIGITS)]
        lies = ["<0001> <0010> <0020>", *digits, "<001b> <005f> <003a>"]
        ranges = ranges.replace("<0001> <005f> <0020>", "\n".join(lies))
        document.update_stream(meanings, ranges.encode())
        return bytes(document.tobytes())


DIGITS = "0123456789"
SWAPPED = {"3": "8", "8": "3"}
LIE = "digits that look like others: 3→8, 8→3"


def lies_in(data: bytes) -> list[str]:
    return [fault for page in read_layout(data, "x.pdf", Limits()).pages for fault in page.faults]


@pytest.mark.parametrize("size", [8, 10, 16])
@pytest.mark.parametrize("font", ["cjk", "helv", "tiro", "tibo", "cour"])
def test_honest_fonts_are_not_accused(font: str, size: float) -> None:
    assert lies_in(sheets.pdf(lambda page: table(page, pymupdf.Font(font), size))) == []


@pytest.mark.parametrize(
    ("swaps", "told"),
    [
        (SWAPPED, "3→8, 8→3"),
        ({"1": "7", "7": "1"}, "1→7, 7→1"),
        ({"6": "9", "9": "6"}, "6→9, 9→6"),
        ({"4": "0"}, "0→4"),
        (
            {d: DIGITS[9 - n] for n, d in enumerate(DIGITS)},
            "0→9, 1→8, 2→7, 3→6, 4→5, 5→4, 6→3, 7→2, 8→1, 9→0",
        ),
    ],
)
def test_a_font_that_mixes_up_its_digits_is_found_out(swaps: Mapping[str, str], told: str) -> None:
    assert lies_in(lying(printed(), swaps)) == [f"digits that look like others: {told}"]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_on_a_page_shown_turned(rotation: int) -> None:
    with pymupdf.open(stream=lying(printed(), SWAPPED), filetype="pdf") as source, pymupdf.open() as document:
        page = document.new_page(width=842, height=595) if rotation != 180 else document.new_page()
        page.show_pdf_page(page.rect, source, 0, rotate=rotation)
        page.set_rotation(rotation)
        data = bytes(document.tobytes())
    assert lies_in(data) == [LIE]


def test_figures_of_such_a_font_are_no_exact_print_and_the_page_is_a_gap() -> None:
    data = lying(printed(), SWAPPED)
    (page,) = read_layout(data, "x.pdf", Limits()).pages
    assert {word.score for word in page.words} == {0.0}
    assert "1,254.76" in {word.text for word in page.words}
    reading = read_document(data, "x.pdf", limits=Limits())
    assert any("字形不符" in gap.reason and gap.page == 1 for gap in reading.gaps)
    cells = [
        cell for table in reading.tables for row in table.rows for cell in row.cells if cell and cell.value
    ]
    assert {cell.status for cell in cells} == {"review"}


class Reads:
    """Recognises one figure, whatever it is shown."""

    def read(self, picture: Picture) -> Scan:
        return Scan((SeenText(Box(425, 280, 500, 300), "886.31", 0.9),))


def test_with_a_recogniser_its_picture_is_read() -> None:
    (page,) = read_layout(lying(printed(), SWAPPED), "x.pdf", Limits(), Reads()).pages
    assert [(word.text, word.score) for word in page.words] == [("886.31", 0.9)]
    assert LIE in page.faults
