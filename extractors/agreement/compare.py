"""Compares two readings value by value, and notes how they compare. Nothing is dropped, nothing decided."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from extractors.align import folded
from extractors.model.agreement import Accord, TwoReadings
from extractors.model.amounts import Amount, Day, Read
from extractors.model.evidence import Evidence, Match, Place

ReadT = TypeVar("ReadT", bound=Read)
ThingT = TypeVar("ThingT")
Pair = tuple[ThingT | None, ThingT | None]

_CLOSING_MARKS = "。；;，,.、"


@dataclass(slots=True)
class Notes:
    """What was compared so far. `silence_speaks`: the model was asked about all that is compared next."""

    silence_speaks: bool = False
    found: list[TwoReadings] = field(default_factory=list)

    def value(self, what: str, mine: ReadT | None, other: ReadT | None) -> ReadT | None:
        """The value that stands, the comparison noted."""
        if mine is not None and other is not None:
            self.note(what, Accord.AGREE if same(mine, other) else Accord.DIFFER, mine, other)
        elif other is not None:
            self.note(what, Accord.ONE_SIDED, other)
        elif mine is not None and self.silence_speaks:
            self.note(what, Accord.ONE_SIDED, mine)
        return mine if mine is not None else other

    def note(self, what: str, accord: Accord, *readings: Read) -> None:
        """Notes how the readings of a value compare; the first is the one that stands."""
        self.found.append(TwoReadings(what, readings, accord))


def same(one: Read, other: Read) -> bool:
    """Whether two readings say the same of the same place."""
    return _is_printed(one) and _is_printed(other) and meaning(one) == meaning(other) and meet(one, other)


def meet(one: Read, other: Read) -> bool:
    """Whether the places of two values have print in common."""
    return any(_overlap(a, b) for a in _printed(one.place) for b in _printed(other.place))


def _is_printed(value: Read) -> bool:
    return bool(value.place) and all(e.match is not Match.NOT_FOUND for e in value.place)


def _printed(place: Place) -> Iterator[Evidence]:
    return (e for e in place if e.match is not Match.NOT_FOUND)


def _overlap(one: Evidence, other: Evidence) -> bool:
    across = min(one.box.x1, other.box.x1) - max(one.box.x0, other.box.x0)
    down = min(one.box.y1, other.box.y1) - max(one.box.y0, other.box.y0)
    return one.page == other.page and across > 0 and down > 0


def meaning(value: Read) -> object:
    """What two readings must have in common: the value, or the words but for closing marks."""
    if isinstance(value, Amount):
        return value.value, value.unit
    if isinstance(value, Day):
        return value.value
    parts = (folded(part).strip(_CLOSING_MARKS) for part in value.printed.split("|"))
    return tuple(_unquoted(part) for part in parts)


def _unquoted(text: str) -> str:
    return text[1:-1] if text.startswith("《") and text.endswith("》") else text


def pairs(
    mine: Sequence[ThingT], others: Sequence[ThingT], alike: Callable[[ThingT, ThingT], bool]
) -> list[Pair[ThingT]]:
    """Each of mine with its counterpart among the others, then the others that are left."""
    left = list(others)
    found: list[Pair[ThingT]] = []
    for thing in mine:
        counterpart = next((i for i, other in enumerate(left) if alike(thing, other)), None)
        found.append((thing, None if counterpart is None else left.pop(counterpart)))
    return [*found, *((None, other) for other in left)]


def either(mine: ThingT | None, other: ThingT | None) -> ThingT:
    """Mine, or the other where there is none of mine."""
    found = mine if mine is not None else other
    assert found is not None  # noqa: S101 - pairs have at least one side
    return found
