"""Which parts of a page are pictures of print, and what becomes of what they say."""

import pymupdf
import pytest

from extractors.layout.limits import Limits
from extractors.layout.ocr import FAILED, UNREADABLE, Picture, Scan, SeenText
from extractors.layout.pdf import RawPage
from extractors.layout.read import read_layout
from extractors.layout.scanned import parts_of, unread_pictures
from extractors.model.document import Document, Word
from extractors.model.evidence import Box
from extractors.model.extraction import Extraction
from extractors.pipeline import read_document
from tests.layout import scans, sheets

WIDTH, HEIGHT = sheets.A4
PAGE = Box(0, 0, WIDTH, HEIGHT)


class Says:
    """Recognises the same in every picture, and keeps them."""

    def __init__(self, scan: Scan) -> None:
        self.scan = scan
        self.pictures: list[Picture] = []

    def read(self, picture: Picture) -> Scan:
        self.pictures.append(picture)
        return self.scan


def raw(words: str = "", images: tuple[Box, ...] = (PAGE,)) -> RawPage:
    printed = [Word(Box(10 * i, 400, 10 * i + 10, 410), c) for i, c in enumerate(words)]
    return RawPage(WIDTH, HEIGHT, 0, printed, images=images)


def strips(count: int) -> tuple[Box, ...]:
    high = HEIGHT / count
    return tuple(Box(0, high * i, WIDTH, high * (i + 1)) for i in range(count))


PASTED = Box(60, 300, 540, 600)


@pytest.mark.parametrize(
    ("page", "parts"),
    [
        (raw(), (PAGE,)),
        (raw("—28—"), (PAGE,)),
        (raw("字" * 50), ()),
        (raw(images=(Box(-20, -20, WIDTH + 20, HEIGHT + 20),)), (PAGE,)),
        (raw(images=strips(12)), (PAGE,)),
        (raw(images=strips(400)), (PAGE,)),
        (raw(images=(PASTED,)), (PASTED,)),
        (raw("字" * 50, (PASTED,)), ()),
        (raw(images=(Box(400, 600, 520, 720),)), ()),
        (raw(images=(Box(700, 100, 900, 300),)), ()),
        (raw(images=()), ()),
    ],
    ids=[
        "a scan",
        "a scan with a page number",
        "a picture behind text",
        "larger than the page",
        "in strips",
        "in very many strips",
        "a pasted table",
        "a pasted picture under text",
        "a seal",
        "outside the page",
        "no image",
    ],
)
def test_which_parts_are_pictures_of_print(page: RawPage, parts: tuple[Box, ...]) -> None:
    assert parts_of(page) == parts


def test_pictures_that_nothing_reads_are_faults_unseen() -> None:
    assert unread_pictures(raw()).faults == ("本页为扫描件，无法识别：文字识别已关闭",)
    assert unread_pictures(raw(images=(PASTED,))).faults == ("本页有图片，无法识别：文字识别已关闭",)
    assert unread_pictures(raw("字" * 50, (PASTED,))).faults == ()


def scan_of_a_page() -> bytes:
    def draw(page: pymupdf.Page) -> None:
        for line in range(40):
            sheets.text(page, 60, 60 + 15 * line, "一般公共预算财政拨款支出决算情况说明")

    return scans.scanned(sheets.pdf(draw), dpi=72)


def read(data: bytes, scan: Scan) -> Document:
    return read_layout(data, "x.pdf", Limits(), Says(scan))


def test_points_are_those_of_the_page() -> None:
    box = Box(150, 300, 450, 330)
    (page,) = read(scan_of_a_page(), Scan((SeenText(box, "收入总计", 0.97),))).pages
    (word,) = page.words
    assert word.box == word.shown == Box(72, 144, 216, 158.4)
    (evidence,) = page.lines[0].passage.evidence(0, 4)
    assert (evidence.match.value, evidence.score, evidence.box) == ("ocr", 0.97, word.box)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_picture_is_the_page_as_displayed(rotation: int) -> None:
    with pymupdf.open(stream=scan_of_a_page(), filetype="pdf") as document:
        document[0].set_rotation(rotation)
        data = bytes(document.tobytes())
    says = Says(Scan())
    read_layout(data, "x.pdf", Limits(), says)
    (picture,) = says.pictures
    assert (picture.width > picture.height) is (rotation in (90, 270))
    assert len(picture.pixels) == picture.width * picture.height


