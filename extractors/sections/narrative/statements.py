"""Reads the statements of one section, clause by clause, as facts.

A clause names its own subject, or goes on about the last one (占76.14%), or about what a heading or the
words before a colon named (…培训支出（项）：2025年预算数为…). What follows 其中, 包括 and 主要用于 is part of
the fact before; amounts inside a reason are facts of their own.
"""

import re
from collections.abc import Sequence

from extractors.model.amounts import Amount, Text
from extractors.model.document import Passage
from extractors.sections.narrative.context import Bracket, Context, Parts, Reason
from extractors.sections.narrative.figures import Clause, Figure, clauses_of, figures_of
from extractors.sections.narrative.filling import CHANGES, Draft, budget_apart, fill
from extractors.sections.narrative.roles import (
    AMOUNT,
    BUDGET,
    CHANGE_AMOUNT,
    CHANGE_PCT,
    PREVIOUS,
    STEADY,
    Reading,
    Role,
    against_budget,
    budget_beside,
    role_of,
    verb_first,
    without_comparison,
)
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
from extractors.templates.causes import cause_of
from extractors.templates.narrative import words

_STATEMENT = re.compile(r"原因|占[^,;。]*%")
_OPENS_PARTS = re.compile(
    r"(?P<kind>其中|主要包括|具体包括|包括|具体是|具体为|主要用于|用于|分别是|分别为)(?P<rest>.*)"
)
_IN_PARTS = re.compile(r"其中|包括|用于|如下|以下")
_CLASSIFIED = re.compile(r"\([类款项]\)$")
_NO_SUBJECTS = ("和", "与", "及")  # 分别为100万元和50万元: which is whose is not for us to say
_LONGEST_SUBJECT = 80  # characters
_LONGEST_CLAUSE = 200  # characters: what is longer without a stop is no sentence


