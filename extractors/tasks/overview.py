"""概况: what the department does, its offices, the units below it, its head counts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from pydantic import Field

from extractors.align import locate
from extractors.model.amounts import Amount, Text
from extractors.model.document import Document, Section
from extractors.model.facts import Disclosure, Overview, Staffing
from extractors.tasks.reading import Numbered, Quote, Reply, Scope, amount, text_at
from extractors.tasks.task import ModelFacts, Piece, Task, Unit, cut
from extractors.templates.narrative import any_of
from extractors.templates.sections import find, heading_words

NAME = "overview"

_SHORTEST = 8
"""Characters from which a line says anything."""

_PERSONS = "人"


class CountReply(Reply):
    """A head count behind its label, and its change where one is printed behind it."""

    label: str = Field(min_length=1)
    count: str = Field(min_length=1)
    change: str = ""


class PartReply(Numbered):
    """What one numbered paragraph is about."""

    about: Literal["duty", "organisation", "other"]
    offices: list[str] = Field(default_factory=list)
    units: list[str] = Field(default_factory=list)
    counts: list[CountReply] = Field(default_factory=list)


class OverviewReply(Reply):
    """All numbered paragraphs, in their order."""

    parts: list[PartReply]


def pieces(disclosure: Disclosure) -> Sequence[Piece]:
    """The paragraphs of duties, offices and staff."""
    return cut(list(units(disclosure.document)))


def units(document: Document) -> Iterator[Unit]:
    """The paragraphs (and headings that are none), each a unit."""
    duties = find(document, "functions")
    known = {id(section) for section in duties}
    staff = [s for s in find(document, "staffing") if id(s) not in known and _is_about_staff(s)]
    for section in (*duties, *staff):
        fits = any(heading_words(role).fits(section.title) for role in ("functions", "staffing"))
        lines = section.paragraphs if fits else (section.heading, *section.paragraphs)
        for line in lines:
            if len(line) >= _SHORTEST:
                yield Unit((line,), section.path, section.heading if fits else None)


def _is_about_staff(section: Section) -> bool:
    """By a heading below that of the part: 第一部分部门概况 holds the tasks of the year as well."""
    return any(heading_words("staffing").fits(heading) for heading in section.path[1:])


def to_facts(reply: OverviewReply, piece: Piece) -> ModelFacts:
    """Duties are whole paragraphs. Raises `ReplyRejected` where a paragraph is missing."""
    facts = ModelFacts()
    for part, unit in piece.paired(reply.parts):
        scope = Scope(unit.passage, unit.passage)
        printed = unit.passage.text
        duty = (text_at(locate(printed, unit.passage), printed, scope),) if part.about == "duty" else ()
        overview = Overview(duty, _texts(part.offices, scope), _texts(part.units, scope))
        facts += ModelFacts(overview=overview, staffing=_staffing(part.counts, scope))
    return facts


def _texts(said: Sequence[str], scope: Scope) -> tuple[Text, ...]:
    """The quotes in their order, each behind the one before it."""
    read: list[Text] = []
    after = 0
    for quote in filter(None, said):
        span = locate(quote, scope.passage, after) or locate(quote, scope.passage)
        after = span.end if span else after
        read.append(text_at(span, quote, scope))
    return tuple(read)


def _staffing(said: Sequence[CountReply], scope: Scope) -> Staffing:
    counts: dict[str, Amount] = {}
    changes: dict[str, Amount] = {}
    after = 0
    for entry in said:
        label = locate(entry.label, scope.passage, after)
        after = label.end if label else after
        rest = scope.passage.part(after, len(scope.passage)) if label else scope.passage.part(0, 0)
        behind = Scope(rest, scope.near)
        counts |= _figure(entry.label, entry.count, behind)
        change = _figure(entry.label, entry.change, behind) if entry.change else {}
        changes |= {key: _signed(figure, entry.change) for key, figure in change.items()}
    return Staffing(counts, changes)


def _figure(label: str, said: str, scope: Scope) -> dict[str, Amount]:
    figure = amount(Quote(printed=said), scope)
    return {label: replace(figure, unit=_PERSONS)} if figure is not None else {}


def _signed(figure: Amount, said: str) -> Amount:
    fewer = re.search(any_of("decreases"), said)
    return replace(figure, value=-figure.value) if fewer else figure


TASK = Task(NAME, OverviewReply, pieces, to_facts)
