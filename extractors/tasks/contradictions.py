"""Contradictions in words: one thing by two names, one quantity with two figures, words that exclude others.

Shown are the parts of a document that name things: offices and staff, projects, goals, and those statements
that speak of projects, persons or things.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Literal

from pydantic import Field

from extractors.align import locate
from extractors.layout.text import joined
from extractors.model.amounts import Text
from extractors.model.disagreement import Disagreement, Matter
from extractors.model.document import Document, Passage
from extractors.model.facts import Disclosure
from extractors.tasks import overview, projects
from extractors.tasks.reading import Reply, Scope, passage_of_text, text_at
from extractors.tasks.statements import statements_of
from extractors.tasks.task import ModelFacts, Piece, Task, Unit, cut
from extractors.templates.sections import find, narrative_sections

NAME = "contradictions"

_LONGEST = 6000
"""Characters of one call: what contradicts must be seen together."""

_NAMES_THINGS = re.compile(r"项目(?!支出|预算|金额|，)|补助资金|下属|新增|[(\[【〔]20\d\d[)\]】〕]")

_CLAUSE = re.compile(r"[^,;。]+[,;。]?")
_LEAD = re.compile(r".*原因(?:是|为)?:?")
_MONEY = re.compile(r"\d元|\d万元|规模")


class PlaceReply(Reply):
    """One of two places: the number of its part, and its words."""

    n: int
    quote: str = Field(min_length=1)


class ConflictReply(Reply):
    """Two places that cannot both be right."""

    matter: Literal["name", "number", "wording"]
    first: PlaceReply
    second: PlaceReply


class ContradictionsReply(Reply):
    """All contradictions that are found."""

    conflicts: list[ConflictReply]


def pieces(disclosure: Disclosure) -> Sequence[Piece]:
    """What names things, in reading order, in as few pieces as can be."""
    document = disclosure.document
    units = [*_organisation(document), *_statements(document), *_projects(document), *_goals(disclosure)]
    return cut(units, _LONGEST)


def _organisation(document: Document) -> Iterator[Unit]:
    duties = {section.path for section in find(document, "functions")}
    units = (unit for unit in overview.units(document) if unit.path not in duties)
    return (replace(unit, heading=None) for unit in units)


def _statements(document: Document) -> Iterator[Unit]:
    """All on other matters; of the rest the clauses that name a project, a document, a unit, new people."""
    others = {id(section.heading) for section in find(document, "other_matters")}
    seen: set[str] = set()
    for unit in statements_of(narrative_sections(document)):
        clauses = tuple(_naming(unit.passage, seen)) if id(unit.heading) not in others else unit.passages
        if clauses:
            yield replace(unit, passages=(joined(clauses),), heading=None)


def _naming(passage: Passage, seen: set[str]) -> Iterator[Passage]:
    """The clauses that name something, each once in the document."""
    for clause in _CLAUSE.finditer(passage.plain):
        said = clause[0].rstrip(",;。")
        if said not in seen and _NAMES_THINGS.search(said):
            seen.add(said)
            lead = _LEAD.match(said)
            yield passage.part(clause.start() + (lead.end() if lead else 0), clause.end())


def _projects(document: Document) -> Iterator[Unit]:
    """Name and policy basis of each project: its first labelled lines, up to its money."""
    for unit in projects.units(document):
        lines = list(takewhile(lambda p: not _MONEY.search(p.plain), unit.passages))
        yield replace(unit, passages=tuple(lines or unit.passages))


def _goals(disclosure: Disclosure) -> Iterator[Unit]:
    for form in disclosure.indicator_tables:
        if form.goal is not None:
            named = (form.name, form.goal) if form.name else (form.goal,)
            yield Unit(tuple(passage_of_text(text) for text in named))


def to_facts(reply: ContradictionsReply, piece: Piece) -> ModelFacts:
    """The disagreements, each quote in its place. A quote that is not printed says so."""
    return ModelFacts(
        disagreements=tuple(
            Disagreement(Matter(said.matter), _quoted(said.first, piece), _quoted(said.second, piece))
            for said in reply.conflicts
        )
    )


def _quoted(said: PlaceReply, piece: Piece) -> Text:
    """The quote in its part; in any other where the model gives a wrong number."""
    units = [unit.passage for number, unit in enumerate(piece.units, start=1) if number == said.n]
    for passage in (*units, *(unit.passage for unit in piece.units)):
        found = locate(said.quote, passage)
        if found is not None:
            return text_at(found, said.quote, Scope(passage, passage))
    return text_at(None, said.quote, Scope(piece.passage, piece.passage))


TASK = Task(NAME, ContradictionsReply, pieces, to_facts, is_beyond_rules=True)
