"""Puts the built-in readers' facts and the model's together.

Where both read the same in the same place, the value stands once and is marked as read by two. Where they
differ the built-in reading stands and the model's is kept beside it; what only one of them found stands,
and is marked as that. Nothing is dropped, and nothing is decided here: that is the gate's.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from extractors.align import folded
from extractors.model.agreement import Accord, Agreements, TwoReadings
from extractors.model.amounts import Amount, Day, Read
from extractors.model.evidence import Evidence, Match, Place
from extractors.model.facts import AllocationItem, Disclosure, PolicyRef, Project
from extractors.tasks.ask import Asked

ReadT = TypeVar("ReadT", bound=Read)
ThingT = TypeVar("ThingT")
Pair = tuple[ThingT | None, ThingT | None]

_PROJECTS = "projects"
_VALUES = (
    "name",
    "purpose",
    "policy_basis",
    "amount",
    "responsible",
    "allocation",
    "head_count",
    "standard",
    "beneficiaries",
    "funding_source",
    "start",
    "end",
    "execution_text",
)
"""The fields of a project that are one value each."""
_CLOSING_MARKS = "。；;，,.、"


def combine(disclosure: Disclosure, asked: Asked) -> tuple[Disclosure, Agreements]:
    """The disclosure with the model's facts put to it, and what the two say of each other."""
    if not asked.facts.projects and _PROJECTS not in asked.answered:
        return disclosure, Agreements()
    comparison = _Comparison(silence_speaks=_PROJECTS in asked.answered)
    projects = comparison.projects(disclosure.projects, asked.facts.projects)
    refs = (ref for project in asked.facts.projects for ref in project.policy_refs)
    unknown = tuple(ref for ref in refs if not any(_same_ref(ref, known) for known in disclosure.policy_refs))
    together = replace(disclosure, projects=projects, policy_refs=disclosure.policy_refs + unknown)
    return together, Agreements(tuple(comparison.found))


@dataclass(slots=True)
class _Comparison:
    """Compares value by value and notes each. `silence_speaks`: the model was asked about everything."""

    silence_speaks: bool
    found: list[TwoReadings] = field(default_factory=list)

    def projects(self, built_in: Sequence[Project], by_model: Sequence[Project]) -> tuple[Project, ...]:
        pairs = _pairs(built_in, by_model, _same_project)
        return tuple(self._project(f"{_PROJECTS}/{i}", *pair) for i, pair in enumerate(pairs))

    def _project(self, what: str, mine: Project | None, other: Project | None) -> Project:
        base = _either(mine, other)
        values: dict[str, Any] = {
            name: self._value(f"{what}/{name}", getattr(mine, name, None), getattr(other, name, None))
            for name in _VALUES
        }
        refs = _pairs(_tuple(mine, "policy_refs"), _tuple(other, "policy_refs"), _same_ref)
        items = _pairs(_tuple(mine, "allocation_items"), _tuple(other, "allocation_items"), _same_item)
        return replace(
            base,
            **values,
            policy_refs=tuple(self._ref(f"{what}/policy_refs/{i}", *pair) for i, pair in enumerate(refs)),
            allocation_items=tuple(
                self._item(f"{what}/allocation_items/{i}", *pair) for i, pair in enumerate(items)
            ),
        )

    def _ref(self, what: str, mine: PolicyRef | None, other: PolicyRef | None) -> PolicyRef:
        title = self._value(f"{what}/title", mine.title if mine else None, other.title if other else None)
        self._value(f"{what}/printed", mine.printed if mine else None, other.printed if other else None)
        return replace(_either(mine, other), title=title)

    def _item(self, what: str, mine: AllocationItem | None, other: AllocationItem | None) -> AllocationItem:
        self._value(f"{what}/item", mine.item if mine else None, other.item if other else None)
        self._value(f"{what}/amount", mine.amount if mine else None, other.amount if other else None)
        return _either(mine, other)

    def _value(self, what: str, mine: ReadT | None, other: ReadT | None) -> ReadT | None:
        """The value that stands, the comparison noted."""
        readings = tuple(reading for reading in (mine, other) if reading is not None)
        if mine is not None and other is not None:
            self.found.append(
                TwoReadings(what, readings, Accord.AGREE if same(mine, other) else Accord.DIFFER)
            )
        elif other is not None or (mine is not None and self.silence_speaks):
            self.found.append(TwoReadings(what, readings, Accord.ONE_SIDED))
        return mine if mine is not None else other


def same(one: Read, other: Read) -> bool:
    """Whether two readings say the same of the same place."""
    return _is_printed(one) and _is_printed(other) and _meaning(one) == _meaning(other) and meet(one, other)


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


def _meaning(value: Read) -> object:
    """What two readings must have in common: the value, or the words but for closing marks."""
    if isinstance(value, Amount):
        return value.value, value.unit
    if isinstance(value, Day):
        return value.value
    parts = (folded(part).strip(_CLOSING_MARKS) for part in value.printed.split("|"))
    return tuple(_unquoted(part) for part in parts)


def _unquoted(text: str) -> str:
    return text[1:-1] if text.startswith("《") and text.endswith("》") else text


def _pairs(
    mine: Sequence[ThingT], others: Sequence[ThingT], alike: Callable[[ThingT, ThingT], bool]
) -> list[Pair[ThingT]]:
    """Each of mine with its counterpart among the others, then the others that are left."""
    left = list(others)
    pairs: list[Pair[ThingT]] = []
    for thing in mine:
        counterpart = next((i for i, other in enumerate(left) if alike(thing, other)), None)
        pairs.append((thing, None if counterpart is None else left.pop(counterpart)))
    return [*pairs, *((None, other) for other in left)]


def _same_project(one: Project, other: Project) -> bool:
    return meet(one.name, other.name)


def _same_ref(one: PolicyRef, other: PolicyRef) -> bool:
    """The same print, or the same number a second time."""
    return meet(one.printed, other.printed) or (
        one.canonical is not None and one.canonical == other.canonical
    )


def _same_item(one: AllocationItem, other: AllocationItem) -> bool:
    return meet(one.amount, other.amount) or _meaning(one.item) == _meaning(other.item)


def _tuple(project: Project | None, name: str) -> tuple[Any, ...]:
    return getattr(project, name) if project is not None else ()


def _either(mine: ThingT | None, other: ThingT | None) -> ThingT:
    found = mine if mine is not None else other
    assert found is not None  # noqa: S101 - pairs have at least one side
    return found