class Statements:
    """Collects the facts of a section in `drafts`, paragraph by paragraph."""

    def __init__(self, topic: Span, names: Names) -> None:
        """`topic` is what the heading names."""
        self.drafts: list[Draft] = []
        self._topic = topic
        self._names = names
        self._at = Context()
        self._first_here = 0  # index of the paragraph's first fact
        self._pending: Span | None = None  # named before a colon, its figures still to come
        self._lead: Span | None = None  # the clauses without figures just before, in the same statement
        self._has_figures = False  # whether the statement had a figure already
        self._reason: Reason | None = None
        self._brackets: list[Bracket] = []
        self._is_apart = False  # whether a sentence without figures stands between the last fact and here
        self._is_first = True  # whether the clause opens its paragraph
        self._against: Span | None = None  # the budget that changes are compared with (比预算)
        self._yearly: Span | None = None  # the year before, where a clause of its own names it (与上年相比)
        self._against_fact: int | None = None
        self._budget_label: Text | None = None
        self._item: str | None = None

    def read(self, passage: Passage) -> None:
        """Adds the facts of a paragraph."""
        self._item, start = item_number(passage.plain)
        self._first_here = len(self.drafts)
        if self._at.parts:
            self._at = self._at._replace(parts=())
        self._pending, self._brackets = None, []
        figures = tuple([f for f in figures_of(passage) if f.start >= start])
        for clause in clauses_of(passage.plain, figures):
            self._end_what_ended(passage, clause)
            self._clause(passage, clause)
        self._end_reason(passage, len(passage))

    # What lasts over clauses

    def _end_what_ended(self, passage: Passage, clause: Clause) -> None:
        self._is_first = clause.is_first
        if "(" in clause.before or ")" in clause.before:
            self._brackets_before(passage, clause)
        if not clause.begins_statement:
            return
        if self._lead is not None and not self._has_figures and self._reason is None:
            self._is_apart = True
        self._lead, self._has_figures = None, False
        self._against, self._against_fact, self._yearly = None, None, None
        if self._reason is not None:
            if self._goes_on(passage, clause):
                return
            self._end_reason(passage, clause.start)
        self._at = self._at.after(clause.before)

    def _goes_on(self, passage: Passage, clause: Clause) -> bool:
        """Whether the reason goes on after a stop.

        After ； it does unless a list of parts goes on instead, or a statement with its own share or
        reason begins.
        """
        if continues_list(Span.of(passage, clause.start, clause.end)):
            return True
        if "。" in clause.before or self._reason is None or self._reason.explains.parts:
            return False
        if _STATEMENT.search(re.split("[;。]", passage.plain[clause.start :], maxsplit=1)[0]):
            return False
        # 主要是任务增加；公务接待费1万元: amounts go on in a reason only where it began with amounts.
        return not any(f.is_money for f in clause.figures) or len(self.drafts) > self._reason.first

    def _end_reason(self, passage: Passage, end: int) -> None:
        if self._reason is None:
            return
        span = Span.of(passage, self._reason.start, end).trimmed()
        if span.plain.count(")") > span.plain.count("("):
            span = span.trimmed("", ")")
        self._at = self._reason.explains
        self._reason = None
        current = self._at.current
        if current is not None and span.plain and "reason" not in self.drafts[current].said:
            reason = span.text
            self.drafts[current].said.update(reason=reason, cause=cause_of(reason.printed))

    def _clause(self, passage: Passage, clause: Clause) -> None:
        if self._reason is not None:
            self._figures(passage, clause.start, clause.figures)
            return
        whole = Span.of(passage, clause.start, clause.end)
        changed = self._is_here() and (self._has(CHANGE_AMOUNT) or self._has(CHANGE_PCT))
        announced = reason_in(whole, after_change=changed)
        if announced is None:
            self._statement(whole, clause, clause.figures, clause.stop)
            return
        start, end = announced
        before = tuple(f for f in clause.figures if f.start < start)
        self._statement(whole.part(whole.start, start), clause, before, "")
        self._reason = Reason(end, self._at, len(self.drafts))
        self._at = Context()
        self._figures(passage, end, clause.figures[len(before) :])

    def _statement(self, head: Span, clause: Clause, figures: Sequence[Figure], stop: str) -> None:
        """A clause up to where it announces a reason."""
        self._open_parts(head, clause)
        if not figures:
            self._words(head, stop, first=clause.is_first)
            return
        self._figures(head.passage, head.start, figures)
        if clause.stop == ":" and figures[-1].unit_end == head.end:
            # 预算总额200万元:货物50万元、服务150万元: the colon lists what the figure consists of.
            self._open_list(self._at.thing, ";", self._at.current)

    def _brackets_before(self, passage: Passage, clause: Clause) -> None:
        """After a bracket with statements of its own, the text goes on about what stood before it."""
        for stop in clause.before:
            if stop == "(":
                self._open_bracket(passage, clause)
            elif stop == ")" and self._brackets:
                bracket = self._brackets.pop()
                if not bracket.in_reason:
                    self._end_reason(passage, clause.start)
                self._at = bracket.outside if bracket.in_reason == (self._reason is not None) else self._at

    def _open_bracket(self, passage: Passage, clause: Clause) -> None:
        self._brackets.append(Bracket(self._at, self._reason is not None))
        if clause.figures and self._is_here() and not passage.plain.startswith("或", clause.start):
            self._open_list(self._at.thing, "。", self._at.current)

    def _open_list(self, whole: Text | None, until: str, of: int | None, *, is_purpose: bool = False) -> None:
        if whole is not None:
            parts = Parts(whole, until, of, len(self.drafts), is_purpose)
            self._at = self._at._replace(parts=(*self._at.parts, parts))

    def _open_parts(self, head: Span, clause: Clause) -> None:
        found = _OPENS_PARTS.search(head.plain)
        if found is None:
            return
        is_before_figures = not any(f.start < head.start + found.start() for f in clause.figures)
        if found["rest"] and (found.string[: found.start()].strip("(") or not is_before_figures):
            return
        if not (found["rest"] or clause.stop == ":" or found["kind"] == "其中"):
            return
        self._push_parts(head.part(head.start, head.start + found.start()), clause, found)

    def _push_parts(self, named: Span, clause: Clause, found: re.Match[str]) -> None:
        subject = self._names.subject(named, keep_year=False)
        is_purpose = "用于" in found["kind"] and re.search("以下|下列|如下", found["rest"]) is None
        whole, of = self._at.divided
        is_near = self._is_here() or self._is_first
        if subject.plain and not clause.figures:
            whole, of = subject.text, None
        elif self._is_apart or not is_near:
            whole = None
        until = ";" if is_purpose or self._at.parts else "。"
        self._open_list(whole, until, of, is_purpose=is_purpose)

    # Figures

    def _figures(self, passage: Passage, start: int, figures: Sequence[Figure]) -> None:
        for figure in figures:
            start = max(start, figure.start - _LONGEST_CLAUSE)
            self._figure(figure, Span.of(passage, start, figure.start))
            start = figure.unit_end
            self._lead, self._has_figures = None, True

    def _figure(self, figure: Figure, phrase: Span) -> None:
        if self._reason is not None and not (figure.is_money or figure.is_percentage):
            return  # a head count in a reason explains, it states nothing
        reading = role_of(figure, phrase, self._names)
        if reading is None:
            return
        if reading.subject.plain:
            keep_year = self._reason is not None or self._at.is_purpose
            reading = reading._replace(subject=self._names.subject(reading.subject, keep_year))
        if self._has_figures and self._has(AMOUNT) and self._is_free(BUDGET):
            reading = budget_beside(reading)
        if self._reason is not None:
            reading = verb_first(reading)
        if reading.subject.plain in _NO_SUBJECTS:
            return
        self._is_apart = False
        index = self._fact_for(reading)
        if index is not None and self._compares_with_budget(reading):
            index = self._beside(index)
        if index is not None:
            self._fill(index, reading, figure.amount(phrase.passage))

    def _compares_with_budget(self, reading: Reading) -> bool:
        """Whether a change is one against the budget; a named year ends that."""
        if reading.yearly is not None:
            self._against = None
        if reading.against is not None:
            self._against, self._against_fact, self._yearly = reading.against, None, None
        return self._against is not None and reading.role in CHANGES

    def _beside(self, index: int) -> int:
        """The fact beside another one that holds its changes against the budget: 公务接待费/比预算."""
        if self._against_fact is None and self._against is not None:
            draft = self.drafts[index]
            self.drafts.append(Draft(below(draft.subject, self._against.text), draft.item, {}))
            self._against_fact = len(self.drafts) - 1
        return index if self._against_fact is None else self._against_fact

    def _fact_for(self, reading: Reading) -> int | None:
        """The fact that a figure belongs to: the current one, or a new one."""
        subject = reading.subject
        if reading.role is AMOUNT and subject.plain in words()["features"]:
            return self._feature(subject)
        after_classification = self._pending is not None and bool(_CLASSIFIED.search(self._pending.plain))
        if is_nameless(subject.plain, after_classification or self._has(BUDGET)):
            return self._nameless(reading)
        own = core(subject.plain)
        if own == self._at.own and self._is_free(reading.role):
            return self._at.current
        return self._named(subject, own)

    def _feature(self, subject: Span) -> int | None:
        """A figure of something already named: 车辆2辆，价值47.79万元."""
        lead = self._lead
        if lead is not None and (lead.plain.endswith("的") or not self._has_figures):
            return self._new(self._names.subject(lead.part(lead.start, subject.end), keep_year=False))
        thing = self._at.thing
        if thing is None:
            return self._new(subject)
        self._at = self._at._replace(own=subject.plain)
        return self._add(followed_by(thing, subject.text))

    def _nameless(self, reading: Reading) -> int | None:
        current = self._at.current
        if self._pending is not None and reading.role is not PREVIOUS:
            return self._new(self._pending)
        is_broken = self._is_first and reading.role is not AMOUNT  # a paragraph that began before
        if current is not None and (self._is_here() or is_broken):
            return self._going_on(reading, current)
        if self._reason is not None or not self._topic.plain:
            return None
        return self._new(self._topic)

    def _going_on(self, reading: Reading, current: int) -> int:
        whole = self._changed_whole() if reading.role in CHANGES else None
        if whole is not None:
            current, thing = whole, self.drafts[whole].subject
            self._at = self._at._replace(current=whole, thing=thing, parts=self._at.parts[:-1], ended=None)
        if self._is_free(reading.role):
            return current
        if reading.role is BUDGET:
            # A second budget is printed (年初预算, 全年预算): the first becomes a fact of its own.
            self.drafts.append(budget_apart(self.drafts[current], self._budget_label))
            return current
        return self._add(self.drafts[current].subject)

    def _changed_whole(self) -> int | None:
        """The fact of the whole where a change belongs to it, not to the last part of its list.

        So it is in 其中：甲5万元，乙0万元，较上年减少1万元, for no part has a change of its own.
        """
        parts = self._at.whole_of_list
        if parts is None or parts.of is None:
            return None
        listed = (self.drafts[parts.of], *self.drafts[parts.first :])
        return parts.of if all("change" not in draft.said for draft in listed) else None

    def _new(self, subject: Span) -> int:
        return self._named(subject, core(subject.plain))

    def _named(self, subject: Span, own: str) -> int:
        """A new fact of a subject that its words name, `own` without what differs between mentions."""
        self._pending = None
        thing = below(self._at.parts[-1].whole if self._at.parts else None, subject.text)
        self._at = self._at.with_part(own, thing, len(self.drafts))
        self.drafts.append(Draft(thing, self._item, {}))
        return len(self.drafts) - 1

    def _add(self, subject: Text) -> int:
        """One more fact of what has been named."""
        self._at = self._at._replace(current=len(self.drafts))
        self.drafts.append(Draft(subject, self._item, {}))
        return len(self.drafts) - 1

    def _fill(self, index: int, reading: Reading, amount: Amount) -> None:
        fill(self.drafts[index], reading, amount, self._against or self._yearly)
        if reading.role is BUDGET and reading.label is not None:
            self._budget_label = reading.label.text

    def _has(self, role: Role) -> bool:
        current = self._at.current
        return current is not None and role in self.drafts[current].said

    def _is_here(self) -> bool:
        """Whether the current fact stands in this paragraph."""
        return self._at.current is not None and self._at.current >= self._first_here

    def _is_free(self, role: Role) -> bool:
        return self._at.current is not None and not self._has(role)

    # Words

    def _words(self, span: Span, stop: str, *, first: bool) -> None:
        """A clause without figures: nothing budgeted, nothing changed, or only a name."""
        if not 0 < span.end - span.start <= _LONGEST_CLAUSE:
            return
        self._lead = span if self._lead is None else self._lead.part(self._lead.start, span.end)
        stated = stated_direction_in(span)
        if stated is not None:
            if self._at.current is not None:
                self.drafts[self._at.current].said.setdefault("stated_direction", stated)
            return
        self._compare(span)
        subject = self._names.subject(span, keep_year=False)
        if not (self._absence(subject) or self._steady(subject)):
            self._name(subject, stop, first=first)

    def _compare(self, span: Span) -> None:
        """与年度预算相比, a clause of its own, says what the change after it is against."""
        against, before = against_budget(span, self._names), without_comparison(span)
        if against is not None or before.end < span.end:
            self._against, self._against_fact, self._yearly = against, None, span.part(before.end, span.end)

    def _absence(self, span: Span) -> bool:
        said = absence_in(span)
        if said is not None:
            self.drafts[self._new(said.subject)].said["absence"] = said.word
        return said is not None

    def _steady(self, span: Span) -> bool:
        said = steadiness_in(span, STEADY)
        if said is None:
            return False
        subject = self._names.subject(said.subject, keep_year=False)
        is_same = is_nameless(subject.plain, after_subject=True) or core(subject.plain) == self._at.own
        index = self._at.current if is_same else self._new(subject)
        if index is not None and not said.against_budget:
            self.drafts[index].said.setdefault("change", said.word)
        return True

    def _name(self, subject: Span, stop: str, *, first: bool) -> None:
        """A name before a colon, or the first sentence of a paragraph: its figures are still to come."""
        is_name = stop == ":" or (first and stop == "。")
        if is_name and 0 < len(subject.plain) <= _LONGEST_SUBJECT and not _IN_PARTS.search(subject.plain):
            self._pending = subject
