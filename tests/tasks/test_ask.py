"""Asking everything of a document: trouble with the model is a gap, and what it cost is counted."""

from pathlib import Path

import pytest

from extractors.llm import prompts
from extractors.llm.client import Usage
from extractors.llm.recorded import RecordingMissing
from extractors.model.errors import ModelUnavailable, ReplyRejected
from extractors.model.facts import Disclosure
from extractors.pipeline import read_sections, unsettled_in
from extractors.tasks.ask import ask_all
from tests.printed import set_document
from tests.tasks.replies import TEXT, careful, dumps
from tests.tasks.scripted import Scripted

PROMPTS = prompts.newest(Path(__file__).parents[2] / "prompts")


def _read(text: str) -> Disclosure:
    return read_sections(set_document(text))


async def test_facts_cost_and_what_was_asked() -> None:
    client = Scripted({"projects": dumps(careful())})
    asked = await ask_all(_read(TEXT), client, PROMPTS)
    assert [project.name.printed for project in asked.facts.projects] == [
        "2031年高龄老人补助项目",
        "村级养老服务站",
    ]
    assert asked.gaps == ()
    assert client.sections == ["contradictions", "narrative", "projects"]
    assert asked.usage == Usage(calls=3, input_tokens=27, output_tokens=3)
    assert asked.answered == {"contradictions", "narrative", "projects"}
    assert [prompt.section for prompt in asked.prompts] == client.sections
    assert asked.model == "scripted"


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (ModelUnavailable(reason="请求超时（timeout）"), "timeout"),
        (ReplyRejected(reason="回答为空"), "回答为空"),
        (dumps({"projects": []}), "原文有编号 1 到 2 共 2 项，回答里有 0 项"),
    ],
    ids=["unavailable", "rejected", "projects-missing"],
)
async def test_trouble_is_a_gap_and_still_costs(trouble: str | Exception, reason: str) -> None:
    asked = await ask_all(_read(TEXT), Scripted({"projects": trouble}), PROMPTS)
    (gap,) = asked.gaps
    assert (gap.section, gap.page) == ("projects", 1)
    assert reason in gap.reason
    assert asked.facts.projects == ()
    assert asked.answered == {"contradictions", "narrative"}
    assert asked.usage.calls == 3


async def test_a_gap_inside_a_reply_is_reported_once() -> None:
    reply = careful()
    reply["projects"][0]["amount"]["printed"] = "若干"
    asked = await ask_all(_read(TEXT), Scripted({"projects": dumps(reply)}), PROMPTS)
    assert len(asked.gaps) == 1
    assert "projects" in asked.answered


async def test_a_document_without_the_sections_asks_nothing() -> None:
    client = Scripted()
    asked = await ask_all(_read("一、主要职能\n管钱。"), client, PROMPTS)
    assert client.asked == []
    assert (asked.gaps, asked.usage, asked.answered) == ((), Usage(), frozenset())


async def test_a_missing_recording_is_never_a_gap() -> None:
    with pytest.raises(RecordingMissing):
        await ask_all(_read(TEXT), Scripted({"projects": RecordingMissing("no recording")}), PROMPTS)


async def test_what_is_settled_is_not_asked_again_where_only_what_is_needed_is() -> None:
    disclosure = _read(TEXT)
    amount = disclosure.projects[0].amount
    assert amount is not None
    client = Scripted({"projects": dumps({"projects": careful()["projects"][:1]})})
    asked = await ask_all(disclosure, client, PROMPTS, unsettled={amount.place})
    assert client.sections == ["contradictions", "projects"]
    (text,) = (text for section, text in client.asked if section == "projects")
    assert "2031年高龄老人补助项目" in text
    assert "村级养老服务站" not in text
    assert asked.answered == frozenset(), "silence on what was not asked about says nothing"


def test_unsettled_are_the_values_that_count_and_are_for_a_person() -> None:
    disclosure = _read(TEXT)
    amounts = [project.amount for project in disclosure.projects]
    unsettled = unsettled_in(disclosure)
    assert any(amount is not None and amount.place in unsettled for amount in amounts)
    assert disclosure.projects[0].name.place not in unsettled
