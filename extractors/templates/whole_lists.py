"""Lists of parts that are always all of their whole (`whole_lists.toml`)."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from extractors.templates.words import Words


class _List(NamedTuple):
    """The words of a whole, and those of each of its parts."""

    whole: Words
    parts: tuple[Words, ...]


def is_whole_list(whole: str, parts: Sequence[str]) -> bool:
    """Whether the parts, by their names, are all that there is of the whole: each once, and no other."""
    return any(
        known.whole.fits(whole)
        and len(parts) == len(known.parts)
        and all(sum(words.fits(part) for part in parts) == 1 for words in known.parts)
        for known in _lists()
    )


@cache
def _lists() -> tuple[_List, ...]:
    text = resources.files("extractors.templates").joinpath("whole_lists.toml").read_text("utf-8")
    return tuple(
        _List(
            Words.of([data["whole"]]),
            tuple(Words.of(part["any"], part.get("none", ())) for part in data["parts"]),
        )
        for data in tomllib.loads(text)["list"]
    )
