"""What unlike readers say of the same values: the built-in rules and a language model."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from extractors.model.amounts import Read
from extractors.model.evidence import Place


class Accord(StrEnum):
    """How two readings of one value compare."""

    AGREE = "agree"  # the same value, read in the same place
    DIFFER = "differ"  # another value, another place, or a quote that is not printed
    ONE_SIDED = "one-sided"  # both read the passage, only one of them found the value


@dataclass(frozen=True, slots=True)
class TwoReadings:
    """A value and who says what of it. The first of `readings` is the one that stands in the disclosure.

    `what` names the value: projects/0/amount.
    """

    what: str
    readings: tuple[Read, ...]
    accord: Accord

    @property
    def place(self) -> Place:
        """The place of the value that stands."""
        return self.readings[0].place


@dataclass(frozen=True)
class Agreements:
    """All values that two unlike readers were asked for. A value with one reader is not among them."""

    compared: tuple[TwoReadings, ...] = ()

    def at(self, place: Place) -> tuple[TwoReadings, ...]:
        """What was compared of the value at that place."""
        return self._by_place.get(place, ()) if self.compared else ()

    def agree(self, place: Place) -> bool:
        """Whether two unlike readers read the same there."""
        found = self.at(place)
        return bool(found) and all(two.accord is Accord.AGREE for two in found)

    def rivals(self, place: Place) -> tuple[Read, ...]:
        """What the other reader says instead, for a person to choose from."""
        if not self.compared:  # without a model there is one reading of each
            return ()
        found = self.at(place)
        differing = [two for two in found if two.accord is Accord.DIFFER]
        return tuple([reading for two in differing for reading in two.readings[1:]])

    @cached_property
    def _by_place(self) -> dict[Place, tuple[TwoReadings, ...]]:
        found: dict[Place, tuple[TwoReadings, ...]] = {}
        for two in self.compared:
            if two.place:
                found[two.place] = (*found.get(two.place, ()), two)
        return found
