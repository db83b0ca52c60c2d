"""Clients that stand in for a model: they say what they are told to, or nothing at all in the right shape."""

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from extractors.llm.client import Book, Question, ReplyT, Usage

_NUMBER = re.compile(r"^\[(\d+)\] ", re.MULTILINE)

Said = str | BaseException


def nothing_said(section: str, text: str) -> str:
    """The reply to a text of which there is nothing to say, in the shape that the section asks for."""
    numbers = [int(number) for number in _NUMBER.findall(text)]
    empty: dict[str, list[Any]] = {
        "overview": [{"n": n, "about": "other"} for n in numbers],
        "narrative": [{"n": n, "facts": []} for n in numbers],
        "other_matters": [{"n": n, "facts": []} for n in numbers],
        "performance": [{"n": n, "targets": []} for n in numbers],
        "indicators": [{"n": n, "indicators": []} for n in numbers],
        "contradictions": [],
        "projects": [{"n": n, "name": {"printed": "无"}} for n in numbers],
    }
    return json.dumps({_KEYS.get(section, "parts"): empty[section]}, ensure_ascii=False)


_KEYS = {"indicators": "lines", "performance": "goals", "contradictions": "conflicts", "projects": "projects"}


@dataclass
class Scripted:
    """Says what it is told to say for a section; nothing where it is told nothing. Each call is 10 tokens."""

    says: Mapping[str, Said] = field(default_factory=dict)
    model: str = "scripted"
    asked: list[tuple[str, str]] = field(default_factory=list)

    async def ask(self, question: Question[ReplyT], book: Book) -> ReplyT:
        """The scripted reply, checked as the real client checks it."""
        section = question.prompt.section
        self.asked.append((section, question.text))
        book(Usage(calls=1, input_tokens=9, output_tokens=1))
        await asyncio.sleep(0)
        said = self.says.get(section)
        if isinstance(said, BaseException):
            raise said
        reply = question.reply.model_validate_json(said or nothing_said(section, question.text))
        question.check(reply)
        return reply

    async def close(self) -> None:
        """Nothing to give back."""

    @property
    def sections(self) -> list[str]:
        """What was asked about, call by call."""
        return sorted(section for section, _ in self.asked)
