"""Asking everything of a document: trouble with the model is a gap, and what it cost is counted."""

import asyncio
from pathlib import Path

import pytest

from extractors.llm import prompts
from extractors.llm.client import Book, Question, ReplyT, Usage
from extractors.llm.recorded import RecordingMissing
from extractors.model.errors import ModelUnavailable, ReplyRejected
from extractors.tasks.ask import ask_all
from tests.printed import set_document
from tests.tasks.replies import TEXT, careful, dumps

PROMPTS = prompts.newest(Path(__file__).parents[2] / "prompts")


class Scripted:
    """Says what it is told to say."""

    model = "scripted"

    def __init__(self, content: str | BaseException) -> None:
        self.content = content
        self.asked: list[str] = []

    async def ask(self, question: Question[ReplyT], book: Book) -> ReplyT:
        """The scripted reply, for 10 tokens."""
        self.asked.append(question.text)
        book(Usage(calls=1, input_tokens=9, output_tokens=1))
        await asyncio.sleep(0)
        if isinstance(self.content, BaseException):
            raise self.content
        return question.reply.model_validate_json(self.content)

    async def close(self) -> None:
        """Nothing to give back."""


async def test_facts_cost_and_what_was_asked() -> None:
    asked = await ask_all(set_document(TEXT), Scripted(dumps(careful())), PROMPTS)
    assert [project.name.printed for project in asked.facts.projects] == [
        "2031年高龄老人补助项目",
        "村级养老服务站",
    ]
    assert asked.gaps == ()
    assert asked.usage == Usage(calls=1, input_tokens=9, output_tokens=1)
    assert asked.answered == {"projects"}
    assert [prompt.name for prompt in asked.prompts] == ["projects/v1"]
    assert asked.model == "scripted"


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (ModelUnavailable(reason="请求超时（timeout）"), "timeout"),
        (ReplyRejected(reason="回答为空"), "回答为空"),
        (dumps({"projects": []}), "原文有 2 个项目，回答里有 0 个"),
    ],
    ids=["unavailable", "rejected", "projects-missing"],
)
async def test_trouble_is_a_gap_and_still_costs(trouble: str | Exception, reason: str) -> None:
    asked = await ask_all(set_document(TEXT), Scripted(trouble), PROMPTS)
    (gap,) = asked.gaps
    assert (gap.section, gap.page) == ("projects", 1)
    assert reason in gap.reason
    assert asked.facts.projects == ()
    assert asked.answered == frozenset()
    assert asked.usage.calls == 1


async def test_a_gap_inside_a_reply_is_reported_once() -> None:
    reply = careful()
    reply["projects"][0]["amount"]["printed"] = "若干"
    asked = await ask_all(set_document(TEXT), Scripted(dumps(reply)), PROMPTS)
    assert len(asked.gaps) == 1
    assert asked.answered == {"projects"}


async def test_a_document_without_the_sections_asks_nothing() -> None:
    client = Scripted("{}")
    asked = await ask_all(set_document("一、主要职能\n管钱。"), client, PROMPTS)
    assert client.asked == []
    assert (asked.gaps, asked.usage, asked.answered) == ((), Usage(), frozenset())


async def test_a_missing_recording_is_never_a_gap() -> None:
    with pytest.raises(RecordingMissing):
        await ask_all(set_document(TEXT), Scripted(RecordingMissing("no recording")), PROMPTS)
