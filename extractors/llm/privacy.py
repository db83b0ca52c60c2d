"""Keeps personal data here: telephone and identity numbers and the names of persons leave as NAME_1, TEL_1.

What is masked is put back in the reply, so that quotes are found in the document as printed. To mask too much
costs nothing then; what the words are known by is data (`privacy.toml`).
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

_HAN = r"\u3400-\u9fff"
_DOT = "·•‧・"
_BESIDE = r"(?<![\d.,．])(?:{})(?![\d.,．]*\d|\s*(?:元|万|亿|%|％))"


class _Find(NamedTuple):
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Mask:
    """The words that stand for what is hidden in one text."""

    hidden: Mapping[str, str]

    def restore(self, said: str) -> str:
        """The reply with what was hidden put back."""
        if not self.hidden:
            return said
        return _any_of(self.hidden).sub(lambda found: self.hidden[found[0]], said)

    def hide(self, words: str) -> str:
        """The same the other way round, for our own words to the model."""
        printed = {value: word for word, value in self.hidden.items()}
        return _any_of(printed).sub(lambda found: printed[found[0]], words) if printed else words


def masked(text: str, names: Iterable[str] = ()) -> tuple[str, Mask]:
    """The text without personal data, and what stands for what; the same text always the same way."""
    words: dict[tuple[str, str], str] = {}
    counts: dict[str, int] = {}
    parts: list[str] = []
    at = 0
    for find in _finds(text, tuple(names)):
        printed = text[find.start : find.end]
        if (find.kind, printed) not in words:
            words[find.kind, printed] = _unused(find.kind, counts, text)
        parts += [text[at : find.start], words[find.kind, printed]]
        at = find.end
    hidden = {word: printed for (_, printed), word in words.items()}
    return "".join([*parts, text[at:]]), Mask(hidden)


def names_in(text: str) -> tuple[str, ...]:
    """The names of persons that the text gives behind a label, in the order of the text."""
    found = dict.fromkeys(match["name"] for match in _name_pattern().finditer(text))
    return tuple(name for name in found if _is_name(name))


def _unused(kind: str, counts: dict[str, int], text: str) -> str:
    """The next word of a kind that the document itself does not print."""
    while True:
        counts[kind] = counts.get(kind, 0) + 1
        word = f"{kind}_{counts[kind]}"
        if word not in text:
            return word


def _finds(text: str, names: tuple[str, ...]) -> Iterator[_Find]:
    """Places to mask, in the order of the text, none within another: the longer of two goes first."""
    found = [
        *(_Find(*m.span(), kind) for kind, pattern in _patterns().items() for m in pattern.finditer(text)),
        *(_Find(*m.span("number"), "TEL") for m in _labelled_number().finditer(text)),
        *(_Find(*m.span(), "NAME") for m in _names_pattern((*names_in(text), *names)).finditer(text)),
    ]
    end = 0
    for find in sorted(found, key=lambda f: (f.start, -f.end)):
        if find.start >= end:
            yield find
            end = find.end


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("extractors.llm").joinpath("privacy.toml").read_text("utf-8"))


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    patterns = _data()["patterns"]
    return {kind: re.compile(_BESIDE.format("|".join(forms))) for kind, forms in patterns.items()}


@cache
def _labelled_number() -> re.Pattern[str]:
    labels = "|".join(_data()["labels"]["TEL"])
    return re.compile(rf"(?:{labels})\s*[:：|｜]\s*(?P<number>[\d（(][\d（）()\-－— ]{{5,18}}\d)")


@cache
def _name_pattern() -> re.Pattern[str]:
    labels = "|".join(sorted(_data()["labels"]["NAME"], key=len, reverse=True))
    note = r"(?:[（(][^）)\n]{0,8}[）)])?"
    name = rf"[{_HAN}](?:[{_HAN}{_DOT}]|[ \u3000](?=[{_HAN}](?:[\s，,。；;、|｜]|$)))*"
    return re.compile(rf"(?:{labels}){note}\s*[:：|｜\t]\s*(?P<name>{name})")


def _names_pattern(names: Iterable[str]) -> re.Pattern[str]:
    return _any_of({name: name for name in names})


def _any_of(words: Mapping[str, str]) -> re.Pattern[str]:
    """Any of the words, the longest first; digits after one belong to it: NAME_1 is not in NAME_10."""
    if not words:
        return re.compile(r"(?!)")
    longest_first = sorted(words, key=len, reverse=True)
    whole = (re.escape(word) + (r"(?!\d)" if word[-1].isdigit() else "") for word in longest_first)
    return re.compile("|".join(whole))


def _is_name(said: str) -> bool:
    names, labels = _data()["names"], _data()["labels"]
    bare = "".join(said.split())
    longest = names["longest_with_dot" if any(dot in bare for dot in _DOT) else "longest"]
    if not 1 < len(bare) <= longest or bare.endswith(tuple(names["offices"])):
        return False
    return not any(word in bare for word in (*names["none"], *labels["NAME"], *labels["TEL"]))
