"""Statements of the narrative: what a sentence says of each subject, figure by figure.

Shared by the tasks that read sentences (`narrative`, `other_matters`); each has its own part of the document.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from pydantic import Field

from extractors.align import Span, locate, places
from extractors.model.amounts import Amount, Text
from extractors.model.disagreement import Disagreement, Matter
from extractors.model.document import Passage, Section
from extractors.model.evidence import Match
from extractors.model.facts import Cause, NarrativeFact
from extractors.tasks.reading import Numbered, Reply, Scope, end_of, figure_at, text_at
from extractors.tasks.task import ModelFacts, Piece, Unit
from extractors.templates.narrative import any_of, says_against

_SENTENCES_END = re.compile(r"(?<=。)(?!(?:主要)?原因|其中)(?=.)")
_LONG = 300
"""Characters from which a paragraph is cut into its sentences; a reason stays with what it explains."""
_ITEM = re.compile(r"(?:(\d{1,2})[.、](?!\d)|\((\d{1,2})\)|([①-⑳]))")
_PART = re.compile(r"第[一二三四五六七八九十]+部分")
_INCREASE, _DECREASE, _STEADY = "增加", "减少", "持平"
_SAYS_SOMETHING = re.compile(rf"\d|{any_of('not_budgeted', 'not_used', 'steady')}")

_FIGURES = {
    "amount": "amount",
    "share": "share",
    "change_amount": "change_amount",
    "change_pct": "change_pct",
    "previous": "previous_amount",
    "budget": "budget_amount",
    "completion": "completion_pct",
}
"""Figures of a reply and the fields of a fact that they fill."""


class SmallFactReply(Reply):
    """What is said of one subject; what is not said is left out."""

    subject: str = Field(min_length=1)
    amount: str = ""
    change: str = ""
    change_amount: str = ""
    change_pct: str = ""
    absence: str = ""
    reason: str = ""
    cause: Literal["staffing", "policy", "project", "price", "transfer", "rounding", "other"] | None = None
    against: str = ""


class FactReply(SmallFactReply):
    """The same with shares, and what final accounts say besides."""

    share: str = ""
    previous: str = ""
    budget: str = ""
    completion: str = ""
    direction: str = ""


class SmallStatementReply(Numbered):
    """The facts of one numbered part."""

    facts: list[SmallFactReply]


class StatementReply(Numbered):
    """The same with larger facts."""

    facts: list[FactReply]


class SmallStatementsReply(Reply):
    """All numbered parts, in their order."""

    parts: list[SmallStatementReply]


class StatementsReply(Reply):
    """The same with larger facts."""

    parts: list[StatementReply]


def statements_of(sections: Iterable[Section]) -> Iterator[Unit]:
    """The paragraphs, or sentences of long ones, that hold a figure or say that there is none."""
    for section in sections:
        path = tuple(heading for heading in section.path if not _PART.match(heading)) or section.path
        for paragraph in section.paragraphs:
            number = _ITEM.match(paragraph.plain)
            item = next(filter(None, number.groups())) if number else None
            for part in _parts(paragraph):
                if _SAYS_SOMETHING.search(part.plain):
                    yield Unit((part,), path, section.heading, item)


def _parts(paragraph: Passage) -> Iterator[Passage]:
    ends = [found.start() for found in _SENTENCES_END.finditer(paragraph.plain)]
    cuts = ends if len(paragraph) > _LONG else []
    for start, end in pairwise([0, *cuts, len(paragraph)]):
        yield paragraph.part(start, end)


def to_facts(reply: StatementsReply | SmallStatementsReply, piece: Piece) -> ModelFacts:
    """The facts of all parts, in their order. Raises `ReplyRejected` where a part is missing."""
    facts = ModelFacts()
    parts: Sequence[StatementReply | SmallStatementReply] = reply.parts
    for part, unit in piece.paired(parts):
        for said, scope in zip(part.facts, _scopes(part.facts, unit), strict=True):
            fact = _fact(said, scope, unit)
            facts += ModelFacts(
                narrative_facts=(fact,), disagreements=tuple(_disagreement(said, fact, scope))
            )
    return facts


def _scopes(said: Sequence[SmallFactReply], unit: Unit) -> list[Scope]:
    """The stretch of each fact: from its subject up to the next one's. `near` is the whole sentence."""
    passage = unit.passage
    starts: list[int] = []
    after = 0
    for fact in said:
        found = locate(fact.subject, passage, after)
        starts.append(found.start if found else after)
        after = found.end if found else after
    return [
        Scope(passage.part(start, max(start, end)), passage)
        for start, end in pairwise([*starts, len(passage)])
    ]


