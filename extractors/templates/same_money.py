"""Which codes of the economic and the functional classification are the same money (`same_money.toml`)."""

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple


class SameMoney(NamedTuple):
    """An economic code, and the functional codes whose basic expenditure adds up to it."""

    economic: str
    functional: tuple[str, ...]


@cache
def same_money() -> tuple[SameMoney, ...]:
    """All pairs of the file."""
    text = resources.files("extractors.templates").joinpath("same_money.toml").read_text("utf-8")
    return tuple(
        SameMoney(pair["economic"], tuple(pair["functional"])) for pair in tomllib.loads(text)["pair"]
    )
