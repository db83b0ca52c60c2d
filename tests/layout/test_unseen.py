"""Text layers that lie: what nobody sees on the page is no print."""

from collections.abc import Callable
from typing import Any

import pymupdf
import pytest

from extractors.layout.limits import Limits
from extractors.layout.ocr import Picture, Scan, SeenText
from extractors.layout.read import read_layout
from extractors.model.document import Document, Page
from extractors.model.evidence import Box
from extractors.pipeline import read_document
from tests.layout import scans, sheets

WHITE, BLUE = (1, 1, 1), (0.1, 0.2, 0.5)
XS, YS = (60.0, 200.0, 340.0), (100.0, 130.0, 160.0)

Draw = Callable[[pymupdf.Page], None]


def write(page: pymupdf.Page, x: float, y: float, words: str, **style: Any) -> None:
    page.insert_text((x, y), words, fontname="china-s", fontsize=10, **style)


def page_of(draw: Draw) -> Page:
    """The page with a line of print and whatever else is drawn."""

    def drawn(page: pymupdf.Page) -> None:
        write(page, 60, 80, "支出预算")
        draw(page)

    return sheets.read(drawn).pages[0]


def words_of(page: Page) -> list[tuple[str, float | None]]:
    return [(word.text, word.score) for word in page.words]


PRINT = ("支出预算", None)
LEFT_OUT = ("text that cannot be seen: 1",)


def not_painted(page: pymupdf.Page) -> None:
    write(page, 60, 120, "1,254.76", render_mode=3)


def transparent(page: pymupdf.Page) -> None:
    page.draw_rect((10, 10, 20, 20), fill=WHITE)
    write(page, 60, 120, "1,254.76", fill_opacity=0, stroke_opacity=0)


def white_on_white(page: pymupdf.Page) -> None:
    write(page, 60, 120, "1,254.76", color=WHITE)


def white_on_a_white_fill(page: pymupdf.Page) -> None:
    page.draw_rect((40, 100, 300, 140), color=WHITE, fill=WHITE)
    write(page, 60, 120, "1,254.76", color=WHITE)


def too_small_to_see(page: pymupdf.Page) -> None:
    page.insert_text((60, 120), "1,254.76", fontsize=0.4, color=WHITE)


def painted_over(page: pymupdf.Page) -> None:
    write(page, 60, 120, "1,254.76")
    page.draw_rect((40, 105, 300, 125), color=None, fill=WHITE)


@pytest.mark.parametrize(
    "draw",
    [not_painted, transparent, white_on_white, white_on_a_white_fill, too_small_to_see, painted_over],
)
def test_what_cannot_be_seen_is_left_out_and_said(draw: Draw) -> None:
    page = page_of(draw)
    assert (words_of(page), page.faults) == ([PRINT], LEFT_OUT)


def white_on_blue(page: pymupdf.Page) -> None:
    page.draw_rect((40, 105, 300, 125), color=None, fill=BLUE)
    write(page, 60, 120, "1,254.76", color=WHITE)


def on_a_white_fill(page: pymupdf.Page) -> None:
    page.draw_rect((40, 105, 300, 125), color=None, fill=WHITE)
    write(page, 60, 120, "1,254.76")


def outlined(page: pymupdf.Page) -> None:
    page.draw_rect((10, 10, 20, 20), fill=WHITE)
    write(page, 60, 120, "1,254.76", render_mode=1)


def marked(page: pymupdf.Page) -> None:
    """As by a pen for marking: the colour is mixed with what it covers."""
    page.draw_rect((10, 10, 20, 20), fill=WHITE)
    write(page, 60, 120, "1,254.76")
    page.draw_rect((40, 105, 300, 125), color=None, fill=(1, 1, 0), fill_opacity=0.4)


@pytest.mark.parametrize("draw", [white_on_blue, on_a_white_fill, outlined, marked])
def test_what_can_be_seen_is_print(draw: Draw) -> None:
    page = page_of(draw)
    assert (words_of(page), page.faults) == ([PRINT, ("1,254.76", None)], ())


def test_a_figure_painted_over_and_written_anew_is_the_new_one() -> None:
    def corrected(page: pymupdf.Page) -> None:
        sheets.table(page, XS, YS, [["合计", "1,254.76"], ["基本支出", "886.31"]])
        page.draw_rect((201, 101, 339, 129), color=None, fill=WHITE)
        sheets.text(page, 203, 103, "1,300.00")

    document = sheets.read(corrected)
    assert sheets.rows_of(sheets.only_grid(document)) == [["合计", "1,300.00"], ["基本支出", "886.31"]]
    assert document.pages[0].faults == LEFT_OUT


def test_the_same_text_once_more_unpainted_is_no_lie() -> None:
    def twice(page: pymupdf.Page) -> None:
        write(page, 60, 120, "1,254.76")
        write(page, 60, 120, "1,254.76", render_mode=3)

    page = page_of(twice)
    assert (words_of(page), page.faults) == ([PRINT, ("1,254.76", None)], ())


