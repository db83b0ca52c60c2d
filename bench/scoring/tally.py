"""How many of the expected things were read rightly, and how many were given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(slots=True)
class Tally:
    """The count of one part. `given` is what the reading offers, `misses` says in words what is wrong.

    `borne_out` is how much of the given is right; None where that is `right`, since one answers one.
    """

    right: int = 0
    expected: int = 0
    given: int = 0
    borne_out: int | None = None
    misses: list[str] = field(default_factory=list)

    def add(self, *, ok: bool, miss: str) -> None:
        """Counts one expected thing."""
        self.expected += 1
        if ok:
            self.right += 1
        else:
            self.misses.append(miss)

    @property
    def wrong(self) -> int:
        """How much of what is given is not right."""
        return self.given - self._given_right

    @property
    def recall(self) -> Fraction | None:
        """The part of the expected that is right; None where nothing is expected."""
        return Fraction(self.right, self.expected) if self.expected else None

    @property
    def precision(self) -> Fraction | None:
        """The part of the given that is right; None where nothing is given."""
        return Fraction(self._given_right, self.given) if self.given else None

    @property
    def _given_right(self) -> int:
        return self.right if self.borne_out is None else self.borne_out


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
