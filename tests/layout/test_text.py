"""Running text: lines, paragraphs, headings, 目录, page numbers, running headers, the place of each span."""

import re
from collections.abc import Sequence

import pymupdf
import pytest

from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.layout.text import joined, lines_of, outline_of, paragraphs_of, passage_of
from extractors.model.document import Document, Passage, Word
from extractors.model.evidence import Box
from extractors.model.plain import plain
from tests.builders import passage
from tests.layout.sheets import pdf, read, rules, text, texts

LEFT, INDENTED = 72.0, 92.0
FULL = "本部门二〇二五年收支总预算一千二百五十四万元与上年相比增加二十五万元主要原因是人员增加工资"


def _write(page: pymupdf.Page, lines: Sequence[str], top: float = 120) -> None:
    """Lines; two blanks at the beginning indent one."""
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        text(page, LEFT + 10 * indent, top + 16 * number, line.strip())


def _paragraphs(*pages: Sequence[str]) -> list[str]:
    sheets = [lambda page, lines=lines: _write(page, lines) for lines in pages]
    return [p.text for p in paragraphs_of(read(*sheets).pages)]


def test_words_of_one_height_are_a_line_from_left_to_right() -> None:
    words = [
        Word(Box(60, 1, 80, 11), "万元"),
        Word(Box(0, 0, 40, 10), "预算数为"),
        Word(Box(0, 20, 9, 30), "第"),
    ]
    lines = lines_of(words, 3)
    assert texts(lines) == ["预算数为万元", "第"]
    assert lines[0].box == Box(0, 0, 80, 11)
    assert [c.page for c in lines[1].passage.characters] == [3]


def test_white_space_is_no_text() -> None:
    document = read(lambda page: text(page, LEFT, 100, "收 入　总\u2003计"))
    assert texts(document.pages[0].lines) == ["收入总计"]


def test_an_indent_begins_a_paragraph() -> None:
    lines = ["  " + FULL[:42], FULL, FULL, "  " + FULL[:12]]
    assert _paragraphs(lines) == [FULL[:42] + FULL + FULL, FULL[:12]]


def test_a_short_line_ends_its_paragraph() -> None:
    assert _paragraphs([FULL, "完。", FULL]) == [FULL + "完。", FULL]


def test_a_paragraph_goes_on_over_the_page() -> None:
    assert _paragraphs(["  " + FULL[:41]], [FULL, "止。"]) == [FULL[:41] + FULL + "止。"]


def test_a_number_begins_a_heading_after_a_finished_sentence() -> None:
    lines = [FULL[:42] + "。", "（一）主要职能", FULL]
    assert _paragraphs(lines) == [FULL[:42] + "。", "（一）主要职能", FULL]


def test_headings_make_sections_with_their_paths() -> None:
    lines = [
        "某局部门预算",
        "第一部分 概况",
        "一、主要职能",
        "拟订政策。",
        "（一）机构",
        "二、人员",
        "十人。",
        "第二部分 表",
    ]
    outline = outline_of([passage(line) for line in lines])
    assert [p.text for p in outline.opening] == ["某局部门预算"]
    assert [section.path for section in outline.sections] == [
        ("第一部分概况",),
        ("第一部分概况", "一、主要职能"),
        ("第一部分概况", "一、主要职能", "（一）机构"),
        ("第一部分概况", "二、人员"),
        ("第二部分表",),
    ]
    assert [p.text for p in outline.sections[1].paragraphs] == ["拟订政策。"]


def test_a_sentence_with_a_number_is_no_heading() -> None:
    outline = outline_of([passage("第一部分 概况"), passage("一、预算为十万元。其中项目五万元。")])
    assert [section.title for section in outline.sections] == ["第一部分概况"]


CONTENTS = [
    "目 录",
    "第一部分 概况…………1",
    "一、主要职能.....2",
    "第二部分 预算表 - 5 -",
    "第一部分 某局概况",
    "一、主要职能",
]


def test_the_table_of_contents_is_no_section() -> None:
    outline = outline_of([passage(line) for line in ["封面", *CONTENTS]])
    assert [p.text for p in outline.opening] == ["封面"]
    assert outline.contents == ("第一部分概况", "一、主要职能", "第二部分预算表")
    assert [section.title for section in outline.sections] == ["第一部分某局概况", "一、主要职能"]


@pytest.mark.parametrize("number", ["- 3 -", "3", "第 3 页", "第3页 共20页", "3/20", "－３－", "· 3 ·"])
def test_page_numbers_are_left_out(number: str) -> None:
    def draw(page: pymupdf.Page) -> None:
        text(page, LEFT, 300, "3")
        text(page, 290, 800, number)

    assert texts(read(draw).pages[0].lines) == ["3"]


def test_running_headers_are_left_out_and_titles_kept() -> None:
    def sheet(title: str) -> Document:
        return read(*[lambda page, n=n: _headed(page, title, n) for n in range(4)])

    assert [texts(page.lines) for page in sheet("某局预算").pages] == [[f"第{n}页正文"] for n in "一二三四"]