def test_two_texts_at_one_place_prove_nothing() -> None:
    def over(page: pymupdf.Page) -> None:
        write(page, 60, 120, "1,254.76")
        write(page, 60.5, 120, "1,300.10")

    page = page_of(over)
    assert words_of(page) == [PRINT, ("1,254.76", 0.0), ("1,300.10", 0.0)]
    assert page.faults == ("print that cannot be told: 2",)


def test_a_figure_cut_by_the_edge_of_the_page_proves_nothing() -> None:
    page = page_of(lambda page: write(page, 570, 120, "1,254.76"))
    (word,) = [word for word in page.words if word.text != "支出预算"]
    assert (word.score, page.faults) == (0.0, ("print that cannot be told: 1",))


def test_a_digit_that_is_not_seen_in_a_figure_that_is() -> None:
    def grown(page: pymupdf.Page) -> None:
        page.insert_text((60, 120), "1,254.76", fontsize=10)
        page.insert_text(
            (60 + pymupdf.get_text_length("1,254.76", fontsize=10), 120), "9", fontsize=10, render_mode=3
        )

    page = page_of(grown)
    assert words_of(page) == [PRINT, ("1,254.769", 0.0)]
    assert page.faults == ("print that cannot be told: 1",)


ROWS = [["合计", "1,254.76"], ["基本支出", "886.31"], ["项目支出", "368.45"], ["人员经费支出", "704.03"]]
GRID_YS = (100.0, 130.0, 160.0, 190.0, 220.0)


def table_with(figure: str) -> Draw:
    return lambda page: sheets.table(page, XS, GRID_YS, [["合计", figure], *ROWS[1:]])


def searchable(*, behind: bool, figures: tuple[str, str] = ("1,254.76", "1,254.76")) -> bytes:
    """A scan that carries its text: not painted, or painted behind the image. `figures`: printed, hidden."""
    printed, hidden = (sheets.pdf(table_with(figure)) for figure in figures)
    with pymupdf.open(stream=scans.scanned(printed, dpi=100), filetype="pdf") as scan, pymupdf.open() as made:
        image = scan.extract_image(scan[0].get_images()[0][0])["image"]
        page = made.new_page(width=sheets.A4[0], height=sheets.A4[1])
        if not behind:
            page.insert_image(page.rect, stream=image)
        with pymupdf.open(stream=hidden, filetype="pdf") as source:
            for x0, _, _, y1, word, *_ in source[0].get_text("words"):
                write(page, x0, y1 - 2, word, render_mode=0 if behind else 3)
        if behind:
            page.insert_image(page.rect, stream=image)
        return bytes(made.tobytes())


class Reads:
    """Recognises one figure, whatever it is shown."""

    def __init__(self, text: str) -> None:
        self._text = text

    def read(self, picture: Picture) -> Scan:
        return Scan((SeenText(Box(420, 210, 520, 240), self._text, 0.9),))


def read(data: bytes, recognised: str | None = None) -> Document:
    return read_layout(data, "x.pdf", Limits(), Reads(recognised) if recognised else None)


@pytest.mark.parametrize("behind", [False, True], ids=["not painted", "behind the image"])
def test_the_text_of_a_searchable_scan_is_not_exact(*, behind: bool) -> None:
    (page,) = read(searchable(behind=behind)).pages
    assert {word.score for word in page.words} == {0.0}
    assert "1,254.76" in {word.text for word in page.words}
    assert page.faults == ("本页为扫描件，无法识别：文字识别已关闭",)


@pytest.mark.parametrize("behind", [False, True], ids=["not painted", "behind the image"])
def test_the_picture_is_read_rather_than_its_text(*, behind: bool) -> None:
    (page,) = read(searchable(behind=behind), "1,254.76").pages
    assert (words_of(page), page.faults) == ([("1,254.76", 0.9)], ())


def test_hidden_figures_that_are_not_those_of_the_picture_are_said() -> None:
    document = read(searchable(behind=False, figures=("1,254.76", "1,254.78")), "1,254.76")
    (page,) = document.pages
    assert words_of(page) == [("1,254.76", 0.9)]
    assert page.faults == ("hidden figures not those printed: 1",)


def test_print_drawn_as_shapes_under_its_text_is_a_picture() -> None:
    def shapes(page: pymupdf.Page) -> None:
        for index, (x, y) in enumerate((x, y) for y in range(100, 400, 20) for x in range(60, 500, 60)):
            page.draw_circle((x + 20, y - 3), 4, fill=(0, 0, 0))
            write(page, x, y, f"1,2{index:02}.76", render_mode=3)

    says = Reads("886.31")
    (page,) = read_layout(sheets.pdf(shapes), "x.pdf", Limits(), says).pages
    assert words_of(page) == [("886.31", 0.9)]


def test_a_few_hidden_words_over_print_are_kept_as_unproven() -> None:
    """Too little for a picture of print, and not to be lost in silence."""

    def shape(page: pymupdf.Page) -> None:
        page.draw_circle((80, 117), 4, fill=(0, 0, 0))
        write(page, 60, 120, "886.31", render_mode=3)

    for ocr in (None, Reads("1,254.76")):
        (page,) = read_layout(sheets.pdf(shape), "x.pdf", Limits(), ocr).pages
        assert words_of(page) == [("886.31", 0.0)]
        assert page.faults == ("print that cannot be told: 1",)


