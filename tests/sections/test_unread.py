"""A page that could not be read is a gap with its reason in words."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.model.document import Page
from extractors.model.facts import Disclosure
from extractors.sections.unread import unread
from tests.builders import document_from

LAYOUT = Path(__file__).parents[2] / "extractors" / "layout"


def disclosure(*faults: str) -> Disclosure:
    page = Page(7, 595.0, 842.0, 0, (), faults=faults)
    return Disclosure(replace(document_from(""), pages=(page,)))


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("too much drawn content", "本页图形过多，只读了文字"),
        ("too many rules", "本页表格线过多，表格未读"),
        ("characters without meaning: 12", "本页有 12 个字符，字体没有说明是什么字"),
        ("print runs sideways", "本页文字横排于页面，未能读入"),
        ("figures in columns outside all tables", "本页有成列的数字，不在任何读出的表格之内"),
        ("print runs both ways", "本页文字方向不一，部分可能未读对"),
        ("drawn lines that were not followed", "本页线条过多，表格线可能未读全"),
        ("本页为扫描件，无法识别：文字识别已关闭", "本页为扫描件，无法识别：文字识别已关闭"),
    ],
)
def test_a_fault_in_words(fault: str, reason: str) -> None:
    (gap,) = unread.read(disclosure(fault)).gaps
    assert (gap.section, gap.page, gap.reason) == ("pages", 7, reason)


def test_a_sound_page_is_no_gap() -> None:
    assert unread.read(disclosure()).gaps == ()


def test_every_fault_of_the_layout_has_its_words() -> None:
    """No fault reaches a person in English."""
    code = "".join(path.read_text(encoding="utf-8") for path in LAYOUT.glob("*.py"))
    named = set(re.findall(r'\(?f?"((?:too m|print runs|drawn lines|characters without)[^"{]*)', code))
    assert len(named) >= 4
    for fault in named:
        whole = fault + "3" if fault.endswith(": ") else fault
        (gap,) = unread.read(disclosure(whole)).gaps
        assert not re.search(r"[a-z]{4}", gap.reason), fault
