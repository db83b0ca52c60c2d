"""Performance forms: 整体绩效目标表 and 项目支出绩效目标表 with their indicators."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from extractors.model.amounts import Amount, Text
from extractors.model.evidence import Box, Place
from extractors.model.records import record


class Scope(StrEnum):
    """What a form is about: the whole department or unit, or one project."""

    WHOLE = "整体"
    PROJECT = "项目"


@record()
class Indicator:
    """One row of a form. Every field is None where nothing is printed for it.

    `target` is the indicator's value as printed (>=118.88万人, 有效提升); `operator` and `value` say what
    it asserts: `operator` is one of >=, <=, =, > and <, None where none is printed; `value` is None where
    the target is no figure (a date, a word).
    """

    level1: Text | None = None
    level2: Text | None = None
    level3: Text | None = None
    target: Text | None = None
    operator: str | None = None
    value: Amount | None = None
    basis: Text | None = None
    last_year: Text | None = None
    weight: Amount | None = None
    scoring: Text | None = None
    evidence_required: Text | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Funding:
    """One source of a form's money: 财政资金, in it 上级安排, with its amount."""

    source: Text
    amount: Amount
    item: Text | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One of 年度主要任务, with its money."""

    name: Text
    content: Text | None = None
    total: Amount | None = None
    fiscal: Amount | None = None
    other: Amount | None = None


@dataclass(frozen=True, slots=True)
class StatedTarget:
    """A target that the goal's text states: what it is of, and its figure with its operator.

    `said` is the phrase that states it, `indicator` the name of the indicator of the same form that measures
    the same thing, None where there is none.
    """

    said: Text
    subject: Text
    operator: str | None = None
    value: Amount | None = None
    indicator: Text | None = None


class Area(NamedTuple):
    """The part of a page that a form takes up."""

    page: int
    box: Box

    def holds(self, place: Place) -> bool:
        """Whether a value that stands at that place begins in it."""
        first = place[0] if place else None
        return first is not None and first.page == self.page and self.box.holds(first.box.x0, first.box.y0)


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """A performance form, joined over its pages.

    `name` is the project's (None for a 整体 form), `organisation` the department or unit that it stands
    for. `total`, `fiscal` and `other` are copied, never added up: a form that prints 上级安排 and 本级安排
    apart has neither a `total` nor a `fiscal`. `unit` is the unit of its money, `areas` where it is printed,
    `targets` what the goal's text states.
    """

    scope: Scope
    title: Text | None = None
    name: Text | None = None
    organisation: Text | None = None
    leader: Text | None = None
    total: Amount | None = None
    fiscal: Amount | None = None
    other: Amount | None = None
    funding: tuple[Funding, ...] = ()
    goal: Text | None = None
    unit: str | None = None
    areas: tuple[Area, ...] = ()
    tasks: tuple[Task, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    targets: tuple[StatedTarget, ...] = ()

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages it runs over."""
        return tuple(dict.fromkeys(area.page for area in self.areas))

    def holds(self, place: Place) -> bool:
        """Whether a value that stands at that place begins in it."""
        return any(area.holds(place) for area in self.areas)

    @property
    def is_empty(self) -> bool:
        """Whether it is a template that nobody has filled in."""
        printed = (self.name, self.total, self.fiscal, self.other, self.goal)
        return not (any(printed) or self.funding or self.tasks or self.indicators)
