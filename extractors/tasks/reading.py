"""From a model's quote to a value: words and digits are taken from the print at the quote's place.

What the model says decides only where to look. A quote that is not printed keeps the model's words, with
evidence that says `not_found`: such a value is for a person to settle, and is never dropped.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from extractors import dates
from extractors.align import Span, evidence, locate, not_found, places
from extractors.layout.text import joined, passage_of
from extractors.model.amounts import PERCENT, Amount, Day, Text, parse_decimal
from extractors.model.document import Passage, Word
from extractors.model.evidence import Evidence, Match, Place, Reader
from extractors.templates.narrative import any_of

_WHOLE_UNIT = {"亿": "亿元", "万": "万元"}


@cache
def _figures() -> re.Pattern[str]:
    """A number and the unit behind it, if any; 万 alone is money unless a counted thing follows."""
    counted = any_of("count_units")
    units = rf"亿元|万元|千元|元|%|亿|万?{counted}|万(?!{counted})"
    digits = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
    return re.compile(rf"(?P<number>[-–—−]?{digits})(?P<unit>{units})?")


def _bare(schema: dict[str, Any]) -> None:
    """Leaves out what is for programmers (titles, docstrings, defaults): each request pays for its schema."""
    schema.pop("title", None)
    schema.pop("description", None)
    properties = schema.get("properties", {})
    for name, described in properties.items():
        described.pop("title", None)
        described.pop("default", None)
        described.pop("minLength", None)
        # What need not be given need not be null either.
        kinds = [kind for kind in described.get("anyOf", ()) if kind != {"type": "null"}]
        properties[name] = kinds[0] if len(kinds) == 1 else described


class Reply(BaseModel):
    """Base of all that a model fills in: nothing that was not asked for, no long inputs in errors.

    Says in strings what is printed. It checks shape only: a model that is asked again until its figures
    add up learns to correct the document.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, json_schema_extra=_bare)

    @model_validator(mode="before")
    @classmethod
    def _null_is_left_out(cls, said: Any) -> Any:
        """Some models say null for what is not printed, some leave it out."""
        if isinstance(said, dict):
            return {name: value for name, value in said.items() if value is not None}
        return said


class Numbered(Reply):
    """What is said of the part of the text that stands behind the number [n]."""

    n: int


class Quote(Reply):
    """Words copied from the document, and the words printed right before them."""

    before: str | None = None
    printed: str = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where quotes are looked for; `near` is shown to a person for a quote that is not found."""

    passage: Passage
    near: Passage

    def find(self, quote: Quote) -> Span | None:
        """The place of the quote's words: behind the words before them, if the model gives such.

        Where they are printed once but not behind those words, one of the two is wrong: a fuzzy match.
        """
        if not quote.before:
            return locate(quote.printed, self.passage)
        whole = locate(quote.before + quote.printed, self.passage)
        if whole is not None:
            return end_of(whole, quote.printed, self.passage)
        found = list(places(quote.printed, self.passage))
        return found[0]._replace(match=Match.FUZZY) if len(found) == 1 else None

    def inside(self, place: Span | None) -> "Scope":
        """Only the span; nowhere at all where there is no span."""
        start, end = (place.start, place.end) if place else (0, 0)
        part = self.passage.part(start, end)
        return Scope(part, part if place else self.near)


def passage_of_text(text: Text) -> Passage:
    """The print of a value that was read, for quotes to be found in: one line for each of its places."""
    places = (e for e in text.place if e.match is not Match.NOT_FOUND)
    return joined([passage_of([_word(e)], e.page, line) for line, e in enumerate(places)])


def _word(evidence: Evidence) -> Word:
    return Word(evidence.box, "".join(evidence.text.split()), score=evidence.score)


def nowhere(near: Passage) -> Scope:
    """A scope in which nothing is found."""
    return Scope(near.part(0, 0), near)


def end_of(whole: Span, printed: str, passage: Passage) -> Span:
    """The place of `printed` at the end of a span that was found with the words before it."""
    inner = list(places(printed, passage.part(whole.start, whole.end)))
    if not inner:
        return whole
    last = inner[-1]
    return Span(whole.start + last.start, whole.start + last.end, whole.match)


def text(quote: Quote | None, scope: Scope) -> Text | None:
    """The words at the quote's place; None where the model says that nothing is printed."""
    if quote is None:
        return None
    return text_at(scope.find(quote), quote.printed, scope)


