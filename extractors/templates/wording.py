"""What checks of wording look for (`wording.toml`)."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Wording:
    """The patterns of the file. `spoilt` are wordings with what they should be (a replacement).

    What `leftover` finds holds one of `leftover_words`, what `items_listed` finds `items_listed_word`.
    """

    lost_year: Pattern
    leftover_words: tuple[str, ...]
    leftover: Pattern
    spoilt: tuple[tuple[Pattern, str], ...]
    doubled_punctuation: Pattern
    no_subordinates: Pattern
    with_subordinates: Pattern
    items_listed: Pattern
    items_listed_word: str
    title_opening: Pattern
    title_ending: Pattern


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("extractors.templates").joinpath("wording.toml").read_text("utf-8"))


@cache
def required_parts() -> Mapping[str, tuple[str, ...]]:
    """The parts that a disclosure has to have, each with patterns of which one is in its text."""
    return {part: tuple(words) for part, words in _data()["parts"].items()}


@cache
def wording() -> Wording:
    """The patterns, compiled once."""
    data = _data()
    before, behind = "|".join(data["before_year"]), "|".join(data["not_behind_year"])
    return Wording(
        lost_year=re.compile(rf"(?:^|(?<=《)|{before})(?P<year>20\d\d)(?!{behind})(?=[\u4e00-\u9fff]{{2}})"),
        leftover_words=tuple(data["leftover_words"]),
        leftover=re.compile("|".join(data["leftovers"])),
        spoilt=tuple((re.compile(pattern), right) for pattern, right in data["spoilt"]),
        doubled_punctuation=re.compile(data["doubled_punctuation"]),
        no_subordinates=re.compile(data["no_subordinates"]),
        with_subordinates=re.compile(data["with_subordinates"]),
        items_listed=re.compile(data["items_listed"]),
        items_listed_word=data["items_listed_word"],
        title_opening=re.compile(data["title_opening"]),
        title_ending=re.compile(data["title_ending"]),
    )
