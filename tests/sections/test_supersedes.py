"""A disclosure that replaces an earlier one says so on its first pages."""

import pytest

from extractors.pipeline import read_sections
from tests.printed import set_document


@pytest.mark.parametrize(
    ("opening", "said"),
    [
        (
            "某某县民政局\n本次公开为更正公开，原2031年1月20日公开的部门预算同时作废。特此说明。",
            "本次公开为更正公开，原2031年1月20日公开的部门预算同时作废",
        ),
        ("某某县民政局2031年部门预算公开\n发现错误应当更正，责令公开。", None),
        ("某某县民政局2031年部门预算公开", None),
    ],
)
def test_what_it_replaces(opening: str, said: str | None) -> None:
    head = read_sections(set_document(f"{opening}\n第一部分概况\n一、主要职能\n管钱。")).head
    assert (head.supersedes.printed if head.supersedes else None) == said


def test_a_remark_far_behind_is_none() -> None:
    pages = "第一部分概况\n\f一、主要职能\n\f管钱。\n\f本次公开为更正公开。"
    assert read_sections(set_document(pages)).head.supersedes is None
