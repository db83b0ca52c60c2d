"""From a model's quote to a value: words and digits are taken from the print at the quote's place.

What the model says decides only where to look. A quote that is not printed keeps the model's words, with
evidence that says `not_found`: such a value is for a person to settle, and is never dropped.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from extractors import dates
from extractors.align import Span, evidence, locate, not_found, places
from extractors.model.amounts import Amount, Day, Text, parse_decimal
from extractors.model.document import Passage
from extractors.model.evidence import Match, Place, Reader

_FIGURE = re.compile(
    r"(?P<number>[-–—−]?\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元|千元|元|亿|万(?![人户次辆台件]))?"
)
_WHOLE_UNIT = {"亿": "亿元", "万": "万元"}


def _bare(schema: dict[str, Any]) -> None:
    """Leaves out what is for programmers (titles, docstrings): each request pays for its schema."""
    schema.pop("title", None)
    schema.pop("description", None)
    for described in schema.get("properties", {}).values():
        described.pop("title", None)


class Reply(BaseModel):
    """Base of all that a model fills in: nothing that was not asked for, no long inputs in errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, json_schema_extra=_bare)


class Quote(Reply):
    """Words copied from the document, and the words printed right before them."""

    before: str | None = Field(
        description="原文中紧挨在 printed 前面的几个字，逐字照抄，通常是标签；没有则为 null"
    )
    printed: str = Field(description="原文内容，逐字照抄，不改字、不换算、不省略", min_length=1)


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
            return _end_of(whole, quote.printed, self.passage)
        found = list(places(quote.printed, self.passage))
        return found[0]._replace(match=Match.FUZZY) if len(found) == 1 else None

    def inside(self, place: Span | None) -> "Scope":
        """Only the span; nowhere at all where there is no span."""
        start, end = (place.start, place.end) if place else (0, 0)
        part = self.passage.part(start, end)
        return Scope(part, part if place else self.near)


def nowhere(near: Passage) -> Scope:
    """A scope in which nothing is found."""
    return Scope(near.part(0, 0), near)


def _end_of(whole: Span, printed: str, passage: Passage) -> Span:
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
    if quote is None:
        return None
    span = scope.find(quote)
    figure = None if span is None else _printed_figure(span, scope.passage)
    return figure or _said(quote.printed, scope)


def _printed_figure(span: Span, passage: Passage) -> Amount | None:
    found = [m for m in _FIGURE.finditer(passage.plain, span.start) if m.start() < span.end]
    value = parse_decimal(found[0]["number"]) if len(found) == 1 else None
    if value is None:
        return None
    start, end = found[0].span("number")
    place = evidence(passage, Span(start, end, span.match))
    return _amount(value, found[0]["unit"], passage.text[start:end], place)


def _said(said: str, scope: Scope) -> Amount | None:
    found = list(_FIGURE.finditer(_unspaced(said)))
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


def _unspaced(said: str) -> str:
    return "".join(said.split())
