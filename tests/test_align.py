"""Quotes are found where they are printed, or not at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.align import evidence, locate, not_found, places
from extractors.model.evidence import Match
from tests.printed import passage_from

PRINT = """
预算安排规模：77.00万元（其中：办公费6.08元、
培训费 4 万元），依据新财社〔2024〕181号，完成率≥95%，
比上年增加-5.20万元。1.2025年“提质”项目
"""


@pytest.mark.parametrize(
    ("quote", "match", "printed"),
    [
        ("办公费6.08元", Match.EXACT, "办公费6.08元"),
        ("6.08元、培训费4万元", Match.EXACT, "6.08元、培训费4万元"),
        ("培训费 4 万元", Match.NORMALISED, "培训费4万元"),
        ("6.08元、\n培训费", Match.NORMALISED, "6.08元、培训费"),
        ("预算安排规模:77.00万元", Match.NORMALISED, "预算安排规模：77.00万元"),
        ("新财社[2024]181号", Match.NORMALISED, "新财社〔2024〕181号"),
        ("新财社【２０２４】181号", Match.NORMALISED, "新财社〔2024〕181号"),
        ("完成率>=95%", Match.NORMALISED, "完成率≥95%"),
        ('"提质"项目', Match.NORMALISED, "“提质”项目"),
        ("2025年“提质”", Match.EXACT, "2025年“提质”"),
        ("-5.20万元", Match.EXACT, "-5.20万元"),
    ],
)
def test_found(quote: str, match: Match, printed: str) -> None:
    passage = passage_from(PRINT)
    span = locate(quote, passage)
    assert span is not None
    assert span.match is match
    assert passage.text[span.start : span.end] == printed


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "   ",
        "78.00万元",  # another digit
        "77.00元",  # another unit
        "办公费用6.08元",  # a word more
        "预算安排的规模为77.00万元",  # in other words
        "7.00万元",  # the end of 77.00
        "6.0",  # the beginning of 6.08
        "5.20万元",  # without its minus
        "08元",
        "=95%",  # the second half of ≥
        "新材社〔2024〕181号",
    ],
)
def test_not_found(quote: str) -> None:
    assert locate(quote, passage_from(PRINT)) is None


def test_exact_places_come_before_alike_ones() -> None:
    passage = passage_from("甲(1)乙（1）甲（1）")
    assert [span[:2] for span in places("（1）", passage)] == [(5, 8), (9, 12)]


def test_search_begins_where_it_is_told() -> None:
    passage = passage_from("办公费2万元、办公费2万元")
    first = locate("办公费2万元", passage)
    assert first is not None
    second = locate("办公费2万元", passage, first.end)
    assert second is not None
    assert second.start == 7
    assert locate("办公费2万元", passage, second.end) is None


def test_evidence_is_one_a_line_and_says_how_it_was_met() -> None:
    passage = passage_from("项目承担单位：某某县\n医疗保障局")
    span = locate("某某县 医疗保障局", passage)
    assert span is not None
    place = evidence(passage, span)
    assert [(e.text, e.match) for e in place] == [
        ("某某县", Match.NORMALISED),
        ("医疗保障局", Match.NORMALISED),
    ]
    assert place[0].box.y1 < place[1].box.y0


def test_what_is_not_found_points_to_where_it_was_sought() -> None:
    passage = passage_from("（一）项目名称：甲\n预算安排规模：1万元")
    (place,) = not_found("2万元", passage)
    assert (place.match, place.text, place.page) == (Match.NOT_FOUND, "2万元", 1)
    assert place.box == passage.evidence(0, 9)[0].box


def test_nothing_is_found_in_nothing() -> None:
    empty = passage_from("甲").part(0, 0)
    assert locate("甲", empty) is None
    assert not_found("甲", empty) == ()


@settings(deadline=None)  # the machine may be busy
@given(st.text("甲乙丙（〔，。年9.0-", min_size=1, max_size=40), st.data())
def test_what_is_printed_is_found_unless_it_cuts_a_number(print_: str, data: st.DataObject) -> None:
    passage = passage_from(print_)
    start = data.draw(st.integers(0, len(passage) - 1))
    end = data.draw(st.integers(start + 1, len(passage)))
    quote = passage.text[start:end]
    found = [span[:2] for span in places(quote, passage)]
    assert all(passage.text[a:b] == quote for a, b in found)
    has_number_at_its_ends = quote[0].isdigit() or quote[-1].isdigit()
    assert (start, end) in found or has_number_at_its_ends


@settings(deadline=None)  # the machine may be busy
@given(st.text("甲乙（〔＂：％９9 \u3000", max_size=40))
def test_typing_it_otherwise_does_not_lose_it(print_: str) -> None:
    passage = passage_from("起" + print_ + "止")
    typed = passage.text.translate(str.maketrans("（〔＂：％９", '([":%9', ""))
    span = locate(" ".join(typed), passage)
    assert span is not None
    assert span[:2] == (0, len(passage))
