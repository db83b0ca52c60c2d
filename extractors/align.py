"""Finds where a quote is printed, character by character. The model offers a quote; code finds its place.

First exactly, then with what print and typing do differently made alike: white space, full and half
width, forms of brackets, dashes and quotation marks, ≥ for >=. Words and digits are never made alike: a
quote with another digit, another word or a word left out is not found. Nor is a quote that cuts a number
in two: 7.00 does not stand in 77.00.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from extractors.model.document import Passage
from extractors.model.evidence import Evidence, Match, Place

_ALIKE = {
    **dict.fromkeys("〔【[{「『﹝", "("),
    **dict.fromkeys("〕】]}」』﹞", ")"),
    **dict.fromkeys("–—−‐‑﹣―", "-"),
    **dict.fromkeys("“”„‟″＂", '"'),
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("〈<", "《"),
    **dict.fromkeys("〉>", "》"),
    **dict.fromkeys("·•‧・", "·"),
    **dict.fromkeys("～∼〜", "~"),
    "≥": "》=",
    "≧": "》=",
    "≤": "《=",
    "≦": "《=",
}
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_HALF_WIDTH_SHIFT = 0xFEE0
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_NUMBER_BEFORE = re.compile(r"\d[.,]?$")
_NUMBER_AFTER = re.compile(r"[.,]?\d")
_MINUS_BEFORE = re.compile(r"(?:^|[^\d年月日号a-zA-Z)）])[-–—−－]$")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_NEAR = 4  # characters beside a span that show whether it cuts a number


class Span(NamedTuple):
    """A stretch of a passage, and how the quote met it."""

    start: int
    end: int
    match: Match


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text with alike characters made one, and for each of its characters where it came from."""

    text: str
    origin: tuple[int, ...]

    def begins(self, at: int) -> bool:
        """Whether a printed character begins there, and not the second half of one (the = of ≥)."""
        return not 0 < at < len(self.origin) or self.origin[at - 1] != self.origin[at]


def locate(quote: str, passage: Passage, start: int = 0) -> Span | None:
    """The first place of the quote from `start` on; None where it is not printed."""
    return next(places(quote, passage, start), None)


def places(quote: str, passage: Passage, start: int = 0) -> Iterator[Span]:
    """All places of the quote from `start` on: those that are exact, or else those that are alike."""
    exact = [Span(at, at + len(quote), Match.EXACT) for at in _occurrences(quote, passage.text, start)]
    found = exact or list(_alike(quote, passage, start))
    return (span for span in found if not _cuts_a_number(passage.text, span))


def evidence(passage: Passage, span: Span) -> Place:
    """Where the span is printed, one evidence a line. What came out of a picture stays said to be so."""
    printed = passage.evidence(span.start, span.end)
    return tuple(e if e.match is Match.OCR else e._replace(match=span.match) for e in printed)


def not_found(quote: str, passage: Passage) -> Place:
    """For a quote that is not printed: the line where the search began, so that a person can look there."""
    if not len(passage):
        return ()
    first = passage.characters[0]
    line = next((i for i, c in enumerate(passage.characters) if c[:2] != first[:2]), len(passage))
    return tuple(Evidence(e.page, e.box, quote, Match.NOT_FOUND) for e in passage.evidence(0, line))


def _occurrences(quote: str, text: str, start: int) -> Iterator[int]:
    at = text.find(quote, start) if quote else -1
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _alike(quote: str, passage: Passage, start: int) -> Iterator[Span]:
    wanted, printed = _fold(quote), _fold(passage.text)
    for at in _occurrences(wanted.text, printed.text, 0):
        end = at + len(wanted.text)
        if printed.begins(at) and printed.begins(end) and printed.origin[at] >= start:
            yield Span(printed.origin[at], printed.origin[end - 1] + 1, Match.NORMALISED)


def _fold(text: str) -> _Folded:
    folded: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        alike = _alike_of(character)
        folded.append(alike)
        origin += [index] * len(alike)
    return _Folded("".join(folded), tuple(origin))


def folded(text: str) -> str:
    """The text as it is compared: white space gone, alike characters made one."""
    return _fold(text).text


def _alike_of(character: str) -> str:
    if character.isspace() or character in _INVISIBLE:
        return ""
    code = ord(character)
    half = chr(code - _HALF_WIDTH_SHIFT) if code in _FULL_WIDTH else character
    return _ALIKE.get(half, half)


def _cuts_a_number(text: str, span: Span) -> bool:
    """Whether digits, a decimal point or a minus just outside belong to a number inside."""
    before = text[max(0, span.start - _NEAR) : span.start]
    after = text[span.end : span.end + _NEAR]
    if _DIGIT.match(text, span.start) and _goes_on(before, is_year=bool(_YEAR.match(text, span.start))):
        return True
    return _DIGIT.match(text, span.end - 1) is not None and _NUMBER_AFTER.match(after) is not None


def _goes_on(before: str, *, is_year: bool) -> bool:
    """Whether a number begins in `before`; the 1. of a list and a dash may stand before a year."""
    if is_year:
        return _DIGIT.match(before[-1:]) is not None
    return _NUMBER_BEFORE.search(before) is not None or _MINUS_BEFORE.search(before) is not None
