"""What the reader of the narrative makes of sentences (cases/narrative.yaml), headings and sections."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractors.model.amounts import Amount, Text
from extractors.model.facts import Disclosure, NarrativeFact
from extractors.sections.narrative import facts_of, narrative
from extractors.templates.narrative import words
from tests.builders import document_from

FIGURES = {
    "amount": "",
    "share": "占",
    "change_amount": "变动",
    "change_pct": "幅度",
    "previous_amount": "上年",
    "budget_amount": "预算",
    "completion_pct": "完成",
}
WORDS = {"change": "", "stated_direction": "决算", "absence": "", "reason": "因"}

PART = "第三部分2025年部门预算情况说明"
SECTION = "二、关于河源县水务局2025年收入预算情况说明"


def facts(*lines: str) -> tuple[NarrativeFact, ...]:
    """The facts of lines below a part and a section."""
    return tuple(facts_of(document_from("\n".join((PART, SECTION, *lines)))))


def shown(fact: NarrativeFact) -> str:
    """Subject, figures and words of a fact on one line: 基本支出 10.00万元 占5.00% 因人员增加."""
    figures = ((label, getattr(fact, name)) for name, label in FIGURES.items())
    words = ((label, getattr(fact, name)) for name, label in WORDS.items())
    parts = [fact.subject.printed]
    parts += [f"{label}{f.printed}{f.unit}" for label, f in figures if isinstance(f, Amount)]
    parts += [f"{label}{w.printed}" for label, w in words if isinstance(w, Text)]
    return " ".join(parts)


CASES = yaml.safe_load((Path(__file__).parent / "cases" / "narrative.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_sentence(case: dict[str, Any]) -> None:
    assert sorted(shown(fact) for fact in facts(case["text"])) == sorted(case["facts"])


@pytest.mark.parametrize(
    "sentence",
    [
        "按照全口径预算的原则，2025年所有收入和支出均纳入预算管理。",
        "城乡居民参保率保持在97%以上，补助标准为每人每年180元。",
        "开展高血压等10种门诊慢特病结算，内设3个股室。",
        "根据《关于安排5万元经费的通知》（新财社〔2024〕181号）执行。",
        "预计投入5-10万元。",
        "基本支出和项目支出分别为10万元和5万元。",
        "我单位无其他需说明事项。",
        "人员经费12，34.5万元。",
        "收、支总计各是4125.49，4143.91万元。",
        "车辆购置数及保有量分别为1辆和130辆。",
        "参保人数目标≥20000人。",
    ],
)
def test_what_states_no_fact(sentence: str) -> None:
    assert [shown(fact) for fact in facts(sentence)] == []


def test_a_heading_names_what_its_sentences_do_not() -> None:
    found = facts("（三）公务接待费支出情况", "2025年预算数为1.00万元，比上年减少0.20万元。")
    assert [shown(fact) for fact in found] == ["公务接待费 1.00万元 变动0.20万元 减少"]


def test_a_paragraph_does_not_go_on_about_the_one_before() -> None:
    found = facts("其他收入26万元。", "收、支总计各是12.49，43.91万元。与上年相比，各下降23.51%。")
    assert [shown(fact) for fact in found] == ["其他收入 26万元", "收入预算 幅度23.51% 减少"]


def test_a_paragraph_broken_by_a_page_goes_on() -> None:
    found = facts("其他收入26万元，占5%，", "比上年减少2万元。")
    assert [shown(fact) for fact in found] == ["其他收入 26万元 占5% 变动2万元 减少"]


def test_a_fact_knows_where_it_stands() -> None:
    one, two = facts("（一）结构情况", "1、教育支出（类）3万元。", "（2）农林水支出（类）5万元。")
    assert (one.section, one.subsection, one.item) == (SECTION, "（一）结构情况", "1")
    assert (two.section, two.subsection, two.item) == (SECTION, "（一）结构情况", "2")


@pytest.mark.parametrize(
    ("sentence", "called"),
    [
        (
            "一般公共预算307.49万元，比上年预算减少25.17万元，下降7.57%。",
            [(("change_amount", "比上年预算"),)],
        ),
        (
            "与2024年度相比，机关运行经费10.00万元，增加1.00万元，增长11.11%。",
            [(("change_amount", "与2024年度相比"), ("change_pct", "与2024年度相比"))],
        ),
        ("公务接待费5.00万元，上年预算数6.00万元。", [(("previous_amount", "上年预算数"),)]),
        ("公务接待费5.00万元，减少1.00万元。", [()]),
        (
            "公务接待费年初预算为8.00万元，全年预算为6.00万元，支出决算为5.00万元。",
            [(("budget_amount", "全年预算"),), (("amount", "年初预算"),)],
        ),
    ],
)
def test_a_figure_of_another_year_or_of_a_budget_keeps_what_it_is_called(
    sentence: str, called: list[tuple[tuple[str, str], ...]]
) -> None:
    assert [fact.wording for fact in facts(sentence)] == called


def test_a_short_sentence_that_looks_like_a_heading_is_read() -> None:
    assert [shown(fact) for fact in facts("（一）公务接待费2万元")] == ["公务接待费 2万元"]


@pytest.mark.parametrize(
    ("heading", "paragraph"),
    [
        ("第四部分名词解释", "基本支出：指人员经费5万元。"),
        ("第一部分部门概况", "下属中心收入5万元。"),
        ("第二部分2025年部门预算公开表", "项目支出5万元。"),
        ("七、关于河源县水务局2025年一般公共预算项目支出情况说明", "预算安排规模：77.00万元"),
    ],
)
def test_parts_with_other_readers_are_left_to_them(heading: str, paragraph: str) -> None:
    assert list(facts_of(document_from(f"{heading}\n{paragraph}"))) == []


def test_project_expenditure_in_plain_sentences_is_narrative() -> None:
    document = document_from(f"{PART}\n（二）项目支出情况说明\n项目支出5万元，比上年增加1万元。")
    assert [shown(fact) for fact in facts_of(document)] == ["项目支出 5万元 变动1万元 增加"]


def test_the_reader_fills_the_disclosure() -> None:
    document = document_from(f"{PART}\n{SECTION}\n公用经费5万元。")
    assert [f.subject.printed for f in narrative.read(Disclosure(document)).narrative_facts] == ["公用经费"]


NUMBERS = st.decimals(min_value=0, max_value=10**9, places=2).map(lambda number: f"{number:,}")


@given(amount=NUMBERS, share=NUMBERS, changed=NUMBERS, unit=st.sampled_from(["万元", "元", "亿元"]))
def test_figures_are_copied_with_their_place(amount: str, share: str, changed: str, unit: str) -> None:
    (fact,) = facts(f"基本支出{amount}{unit}，占{share}%，比上年预算减少{changed}{unit}，原因是节约。")
    for printed, read in ((amount, fact.amount), (share, fact.share), (changed, fact.change_amount)):
        assert read is not None
        assert "".join(evidence.text for evidence in read.place) == printed
        assert (read.printed, read.value) == (printed, Decimal(printed.replace(",", "")))


@given(
    text=st.text(
        alphabet="基本支出预算占比上年增减其中包括用于原因是为0123456789.,，。；：、（）()“”《》万元%年 ",
        max_size=60,
    )
)
def test_any_text_is_read_without_inventing_digits(text: str) -> None:
    printed = "".join(text.split())
    for fact in facts(text):
        for read in (getattr(fact, name) for name in FIGURES):
            assert read is None or read.printed in printed


@pytest.mark.parametrize("lists", [("nameless", "nameless_after_subject", "comparisons"), ("openings",)])
def test_words_that_patterns_repeat_are_not_made_of_each_other(lists: tuple[str, ...]) -> None:
    """Else a pattern tries every division of a long repetition, which takes for ever."""
    listed = [word for name in lists for word in words()[name]]
    for word in listed:
        others = "|".join(other for other in listed if other != word)
        assert not re.fullmatch(f"(?:{others}){{2,}}", word), word


def test_a_hostile_paragraph_takes_no_longer_than_a_long_one() -> None:
    for repeated in (
        "预算数",
        "年度预算数额",
        "2025年度",
        "比上年预算",
        "比上年",
        "其中",
        "原因",
        "（",
        "占",
        "增加了额",
    ):
        facts(repeated * 500 + "甲5万元，" + repeated * 500 + "无甲")
