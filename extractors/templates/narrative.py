"""The vocabulary of the narrative (`narrative.toml`), and patterns made of it."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources


@cache
def words() -> Mapping[str, tuple[str, ...]]:
    """All word lists by name."""
    path = resources.files("extractors.templates").joinpath("narrative.toml")
    return {name: tuple(found) for name, found in tomllib.loads(path.read_text(encoding="utf-8")).items()}


@cache
def any_of(*lists: str) -> str:
    """A regular expression (no group) for any word of the named lists."""
    return one_of(word for name in lists for word in words()[name])


def one_of(found: Iterable[str]) -> str:
    """A regular expression (no group) for any of the words, the longest that fits; nothing fits none."""
    longest_first = sorted(found, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest_first))})" if longest_first else "(?!)"


@cache
def says_against() -> re.Pattern[str]:
    """Words that say what a change is against: 比上年, 与2023年度, 较年初预算."""
    return re.compile(
        rf"(?:比|较|与|同|和)(?:{any_of('comparisons')}|(?:19|20)\d\d年|(?:年初|全年|调整后?|本年|当年)?预算)"
    )
