"""Walks the values of facts, for tests."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from extractors.model.amounts import Read
from extractors.model.evidence import Match


def values_of(thing: object) -> Iterator[Read]:
    """Every value that was read, at any depth."""
    if isinstance(thing, Read):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from values_of(part)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from values_of(getattr(thing, field.name))


def not_found_in(thing: object) -> list[str]:
    """What was said of the values whose quotes are not printed."""
    return [v.printed for v in values_of(thing) if any(e.match is Match.NOT_FOUND for e in v.place)]
