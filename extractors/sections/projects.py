"""项目支出情况说明: each project with what it is for, its policy basis, its money and its time.

A project is a run of labelled paragraphs (`projects.toml`):
    （一）项目名称：2025年…补助资金巴财社[2024]94号
    设立的政策依据：…立项依据：新人社发[2016]140号《关于建立和实施人身意外伤害保险的通知》
    预算安排规模：92.36万元
    资金分配情况：主要用于差旅费0.7万元、办公费6.08元。       (misprinted units are kept)
    资金分配情况：按照每人每年180.00元标准补助，共计补贴684万元。 (a rate is no item)
    资金执行时间：2025年1月1日—2025年12月31日
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources

from extractors.citations import citations
from extractors.dates import period
from extractors.labels import Labelled, Labels
from extractors.layout.text import joined
from extractors.model.amounts import MONEY_UNITS, Amount, Text, parse_decimal
from extractors.model.document import Document, Passage
from extractors.model.facts import AllocationItem, Disclosure, PolicyRef, Project
from extractors.model.findings import Gap
from extractors.money import Money, money_in
from extractors.registry import section_reader
from extractors.templates.sections import find, heading_words

_NUMBERED = re.compile(r"^(?:第[一二三四五六七八九十]+部分|[(]?[一二三四五六七八九十\d]{1,3}[)、.:]+)")
_CLAUSE_ENDS = "。；;,，:："
_RATE = re.compile(
    r"(?:每(?:人|户|名|位|村|月|年|学年|学期|生|床|天|日|次|亩|个)+|人均|户均|平均)[^,。;；、:]{0,15}?\d[\d,]*(?:\.\d+)?元"
    r"|\d[\d,]*(?:\.\d+)?元/(?:人|户|月|年|次|天|日|亩|床|生|平方米)+(?:/(?:年|月|天|次))*"
)
_PERSONS = re.compile(r"\d[\d,]*(?:\.\d+)?万?(?:余)?(?:人次|人|名)(?![均民员])")
_USED_FOR = re.compile(r"(?:主要|专项|全部)?用于")
_OF_WHICH = re.compile(r"(?:其中|并|另|且)+")
_SENTENCE = re.compile(r"[^。；;]+[。；;]?")
_TOTAL = re.compile(r"^(?:其中|共计|合计|总计|小计|共|总共|剩余|剩下|其余|另外?|余下|累计|约)+$")
_LEADING = re.compile(
    r"^(?:、|以及|及(?!时)|其中|主要|分别|\d{1,2}[.、](?!\d)|\([一二三四五六七八九十\d]{1,2}\)|用于)+"
)
_SOURCE_OF_ITEM = re.compile(r"(?:主要|全部|专项)?(?:用于|作为|是|为)?")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`projects.toml`: the labels, and the fields of one paragraph."""

    labels: Labels
    one_paragraph: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The labels by which projects are told."""
    text = resources.files("extractors.templates").joinpath("projects.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    fields = {label: name for name, labels in data["fields"].items() for label in labels}
    return Vocabulary(Labels(fields), frozenset(data["one_paragraph"]["fields"]))


@section_reader("projects", after=("cover",))
def projects(disclosure: Disclosure) -> Disclosure:
    """Fills `projects`; a project without a name is a gap."""
    year = disclosure.head.fiscal_year
    latest = int(year.value) if year else None
    read: list[Project] = []
    gaps: list[Gap] = []
    for draft in _drafts(list(_stream(disclosure.document))):
        if len(draft.get("name")):
            read.append(_project(draft, latest))
        else:
            gaps.append(Gap("projects", "项目没有名称", draft.first_page))
    return replace(disclosure, projects=disclosure.projects + tuple(read), gaps=disclosure.gaps + tuple(gaps))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A labelled stretch, or a paragraph without label; `is_heading` where the layout took it for one."""

    content: Labelled
    is_heading: bool = False


