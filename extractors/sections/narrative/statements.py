"""Reads the statements of one section, clause by clause, as facts.

A clause names its own subject, or goes on about the last one (占76.14%), or about what a heading or the
words before a colon named (…培训支出（项）：2025年预算数为…). What follows 其中, 包括 and 主要用于 is part of
the fact before; amounts inside a reason are facts of their own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractors.model.amounts import Amount, Text
from extractors.model.document import Passage
from extractors.model.facts import NarrativeFact
from extractors.sections.narrative.figures import Clause, Figure, clauses_of, figures_of
from extractors.sections.narrative.roles import STEADY, Reading, Role, meaning, role_of, verb_first
from extractors.sections.narrative.subjects import (
    Names,
    Span,
    below,
    core,
    followed_by,
    is_nameless,
    item_number,
)
from extractors.sections.narrative.wording import (
    absence_in,
    continues_list,
    reason_in,
    stated_direction_in,
    steadiness_in,
)
from extractors.sections.narrative.words import any_of

_STATEMENT = re.compile(r"原因|占[^,;。]*%")
_OPENS_PARTS = re.compile(
    r"(?P<whole>.*?)(?P<kind>其中|(?:主要)?包括|(?:主要)?用于|分别(?:是|为))(?P<rest>.*)"
)
_CLASSIFIED = re.compile(r"\([类款项]\)$")
_NO_SUBJECTS = ("和", "与", "及")  # 分别为100万元和50万元: which is whose is not for us to say
_LONGEST_SUBJECT = 80  # characters


@dataclass(frozen=True, slots=True)
class Parts:
    """The facts that follow are parts of `whole`, until the stop `until` (； or 。).

    `of` is the fact of the whole, `first` the index of the first part; both by position in the facts.
    `named` counts the parts; `in_commas` says that no ； stood among them.
    """

    whole: Text
    until: str
    of: int | None
    first: int
    is_purpose: bool
    in_commas: bool = True
    named: int = 0

    @property
    def is_comma_list(self) -> bool:
        """Whether commas alone stand between its parts."""
        return self.in_commas and self.named > 1


@dataclass(frozen=True, slots=True)
class Context:
    """What a nameless clause goes on about.

    `current` is the index of the last fact, `own` its subject without its whole and without variants,
    `thing` what a feature (价值) would belong to.
    """

    current: int | None = None
    own: str = ""
    thing: Text | None = None
    parts: tuple[Parts, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason being read: where it begins, and the context that it explains."""

    start: int
    explains: Context