def test_an_image_in_the_content_itself_is_one_too() -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=WIDTH, height=HEIGHT)
        page.insert_text((50, 50), "x")
        inline = b"q 595 0 0 842 0 0 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\xff\xff\x00 EI Q"
        document.update_stream(page.get_contents()[0], inline)
        data = bytes(document.tobytes())
    says = Says(Scan())
    read_layout(data, "x.pdf", Limits(), says)
    assert len(says.pictures) == 1


def test_what_the_page_prints_itself_is_not_taken_from_the_picture() -> None:
    with pymupdf.open(stream=scan_of_a_page(), filetype="pdf") as document:
        sheets.text(document[0], 280, 800, "28")
        data = bytes(document.tobytes())
    seen = Box(275 * 150 / 72, 798 * 150 / 72, 300 * 150 / 72, 815 * 150 / 72)
    (page,) = read(data, Scan((SeenText(seen, "Z8", 0.6),))).pages
    assert [word.text for word in page.words] == ["28"]


def extraction(data: bytes, scan: Scan | None) -> Extraction:
    return read_document(data, "x.pdf", limits=Limits(), ocr=Says(scan) if scan else None)


@pytest.mark.parametrize(
    ("scan", "reason"),
    [
        (None, "本页为扫描件，无法识别：文字识别已关闭"),
        (Scan(fault=FAILED), "本页为扫描件，无法识别：识别程序出错"),
        (Scan(), "本页为扫描件，没有识别出文字"),
    ],
)
def test_a_page_not_read_is_a_gap_and_no_reason_to_reject(scan: Scan | None, reason: str) -> None:
    read = extraction(scan_of_a_page(), scan)
    assert any(reason in given for given in read.decision.reasons)
    assert read.decision.status == "review"


def test_a_word_not_read_is_a_fault_of_its_page() -> None:
    scan = Scan((SeenText(Box(9, 9, 99, 20), UNREADABLE, 0.3),))
    assert "本页为扫描件，有 1 处文字无法识别" in read(scan_of_a_page(), scan).pages[0].faults


def test_an_empty_sheet_is_no_gap() -> None:
    blank = scans.scanned(sheets.pdf(lambda page: None), dpi=72)
    assert read(blank, Scan()).pages[0].faults == ()


@pytest.mark.parametrize(
    ("quarters", "shown"),
    [
        (1, Box(144, WIDTH - 72 - 144, 158.4, WIDTH - 72)),
        (2, Box(WIDTH - 216, HEIGHT - 158.4, WIDTH - 72, HEIGHT - 144)),
        (3, Box(HEIGHT - 158.4, 72, HEIGHT - 144, 216)),
    ],
)
def test_print_that_lies_turned_is_shown_where_it_lies(quarters: int, shown: Box) -> None:
    """The page is as wide as the upright print is high where that took an odd number of quarters."""
    data = scan_of_a_page()
    if quarters % 2:
        with pymupdf.open(stream=data, filetype="pdf") as document:
            document[0].set_rotation(90)
            data = bytes(document.tobytes())
    box = Box(150, 300, 450, 330)
    (page,) = read(data, Scan((SeenText(box, "收入总计", 0.97),), quarters=quarters)).pages
    (word,) = page.words
    assert word.box == Box(72, 144, 216, 158.4)
    assert tuple(word.shown) == pytest.approx(tuple(shown))
    assert page.print_size == (WIDTH, HEIGHT)


def test_a_pasted_picture_that_lies_on_its_side_is_said() -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=WIDTH, height=HEIGHT)
        for line in range(10):
            sheets.text(page, 60, 60 + 15 * line, "一般公共预算财政拨款支出决算情况说明")
        page.insert_image(PASTED, stream=scans.picture_of(scan_of_a_page(), pymupdf.Rect(PASTED)))
        data = bytes(document.tobytes())
    (page,) = read(data, Scan((SeenText(Box(9, 9, 99, 20), "收入", 0.9),), quarters=1)).pages
    assert page.faults == ("print runs sideways",)
    assert all(word.score is None for word in page.words)