def _fact(said: SmallFactReply, scope: Scope, unit: Unit) -> NarrativeFact:
    figures = _figures(said, scope)
    return NarrativeFact(
        section=unit.path[0] if unit.path else "",
        subsection=unit.path[1] if len(unit.path) > 1 else None,
        item=unit.item,
        subject=_subject(said.subject, scope, unit.heading),
        change=_as(_change_of(said.change), _words(said.change, scope)),
        stated_direction=_words(getattr(said, "direction", ""), scope),
        absence=_as(_absence_of(said.absence), _words(said.absence, scope)),
        reason=_words(said.reason, scope),
        cause=Cause(said.cause) if said.cause else None,
        is_compared=_is_compared(said, scope),
        share_of=None,  # the task does not ask for it
        wording=(),
        **figures,
    )


def _is_compared(said: SmallFactReply, scope: Scope) -> bool:
    """Whether the words before the change say what it is against."""
    found = locate(said.change + said.change_amount, scope.passage) if said.change_amount else None
    return found is not None and says_against().search(scope.passage.plain, 0, found.start) is not None


def _subject(said: str, scope: Scope, heading: Passage | None) -> Text:
    """The subject in its stretch; else in the heading, which may name it for all sentences below."""
    found = locate(said, scope.passage)
    if found is None and heading is not None and (named := locate(said, heading)):
        return text_at(named, said, Scope(heading, heading))
    return text_at(found, said, scope)


def _words(said: str, scope: Scope) -> Text | None:
    if not said:
        return None
    stretch, span = _place(said, scope)
    return text_at(span, said, Scope(stretch, scope.near))


def _figures(said: SmallFactReply, scope: Scope) -> dict[str, Amount | None]:
    """The figures, each at a place of its own: an amount and its change may be printed alike."""
    figures: dict[str, Amount | None] = {}
    taken: set[Span] = set()
    for key, name in _FIGURES.items():
        quote: str = getattr(said, key, "")
        behind = said.change if key == "change_amount" else ""
        stretch, span = _free_place(quote, behind, scope, taken) if quote else (scope.passage, None)
        if span is not None:
            taken.add(span)
        figures[name] = figure_at(span, quote, Scope(stretch, scope.near)) if quote else None
    return figures


def _free_place(
    quote: str, behind: str, scope: Scope, taken: Collection[Span]
) -> tuple[Passage, Span | None]:
    """The first place of a figure that none of the fact has; right behind a word, if it is there."""
    together = locate(behind + quote, scope.passage) if behind else None
    if together is not None:
        return scope.passage, end_of(together, quote, scope.passage)
    free = next((span for span in places(quote, scope.passage) if span not in taken), None)
    return (scope.passage, free) if free else _place(quote, scope)


def _place(said: str, scope: Scope) -> tuple[Passage, Span | None]:
    """Where words are printed: in the fact's stretch, else, as a fuzzy match, elsewhere in its sentence."""
    span = locate(said, scope.passage)
    if span is not None:
        return scope.passage, span
    span = locate(said, scope.near)
    return scope.near, span._replace(match=Match.FUZZY) if span else None


def _as(meaning: str, read: Text | None) -> Text | None:
    """The word by what it means, in its place."""
    return replace(read, printed=meaning) if read is not None and meaning else read


def _change_of(said: str) -> str:
    for words, meaning in (("steady", _STEADY), ("increases", _INCREASE), ("decreases", _DECREASE)):
        if re.search(any_of(words), said):
            return meaning
    return ""


def _absence_of(said: str) -> str:
    for words, meaning in (("not_budgeted", "未安排"), ("not_used", "没有使用")):
        if re.search(any_of(words), said):
            return meaning
    return ""


def _disagreement(said: SmallFactReply, fact: NarrativeFact, scope: Scope) -> Iterator[Disagreement]:
    """A reason that would make the opposite change, where the model says that it is one."""
    contrary = _words(said.against, scope)
    if contrary is not None and fact.change is not None and fact.reason is not None:
        yield Disagreement(Matter.REASON, _whole_change(fact.change, fact.change_amount), contrary)


def _whole_change(change: Text, figure: Amount | None) -> Text:
    """减少8.34万元"""
    if figure is None:
        return change
    printed = f"{change.printed}{figure.printed}{figure.unit or ''}"
    return replace(change, printed=printed, place=change.place + figure.place)