@dataclass(slots=True)
class _Draft:
    """A project being gathered: for each field its stretches and their first label."""

    values: dict[str, list[Passage]] = field(default_factory=dict)
    labels: dict[str, Labelled] = field(default_factory=dict)
    open: str | None = None

    def put(self, content: Labelled, name: str) -> None:
        """Opens a field, or goes on with one that was met before.

        A label that announces the open field belongs to its value: 立项依据：… in 设立的政策依据.
        """
        if self.open == name and name in self.values:
            self.values[name].append(content.whole)
            return
        self.labels.setdefault(name, content)
        self.values.setdefault(name, []).append(content.value)
        self.open = name

    def go_on(self, passage: Passage) -> None:
        """Adds a paragraph without label to the open field."""
        if self.open is None:
            return
        is_full = self.open in vocabulary().one_paragraph and len(self.get(self.open))
        if not is_full:
            self.values[self.open].append(passage)

    def get(self, name: str) -> Passage:
        """The value of a field over all its paragraphs, closing separators left out."""
        whole = joined(self.values.get(name, []))
        marks = "；;。" if name in ("name", "responsible") else "；;"
        return whole.part(0, len(whole.plain.rstrip(marks)))

    @property
    def first_page(self) -> int | None:
        """Where it begins."""
        return joined([p for parts in self.values.values() for p in parts]).first_page


def _stream(document: Document) -> Iterator[_Piece]:
    """All that stands in the sections of projects, in order, cut at the labels."""
    role = heading_words("projects")
    for section in find(document, "projects"):
        if not role.fits(section.title) or _has_label(section.heading):
            for piece in vocabulary().labels.split(section.heading):
                yield _Piece(piece, is_heading=True)
        for paragraph in section.paragraphs:
            for piece in vocabulary().labels.split(paragraph):
                yield _Piece(piece)


def _has_label(passage: Passage) -> bool:
    return any(piece.field is not None for piece in vocabulary().labels.split(passage))


def _drafts(pieces: Sequence[_Piece]) -> list[_Draft]:
    """Projects, each begun by its name, or by a heading over labels that the one before has already."""
    drafts: list[_Draft] = []
    heading: Passage | None = None
    for index, piece in enumerate(pieces):
        content, current = piece.content, drafts[-1] if drafts else None
        if content.field is not None:
            if current is None or content.field == "name" or heading is not None:
                current = _begun(heading if content.field != "name" else None)
                drafts.append(current)
            heading = None
            current.put(content, content.field)
        elif piece.is_heading and _begins_anew(pieces[index + 1 :], current):
            heading = _unnumbered(content.value)
        elif current is not None:
            current.go_on(content.value)
    return drafts


def _begun(name: Passage | None) -> _Draft:
    """A new project, with its name where a heading gives it."""
    draft = _Draft()
    if name is not None:
        draft.put(Labelled(None, name, name), "name")
    return draft


def _begins_anew(following: Iterable[_Piece], current: _Draft | None) -> bool:
    """Whether a heading without label ends the project before it: what follows it does not go on with it."""
    label = next((piece.content.field for piece in following if piece.content.field is not None), None)
    return current is None or label is None or label in current.values


def _unnumbered(heading: Passage) -> Passage:
    number = _NUMBERED.match(heading.plain)
    return heading.part(number.end() if number else 0, len(heading))


def _project(draft: _Draft, latest_year: int | None) -> Project:
    name, basis, allocation = draft.get("name"), draft.get("policy_basis"), draft.get("allocation")
    start, end = period(draft.get("execution"))
    return Project(
        name=_required(name),
        purpose=_purpose(draft.get("purpose"), basis, allocation),
        policy_basis=_text(basis),
        policy_refs=_refs(draft, latest_year),
        amount=_amount(draft),
        responsible=_text(draft.get("responsible")),
        allocation=_text(allocation),
        allocation_items=tuple(_items(allocation)),
        head_count=_text(draft.get("head_count")) or _places(allocation, _counts(allocation)),
        standard=_text(draft.get("standard")) or _places(allocation, _rates(allocation)),
        beneficiaries=_text(draft.get("beneficiaries")) or _text(draft.get("scope")),
        funding_source=_text(draft.get("funding_source")),
        start=start,
        end=end,
        execution_text=_text(draft.get("execution")),
    )


def _required(passage: Passage) -> Text:
    return Text(printed=passage.text, place=passage.evidence(0, len(passage)))


def _text(passage: Passage) -> Text | None:
    return _required(passage) if len(passage) else None


