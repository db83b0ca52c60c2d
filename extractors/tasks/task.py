"""What a task is: one section's prompt, the shape of its reply, where its text is, and reply to facts.

A module of this package that defines a `Task` is found by `all_tasks`; there is no list to edit.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from extractors import tasks
from extractors.layout.text import joined
from extractors.llm.client import ReplyT
from extractors.model.disagreement import Disagreement
from extractors.model.document import Passage
from extractors.model.errors import ReplyRejected
from extractors.model.evidence import Place
from extractors.model.facts import Disclosure, NarrativeFact, Overview, Project, Staffing
from extractors.model.findings import Gap
from extractors.model.performance import IndicatorTable, StatedTarget
from extractors.registry import registered
from extractors.tasks.reading import Numbered

NumberedT = TypeVar("NumberedT", bound=Numbered)

_OF_WHOM = re.compile(r"关于.{2,40}?20\d\d年(?:度)?")
"""What every heading repeats, and no reader needs: 二、关于某某局2031年收入预算情况说明."""

LONGEST_PIECE = 2400
"""Characters that one call is about at most, but for a single unit that is longer."""


@dataclass(frozen=True)
class Unit:
    """One numbered part of a piece: a sentence, a project, a form. It is never cut.

    `passages` are shown a line each, or as `lines` where those are given; `heading` is shown above the first
    unit below it. `path` are all headings above it, `item` is the number that its paragraph opens with.
    """

    passages: tuple[Passage, ...]
    path: tuple[str, ...] = ()
    heading: Passage | None = None
    item: str | None = None
    lines: tuple[str, ...] = ()

    @cached_property
    def passage(self) -> Passage:
        """The same as one passage, for quotes to be found in."""
        return joined(self.passages)

    def meets(self, place: Place) -> bool:
        """Whether a value that stands at that place is printed in it."""
        mine = self._boxes
        return any(e.page == page and e.box.meets(box) for e in place for page, box in mine)

    @cached_property
    def _boxes(self) -> tuple[tuple[int, Any], ...]:
        return tuple((e.page, e.box) for e in self.passage.evidence(0, len(self.passage)))


@dataclass(frozen=True)
class Piece:
    """A bounded stretch of a document that one call is about: its units, in reading order."""

    units: tuple[Unit, ...]

    @property
    def text(self) -> str:
        """What the model is shown: each unit behind its number, headings above the units."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        heading: Passage | None = None
        for number, unit in enumerate(self.units, start=1):
            if unit.heading is not None and unit.heading is not heading:
                heading = unit.heading
                yield f"# {_OF_WHOM.sub('', heading.text)}"
            first, *others = unit.lines or (passage.text for passage in unit.passages)
            yield f"[{number}] {first}"
            yield from others

    @cached_property
    def passage(self) -> Passage:
        """All of it as one passage."""
        return joined([unit.passage for unit in self.units])

    def paired(self, items: Sequence[NumberedT]) -> list[tuple[NumberedT, Unit]]:
        """Each item of a reply with its unit. Raises `ReplyRejected` where one is missing or too many."""
        numbers = [item.n for item in items]
        if numbers != list(range(1, len(self.units) + 1)):
            raise ReplyRejected(
                reason=f"原文有编号 1 到 {len(self.units)} 共 {len(self.units)} 项，"
                f"回答里有 {len(numbers)} 项，编号为 {'、'.join(map(str, numbers)) or '无'}"
            )
        return list(zip(items, self.units, strict=True))


def cut(units: Sequence[Unit], longest: int = LONGEST_PIECE) -> tuple[Piece, ...]:
    """Units in pieces of about the same length, none longer than `longest` characters if it can be helped."""
    total = sum(len(unit.passage) for unit in units)
    wanted = total / max(1, -(-total // longest))
    pieces: list[Piece] = []
    batch: list[Unit] = []
    done = 0
    for unit in units:
        # A unit goes into the piece in which its middle lies.
        if batch and done + len(unit.passage) / 2 > wanted * (len(pieces) + 1):
            pieces.append(Piece(tuple(batch)))
            batch = []
        batch.append(unit)
        done += len(unit.passage)
    return (*pieces, Piece(tuple(batch))) if batch else ()


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What the model's replies say, each value with the place of its quote."""

    overview: Overview = field(default_factory=Overview)
    staffing: Staffing = field(default_factory=Staffing)
    projects: tuple[Project, ...] = ()
    narrative_facts: tuple[NarrativeFact, ...] = ()
    forms: tuple[IndicatorTable, ...] = ()
    targets: tuple[StatedTarget, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def __add__(self, other: "ModelFacts") -> "ModelFacts":
        return ModelFacts(
            self.overview + other.overview,
            self.staffing + other.staffing,
            self.projects + other.projects,
            self.narrative_facts + other.narrative_facts,
            self.forms + other.forms,
            self.targets + other.targets,
            self.disagreements + other.disagreements,
            self.gaps + other.gaps,
        )


@dataclass(frozen=True, slots=True)
class Task(Generic[ReplyT]):
    """Something a model is asked; `name` is its prompt's folder and the section of its gaps.

    `to_facts` raises `ReplyRejected` where the reply as a whole cannot be about its piece. `is_beyond_rules`:
    no built-in reader says the like, so that it is asked however well the document is proven.
    """

    name: str
    reply: type[ReplyT]
    pieces: Callable[[Disclosure], Sequence[Piece]]
    to_facts: Callable[[ReplyT, Piece], ModelFacts] = field(repr=False)
    is_beyond_rules: bool = False


def all_tasks() -> tuple[Task[Any], ...]:
    """Every task of this package, by module name."""
    return registered(tasks, Task)