@pytest.mark.parametrize("caption", ["单位：元", "编制部门：某区某局 单位：万元", "项目支出绩效自评表"])
def test_the_captions_of_tables_are_no_running_headers(caption: str) -> None:
    pages = read(*[lambda page, n=n: _headed(page, caption, n) for n in range(4)]).pages
    assert [texts(page.lines)[0] for page in pages] == [caption.replace(" ", "")] * 4


def test_the_last_of_the_lines_above_a_table_is_no_running_footer() -> None:
    def draw(page: pymupdf.Page, title: str) -> None:
        text(page, LEFT, 40, title)
        text(page, LEFT, 60, "编制部门：某区某局")
        rules(page, (60, 160, 260), (100, 120, 140))

    titles = ["收入表", "支出表", "收支表"]
    pages = read(*[lambda page, t=t: draw(page, t) for t in titles]).pages
    assert [texts(page.lines) for page in pages] == [[t, "编制部门：某区某局"] for t in titles]


def _headed(page: pymupdf.Page, title: str, number: int) -> None:
    text(page, LEFT, 40, title)
    text(page, LEFT, 300, f"第{'一二三四'[number]}页正文")


def test_a_title_on_two_pages_is_no_running_header() -> None:
    pages = read(*[lambda page, n=n: _headed(page, "某局预算", n) for n in range(2)]).pages
    assert [texts(page.lines)[0] for page in pages] == ["某局预算", "某局预算"]


def test_text_beside_a_table_is_outside_it() -> None:
    def draw(page: pymupdf.Page) -> None:
        rules(page, (60, 160, 260), (100, 120, 140))
        text(page, 63, 103, "表内")
        text(page, 300, 103, "表外")

    page = read(draw).pages[0]
    assert texts(page.lines) == ["表外"]
    assert page.grids[0].cells[0].text == "表内"


def test_plain_text_has_the_length_of_the_printed() -> None:
    printed = "（１）２０２５年：①〔2024〕㎡⼀"
    assert plain(printed) == "(1)2025年:①〔2024〕㎡一"
    assert len(plain(printed)) == len(printed)


def test_a_part_of_a_passage_keeps_its_places() -> None:
    whole = joined([passage("预算1254.76万元", line=0), passage("下降7.57%", line=1)])
    part = whole.part(2, 13)
    assert (part.text, len(part)) == ("1254.76万元下降", 11)
    assert [e.text for e in part.evidence(0, 11)] == ["1254.76万元", "下降"]
    assert part.evidence(0, 7)[0].box == whole.evidence(2, 9)[0].box
    assert part.part(7, 9).evidence(0, 2)[0].box == whole.evidence(9, 11)[0].box
    assert whole.part(3, 3).evidence(0, 0) == ()


def test_the_first_page_of_a_passage() -> None:
    assert passage("预算", page=4).first_page == 4
    assert passage("").first_page is None


def test_a_word_of_unknown_edges_has_wide_and_narrow_characters() -> None:
    word = Word(Box(0, 0, 40, 10), "预算1254")
    (first, second) = (passage_of([word], 1).evidence(*span)[0].box for span in ((0, 2), (2, 6)))
    assert (first.x0, first.x1, second.x0, second.x1) == (0, 20, 20, 40)


def _spans(paragraph: Passage) -> list[tuple[int, int]]:
    """The runs of digits with what belongs to them."""
    spans, start = [], None
    for index, character in enumerate(paragraph.text + " "):
        is_digit = character in "0123456789.%"
        if is_digit and start is None:
            start = index
        elif not is_digit and start is not None:
            spans.append((start, index))
            start = None
    return spans


def test_the_box_of_a_span_holds_the_span_and_nothing_else() -> None:
    sentence = "收入预算1254.76万元，占76.14%，比上年减少25.17万元，下降7.57%，"
    lines = [sentence, sentence, sentence, "完。"]
    data = pdf(lambda page: _typeset(page, lines))
    (paragraph,) = [p for p in read_layout(data, "x", Limits()).opening if len(p) > 40]
    with pymupdf.open(stream=data, filetype="pdf") as document:
        spans = _spans(paragraph)
        assert len(spans) == 12
        for start, end in spans:
            for evidence in paragraph.evidence(start, end):
                assert _characters_inside(document[0], evidence.box) == evidence.text


def _typeset(page: pymupdf.Page, lines: Sequence[str]) -> None:
    """Lines with figures in a Latin font, as word processors set them."""
    for number, line in enumerate(lines):
        x, y = LEFT, 120 + 16 * number
        for run in re.findall(r"[0-9.%]+|[^0-9.%]+", line):
            font = "tiro" if run[0] in "0123456789" else "china-s"
            page.insert_text((x, y), run, fontname=font, fontsize=10)
            x += pymupdf.get_text_length(run, font, 10)


def _characters_inside(page: pymupdf.Page, box: Box) -> str:
    characters = [
        c
        for block in page.get_text("rawdict")["blocks"]
        for line in block["lines"]
        for span in line["spans"]
        for c in span["chars"]
    ]
    middles = [((c["bbox"][0] + c["bbox"][2]) / 2, (c["bbox"][1] + c["bbox"][3]) / 2) for c in characters]
    return "".join(c["c"] for c, middle in zip(characters, middles, strict=True) if box.holds(*middle))
