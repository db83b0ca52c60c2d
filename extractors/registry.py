"""Finds what is registered in a package: section readers, checks. New ones are new files, no list."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from types import ModuleType
from typing import TypeVar

from extractors.model.facts import Disclosure

T = TypeVar("T")


def modules_of(package: ModuleType) -> Iterator[ModuleType]:
    """The modules directly in a package, by name."""
    for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        yield importlib.import_module(f"{package.__name__}.{found.name}")


@cache  # code does not change while it runs
def registered(package: ModuleType, kind: type[T]) -> tuple[T, ...]:
    """All module-level objects of a type in a package's modules, in order of module and definition."""
    return tuple(
        thing for module in modules_of(package) for thing in vars(module).values() if isinstance(thing, kind)
    )


@dataclass(frozen=True, slots=True)
class SectionReader:
    """A built-in reader of one section: takes what has been read so far, adds its own facts.

    `after` names the readers whose facts it looks at; it looks at no others.
    """

    name: str
    read: Callable[[Disclosure], Disclosure]
    after: tuple[str, ...] = ()


def section_reader(
    name: str, after: tuple[str, ...] = ()
) -> Callable[[Callable[[Disclosure], Disclosure]], SectionReader]:
    """Registers a function as the built-in reader of a section."""

    def register(read: Callable[[Disclosure], Disclosure]) -> SectionReader:
        return SectionReader(name, read, after)

    return register


def in_order(readers: tuple[SectionReader, ...]) -> tuple[SectionReader, ...]:
    """The readers, each after those that it looks at."""
    by_name = {reader.name: reader for reader in readers}
    return tuple(by_name[n] for n in TopologicalSorter({r.name: r.after for r in readers}).static_order())
