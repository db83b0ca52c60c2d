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
            total=Words.of(data["total"]),
        )
        for data in tomllib.loads(text)["part"]
    )


def part_of(heading: str) -> Part | None:
    """The part that a heading opens; None where none fits, or two fit equally well."""
    fitting = sorted(
        ((strength, part) for part in parts() if (strength := part.heading.strength(heading))),
        key=lambda pair: -pair[0],
    )
    if not fitting or (len(fitting) > 1 and fitting[0][0] == fitting[1][0]):
        return None
    return fitting[0][1]