class Statements:
    """Collects the facts of a section in `facts`, paragraph by paragraph."""

    def __init__(self, frame: NarrativeFact, topic: Span, names: Names) -> None:
        """`frame` holds section and subsection; `topic` is what the heading names."""
        self.facts: list[NarrativeFact] = []
        self._frame = frame
        self._topic = topic
        self._names = names
        self._at = Context()
        self._first_here = 0  # index of the paragraph's first fact
        self._pending: Span | None = None  # named before a colon, its figures still to come
        self._lead: Span | None = None  # the clauses without figures just before, in the same statement
        self._has_figures = False  # whether the statement had a figure already
        self._reason: Reason | None = None
        self._brackets: list[Context] = []
        self._budget_label: Text | None = None
        self._item: str | None = None

    def read(self, passage: Passage) -> None:
        """Adds the facts of a paragraph."""
        self._item, start = item_number(passage.plain)
        self._first_here = len(self.facts)
        self._at = replace(self._at, parts=())
        self._pending, self._brackets = None, []
        figures = tuple(f for f in figures_of(passage) if f.start >= start)
        for clause in clauses_of(passage.plain, figures):
            self._end_what_ended(passage, clause)
            self._clause(passage, clause)
        self._end_reason(passage, len(passage))

    # What lasts over clauses

    def _end_what_ended(self, passage: Passage, clause: Clause) -> None:
        self._brackets_before(clause)
        if not clause.begins_statement:
            return
        self._lead, self._has_figures = None, False
        if self._reason is not None:
            if self._goes_on(passage, clause):
                return
            self._end_reason(passage, clause.start)
        kept = self._at.parts if "。" not in clause.before else ()
        # A list whose parts stand between commas ends at ；, one whose parts stand between ； goes on.
        kept = tuple(replace(p, in_commas=False) for p in kept if p.until == "。" and not p.is_comma_list)
        self._at = replace(self._at, parts=kept)

    def _goes_on(self, passage: Passage, clause: Clause) -> bool:
        """Whether the reason goes on after a stop.

        After ； it does unless a list of parts goes on instead, or a statement with its own share or
        reason begins.
        """
        if continues_list(Span(passage, clause.start, clause.end)):
            return True
        if "。" in clause.before or self._reason is None or self._reason.explains.parts:
            return False
        statement = re.split("[;。]", passage.plain[clause.start :], maxsplit=1)[0]
        return _STATEMENT.search(statement) is None

    def _end_reason(self, passage: Passage, end: int) -> None:
        if self._reason is None:
            return
        span = Span(passage, self._reason.start, end).trimmed()
        self._at = self._reason.explains
        self._reason = None
        current = self._at.current
        if current is not None and span.plain and self.facts[current].reason is None:
            self._set(current, reason=span.text)

    def _clause(self, passage: Passage, clause: Clause) -> None:
        whole = Span(passage, clause.start, clause.end)
        announced = reason_in(whole) if self._reason is None else None
        head = Span(passage, clause.start, announced[0] if announced else clause.end)
        before = [f for f in clause.figures if f.start < head.end]
        self._open_parts(head, clause)
        self._figures(head, before)
        if not before:
            self._words(head, "" if announced else clause.stop, first=clause.is_first)
        if announced:
            self._reason = Reason(announced[1], self._at)
            self._at = Context()
            self._figures(Span(passage, announced[1], clause.end), clause.figures[len(before) :])

    def _brackets_before(self, clause: Clause) -> None:
        """After a bracket with statements of its own, the text goes on about what stood before it."""
        for stop in clause.before:
            if stop == "(":
                self._brackets.append(self._at)
            elif stop == ")" and self._brackets:
                outside = self._brackets.pop()
                self._at = outside if self._reason is None else self._at

    def _open_parts(self, head: Span, clause: Clause) -> None:
        found = _OPENS_PARTS.fullmatch(head.plain)
        if found is None or self._reason is not None:
            return
        is_before_figures = not any(f.start < head.start + found.start("kind") for f in clause.figures)
        if found["rest"] and (found["whole"].strip("(") or not is_before_figures):
            return
        if not (found["rest"] or clause.stop == ":" or found["kind"] == "其中"):
            return
        self._push_parts(head.part(head.start, head.start + found.end("whole")), clause, found)

    def _push_parts(self, named: Span, clause: Clause, found: re.Match[str]) -> None:
        subject = self._names.subject(named, keep_year=False)
        is_purpose = "用于" in found["kind"] and re.search("以下|下列|如下", found["rest"]) is None
        whole, of = self._at.thing, self._at.current
        if subject.plain and not clause.figures:
            whole, of = subject.text, None
        if whole is not None:
            until = ";" if is_purpose or self._at.parts else "。"
            parts = Parts(whole, until, of, len(self.facts), is_purpose)
            self._at = replace(self._at, parts=(*self._at.parts, parts))

    # Figures

    def _figures(self, span: Span, figures: Sequence[Figure]) -> None:
        start = span.start
        for figure in figures:
            self._figure(figure, span.part(start, figure.start))
            start = figure.unit_end
            self._lead, self._has_figures = None, True

    def _figure(self, figure: Figure, phrase: Span) -> None:
        if self._reason is not None and not (figure.is_money or figure.is_percentage):
            return  # a head count in a reason explains, it states nothing
        reading = role_of(figure, phrase, self._names)
        if reading is None:
            return
        keep_year = self._reason is not None or any(p.is_purpose for p in self._at.parts)
        reading = replace(reading, subject=self._names.subject(reading.subject, keep_year))
        if self._reason is not None:
            reading = verb_first(reading)
        if reading.subject.plain in _NO_SUBJECTS:
            return
        index = self._fact_for(reading)
        if index is not None:
            self._fill(index, reading, figure.amount)

    def _fact_for(self, reading: Reading) -> int | None:
        """The fact that a figure belongs to: the current one, or a new one."""
        subject = reading.subject
        if reading.role is Role.AMOUNT and re.fullmatch(any_of("features"), subject.plain):
            return self._feature(subject)
        after_classification = self._pending is not None and bool(_CLASSIFIED.search(self._pending.plain))
        if is_nameless(subject.plain, after_classification or self._has(Role.BUDGET)):
            return self._nameless(reading)
        if core(subject.plain) == self._at.own and self._is_free(reading.role):
            return self._at.current
        return self._new(subject)

    def _feature(self, subject: Span) -> int | None:
        """A figure of something already named: 车辆2辆，价值47.79万元."""
        lead = self._lead
        if lead is not None and (lead.plain.endswith("的") or not self._has_figures):
            return self._new(self._names.subject(lead.part(lead.start, subject.end), keep_year=False))
        thing = self._at.thing
        if thing is None:
            return self._new(subject)
        self._at = replace(self._at, own=subject.plain)
        return self._add(followed_by(thing, subject.text))

    def _nameless(self, reading: Reading) -> int | None:
        current = self._at.current
        if self._pending is not None and reading.role is not Role.PREVIOUS:
            return self._new(self._pending)
        is_here = current is not None and current >= self._first_here
        if current is not None and (is_here or reading.role is not Role.AMOUNT):
            return self._going_on(reading, current)
        if self._reason is not None or not self._topic.plain:
            return None
        return self._new(self._topic)

    def _going_on(self, reading: Reading, current: int) -> int:
        if reading.role is Role.CHANGE_AMOUNT and self._changes_the_whole():
            current = self._at.parts[-1].of or 0
            self._at = replace(self._at, current=current, parts=self._at.parts[:-1])
        if self._is_free(reading.role):
            return current
        if reading.role is Role.BUDGET:
            self._set_budget_apart(current)
            return current
        return self._add(self.facts[current].subject)

    def _changes_the_whole(self) -> bool:
        """Whether a change belongs to the whole of a list, not to its last part.

        So it is in 其中：甲5万元，乙0万元，较上年减少1万元: no part before the last has a change.
        """
        if not self._at.parts:
            return False
        parts = self._at.parts[-1]
        listed = self.facts[parts.first :]
        if parts.of is None or parts.is_purpose or not parts.is_comma_list:
            return False
        return all(fact.change is None for fact in (self.facts[parts.of], *listed))

    def _set_budget_apart(self, index: int) -> None:
        """A second budget is printed (年初预算, 全年预算): the first becomes a fact of its own."""
        fact = self.facts[index]
        subject = below(fact.subject, self._budget_label) if self._budget_label else fact.subject
        self.facts.append(replace(fact, subject=subject, amount=fact.budget_amount, budget_amount=None))
        self._set(index, budget_amount=None)

    def _new(self, subject: Span) -> int:
        self._pending = None
        parts = self._at.parts
        thing = below(parts[-1].whole if parts else None, subject.text)
        if parts:
            parts = (*parts[:-1], replace(parts[-1], named=parts[-1].named + 1))
        self._at = replace(self._at, own=core(subject.plain), thing=thing, parts=parts)
        return self._add(thing)

    def _add(self, subject: Text) -> int:
        self.facts.append(replace(self._frame, subject=subject, item=self._item))
        self._at = replace(self._at, current=len(self.facts) - 1)
        return len(self.facts) - 1

    def _fill(self, index: int, reading: Reading, amount: Amount) -> None:
        self._set(index, **{reading.role.value: amount})
        if reading.label is not None:
            self._budget_label = reading.label.text
        if reading.direction is not None and self.facts[index].change is None:
            direction = reading.direction.text
            self._set(index, change=replace(direction, printed=meaning(reading.direction.plain)))

    def _set(self, index: int, **values: Any) -> None:
        self.facts[index] = replace(self.facts[index], **values)

    def _has(self, role: Role) -> bool:
        current = self._at.current
        return current is not None and getattr(self.facts[current], role.value) is not None

    def _is_free(self, role: Role) -> bool:
        return self._at.current is not None and not self._has(role)

    # Words

    def _words(self, span: Span, stop: str, *, first: bool) -> None:
        """A clause without figures: nothing budgeted, nothing changed, or only a name."""
        if self._reason is not None or not span.plain:
            return
        self._lead = span if self._lead is None else self._lead.part(self._lead.start, span.end)
        stated = stated_direction_in(span)
        if stated is not None:
            self._state(stated)
            return
        subject = self._names.subject(span, keep_year=False)
        if not (self._absence(subject) or self._steady(subject)):
            self._name(subject, stop, first=first)

    def _state(self, direction: Text) -> None:
        current = self._at.current
        if current is not None and self.facts[current].stated_direction is None:
            self._set(current, stated_direction=direction)

    def _absence(self, span: Span) -> bool:
        said = absence_in(span)
        if said is not None:
            self._set(self._new(said.subject), absence=said.word)
        return said is not None

    def _steady(self, span: Span) -> bool:
        said = steadiness_in(span, STEADY)
        if said is None:
            return False
        subject = self._names.subject(said.subject, keep_year=False)
        is_same = is_nameless(subject.plain, after_subject=True) or core(subject.plain) == self._at.own
        index = self._at.current if is_same else self._new(subject)
        if index is not None and self.facts[index].change is None:
            self._set(index, change=said.word)
        return True

    def _name(self, subject: Span, stop: str, *, first: bool) -> None:
        """A name before a colon, or the first sentence of a paragraph: its figures are still to come."""
        is_name = stop == ":" or (first and stop == "。")
        opens_parts = re.search(r"其中|包括|用于|如下|以下", subject.plain)
        if is_name and not opens_parts and 0 < len(subject.plain) <= _LONGEST_SUBJECT:
            self._pending = subject
