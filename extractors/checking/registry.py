"""Registers checks and inspections.

A check compares figures: a function of a disclosure that yields every comparison it made. An inspection
looks at wording and form, where there is nothing to subtract: a function that yields what it objects to.

The id is kind/what; the first docstring line is the sentence. To add one: a function in
`extractors/checks/` and its cases in `tests/checks/cases/`; no list is edited.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from types import ModuleType

from extractors.checking.tie import if_certain
from extractors.model.evidence import Evidence
from extractors.model.facts import Disclosure
from extractors.model.findings import Finding, FindingKind, Severity, TieOut
from extractors.registry import registered

Comparisons = Callable[[Disclosure], Iterable[TieOut]]
Objections = Callable[[Disclosure], Iterable["Objection"]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check: stable id, its sentence in Chinese, and the comparisons that it makes.

    One that does not accuse compares what need not be complete: when it fails, it concludes nothing.
    """

    id: str
    title: str
    compare: Comparisons
    accuses: bool = True

    @property
    def kind(self) -> FindingKind:
        """What kind of contradiction it finds."""
        return FindingKind(self.id.split("/", 1)[0])

    def tie_outs(self, disclosure: Disclosure) -> Iterable[TieOut]:
        """Every comparison that it makes on a disclosure."""
        made = self.compare(disclosure)
        return made if self.accuses else [if_certain(tie_out, False) for tie_out in made]


def check(identifier: str, *, accuses: bool = True) -> Callable[[Comparisons], Check]:
    """Registers a function as the check of that id (kind/what)."""

    def register(compare: Comparisons) -> Check:
        return Check(identifier, _sentence(identifier, compare), compare, accuses)

    return register


@dataclass(frozen=True, slots=True)
class Objection:
    """What an inspection objects to: what is printed, what is expected, why, and where."""

    printed: str
    expected: str
    why: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """An inspection: stable id, its sentence in Chinese, how grave its objections are, and its function.

    One `by_model` passes on what a model named; where a rule found the same, that is said instead.
    """

    id: str
    title: str
    severity: Severity
    object_to: Objections
    by_model: bool = False

    @property
    def kind(self) -> FindingKind:
        """What kind of contradiction it finds."""
        return FindingKind(self.id.split("/", 1)[0])

    def findings(self, disclosure: Disclosure) -> Iterator[Finding]:
        """Its objections to a disclosure."""
        for objection in self.object_to(disclosure):
            yield Finding(
                check=self.id,
                kind=self.kind,
                severity=self.severity,
                rounding_only=False,
                message=objection.why,
                basis=self.title,
                printed=objection.printed,
                expected=objection.expected,
                difference=None,
                evidence=objection.evidence,
            )


def inspection(
    identifier: str, severity: Severity, *, by_model: bool = False
) -> Callable[[Objections], Inspection]:
    """Registers a function as the inspection of that id (kind/what)."""

    def register(object_to: Objections) -> Inspection:
        return Inspection(identifier, _sentence(identifier, object_to), severity, object_to, by_model)

    return register


def _sentence(identifier: str, function: Callable[[Disclosure], object]) -> str:
    lines = (function.__doc__ or "").strip().splitlines()
    if not lines:
        raise ValueError(f"{identifier} has no sentence")
    return lines[0]


@cache  # code does not change while it runs
def all_inspections(package: ModuleType) -> tuple[Inspection, ...]:
    """The inspections of a package, by id."""
    return tuple(sorted(registered(package, Inspection), key=lambda i: i.id))


@cache
def all_checks(package: ModuleType) -> tuple[Check, ...]:
    """The checks of a package, by id."""
    return tuple(sorted(registered(package, Check), key=lambda c: c.id))


def run(checks: Iterable[Check], disclosure: Disclosure) -> Iterator[TieOut]:
    """All comparisons of all checks on one disclosure."""
    return chain.from_iterable(one.tie_outs(disclosure) for one in checks)
