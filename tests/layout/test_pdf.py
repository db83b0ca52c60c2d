"""Opening under guard: every way to fail has its name, and what can be read is read."""

import pymupdf
import pytest

from extractors.layout.limits import Limits
from extractors.layout.pdf import check_openable, is_pdf, open_pdf
from extractors.layout.read import read_layout
from extractors.layout.render import render_page
from extractors.model.errors import (
    BrokenPdf,
    EmptyFile,
    EncryptedPdf,
    FileTooLarge,
    NoPages,
    NotAPdf,
    TooManyPages,
    UnreadableDocument,
)
from extractors.model.evidence import Box
from tests.layout.sheets import pdf, read, text


def _one_page(words: str = "部门预算公开") -> bytes:
    return pdf(lambda page: text(page, 72, 72, words))


def _encrypted(**passwords: str) -> bytes:
    with pymupdf.open(stream=_one_page(), filetype="pdf") as document:
        return bytes(document.tobytes(encryption=_AES_256, **passwords))


def _without_pages() -> bytes:
    """PyMuPDF refuses to write such a file, so it is written by hand."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    out += b"xref\n0 3\n0000000000 65535 f \n" + table
    return out + b"trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


def _png() -> bytes:
    with pymupdf.open(stream=_one_page(), filetype="pdf") as document:
        return bytes(document[0].get_pixmap(dpi=36).tobytes("png"))


_AES_256 = 5  # pymupdf.PDF_ENCRYPT_AES_256, which its stubs lack
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>%PDF-1.7</text></svg>'

NOT_READABLE = {
    "0 bytes": (b"", EmptyFile),
    "text": ("部门预算公开".encode(), NotAPdf),
    "HTML": (b"<!DOCTYPE html><html><body>404</body></html>", NotAPdf),
    "HTML that quotes a header": (b"<html><body>%PDF-1.7 is a header</body></html>", NotAPdf),
    "SVG": (SVG, NotAPdf),
    "PNG": (_png(), NotAPdf),
    "header only": (b"%PDF-1.7\n", BrokenPdf),
    "noise after the header": (b"%PDF-1.7\n" + bytes(range(256)) * 8, BrokenPdf),
    "truncated": (pdf(*[lambda page: text(page, 72, 72, "部门预算公开")] * 3)[:-700], BrokenPdf),
    "truncated in the middle": (_one_page()[: len(_one_page()) // 2], BrokenPdf),
    "needs a password": (_encrypted(user_pw="secret", owner_pw="other"), EncryptedPdf),
    "no pages": (_without_pages(), NoPages),
}


@pytest.mark.parametrize(("data", "error"), NOT_READABLE.values(), ids=NOT_READABLE.keys())
def test_what_cannot_be_read_is_named(data: bytes, error: type[UnreadableDocument]) -> None:
    with pytest.raises(error) as raised:
        read_layout(data, "预算.pdf", Limits())
    assert raised.type is error
    assert raised.value.details["name"] == "预算.pdf"


def test_the_check_of_an_upload_refuses_the_same() -> None:
    for data, error in NOT_READABLE.values():
        with pytest.raises(error):
            check_openable(data, "预算.pdf", Limits())
    check_openable(_one_page(), "预算.pdf", Limits())


def test_a_file_that_weighs_too_much_is_refused_unopened() -> None:
    data = b"%PDF-1.7\n" + bytes(1024 * 1024)
    with pytest.raises(FileTooLarge) as raised:
        check_openable(data, "预算.pdf", Limits(max_megabytes=1))
    assert raised.value.details["limit"] == 1


def test_too_many_pages_are_refused() -> None:
    data = pdf(*[lambda page: text(page, 72, 72, "页")] * 3)
    with pytest.raises(TooManyPages) as raised:
        check_openable(data, "预算.pdf", Limits(max_pages=2))
    assert (raised.value.details["pages"], raised.value.details["limit"]) == (3, 2)
    check_openable(data, "预算.pdf", Limits(max_pages=3))


def test_an_owner_password_alone_does_not_close_a_file() -> None:
    document = read_layout(_encrypted(owner_pw="other"), "预算.pdf", Limits())
    assert document.opening[0].text == "部门预算公开"


def test_junk_before_the_header_does_no_harm() -> None:
    document = read_layout(b"\r\n\r\nsent by mail\r\n" + _one_page(), "预算.pdf", Limits())
    assert document.opening[0].text == "部门预算公开"


def test_a_header_beyond_the_first_kilobyte_is_none() -> None:
    assert is_pdf(b" " * 1000 + b"%PDF-1.7")
    assert not is_pdf(b" " * 1024 + b"%PDF-1.7")


def test_a_page_without_text_is_an_empty_page() -> None:
    document = read(lambda page: None, lambda page: text(page, 72, 72, "第一部分 概况"))
    assert [len(page.words) for page in document.pages] == [0, 2]
    assert [section.title for section in document.sections] == ["第一部分概况"]


def test_a_page_that_is_damaged_leaves_the_others() -> None:
    data = pdf(lambda page: text(page, 72, 72, "好"), lambda page: text(page, 72, 72, "坏"))
    with pymupdf.open(stream=data, filetype="pdf") as document:
        xref = document[1].get_contents()[0]
        document.update_stream(xref, b"BT /F9 10 Tf ( unclosed \xff\xfe << [ 0 0 m 1 l q q Q" * 3)
        data = document.tobytes()
    good, _ = read_layout(data, "预算.pdf", Limits()).pages
    assert [word.text for word in good.words] == ["好"]


def test_where_images_stand() -> None:
    def draw(page: pymupdf.Page) -> None:
        page.insert_image(pymupdf.Rect(100, 200, 300, 400), stream=_png(), keep_proportion=False)
        text(page, 72, 72, "盖章")

    (image,) = read(draw).pages[0].images
    assert image.rounded() == Box(100, 200, 300, 400)


def test_a_page_as_an_image() -> None:
    image = render_page(_one_page(), 1, dpi=36)
    assert image.startswith(b"\x89PNG")
    for number in (0, 2):
        with pytest.raises(IndexError):
            render_page(_one_page(), number)


def test_a_part_of_a_page_has_the_pixels_of_the_whole() -> None:
    with open_pdf(_one_page(), "x.pdf", Limits()) as file:
        whole = file.picture(1, Box(0.0, 0.0, 595.0, 842.0), 200.0)
        (part,) = file.pictures(1, [Box(75.3, 60.4, 110.9, 75.1)], 200.0)
    rows = [(part.top + y) * whole.width + part.left for y in range(part.height)]
    assert b"".join([whole.pixels[at : at + part.width] for at in rows]) == part.pixels
    assert min(part.pixels) < 128  # there is print


def test_the_handle_says_how_many_pages_there_are() -> None:
    with open_pdf(_one_page(), "预算.pdf", Limits()) as file:
        assert file.page_count == 1
        assert file.page(1).words[0].text == "部门预算公开"


def test_streams_that_are_compressed_or_not_read_the_same() -> None:
    plain, packed = (read_layout(data, "x", Limits()).opening for data in (_one_page(), _packed()))
    assert [p.text for p in plain] == [p.text for p in packed]


def _packed() -> bytes:
    with pymupdf.open(stream=_one_page(), filetype="pdf") as document:
        return bytes(document.tobytes(deflate=True, garbage=3, use_objstms=1))
