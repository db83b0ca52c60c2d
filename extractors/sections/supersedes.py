"""The sentence in which a disclosure says that it takes the place of an earlier one.

本次公开为更正公开，原2025年1月20日公开的部门预算同时作废。     （此件替换2月3日公开的文件）
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import resources

from extractors.model.amounts import Text
from extractors.model.document import Document, Passage
from extractors.model.facts import Disclosure
from extractors.registry import section_reader
from extractors.templates.words import Words

_SENTENCE = re.compile(r"[^。;]+")
_FIRST_PAGES = 3  # a remark of this kind stands on the cover or right behind it
_LONGEST = 120  # characters


@section_reader("supersedes", after=("cover",))
def supersedes(disclosure: Disclosure) -> Disclosure:
    """Fills `head.supersedes`."""
    said = next(_remarks(disclosure.document), None)
    return replace(disclosure, head=replace(disclosure.head, supersedes=said)) if said else disclosure


@cache
def _words() -> Words:
    text = resources.files("extractors.templates").joinpath("supersedes.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Words.of(data["any"], data["none"])


def _remarks(document: Document) -> Iterator[Text]:
    for passage in _opening(document):
        for found in _SENTENCE.finditer(passage.plain):
            if len(found[0]) <= _LONGEST and _words().fits(found[0]):
                start, end = found.span()
                yield Text(printed=passage.text[start:end], place=passage.evidence(start, end))


def _opening(document: Document) -> Iterator[Passage]:
    for passage in document.passages:
        if passage.first_page is not None and passage.first_page > _FIRST_PAGES:
            return
        yield passage
