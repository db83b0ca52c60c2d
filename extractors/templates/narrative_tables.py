"""Which table a part of the narrative speaks of, by the words of its headings."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby
from operator import attrgetter

from extractors.templates.words import Words


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the narrative: its headings, the table it speaks of, where that table's total stands."""

    heading: Words
    table: str
    row: str
    column: str
    total: Words


@cache
def parts() -> tuple[Part, ...]:
    """All parts of `narrative_tables.toml`."""
    text = resources.files("extractors.templates").joinpath("narrative_tables.toml").read_text("utf-8")
    return tuple(
        Part(
            heading=Words.of(data["heading"], data.get("none", ())),
            table=data["table"],
            row=data["row"],
            column=data["column"],
            total=Words.of(data["total"], data.get("total_none", ())),
        )
        for data in tomllib.loads(text)["part"]
    )


@cache
def _by_heading() -> tuple[tuple[Words, tuple[Part, ...]], ...]:
    """The parts that follow one another with the same heading."""
    return tuple((heading, tuple(same)) for heading, same in groupby(parts(), key=attrgetter("heading")))


def parts_of(heading: str) -> tuple[Part, ...]:
    """The parts that a heading opens: those whose known words it holds the most of."""
    best, found = 0, tuple[Part, ...]()
    for words, same in _by_heading():
        strength = words.strength(heading)
        if strength > best:
            best, found = strength, same
        elif best and strength == best:
            found += same
    return found
