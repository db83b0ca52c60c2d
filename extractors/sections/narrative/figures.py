"""Figures with their units, and the clauses that they stand in.

What is no figure although a number and a unit are printed:

    单位价值50万元以上大型设备0台        a threshold, part of the thing's name
    每人每年180.00元标准、7.03元/人      a rate
    《…达到95%以上…》                  inside the title of a document
    内设3个股室、10种门诊慢特病          a count that qualifies a noun
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from extractors.model.amounts import MONEY_UNITS, PERCENT, WAN_YUAN, Amount, parse_decimal
from extractors.model.document import Passage
from extractors.templates.narrative import any_of

# Its first character is taken before what must not stand in front is looked at, so that the search passes
# over all others at once: a sign, or the first digit.
_NUMBER = (
    r"(?P<number>[-−﹣–\d](?<!\d.)(?<!\d[.,].)(?<![第≥≤=<>].)"
    r"(?:(?<=\d)|(?<!\d)\d)(?>\d{0,2}(?:,\d{3})+(?!\d)|\d*)(?:\.\d+)?+)"
)
_NO_THRESHOLD = r"(?!(?:\(含\)|\(不含\)|及|含)?(?:以上|以下|以内|以外|左右)|/|每|的?标准|的(?!(?:主要)?原因))"
_BREAK = r"(?=[,;。、:()“]|$|其中|价值)"
_TITLE = re.compile(r"《[^》]*》")
_RANGE = "-—–~至"
_STOP = re.compile(r"[,;。:!?()]")
_LONG_BRACKET = 25  # a bracket that holds more characters holds statements, not a name's supplement
_BRACKET = re.compile(rf"\([^()]{{0,{_LONG_BRACKET}}}\)")
_QUOTATION = re.compile(r"“[^”]{0,40}”")


class Figure(NamedTuple):
    """A number with its unit: the span of its digits, and the end of its unit."""

    start: int
    end: int
    unit_end: int
    printed: str
    value: Decimal
    unit: str

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return self.unit in MONEY_UNITS

    @property
    def is_percentage(self) -> bool:
        """Whether it is a percentage."""
        return self.unit == PERCENT

    def amount(self, passage: Passage) -> Amount:
        """It as an amount with its place in its passage."""
        place = passage.evidence(self.start, self.end)
        return Amount(printed=self.printed, place=place, value=self.value, unit=self.unit)


class Clause(NamedTuple):
    """A span between two stops.

    `stop` is the stop after it ("" at the end), `before` all stops between the last clause and it.
    """

    start: int
    end: int
    stop: str
    before: str
    figures: tuple[Figure, ...]

    @property
    def is_first(self) -> bool:
        """Whether it opens its paragraph."""
        return self.start == 0

    @property
    def begins_statement(self) -> bool:
        """Whether a full stop, a semicolon or nothing stands before it."""
        return self.is_first or "。" in self.before or ";" in self.before


@cache
def _figure() -> re.Pattern[str]:
    money = rf"(?:万元|亿元|元|万(?=[,;。、:()]|$)|%){_NO_THRESHOLD}"
    return re.compile(rf"{_NUMBER}(?P<unit>{money}|万?{any_of('count_units')}{_BREAK})")


def figures_of(passage: Passage) -> tuple[Figure, ...]:
    """All figures of a passage in their order, years and thresholds left out."""
    plain = passage.plain
    found = [figure for match in _figure().finditer(plain) if (figure := _read(passage, match)) is not None]
    if found and "《" in plain:
        titles = [title.span() for title in _TITLE.finditer(plain)]
        found = [f for f in found if not any(start < f.start < end for start, end in titles)]
    return tuple(found)


def _read(passage: Passage, match: re.Match[str]) -> Figure | None:
    start, end = match.span("number")
    if start > 1 and passage.plain[start - 1] in _RANGE and passage.plain[start - 2].isdecimal():
        return None
    printed = passage.text[start:end]
    value = parse_decimal(printed)
    if value is None:
        return None
    unit = match["unit"]
    if unit == "万":
        unit = WAN_YUAN  # 10万, short for 10万元
    elif unit != PERCENT:
        unit = passage.text[end : match.end()]
    return Figure(start, end, match.end(), printed, value, unit)


def clauses_of(plain: str, figures: Sequence[Figure]) -> Iterator[Clause]:
    """The clauses of a paragraph, cut at stops.

    Brackets that are long or hold figures hold clauses of their own: their signs are stops. Nothing is
    cut inside other brackets.
    """
    starts = [f.start for f in figures]
    inside: set[int] = set()
    for start, end in _closed(plain, starts):
        inside.update(range(start, end))
    for figure in figures:
        inside.update(range(figure.start, figure.unit_end))
    cuts = [at for stop in _STOP.finditer(plain) if (at := stop.start()) not in inside]
    start, before, first = 0, "", 0
    for cut in [*cuts, len(plain)]:
        stop = plain[cut : cut + 1]
        if cut > start:
            behind = bisect_left(starts, cut, first)
            yield Clause(start, cut, stop, before, tuple(figures[first:behind]))
            before, first = "", behind
        before += stop
        start = cut + 1


def _closed(plain: str, figures: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Short round brackets without figures (by where they start), quotation marks and titles."""
    if "《" in plain:
        yield from (found.span() for found in _TITLE.finditer(plain))
    if "“" in plain:
        yield from (found.span() for found in _QUOTATION.finditer(plain))
    if "(" in plain:
        for found in _BRACKET.finditer(plain):
            start, end = found.span()
            if bisect_right(figures, start) == bisect_left(figures, end):
                yield start, end
