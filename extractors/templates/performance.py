"""The words of performance forms (`performance.toml`): header, labels, levels, operators, blank marks.

All texts are compared in their half-width form (`layout.text.plain`), which callers give.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

from extractors.templates.words import Roles, Words

LEVELS = ("level1", "level2")
TARGET = "target"
PROJECT = ("name", "organisation", "total", "fiscal", "other", "goal")
"""Columns of a table that lists many projects: they are merged over the rows of each."""
IGNORED = "ignored"
_HEADER_ROLES = 3
_BRACKETS = re.compile(r"\([^()]*\)")
_BEFORE_LABEL = re.compile(r"(?:\d{1,2}[.、]|[一二三四五六七八九十]+、|\(\d{1,2}\))?(?:其中:?)?")


@dataclass(frozen=True)
class Labels:
    """Printed labels by their role; a role's labels in order of preference."""

    roles: Mapping[str, tuple[str, ...]]

    def role(self, text: str) -> str | None:
        """The role of a cell that holds nothing but a label."""
        return self._by_label.get(bare(text))

    @cached_property
    def _by_label(self) -> Mapping[str, str]:
        """The first role of each label."""
        return {label: role for role in reversed(tuple(self.roles)) for label in self.roles[role]}

    def has(self, role: str, text: str) -> bool:
        """Whether a cell that holds nothing but a label can play that role."""
        return bare(text) in self.roles[role]

    def rank(self, role: str, text: str) -> int:
        """The place of a label in its role's order of preference."""
        return self.roles[role].index(bare(text))


@dataclass(frozen=True)
class Vocabulary:
    """All words of `performance.toml`."""

    whole: tuple[str, ...]
    columns: Roles
    labels: Labels
    funding: Labels
    tasks: Labels
    levels: frozenset[str]
    operators: Mapping[str, str]
    endings: tuple[tuple[str, str], ...]
    dates: tuple[str, ...]
    blank: re.Pattern[str]

    def column_role(self, text: str) -> str | None:
        """The role of a header cell: the one whose longest words it holds."""
        return self.columns.best(text)

    def may_hold_header(self, text: str) -> bool:
        """Whether a header may be among the cells that hold this text: no header lacks the targets."""
        return self.columns.words[TARGET].may_fit(text)

    def is_header(self, texts: Sequence[str]) -> bool:
        """Whether the cells of one row are the header of a form's indicators."""
        if not self.may_hold_header("".join(texts)):
            return False
        roles = {role for text in texts if (role := self.column_role(text)) is not None}
        return TARGET in roles and not roles.isdisjoint(LEVELS) and len(roles) >= _HEADER_ROLES

    def is_blank(self, text: str) -> bool:
        """Whether a text is empty, or what a template prints where nothing has been filled in."""
        return self.blank.fullmatch(text) is not None


def bare(text: str) -> str:
    """A label without brackets, numbering, 其中 before it and the colon behind it."""
    label = _BRACKETS.sub("", text) if "(" in text else text
    before = _BEFORE_LABEL.match(label)
    return (label[before.end() :] if before else label).rstrip(":")


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    text = resources.files("extractors.templates").joinpath("performance.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Vocabulary(
        whole=tuple(data["title"]["whole"]),
        columns=Roles({role: _words(words) for role, words in data["columns"].items()}),
        labels=_labels(data["labels"]),
        funding=_labels(data["funding"]),
        tasks=_labels(data["tasks"]),
        levels=frozenset(data["levels"]["words"]),
        operators=dict(_longest_first(data["targets"]["operators"])),
        endings=_longest_first(data["targets"]["endings"]),
        dates=tuple(data["targets"]["dates"]),
        blank=_blank(data["blank"]["words"], data["blank"]["marks"]),
    )


def _words(data: Mapping[str, Sequence[Sequence[str]]] | Sequence[Sequence[str]]) -> Words:
    if isinstance(data, Mapping):
        return Words(tuple(map(tuple, data["any"])), tuple(map(str, data["none"])))
    return Words(tuple(map(tuple, data)))


def _labels(data: Mapping[str, Sequence[str]]) -> Labels:
    return Labels({role: tuple(labels) for role, labels in data.items()})


def _longest_first(data: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """(printed form, normal form), so that >= is tried before >."""
    pairs = ((form, normal) for normal, forms in data.items() for form in forms)
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _blank(words: Sequence[str], marks: str) -> re.Pattern[str]:
    named = "|".join(map(re.escape, words))
    return re.compile(rf"(?:(?:{named})[\d一二三四五六七八九十]*[:、.]?|[{re.escape(marks)}])*")
