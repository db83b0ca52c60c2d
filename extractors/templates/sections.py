"""Finds the sections that play a role (projects, staffing …) by the words of their headings."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from extractors.model.document import Document, Section


@dataclass(frozen=True, slots=True)
class HeadingWords:
    """A heading fits when it holds every word of one list of `any_of` and no word of `none_of`."""

    any_of: tuple[tuple[str, ...], ...]
    none_of: tuple[str, ...] = ()

    def fits(self, heading: str) -> bool:
        """Whether the heading (without white space) fits."""
        return any(all(word in heading for word in words) for words in self.any_of) and not any(
            word in heading for word in self.none_of
        )


@cache
def roles() -> Mapping[str, HeadingWords]:
    """All roles of `sections.toml`."""
    text = resources.files("extractors.templates").joinpath("sections.toml").read_text(encoding="utf-8")
    return {
        role: HeadingWords(tuple(map(tuple, words["any"])), tuple(words.get("none", ())))
        for role, words in tomllib.loads(text).items()
    }


def find(document: Document, role: str) -> tuple[Section, ...]:
    """The sections of a role, those below a fitting heading included, in reading order."""
    words = roles()[role]
    return tuple(s for s in document.sections if any(words.fits(heading) for heading in s.path))
