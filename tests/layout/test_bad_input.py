"""Pages made to break a reader, or broken: bounded time, a named fault, and the rest is read."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pymupdf

from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.model.document import Document
from extractors.pipeline import read_document
from tests.layout.sheets import only_grid, pdf, read, rows_of, rule, table, text, texts

_LONGEST_SIDE = 14_400.0  # points, of a PDF page
_MOST_MEGABYTES = 300
_READ = """
import sys
from pathlib import Path
from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
read_layout(Path(sys.argv[1]).read_bytes(), "bad.pdf", Limits())
(most,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
print(int(most.split()[1]) // 1024)
"""


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Of this process: other work on the machine does not count."""
    started = time.process_time()
    yield
    assert time.process_time() - started < seconds


def _with_content(content: bytes, side: float = 842.0) -> Document:
    """A page with its drawn content, written as PDF operators, and a page after it."""
    with pymupdf.open() as document:
        page = document.new_page(width=side, height=side)
        page.insert_text((30, 30), "first", fontname="helv", fontsize=6)
        (xref,) = page.get_contents()
        document.update_stream(xref, document.xref_stream(xref) + b"\n" + content)
        text(document.new_page(), 72, 72, "第二部分 表")
        data = document.tobytes(deflate=True)
    return read_layout(data, "bad.pdf", Limits())


def _rest_is_read(document: Document) -> bool:
    return [s.title for s in document.sections] == ["第二部分表"] and not document.pages[1].faults


def test_a_page_of_a_million_drawn_objects_is_read_for_its_words() -> None:
    with _within(6):
        document = _with_content(b"100.25 200.75 30.5 0.5 re f\n" * 1_000_000)
    assert document.pages[0].faults == ("too much drawn content",)
    assert [word.text for word in document.pages[0].words] == ["first"]
    assert _rest_is_read(document)


def test_a_million_objects_may_stand_in_a_form_that_the_page_shows() -> None:
    with pymupdf.open() as shown, pymupdf.open() as document:
        page = shown.new_page()
        text(page, 30, 30, "first")
        (xref,) = page.get_contents()
        shown.update_stream(xref, shown.xref_stream(xref) + b"\n1 2 3.5 0.5 re f" * 1_000_000)
        document.new_page().show_pdf_page(page.rect, shown, 0)
        text(document.new_page(), 72, 72, "第二部分 表")
        data = document.tobytes(deflate=True)
    with _within(6):
        result = read_layout(data, "bad.pdf", Limits())
    assert result.pages[0].faults == ("too much drawn content",)
    assert [word.text for word in result.pages[0].words] == ["first"]
    assert _rest_is_read(result)


def test_a_million_objects_may_stand_in_several_parts_of_the_content() -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        text(page, 30, 30, "first")
        parts = [*page.get_contents(), *(document.get_new_xref() for _ in range(2))]
        for xref in parts[1:]:
            document.update_object(xref, "<<>>")
            document.update_stream(xref, b"100.25 200.75 30.5 0.5 re f\n" * 500_000, new=True)
        document.xref_set_key(page.xref, "Contents", "[" + " ".join(f"{xref} 0 R" for xref in parts) + "]")
        text(document.new_page(), 72, 72, "第二部分 表")
        data = document.tobytes(deflate=True)
    with _within(6):
        result = read_layout(data, "bad.pdf", Limits())
    assert result.pages[0].faults == ("too much drawn content",)
    assert [word.text for word in result.pages[0].words] == ["first"]
    assert _rest_is_read(result)


def test_a_content_that_says_it_is_short_is_measured_all_the_same() -> None:
    """MuPDF reads on behind /Length to the end of the stream: all of it would be drawn."""
    with pymupdf.open() as document:
        page = document.new_page()
        text(page, 30, 30, "first")
        (xref,) = page.get_contents()
        document.update_stream(xref, document.xref_stream(xref) + b"\n1 2 3.5 0.5 re f" * 1_000_000)
        text(document.new_page(), 72, 72, "第二部分 表")
        data = document.tobytes(deflate=True)
    (length,) = re.findall(rb"/Length (\d{5,})", data)  # that of the fonts is short
    data = data.replace(b"/Length " + length, b"/Length " + b"1".ljust(len(length)))
    with _within(6):
        result = read_layout(data, "bad.pdf", Limits())
    assert result.pages[0].faults == ("too much drawn content",)
    assert _rest_is_read(result)


def test_a_million_objects_take_little_memory(tmp_path: Path) -> None:
    """In a process of its own, which tells what it had at most."""
    file = tmp_path / "million.pdf"
    with pymupdf.open() as document:
        page = document.new_page()
        text(page, 30, 30, "first")
        (xref,) = page.get_contents()
        document.update_stream(xref, document.xref_stream(xref) + b"\n1 2 3.5 0.5 re f" * 1_000_000)
        document.save(file, deflate=True)
    run = subprocess.run([sys.executable, "-c", _READ, file], capture_output=True, text=True, check=True)  # noqa: S603 - our own file
    assert int(run.stdout) < _MOST_MEGABYTES


def test_a_page_that_is_too_much_is_a_gap_and_the_next_table_is_read() -> None:
    rows = [["科目名称", "合计"], ["合计", "9.00"], ["卫生健康支出", "9.00"]]
    with pymupdf.open() as document:
        page = document.new_page()
        text(page, 30, 30, "first")
        (xref,) = page.get_contents()
        document.update_stream(xref, document.xref_stream(xref) + b"\n1 2 3.5 0.5 re f" * 1_000_000)
        after = document.new_page()
        text(after, 72, 60, "部门支出总体情况表")
        text(after, 72, 80, "单位：万元")
        table(after, (60, 200, 320), (100, 120, 140, 160), rows)
        data = document.tobytes(deflate=True)
    found = read_document(data, "bad.pdf", limits=Limits())
    assert [(gap.page, gap.reason) for gap in found.gaps] == [(1, "本页图形过多，只读了文字")]
    (read_table,) = found.tables
    assert [[cell.text for cell in row.cells if cell] for row in read_table.rows] == rows[1:]


def test_too_many_paths_of_several_strokes_are_not_followed() -> None:
    with _within(6):
        document = _with_content(b"100 200 m 130 200 l 130 250 l 300 200 m 330 200 l 330 250 l S\n" * 40_000)
    assert document.pages[0].faults == ("drawn lines that were not followed",)
    assert _rest_is_read(document)


def test_a_tree_of_structure_that_does_not_fit_its_pages() -> None:
    """Pieces of text numbered on from page to page, as a printer driver does: MuPDF seeks each in all."""
    count = 1000
    with pymupdf.open() as document:
        page = document.new_page()
        for index in range(count):
            page.insert_text((30 + 50 * (index % 10), 30 + 7 * (index // 10)), "120.00", fontsize=6)
        for index, xref in enumerate(page.get_contents()):
            tag = b"/Span <</MCID %d>> BDC\n" % (count + index)
            document.update_stream(xref, tag + document.xref_stream(xref) + b"\nEMC\n")
        elements = [document.get_new_xref() for _ in range(count)]
        for xref in elements:
            document.update_object(
                xref, f"<</Type /StructElem /S /Span /K {list(range(200))}>>".replace(",", "")
            )
        root = document.get_new_xref()
        tree = " ".join(f"{xref} 0 R" for xref in elements)
        document.update_object(root, f"<</Type /StructTreeRoot /ParentTree <</Nums [0 [{tree}]]>>>>")
        document.xref_set_key(document.pdf_catalog(), "StructTreeRoot", f"{root} 0 R")
        document.xref_set_key(page.xref, "StructParents", "0")
        text(document.new_page(), 72, 72, "第二部分 表")
        data = document.tobytes(deflate=True)
    with _within(2):
        result = read_layout(data, "bad.pdf", Limits())
    assert len(result.pages[0].words) == count
    assert _rest_is_read(result)


def test_more_rules_than_can_be_a_table() -> None:
    at = range(10, 14_000, 4)
    lines = [b"%d 0 0.5 14000 re f\n0 %d 14000 0.5 re f\n" % (i, i) for i in at]
    with _within(6):
        document = _with_content(b"".join(lines), side=_LONGEST_SIDE)
    assert document.pages[0].faults == ("too many rules",)
    assert _rest_is_read(document)


def test_more_cells_than_can_be_a_table() -> None:
    lines = [b"%d 0 0.5 14000 re f\n0 %d 14000 0.5 re f\n" % (i, i) for i in range(10, 14_000, 16)]
    with _within(6):
        document = _with_content(b"".join(lines), side=_LONGEST_SIDE)
    assert document.pages[0].faults == ("too many cells",)
    assert not document.pages[0].grids
    assert _rest_is_read(document)


def test_a_table_of_5000_rows() -> None:
    height = 2.8
    parts = [b"100 %.1f 600 0.1 re f\n" % (height * i) for i in range(1, 5002)]
    parts += [b"%d 2.8 0.1 14000 re f\n" % x for x in (100, 300, 500, 700)]
    for i in range(1, 5001):
        for x, words in ((105, b"%d" % i), (305, b"%d.25" % i), (505, b"0.50")):
            parts.append(b"BT /helv 2 Tf 1 0 0 1 %d %.1f Tm (%s) Tj ET\n" % (x, height * i + 0.6, words))
    with _within(15):
        document = _with_content(b"".join(parts), side=_LONGEST_SIDE)
    rows = rows_of(only_grid(document))
    assert [len(row) for row in rows] == [3] * 5000
    assert rows == [[str(i), f"{i}.25", "0.50"] for i in range(5000, 0, -1)]
    assert not document.pages[0].faults


def test_a_table_of_6000_rows_of_which_every_two_share_a_label() -> None:
    height, n_labels = 2.2, 3000
    parts = [b"300 %.1f 400 0.1 re f\n" % (height * i) for i in range(1, 2 * n_labels + 2)]
    parts += [b"100 %.1f 200 0.1 re f\n" % (2 * height * i + height) for i in range(n_labels + 1)]
    parts += [b"%d 2.2 0.1 13200 re f\n" % x for x in (100, 300, 500, 700)]
    for i in range(1, 2 * n_labels + 1):
        for x, words in ((105, b"label"), (305, b"%d.25" % i), (505, b"0.50")):
            parts.append(b"BT /helv 2 Tf 1 0 0 1 %d %.1f Tm (%s) Tj ET\n" % (x, height * i + 0.4, words))
    with _within(10):
        document = _with_content(b"".join(parts), side=_LONGEST_SIDE)
    grid = only_grid(document)
    assert len([cell for cell in grid.cells if cell.row_span == 2]) == n_labels
    assert len(grid.faults) == n_labels  # two texts in each of them


def test_cells_without_size() -> None:
    def draw(page: pymupdf.Page) -> None:
        for step in range(200):
            rule(page, 100 + step / 400, 100, 100 + step / 400, 300)
            rule(page, 100, 100 + step / 400, 400, 100 + step / 400)
        page.draw_rect((50, 400, 50, 400))
        page.draw_rect((50, 400, 51, 400.5))
        text(page, 110, 150, "正文")

    page = read(draw).pages[0]
    assert not page.grids
    assert texts(page.lines) == ["正文"]


def test_a_diagonal_and_a_circle_are_no_rules() -> None:
    def draw(page: pymupdf.Page) -> None:
        page.draw_circle((300, 300), 80)
        page.draw_line((100, 100), (500, 500))
        text(page, 280, 290, "印章")

    page = read(draw).pages[0]
    assert not page.grids
    assert texts(page.lines) == ["印章"]


def test_text_whose_font_says_no_characters_is_a_fault() -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_font(fontname="F0", fontbuffer=pymupdf.Font("cjk").buffer)
        page.insert_text((72, 72), "部门预算", fontname="F0", fontsize=12)
        for xref in range(1, document.xref_length()):
            if document.xref_get_key(xref, "ToUnicode")[0] != "null":
                document.xref_set_key(xref, "ToUnicode", "null")
        text(document.new_page(), 72, 72, "第二部分 表")
        data = document.tobytes()
    result = read_layout(data, "bad.pdf", Limits())
    assert result.pages[0].faults == ("characters without meaning: 4",)
    assert _rest_is_read(result)


def test_words_outside_the_page_are_not_printed() -> None:
    def draw(page: pymupdf.Page) -> None:
        text(page, 72, 72, "第一部分 概况")
        text(page, 900, 72, "外")
        text(page, 72, -40, "上")

    assert [word.text for word in read(draw).pages[0].words] == ["第一部分", "概况"]


def test_two_tables_over_one_another_keep_their_words_once() -> None:
    def draw(page: pymupdf.Page) -> None:
        table(page, (60, 200, 320), (100, 120, 140), [["甲", "1.00"], ["乙", "2.00"]])
        table(page, (127, 267, 387), (108, 128, 148), [])

    page = read(draw).pages[0]
    words = [word.text for grid in page.grids for cell in grid.cells for word in cell.words]
    assert sorted([*words, *texts(page.lines)]) == sorted(word.text for word in page.words)


def test_pages_of_one_document_fail_alone() -> None:
    data = pdf(*[lambda page: text(page, 72, 72, "正文")] * 3)
    with pymupdf.open(stream=data, filetype="pdf") as document:
        document.update_stream(document[1].get_contents()[0], b"q 1 0 0 1 0 0 cm (((( Do \xff\xfe Tj")
        data = document.tobytes()
    pages = read_layout(data, "bad.pdf", Limits()).pages
    assert [len(page.words) for page in pages] == [1, 0, 1]