def texts(quotes: Sequence[Quote], scope: Scope) -> Text | None:
    """The words of several places as one value, joined by |; None where there is none."""
    if not quotes:
        return None
    read = [text_at(scope.find(quote), quote.printed, scope) for quote in quotes]
    place = tuple(e for part in read for e in part.place)
    return Text(printed="|".join(part.printed for part in read), place=place, reader=Reader.MODEL)


def text_at(span: Span | None, said: str, scope: Scope) -> Text:
    """The words of a span, or what the model said where there is none."""
    if span is None:
        return Text(printed=_unspaced(said), place=not_found(said, scope.near), reader=Reader.MODEL)
    printed = scope.passage.text[span.start : span.end]
    return Text(printed=printed, place=evidence(scope.passage, span), reader=Reader.MODEL)


def amount(quote: Quote | None, scope: Scope) -> Amount | None:
    """The one figure at the quote's place, with the unit printed after it.

    None where neither the print nor the model's words hold exactly one number.
    """
    return figure_at(scope.find(quote), quote.printed, scope) if quote is not None else None


def figure_at(span: Span | None, said: str, scope: Scope) -> Amount | None:
    """The one figure of a span, or what the model said, not found, where there is no span or no figure."""
    figure = None if span is None else _printed_figure(span, scope.passage)
    return figure or _said(said, scope)


def _printed_figure(span: Span, passage: Passage) -> Amount | None:
    found = [m for m in _figures().finditer(passage.plain, span.start) if m.start() < span.end]
    value = parse_decimal(found[0]["number"]) if len(found) == 1 else None
    if value is None:
        return None
    start, end = found[0].span("number")
    place = evidence(passage, Span(start, end, span.match))
    # A percent sign is one however wide; other units stand as they are printed: 台（套）.
    unit = found[0]["unit"]
    if unit is not None and unit != PERCENT:
        unit = passage.text[slice(*found[0].span("unit"))]
    return _amount(value, unit, passage.text[start:end], place)


def _said(said: str, scope: Scope) -> Amount | None:
    found = list(_figures().finditer(_unspaced(said)))
    value = parse_decimal(found[0]["number"]) if len(found) == 1 else None
    if value is None:
        return None
    return _amount(value, found[0]["unit"], found[0]["number"], not_found(said, scope.near))


def _amount(value: Decimal, unit: str | None, printed: str, place: Place) -> Amount:
    whole = _WHOLE_UNIT.get(unit or "", unit)
    return Amount(printed=printed, place=place, reader=Reader.MODEL, value=value, unit=whole)


def period(quote: Quote | None, scope: Scope) -> tuple[Day | None, Day | None]:
    """The first and the last day printed at the quote's place."""
    span = scope.find(quote) if quote else None
    if span is None:
        return None, None
    start, end = dates.period(scope.passage.part(span.start, span.end))
    return _by_model(start, span.match), _by_model(end, span.match)


def _by_model(day: Day | None, match: Match) -> Day | None:
    if day is None:
        return None
    return replace(day, place=tuple(e._replace(match=match) for e in day.place), reader=Reader.MODEL)


def by_model(figure: Amount | None) -> Amount | None:
    """A figure that code read at a place which the model named."""
    return replace(figure, reader=Reader.MODEL) if figure is not None else None


def _unspaced(said: str) -> str:
    return "".join(said.split())
