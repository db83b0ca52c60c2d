"""项目支出情况说明: one entry a project, with labels (项目名称：, 设立的政策依据：…) or woven into prose."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pydantic import Field

from extractors import policy_numbers
from extractors.align import Span, locate
from extractors.model.document import Document, Passage
from extractors.model.facts import AllocationItem, Disclosure, PolicyRef, Project
from extractors.model.findings import Gap
from extractors.tasks.reading import (
    Numbered,
    Quote,
    Reply,
    Scope,
    amount,
    nowhere,
    period,
    text,
    text_at,
    texts,
)
from extractors.tasks.task import ModelFacts, Piece, Task, Unit, cut
from extractors.templates.sections import listed_projects

NAME = "projects"
_WHERE = "项目支出情况说明"

_LABEL = re.compile(r"项目名称[:：]")


class PolicyRefReply(Reply):
    """A policy document that a project rests on."""

    title: str = ""
    number: str = ""


class AllocationItemReply(Reply):
    """An item of 资金分配情况 with its amount: the phrase that holds both, and each."""

    quote: str = Field(min_length=1)
    item: str = Field(min_length=1)
    amount: str = Field(min_length=1)


class ProjectReply(Numbered):
    """A project as printed. What is not printed is left out; `summary` alone is in the model's own words."""

    name: Quote
    purpose: list[Quote] = Field(default_factory=list)
    summary: str = ""
    policy_basis: Quote | None = None
    policy_refs: list[PolicyRefReply] = Field(default_factory=list)
    amount: Quote | None = None
    responsible: Quote | None = None
    allocation: Quote | None = None
    allocation_items: list[AllocationItemReply] = Field(default_factory=list)
    head_count: list[Quote] = Field(default_factory=list)
    standard: list[Quote] = Field(default_factory=list)
    beneficiaries: Quote | None = None
    funding_source: Quote | None = None
    execution: Quote | None = None


class ProjectsReply(Reply):
    """All projects of the text, in their order."""

    projects: list[ProjectReply]


def pieces(disclosure: Disclosure) -> Sequence[Piece]:
    """The projects that are listed with labels one by one; other prose on projects as one unit."""
    return cut(list(units(disclosure.document)))


def units(document: Document) -> Iterator[Unit]:
    """Each project of the lists; the whole section where no label tells one project from the next."""
    sections = tuple(listed_projects(document))
    passages = [p for s in sections for p in (s.heading, *s.paragraphs) if len(p)]
    starts = [index for index, p in enumerate(passages) if _LABEL.search(p.plain)]
    bounds = pairwise([*starts, len(passages)]) if starts else [(0, len(passages))] if passages else []
    for start, end in bounds:
        yield Unit(tuple(passages[start:end]))


def to_facts(reply: ProjectsReply, piece: Piece) -> ModelFacts:
    """The projects, each value in its place. Raises `ReplyRejected` where one is missing or invented."""
    facts = ModelFacts()
    for said, scope in _scoped(reply.projects, piece):
        project, gaps = _project(said, scope)
        facts += ModelFacts(projects=(project,), gaps=gaps)
    return facts


def _scoped(said: Sequence[ProjectReply], piece: Piece) -> Iterator[tuple[ProjectReply, Scope]]:
    """Each project with its stretch. Prose without labels is one unit, however many projects it holds."""
    if len(piece.units) == 1 and not _LABEL.search(piece.passage.plain):
        yield from zip(said, _scopes(said, piece.passage), strict=True)
        return
    for project, unit in piece.paired(said):
        yield project, Scope(unit.passage, unit.passage)


def _scopes(said: Sequence[ProjectReply], passage: Passage) -> list[Scope]:
    """What belongs to each project: from its name up to the next one's; nothing where it is not found."""
    starts = _starts(said, passage)
    scopes: list[Scope] = []
    for start in starts:
        if start is None:
            scopes.append(nowhere(passage))
            continue
        end = min((other for other in starts if other is not None and other > start), default=len(passage))
        part = passage.part(start, end)
        scopes.append(Scope(part, part))
    return scopes


def _starts(said: Sequence[ProjectReply], passage: Passage) -> list[int | None]:
    starts: list[int | None] = []
    after = 0
    for project in said:
        quote = (project.name.before or "") + project.name.printed
        found = locate(quote, passage, after) or locate(quote, passage)
        starts.append(found.start if found else None)
        after = found.end if found else after
    return starts


def _project(said: ProjectReply, scope: Scope) -> tuple[Project, tuple[Gap, ...]]:
    """A project and what of it could not be read."""
    allocation = said.allocation and scope.find(said.allocation)
    items, unread = _items(said.allocation_items, scope.inside(allocation) if allocation else scope)
    start, end = period(said.execution, scope)
    figure = amount(said.amount, scope)
    if said.amount is not None and figure is None:
        unread = (said.amount.printed, *unread)
    project = Project(
        name=text_at(scope.find(said.name), said.name.printed, scope),
        purpose=texts(said.purpose, scope),
        summary=said.summary or None,
        policy_basis=text(said.policy_basis, scope),
        policy_refs=_refs(said, scope),
        amount=figure,
        responsible=text(said.responsible, scope),
        allocation=text(said.allocation, scope),
        allocation_items=items,
        head_count=texts(said.head_count, scope),
        standard=texts(said.standard, scope),
        beneficiaries=text(said.beneficiaries, scope),
        funding_source=text(said.funding_source, scope),
        start=start,
        end=end,
        execution_text=text(said.execution, scope),
    )
    page = scope.near.first_page
    return project, tuple(Gap(NAME, f"模型给出的金额“{said}”不是一个数", page) for said in unread)


def _items(
    said: Sequence[AllocationItemReply], scope: Scope
) -> tuple[tuple[AllocationItem, ...], tuple[str, ...]]:
    """The items in their order, and the amounts that are no number."""
    items: list[AllocationItem] = []
    unread: list[str] = []
    after = 0
    for entry in said:
        span = locate(entry.quote, scope.passage, after) or locate(entry.quote, scope.passage)
        after = span.end if span else after
        inside = scope.inside(span)
        figure = amount(Quote(printed=entry.amount), inside)
        if figure is None:
            unread.append(entry.amount)
            continue
        items.append(AllocationItem(text_at(locate(entry.item, inside.passage), entry.item, inside), figure))
    return tuple(items), tuple(unread)


def _refs(said: ProjectReply, scope: Scope) -> tuple[PolicyRef, ...]:
    refs: list[PolicyRef] = []
    after = 0
    for entry in said.policy_refs:
        title = _next(entry.title, scope, after)
        number = _next(entry.number, scope, after)
        after = min((span.end for span in (title, number) if span), default=after)
        refs += _ref(entry, title, number, scope)
    return tuple(refs)


def _next(quote: str, scope: Scope, after: int) -> Span | None:
    if not quote:
        return None
    return locate(quote, scope.passage, after) or locate(quote, scope.passage)


def _ref(
    entry: PolicyRefReply, title: Span | None, number: Span | None, scope: Scope
) -> tuple[PolicyRef, ...]:
    """A reference; none where the model names neither title nor number."""
    named = text_at(title, entry.title, scope) if entry.title else None
    printed = text_at(number, entry.number, scope) if entry.number else named
    if printed is None:
        return ()
    found = policy_numbers.parse(printed.printed) if entry.number else None
    canonical, suspect = (found.canonical, found.suspect()) if found else (None, None)
    return (PolicyRef(title=named, printed=printed, canonical=canonical, suspect=suspect, where=_WHERE),)


TASK = Task(NAME, ProjectsReply, pieces, to_facts)
