"""Which table a part of the narrative speaks of, by the words of its headings."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

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


def parts_of(heading: str) -> tuple[Part, ...]:
    """The parts that a heading opens: those whose known words it holds the most of."""
    strengths = [(part.heading.strength(heading), part) for part in parts()]
    best = max((strength for strength, _ in strengths), default=0)
    return tuple(part for strength, part in strengths if strength == best) if best else ()
