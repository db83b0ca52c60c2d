"""Registers checks. A check is a function of a disclosure that yields every comparison it made.

Its id is kind/what; its first docstring line is its sentence. To add one: a function in
`extractors/checks/` and its cases in `tests/checks/cases/`; no list is edited.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType

from extractors.checking.tie import if_certain
from extractors.model.facts import Disclosure
from extractors.model.findings import FindingKind, TieOut
from extractors.registry import registered

Comparisons = Callable[[Disclosure], Iterable[TieOut]]


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

    def tie_outs(self, disclosure: Disclosure) -> Iterator[TieOut]:
        """Every comparison that it makes on a disclosure."""
        for tie_out in self.compare(disclosure):
            yield if_certain(tie_out, self.accuses)


def check(identifier: str, *, accuses: bool = True) -> Callable[[Comparisons], Check]:
    """Registers a function as the check of that id (kind/what)."""

    def register(compare: Comparisons) -> Check:
        title = (compare.__doc__ or "").strip().splitlines()
        if not title:
            raise ValueError(f"check {identifier} has no sentence")
        return Check(identifier, title[0], compare, accuses)

    return register


def all_checks(package: ModuleType) -> tuple[Check, ...]:
    """The checks of a package, by id."""
    return tuple(sorted(registered(package, Check), key=lambda c: c.id))


def run(checks: Iterable[Check], disclosure: Disclosure) -> Iterator[TieOut]:
    """All comparisons of all checks on one disclosure."""
    for one in checks:
        yield from one.tie_outs(disclosure)
