"""Finds the sections that play a role (projects, staffing …) by the words of their headings.

Each role is a file in `headings/`: a heading fits when it holds every word of one list of `any`, and none of
`none`. The subsections of a fitting heading belong to it.
"""

import tomllib
from functools import cache
from importlib import resources

from extractors.model.document import Document, Section
from extractors.templates.words import Words


@cache
def heading_words(role: str) -> Words:
    """The words of the headings of a role. Raises FileNotFoundError for a role without a file."""
    path = resources.files("extractors.templates").joinpath("headings", f"{role}.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Words.of(data["any"], data.get("none", ()))


def find(document: Document, role: str) -> tuple[Section, ...]:
    """The sections of a role, those below a fitting heading included, in reading order."""
    words = heading_words(role)
    return tuple(s for s in document.sections if any(words.fits(heading) for heading in s.path))
