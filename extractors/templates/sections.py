"""Finds the sections that play a role (projects, staffing …) by the words of their headings.

Each role is a file in `headings/`: a heading fits when it holds every word of one list of `any`, and none of
`none`. The subsections of a fitting heading belong to it.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from extractors.model.document import Document, Section
from extractors.templates.narrative import any_of
from extractors.templates.words import Words

_OTHER_ROLES = ("functions", "staffing", "glossary")


@cache
def heading_words(role: str) -> Words:
    """The words of the headings of a role. Raises FileNotFoundError for a role without a file."""
    path = resources.files("extractors.templates").joinpath("headings", f"{role}.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Words.of(data["any"], data.get("none", ()))


def find(document: Document, role: str) -> tuple[Section, ...]:
    """The sections of a role, those below a fitting heading included, in reading order."""
    words = heading_words(role)
    fitting = {heading for heading in _headings(document) if words.fits(heading)}
    return tuple([s for s in document.sections if not fitting.isdisjoint(s.path)])


def _headings(document: Document) -> set[str]:
    """All headings, each once: one stands in the paths of all its subsections."""
    return {heading for section in document.sections for heading in section.path}


def narrative_sections(document: Document) -> Iterator[Section]:
    """The sections of statements: all but those with readers of their own, the tables and the glossary."""
    others = {id(s) for role in _OTHER_ROLES for s in find(document, role)}
    others |= {id(s) for s in listed_projects(document)}
    outside = re.compile(any_of("not_narrative"))
    closed = {heading for heading in _headings(document) if outside.search(heading)}
    for section in document.sections:
        if id(section) not in others and closed.isdisjoint(section.path):
            yield section


def listed_projects(document: Document) -> Iterator[Section]:
    """Sections that list projects with labels; 项目支出 in plain sentences is narrative."""
    found = find(document, "projects")
    labels = re.compile(any_of("project_labels"))
    listed = {s.path[:2] for s in found if any(labels.search(p.plain) for p in (s.heading, *s.paragraphs))}
    return (s for s in found if s.path[:2] in listed)
