"""Cited policy documents: numbers, titles, and where they are cited."""

import pytest

from extractors.citations import citations
from extractors.model.facts import Disclosure
from extractors.sections.policy_refs import policy_refs
from tests.builders import document_from, passage, table_from

_TITLE = "关于提前下达2025年医疗服务补助资金(能力建设部分)预算的通知"


def _cited(text: str) -> list[tuple[str | None, str | None]]:
    """Canonical number and title of each reference."""
    refs = citations(passage(text), "here")
    return [(ref.canonical, ref.title.printed if ref.title else None) for ref in refs]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"《{_TITLE}》(新财社〔2024〕165号)", _TITLE),
        (f"{_TITLE}（新财社〔2024〕165号）", _TITLE),
        (f"为做好工作，根据{_TITLE}（新财社〔2024〕165号）", _TITLE),
        (f"《{_TITLE}》新财社〔2024〕165号文件精神", _TITLE),
        (f"立项依据：新财社〔2024〕165号《{_TITLE}》", _TITLE),
        (f"新财社〔2024〕165号，{_TITLE}", _TITLE),
        (f"根据新财社〔2024〕165号-{_TITLE}相关要求，一是通过会议", _TITLE),
        (
            "《关于印发〈城乡医疗救助基金管理办法〉的通知》（新财社〔2024〕165号）",
            "关于印发〈城乡医疗救助基金管理办法〉的通知",
        ),
        (
            "《关于印发《城乡医疗救助基金管理办法》的通知》（新财社〔2024〕165号）",
            "关于印发《城乡医疗救助基金管理办法》的通知",
        ),
        ("2025年补助资金新财社〔2024〕165号", None),
        ("新财社〔2024〕165号，2025年自治区财政补助资金", None),
    ],
)
def test_the_title_beside_a_number(text: str, title: str | None) -> None:
    assert _cited(text) == [("新财社〔2024〕165号", title)]


def test_each_number_has_the_title_before_it() -> None:
    text = "《甲的通知》（新财社〔2024〕1号）、《乙的通知》（巴财社〔2024〕2号）"
    assert _cited(text) == [("新财社〔2024〕1号", "甲的通知"), ("巴财社〔2024〕2号", "乙的通知")]


def test_a_title_before_its_number_is_not_the_title_of_the_number_before_it() -> None:
    text = "新财社〔2024〕1号《甲的通知》（巴财社〔2024〕2号）"
    assert _cited(text) == [("新财社〔2024〕1号", None), ("巴财社〔2024〕2号", "甲的通知")]


@pytest.mark.parametrize(
    "text",
    [
        "根据新财社〔2024〕1号、巴财社〔2024〕2号-关于提前下达预算的通知",
        "《关于提前下达预算的通知》（新财社〔2024〕1号、巴财社〔2024〕2号）",
    ],
)
def test_numbers_share_one_title(text: str) -> None:
    title = "关于提前下达预算的通知"
    assert _cited(text) == [("新财社〔2024〕1号", title), ("巴财社〔2024〕2号", title)]


def test_a_title_alone_is_a_reference_if_it_names_a_policy() -> None:
    text = "严格贯彻落实《上海市预算绩效管理实施办法》和《保险条例（试行）》，读《人民日报》"
    assert _cited(text) == [(None, "上海市预算绩效管理实施办法"), (None, "保险条例（试行）")]
    assert citations(passage(text), "here")[0].printed.printed == "《上海市预算绩效管理实施办法》"


def test_the_place_of_a_reference_is_its_own_print() -> None:
    (ref,) = citations(passage("立项依据：新人社发[2016]140 号 《关于建立保险的通知》"), "here")
    assert [e.text for e in ref.printed.place] == ["新人社发[2016]140号"]
    assert ref.title is not None
    assert [e.text for e in ref.title.place] == ["关于建立保险的通知"]


def test_running_text_and_cells_are_searched() -> None:
    text = """
第三部分2025年部门预算情况说明
二、关于某县医疗保障局2025年收入预算情况说明
主要原因是根据《关于规范缴费基数的通知》新医保发〔2023〕58号文件精神
"""
    table = table_from(
        [["项目名称", "合计"], ["2025年补助资金巴财社\n[2024]94号", "92.36"]],
        caption=["表7", "一般公共预算项目支出情况表", "编制单位：某县医疗保障局单位：万元"],
    )
    read = policy_refs.read(Disclosure(document_from(text, [table])))
    assert [(ref.canonical, ref.where) for ref in read.policy_refs] == [
        ("新医保发〔2023〕58号", "二、关于某县医疗保障局2025年收入预算情况说明"),
        ("巴财社〔2024〕94号", "一般公共预算项目支出情况表"),
    ]
    assert [e.text for e in read.policy_refs[1].printed.place] == ["巴财社", "[2024]94号"]


def test_a_number_that_runs_into_a_word_begins_where_it_does_elsewhere() -> None:
    text = """
一、关于某县2025年项目支出情况说明
文件依据：伊州财社【2024】93号
"""
    table = table_from([["补助资伊州财社【2024】93号"]])
    read = policy_refs.read(Disclosure(document_from(text, [table])))
    assert [ref.canonical for ref in read.policy_refs] == ["伊州财社〔2024〕93号"] * 2
