"""The projects of both readers, side by side."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from extractors.agreement.compare import Notes, either, meaning, meet, pairs
from extractors.model.facts import AllocationItem, PolicyRef, Project

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


def projects(notes: Notes, built_in: Sequence[Project], by_model: Sequence[Project]) -> tuple[Project, ...]:
    """The projects of both, each value compared."""
    found = pairs(built_in, by_model, _same_project)
    return tuple(_project(notes, f"projects/{i}", *pair) for i, pair in enumerate(found))


def unknown_refs(by_model: Sequence[Project], known: Sequence[PolicyRef]) -> tuple[PolicyRef, ...]:
    """The references that only the model found."""
    refs = (ref for project in by_model for ref in project.policy_refs)
    return tuple(ref for ref in refs if not any(_same_ref(ref, other) for other in known))


def _project(notes: Notes, what: str, mine: Project | None, other: Project | None) -> Project:
    values: dict[str, Any] = {
        name: notes.value(f"{what}/{name}", getattr(mine, name, None), getattr(other, name, None))
        for name in _VALUES
    }
    refs = pairs(_tuple(mine, "policy_refs"), _tuple(other, "policy_refs"), _same_ref)
    items = pairs(_tuple(mine, "allocation_items"), _tuple(other, "allocation_items"), _same_item)
    return replace(
        either(mine, other),
        **values,
        summary=other.summary if other is not None else None,
        policy_refs=tuple(_ref(notes, f"{what}/policy_refs/{i}", *pair) for i, pair in enumerate(refs)),
        allocation_items=tuple(
            _item(notes, f"{what}/allocation_items/{i}", *pair) for i, pair in enumerate(items)
        ),
    )


def _ref(notes: Notes, what: str, mine: PolicyRef | None, other: PolicyRef | None) -> PolicyRef:
    title = notes.value(f"{what}/title", mine.title if mine else None, other.title if other else None)
    notes.value(what, mine.printed if mine else None, other.printed if other else None)
    return replace(either(mine, other), title=title)


def _item(
    notes: Notes, what: str, mine: AllocationItem | None, other: AllocationItem | None
) -> AllocationItem:
    notes.value(f"{what}/item", mine.item if mine else None, other.item if other else None)
    notes.value(f"{what}/amount", mine.amount if mine else None, other.amount if other else None)
    return either(mine, other)


def _same_project(one: Project, other: Project) -> bool:
    return meet(one.name, other.name)


def _same_ref(one: PolicyRef, other: PolicyRef) -> bool:
    """The same print, or the same number a second time."""
    return meet(one.printed, other.printed) or (
        one.canonical is not None and one.canonical == other.canonical
    )


def _same_item(one: AllocationItem, other: AllocationItem) -> bool:
    return meet(one.amount, other.amount) or meaning(one.item) == meaning(other.item)


def _tuple(project: Project | None, name: str) -> tuple[Any, ...]:
    return getattr(project, name) if project is not None else ()