def _places(passage: Passage, spans: Sequence[tuple[int, int]]) -> Text | None:
    """The text of several spans, joined by |."""
    if not spans:
        return None
    printed = "|".join(passage.text[start:end] for start, end in spans)
    return Text(printed=printed, place=tuple(e for start, end in spans for e in passage.evidence(start, end)))


def _refs(draft: _Draft, latest_year: int | None) -> tuple[PolicyRef, ...]:
    """What the name and the policy basis cite."""
    where = {name: draft.labels[name].label for name in ("name", "policy_basis") if name in draft.labels}
    return tuple(ref for name in where for ref in citations(draft.get(name), where[name], latest_year))


def _amount(draft: _Draft) -> Amount | None:
    """预算安排规模; its unit may stand in the label: 预算安排规模（万元）：77.00."""
    value = draft.get("amount")
    first = next(money_in(value), None)
    if first is not None:
        return first.amount
    unit = draft.labels["amount"].qualifier if "amount" in draft.labels else None
    number = parse_decimal(value.plain)
    if number is None:
        return None
    text = _required(value)
    return Amount(
        printed=text.printed, place=text.place, value=number, unit=unit if unit in MONEY_UNITS else None
    )


def _purpose(purpose: Passage, basis: Passage, allocation: Passage) -> Text | None:
    """项目概述, or the clauses that say 用于…, or what 资金分配情况 says."""
    if len(purpose):
        return _text(purpose)
    found = [
        text for passage in (basis, allocation) if (text := _places(passage, _uses(passage))) is not None
    ]
    if not found:
        return _text(allocation)
    return Text(
        printed="|".join(text.printed for text in found), place=tuple(e for text in found for e in text.place)
    )


def _uses(passage: Passage) -> list[tuple[int, int]]:
    """From the clause that says 用于 to the end of its sentence, once a sentence."""
    spans: list[tuple[int, int]] = []
    for sentence in _SENTENCE.finditer(passage.plain):
        used = _USED_FOR.search(sentence[0])
        if used is not None:
            clause = max(sentence[0].rfind(mark, 0, used.start()) + 1 for mark in _CLAUSE_ENDS)
            lead = _OF_WHICH.match(sentence[0], clause)
            clause = lead.end() if lead else clause
            spans.append((sentence.start() + clause, sentence.end()))
    return spans


def _rates(passage: Passage) -> list[tuple[int, int]]:
    """Standards: 每人每年180.00元, 人均财政筹资标准10元, 10元/人."""
    return [match.span() for match in _RATE.finditer(passage.plain)]


def _counts(passage: Passage) -> list[tuple[int, int]]:
    """How many people: 131367人, 3.7万人; each printed count once."""
    found = {match[0]: match.span() for match in reversed(list(_PERSONS.finditer(passage.plain)))}
    return sorted(found.values())


def _items(allocation: Passage) -> Iterator[AllocationItem]:
    """What 资金分配情况 gives to what: rates and mere totals are no items."""
    rates = _rates(allocation)
    floor = 0
    for money in money_in(allocation):
        is_rate = any(start <= money.start < end for start, end in rates)
        span = _named_before(allocation, money, floor) or _named_behind(allocation, money)
        if span is not None and not is_rate:
            start, end = span
            item = Text(printed=allocation.text[start:end], place=allocation.evidence(start, end))
            yield AllocationItem(item, money.amount)
        floor = money.end


def _named_before(passage: Passage, money: Money, floor: int) -> tuple[int, int] | None:
    """差旅费0.7万元: the words since the last clause or sum, unless they only say that it is a total."""
    plain = passage.plain
    start = max(floor, *(plain.rfind(mark, floor, money.start) + 1 for mark in _CLAUSE_ENDS))
    lead = _LEADING.match(plain[start : money.start])
    start += lead.end() if lead else 0
    name = plain[start : money.start]
    return None if not name or _TOTAL.match(name) else (start, money.start)


def _named_behind(passage: Passage, money: Money) -> tuple[int, int] | None:
    """2万元用于宣传资料印制，: the words up to the end of the clause."""
    plain = passage.plain
    ends = [at for mark in _CLAUSE_ENDS if (at := plain.find(mark, money.end)) >= 0]
    end = min(ends, default=len(plain))
    lead = _SOURCE_OF_ITEM.match(plain, money.end)
    start = lead.end() if lead else money.end
    return (start, end) if start < end else None
