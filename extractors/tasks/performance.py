"""绩效目标: which targets the goal of each performance form states, and which indicator measures the same."""

import re
from collections.abc import Sequence

from pydantic import Field

from extractors.align import locate
from extractors.model.amounts import Text
from extractors.model.document import Passage
from extractors.model.facts import Disclosure
from extractors.model.performance import Indicator, IndicatorTable, StatedTarget
from extractors.model.plain import plain
from extractors.targets import target_of
from extractors.tasks.reading import Numbered, Quote, Reply, Scope, amount, by_model, passage_of_text, text_at
from extractors.tasks.task import ModelFacts, Piece, Task, Unit, cut

NAME = "performance"

_FIGURE = re.compile(r"(?<!目标)(?<![\d.])\d+(?:\.\d+)?(?![\d、.:年])")
"""A number that is neither that of a list (目标1：, 1、) nor a year."""


class TargetReply(Reply):
    """A target that the goal states: the phrase, what it is of, its figure, the indicator of the same."""

    said: str = Field(min_length=1)
    subject: str = Field(min_length=1)
    value: str = Field(min_length=1)
    indicator: str = ""


class GoalReply(Numbered):
    """The targets of one numbered goal."""

    targets: list[TargetReply]


class PerformanceReply(Reply):
    """All numbered goals, in their order."""

    goals: list[GoalReply]


def pieces(disclosure: Disclosure) -> Sequence[Piece]:
    """The goals that hold figures, each with the indicators of its form that are figures."""
    return cut([_unit(form) for form in disclosure.indicator_tables if _is_asked(form)])


def _is_asked(form: IndicatorTable) -> bool:
    return form.goal is not None and _FIGURE.search(plain(form.goal.printed)) is not None


def _unit(form: IndicatorTable) -> Unit:
    goal = (passage_of_text(form.goal),) if form.goal else ()
    measured = [(one.level3, one.target) for one in form.indicators if _is_figure(one)]
    names = tuple(passage_of_text(name) for name, _ in measured if name)
    lines = tuple(f"指标：{name.printed} {target.printed}" for name, target in measured if name and target)
    return Unit((*goal, *names), lines=(*(f"目标：{passage.text}" for passage in goal), *lines))


def _is_figure(indicator: Indicator) -> bool:
    return None not in (indicator.level3, indicator.target, indicator.value)


def to_facts(reply: PerformanceReply, piece: Piece) -> ModelFacts:
    """The stated targets. Raises `ReplyRejected` where a goal is missing."""
    targets = (_target(said, unit) for goal, unit in piece.paired(reply.goals) for said in goal.targets)
    return ModelFacts(targets=tuple(targets))


def _target(said: TargetReply, unit: Unit) -> StatedTarget:
    goal, *names = unit.passages
    found = locate(said.said, goal)
    phrase = Scope(goal, goal).inside(found)
    operator, figure = None, amount(Quote(printed=said.value), phrase)
    value = locate(said.value, phrase.passage)
    if value is not None:
        operator, exact = target_of(phrase.passage.part(value.start, value.end))
        figure = by_model(exact) or figure
    return StatedTarget(
        said=text_at(found, said.said, Scope(goal, goal)),
        subject=text_at(locate(said.subject, phrase.passage), said.subject, phrase),
        operator=operator,
        value=figure,
        indicator=_indicator(said.indicator, names, goal),
    )


def _indicator(said: str, names: Sequence[Passage], near: Passage) -> Text | None:
    """The indicator of that name; what the model calls one and none is called stays, and is not found."""
    if not said:
        return None
    for name in names:
        found = locate(said, name)
        if found is not None and found.end - found.start == len(name):
            return text_at(found, said, Scope(name, name))
    return text_at(None, said, Scope(near, near))


TASK = Task(NAME, PerformanceReply, pieces, to_facts, is_beyond_rules=True)
