"""The official classifications as data: codes, names, years (`classifications/*.toml`).

Known is a part of them. What is not known is not comparable: no judgement, never an error.
Source: 财政部《政府收支分类科目》; docs/classifications.md.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib import resources
from typing import Any

from extractors.model.plain import plain

_FILES = ("function", "department_economic", "government_economic")
_LENGTHS = (3, 5, 7)  # of the codes of 类, 款, 项
_NOT_COUNTED = str.maketrans("", "", " \n\t\u3000()[]〔〕【】、,，。·")


class Verdict(StrEnum):
    """How a printed code and name stand to the official classification."""

    AGREES = "agrees"
    OTHER_CODE = "other_code"
    """The name is officially that of other codes, and never was this code's."""
    NOT_COMPARABLE = "not_comparable"
    """The code, the year or the name is not known: names are shortened, and change."""


@dataclass(frozen=True, slots=True)
class Official:
    """A code and its name. `until`: the last year of an earlier name; `printed`: in how many samples seen."""

    code: str
    name: str
    until: int | None = None
    printed: int = 0

    def is_above_or_below(self, code: str) -> bool:
        """Whether a code is the same, one of its parents, or one of its parts."""
        return self.code.startswith(code) or code.startswith(self.code)


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, the official entry of the code (in force), and those whose name is printed."""

    verdict: Verdict
    official: Official | None = None
    owners: tuple[Official, ...] = ()


@dataclass(frozen=True)
class Classification:
    """One classification. Its codes begin with `digit`; `years` are the first and last it speaks of."""

    title: str
    source: str
    digit: str
    years: tuple[int, int]
    entries: tuple[Official, ...]

    def official(self, code: str, year: int) -> Official | None:
        """The entry of a code in a year; None where code or year is not known."""
        first, last = self.years
        if not first <= year <= last:
            return None
        entries = self._by_code.get(code, ())
        if len(entries) == 1 and entries[0].until is None:  # as most
            return entries[0]
        known = [e for e in entries if e.until is None or year <= e.until]
        return min(known, key=lambda e: e.until or last + 1, default=None)

    def judge(self, code: str, name: str, year: int) -> Judged:
        """A printed code and name against the entries. A name of any year agrees."""
        official = self.official(code, year)
        if official is None:
            return Judged(Verdict.NOT_COMPARABLE)
        printed = folded(name)
        if printed in self._names[code]:
            return Judged(Verdict.AGREES, official)
        owners = self._by_name.get(printed, ())
        if not owners or any(owner.is_above_or_below(code) for owner in owners):
            return Judged(Verdict.NOT_COMPARABLE, official)
        return Judged(Verdict.OTHER_CODE, official, owners)

    @cached_property
    def _by_code(self) -> Mapping[str, tuple[Official, ...]]:
        return _grouped((entry.code, entry) for entry in self.entries)

    @cached_property
    def _names(self) -> Mapping[str, frozenset[str]]:
        """All names of each code, of whatever year."""
        return {c: frozenset(folded(e.name) for e in entries) for c, entries in self._by_code.items()}

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Official, ...]]:
        return _grouped((folded(entry.name), entry) for entry in self.entries)


def classification_of(code: str) -> Classification | None:
    """The classification that a code is of, by its form: 2… is functional, 3… and 5… economic."""
    if len(code) not in _LENGTHS or not code.isdecimal():
        return None
    return next((c for c in classifications() if c.digit == code[0]), None)


@cache
def classifications() -> tuple[Classification, ...]:
    """All classifications."""
    return tuple(_classification(_file(name)) for name in _FILES)


def folded(name: str) -> str:
    """A name without what printers add or leave out: white space, brackets, commas; half-width."""
    return plain(name).translate(_NOT_COUNTED)


def _classification(data: Mapping[str, Any]) -> Classification:
    first, last = data["years"]
    entries = tuple(Official(**entry) for entry in data["entries"])
    return Classification(data["title"], data["source"], data["digit"], (first, last), entries)


def _grouped(pairs: Iterable[tuple[str, Official]]) -> Mapping[str, tuple[Official, ...]]:
    found: dict[str, list[Official]] = {}
    for key, entry in pairs:
        found.setdefault(key, []).append(entry)
    return {key: tuple(entries) for key, entries in found.items()}


def _file(name: str) -> Mapping[str, Any]:
    path = resources.files("extractors.templates").joinpath("classifications", f"{name}.toml")
    return tomllib.loads(path.read_text("utf-8"))
