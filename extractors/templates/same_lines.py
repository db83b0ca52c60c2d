"""Which tables list the same lines where their totals are equal (`same_lines.toml`)."""

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple


class Listing(NamedTuple):
    """Lines with their figures: the kind of table, the roles of the column and of the row of its total."""

    table: str
    column: str
    total: str


@cache
def same_lines() -> tuple[tuple[Listing, Listing], ...]:
    """All pairs of the file."""
    text = resources.files("extractors.templates").joinpath("same_lines.toml").read_text("utf-8")
    return tuple((Listing(**pair["one"]), Listing(**pair["other"])) for pair in tomllib.loads(text)["pair"])
