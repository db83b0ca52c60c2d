"""How many of the expected things were read rightly, and how many were given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(slots=True)
class Tally:
    """The count of one part. `given` is what the reading offers, `misses` says in words what is wrong."""

    right: int = 0
    expected: int = 0
    given: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, *, ok: bool, miss: str) -> None:
        """Counts one expected thing."""
        self.expected += 1
        if ok:
            self.right += 1
        else:
            self.misses.append(miss)

    def absorb(self, other: "Tally") -> None:
        """Counts all of another tally as well."""
        self.right += other.right
        self.expected += other.expected
        self.given += other.given
        self.misses.extend(other.misses)

    @property
    def wrong(self) -> int:
        """How much of what is given is not right."""
        return max(0, self.given - self.right)

    @property
    def recall(self) -> Fraction | None:
        """The part of the expected that is right; None where nothing is expected."""
        return Fraction(self.right, self.expected) if self.expected else None

    @property
    def precision(self) -> Fraction | None:
        """The part of the given that is right; None where nothing is given."""
        return Fraction(self.right, self.given) if self.given else None


@dataclass(frozen=True, slots=True)
class Report:
    """All parts of one document, in the order in which they are printed.

    The part `alarms` counts errors and warnings: right are those that name a contradiction of the truth.
    """

    parts: Mapping[str, Tally]

    def __getitem__(self, part: str) -> Tally:
        return self.parts[part]

    @property
    def false_alarms(self) -> int:
        """Errors and warnings that name none of the truth's contradictions."""
        return self.parts["alarms"].wrong
