"""What a task is: one section's prompt, the shape of its reply, where its text is, and reply to facts.

A module of this package that defines a `Task` is found by `all_tasks`; there is no list to edit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic

from extractors import tasks
from extractors.layout.text import joined
from extractors.llm.client import ReplyT
from extractors.model.document import Document, Passage
from extractors.model.facts import Project
from extractors.model.findings import Gap
from extractors.registry import registered


@dataclass(frozen=True)
class Piece:
    """A bounded stretch of a document that one call is about, its paragraphs in reading order."""

    passages: tuple[Passage, ...]

    @property
    def text(self) -> str:
        """What the model is shown: one paragraph a line."""
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def passage(self) -> Passage:
        """The same as one passage, for quotes to be found in."""
        return joined(self.passages)


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What the model's replies say, each value with the place of its quote. Tasks to come add fields."""

    projects: tuple[Project, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def __add__(self, other: "ModelFacts") -> "ModelFacts":
        return ModelFacts(self.projects + other.projects, self.gaps + other.gaps)


@dataclass(frozen=True, slots=True)
class Task(Generic[ReplyT]):
    """Something a model is asked; `name` is its prompt's folder and the section of its gaps.

    `to_facts` may raise `ReplyRejected` where the reply as a whole cannot be about its piece.
    """

    name: str
    reply: type[ReplyT]
    pieces: Callable[[Document], Sequence[Piece]]
    to_facts: Callable[[ReplyT, Piece], ModelFacts] = field(repr=False)


def all_tasks() -> tuple[Task[Any], ...]:
    """Every task of this package, by module name."""
    return registered(tasks, Task)