def _meant(document: pymupdf.Document, print_: str, tag: bytes, font: str = "china-s") -> None:
    """A page whose one text is tagged: what the file says to be meant by it."""
    page = document.new_page()
    page.insert_text((60, 120), print_, fontname=font, fontsize=10)
    (xref,) = page.get_contents()
    document.update_stream(xref, tag + b" BDC\n" + document.xref_stream(xref) + b"\nEMC\n")


def _read(document: pymupdf.Document) -> Page:
    return read_layout(bytes(document.tobytes()), "meant.pdf", Limits()).pages[0]


def _meant_in_the_content(document: pymupdf.Document) -> None:
    _meant(document, "1,254.76", b"/Span <</ActualText (9,254.76)>>")


def _meant_by_name(document: pymupdf.Document) -> None:
    _meant(document, "1,254.76", b"/Span /MC0")
    _, resources = document.xref_get_key(document[0].xref, "Resources")
    xref = int(resources.split()[0])
    document.xref_set_key(xref, "Properties", "<</MC0 <</ActualText (9,254.76)>>>>")


def _meant_in_a_form(document: pymupdf.Document) -> None:
    with pymupdf.open() as shown:
        _meant_by_name(shown)
        page = document.new_page()
        page.show_pdf_page(page.rect, shown, 0)


@pytest.mark.parametrize("make", [_meant_in_the_content, _meant_by_name, _meant_in_a_form])
def test_other_figures_than_the_print_shows_are_not_what_is_printed(
    make: Callable[[pymupdf.Document], None],
) -> None:
    with pymupdf.open() as document:
        make(document)
        page = _read(document)
        found = document[0].get_text().strip()
    assert found == "9,254.76"  # what copies from a viewer
    assert words_of(page) == [("1,254.76", None)]
    assert page.faults == ("figures not those printed: 1",)


def test_the_font_of_such_figures_is_not_accused() -> None:
    with pymupdf.open() as document:
        _meant(document, "1111.11 1111.11", b"/Span <</ActualText (9999.99 9999.99)>>", "helv")
        page = _read(document)
    assert words_of(page) == [("1111.11", None), ("1111.11", None)]
    assert page.faults == ("figures not those printed: 2",)


def test_such_figures_are_no_print_where_they_cannot_be_seen() -> None:
    with pymupdf.open() as document:
        _meant(document, "1,254.76", b"1 1 1 rg /Span <</ActualText (9,254.76)>>")
        write(document[0], 60, 80, "支出预算", color=(0, 0, 0))
        page = _read(document)
    assert words_of(page) == [PRINT]
    assert page.faults == ("figures not those printed: 1", *LEFT_OUT)


def test_such_figures_are_cut_at_the_walls_as_printed() -> None:
    with pymupdf.open() as document:
        _meant(document, "12.5034.50", b"/Span <</ActualText (92.5034.50)>>")
        sheets.rules(document[0], (55, 110, 165), (105, 125, 145))
        grid = read_layout(bytes(document.tobytes()), "meant.pdf", Limits()).pages[0].grids[0]
    assert sheets.rows_of(grid)[0] == ["12.50", "34.50"]


def test_what_is_meant_by_letters_is_believed() -> None:
    """Of a glyph that stands for two characters the file says which: figures are the same."""
    with pymupdf.open() as document:
        _meant(document, "财政专戶", b"/Span <</ActualText <FEFF8D22653F4E136237>>>")
        write(document[0], 60, 140, "12.50")
        page = _read(document)
    assert words_of(page) == [("财政专户", None), ("12.50", None)]
    assert page.faults == ()


def test_what_the_tree_of_structure_says_is_not_asked() -> None:
    with pymupdf.open() as document:
        _meant(document, "1,254.76", b"/Span <</MCID 0>>")
        element, root = document.get_new_xref(), document.get_new_xref()
        document.update_object(element, "<</Type /StructElem /S /Span /K 0 /ActualText (9,254.76)>>")
        document.update_object(root, f"<</Type /StructTreeRoot /ParentTree <</Nums [0 [{element} 0 R]]>>>>")
        document.xref_set_key(document.pdf_catalog(), "StructTreeRoot", f"{root} 0 R")
        document.xref_set_key(document[0].xref, "StructParents", "0")
        assert document[0].get_text().strip() == "9,254.76"
        page = _read(document)
    assert (words_of(page), page.faults) == ([("1,254.76", None)], ())


def test_what_was_found_is_a_gap_in_words() -> None:
    reading = read_document(sheets.pdf(not_painted), "x.pdf", limits=Limits())
    (gap,) = reading.gaps
    assert (gap.page, "看不见的文字" in gap.reason) == (1, True)


def test_other_figures_than_those_printed_are_a_gap_in_words() -> None:
    with pymupdf.open() as document:
        _meant_in_the_content(document)
        reading = read_document(bytes(document.tobytes()), "x.pdf", limits=Limits())
    (gap,) = reading.gaps
    assert (gap.page, "本页有 1 处数字" in gap.reason) == (1, True)
