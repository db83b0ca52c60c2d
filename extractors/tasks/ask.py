"""Asks a model everything there is to ask of a document, all calls in flight together."""

import asyncio
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractors.llm.client import ModelClient, Question, ReplyT, Usage
from extractors.llm.privacy import names_in
from extractors.llm.prompts import Prompt
from extractors.model.document import Document
from extractors.model.errors import Language, ModelUnavailable, ReplyRejected
from extractors.model.evidence import Place
from extractors.model.facts import Disclosure
from extractors.model.findings import Gap
from extractors.tasks.task import ModelFacts, Piece, Task, all_tasks, cut


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking: facts, gaps (the facts' own among them), what was spent, and what was asked.

    `answered` names the tasks that were asked about all there is and answered; only for those is silence of
    the model a statement. `prompts` are those used (projects/v1), for the provenance.
    """

    facts: ModelFacts = field(default_factory=ModelFacts)
    gaps: tuple[Gap, ...] = ()
    usage: Usage = field(default_factory=Usage)
    answered: frozenset[str] = frozenset()
    prompts: tuple[Prompt, ...] = ()
    model: str | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    task: str
    facts: ModelFacts
    gap: Gap | None
    usage: Usage


@dataclass(frozen=True, slots=True)
class _About:
    """The document that is asked about: its SHA-256, and the names of persons that it prints."""

    sha256: str
    names: tuple[str, ...]


def _texts(document: Document) -> Iterator[str]:
    """All text in which a label may stand before a name; in a table, the label is the cell before."""
    yield from (passage.text for passage in document.passages)
    for page in document.pages:
        for grid in page.grids:
            yield "：".join("".join(cell.text.split()) for cell in grid.cells) + "\n"


async def ask_all(
    disclosure: Disclosure,
    client: ModelClient,
    prompts: Mapping[str, Prompt],
    unsettled: Collection[Place] | None = None,
) -> Asked:
    """Runs every task on what the built-in readers read.

    With `unsettled`, the places of values that a person would have to look at, only those parts of the
    document are asked about that hold one, and what no built-in reader can say. Trouble with the model is a
    gap with its reason, never an exception.
    """
    document = disclosure.document
    about = _About(document.sha256, names_in("\n".join(_texts(document))))
    calls = [
        _ask(task, piece, client, prompts[task.name], about)
        for task, piece in pieces_to_ask(disclosure, unsettled)
    ]
    try:
        answers = await asyncio.gather(*calls)
    finally:
        await client.close()
    failed = {answer.task for answer in answers if answer.gap}
    asked = {answer.task for answer in answers}
    facts = sum((answer.facts for answer in answers), ModelFacts())
    return Asked(
        facts=facts,
        gaps=(*(answer.gap for answer in answers if answer.gap), *facts.gaps),
        usage=sum((answer.usage for answer in answers), Usage()),
        answered=frozenset(asked - failed) if unsettled is None else frozenset(),
        prompts=tuple(prompts[name] for name in sorted(asked)),
        model=client.model,
    )


def pieces_to_ask(
    disclosure: Disclosure, unsettled: Collection[Place] | None = None
) -> Iterator[tuple[Task[Any], Piece]]:
    """Every call that a document takes: a task and the piece that it is about."""
    for task in all_tasks():
        for piece in _needed(task, disclosure, unsettled):
            yield task, piece


def _needed(task: Task[Any], disclosure: Disclosure, unsettled: Collection[Place] | None) -> Sequence[Piece]:
    """The pieces to ask about: all of them, or those units that hold an unsettled value."""
    pieces = task.pieces(disclosure)
    if unsettled is None or task.is_beyond_rules:
        return pieces
    units = (unit for piece in pieces for unit in piece.units)
    return cut([unit for unit in units if any(map(unit.meets, unsettled))])


async def _ask(
    task: Task[ReplyT],
    piece: Piece,
    client: ModelClient,
    prompt: Prompt,
    about: _About,
) -> _Answer:
    spent: list[Usage] = []
    facts, gap = ModelFacts(), None
    question = Question(
        prompt,
        piece.text,
        task.reply,
        check=lambda reply: task.to_facts(reply, piece),
        document=about.sha256,
        private=about.names,
    )
    try:
        reply = await client.ask(question, spent.append)
        facts = task.to_facts(reply, piece)
    except (ModelUnavailable, ReplyRejected) as error:
        gap = Gap(task.name, error.message(Language.ZH), piece.passage.first_page)
    return _Answer(task.name, facts, gap, sum(spent, Usage()))
