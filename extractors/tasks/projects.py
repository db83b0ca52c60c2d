"""项目支出情况说明: one entry a project, with labels (项目名称：, 设立的政策依据：…) or woven into prose."""

import re
from collections.abc import Sequence

from pydantic import Field

from extractors import policy_numbers
from extractors.align import Span, locate
from extractors.model.document import Document, Passage
from extractors.model.errors import ReplyRejected
from extractors.model.facts import AllocationItem, PolicyRef, Project
from extractors.model.findings import Gap
from extractors.tasks.reading import Quote, Reply, Scope, amount, nowhere, period, text, text_at, texts
from extractors.tasks.task import ModelFacts, Piece, Task
from extractors.templates.sections import find

NAME = "projects"
_WHERE = "项目支出情况说明"

_LABEL = re.compile(r"项目名称[:：]")


class PolicyRefReply(Reply):
    """A policy document that a project rests on."""

    title: str | None = Field(
        description="文件标题，逐字照抄；最外层书名号《》不抄，标题里面的书名号保留；没有标题则为 null"
    )
    number: str | None = Field(
        description="文号，逐字照抄（如“新财社〔2024〕181号”，括号形式照原样）；没有文号则为 null"
    )


class AllocationItemReply(Reply):
    """An item of 资金分配情况 with its amount."""

    quote: str = Field(description="含有该分项及其金额的原文短语，逐字照抄", min_length=1)
    item: str = Field(description="分项名称，逐字照抄 quote 中的文字，不含金额", min_length=1)
    amount: str = Field(description="分项金额连同单位，逐字照抄 quote 中的文字", min_length=1)


class ProjectReply(Reply):
    """A project as printed. What is not printed is null."""

    name: Quote = Field(description="项目名称")
    purpose: list[Quote] = Field(
        description="项目用途：项目简介，或每一处“主要用于…”“用于…”的分句；都没有时照抄资金分配情况的内容"
    )
    policy_basis: Quote | None = Field(description="设立的政策依据：该项的全部内容")
    policy_refs: list[PolicyRefReply] = Field(description="该项目引用的每一个政策文件，按出现的顺序")
    amount: Quote | None = Field(description="预算安排规模：金额连同单位")
    responsible: Quote | None = Field(description="项目承担单位")
    allocation: Quote | None = Field(description="资金分配情况：该项的全部内容")
    allocation_items: list[AllocationItemReply] = Field(
        description="资金分配情况中每一个有金额的分项，按出现的顺序；合计数、人均标准不是分项"
    )
    head_count: list[Quote] = Field(description="补贴人数；没有这一项的，为资金分配情况里的人数，每处一条")
    standard: list[Quote] = Field(
        description="补贴标准；没有这一项的，为资金分配情况里每人（每户、每次等）的标准，每处一条"
    )
    beneficiaries: Quote | None = Field(description="受益人群：谁受益")
    funding_source: Quote | None = Field(description="资金来源")
    execution: Quote | None = Field(description="资金执行时间")


class ProjectsReply(Reply):
    """All projects of the text, in their order."""

    projects: list[ProjectReply] = Field(description="原文中的每一个项目，按出现的顺序，一个不多，一个不少")


def pieces(document: Document) -> tuple[Piece, ...]:
    """The sections that describe projects, as one piece."""
    sections = find(document, NAME)
    passages = tuple(p for s in sections for p in (s.heading, *s.paragraphs) if len(p))
    return (Piece(passages),) if passages else ()


def to_facts(reply: ProjectsReply, piece: Piece) -> ModelFacts:
    """The projects, each value in its place. Raises `ReplyRejected` where one is missing or invented."""
    printed = len(_LABEL.findall(piece.passage.text))
    if printed not in (0, len(reply.projects)):
        raise ReplyRejected(reason=f"原文有 {printed} 个项目，回答里有 {len(reply.projects)} 个")
    scopes = _scopes(reply.projects, piece.passage)
    read = [_project(said, scope) for said, scope in zip(reply.projects, scopes, strict=True)]
    facts = ModelFacts()
    for project, gaps in read:
        facts += ModelFacts((project,), gaps)
    return facts


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
        figure = amount(Quote(before=None, printed=entry.amount), inside)
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


def _next(quote: str | None, scope: Scope, after: int) -> Span | None:
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
