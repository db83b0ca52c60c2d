"""Where in a reading the amounts stand, and the same reading with other amounts."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from extractors.model.amounts import Amount, Read
from extractors.model.document import Document, RuledTable
from extractors.model.evidence import Evidence, Place
from extractors.model.facts import Disclosure

T = TypeVar("T")

Home = tuple[str, int | None]
"""A part of a reading: its attribute, and which one where there are several."""


def homes_in(reading: Disclosure) -> Mapping[Place, frozenset[Home]]:
    """Which parts of a reading hold the amounts of each place."""
    found: dict[Place, set[Home]] = {}
    for one in fields(reading):
        part = getattr(reading, one.name)
        items = enumerate(part) if isinstance(part, tuple) else ((None, part),)
        for index, item in items:
            for place in _places_in(item):
                found.setdefault(place, set()).add((one.name, index))
    return {place: frozenset(homes) for place, homes in found.items()}


def _places_in(thing: Any) -> Iterator[Place]:
    if isinstance(thing, Amount):
        yield thing.place
    elif isinstance(thing, tuple):
        for item in thing:
            yield from _places_in(item)
    elif isinstance(thing, Mapping):
        yield from _places_in(tuple(thing.values()))
    elif _is_walked(thing):
        yield from _places_in(tuple(getattr(thing, field.name) for field in fields(thing)))


def _is_walked(thing: Any) -> bool:
    """Whether amounts may stand within a thing; print is not changed."""
    return is_dataclass(thing) and not isinstance(thing, type | Read | Document | RuledTable)


def replaced(thing: T, changed: Mapping[Place, Amount]) -> T:
    """The same thing, with other amounts at some places."""
    swapped: Any = thing
    if isinstance(thing, Amount):
        swapped = changed.get(thing.place, thing)
    elif isinstance(thing, Evidence):
        return thing
    elif isinstance(thing, tuple):
        items = tuple(replaced(item, changed) for item in thing)
        is_same = all(a is b for a, b in zip(items, thing, strict=True))
        swapped = thing if is_same else _tuple_like(thing, items)
    elif isinstance(thing, Mapping):
        entries = {key: replaced(item, changed) for key, item in thing.items()}
        swapped = thing if all(entries[key] is thing[key] for key in thing) else entries
    elif _is_walked(thing):
        swapped = _dataclass(thing, changed)
    return cast("T", swapped)  # built from thing, of its own type


def _tuple_like(thing: tuple[Any, ...], items: tuple[Any, ...]) -> tuple[Any, ...]:
    """The items as a tuple of the same kind, with its names where it has some."""
    make = getattr(thing, "_make", None)
    return make(items) if make else items


def _dataclass(thing: Any, changed: Mapping[Place, Amount]) -> Any:
    old = {field.name: getattr(thing, field.name) for field in fields(thing)}
    new = {name: replaced(value, changed) for name, value in old.items()}
    return thing if all(new[name] is old[name] for name in old) else replace(thing, **new)
