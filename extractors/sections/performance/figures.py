"""Figures and texts of a form's cells, as printed; what a template prints in an unfilled cell is nothing."""

import re
from collections.abc import Sequence

from extractors.model.amounts import PERCENT, Amount, Text, parse_decimal
from extractors.model.document import Passage
from extractors.model.evidence import Reader
from extractors.sections.performance.sheet import Slot, passage_in, plain_in, text_in
from extractors.templates.performance import vocabulary

POINTS = "分"
_MONEY = re.compile(r"(?P<figure>.*?)(?P<unit>亿元|万元|元)?")
_WEIGHT = re.compile(rf"(?P<figure>.*?)(?P<unit>[{POINTS}{PERCENT}])?")


def filled_text(slots: Sequence[Slot]) -> Text | None:
    """What cells hold; None where that is nothing, or what a template prints."""
    return None if not slots or vocabulary().is_blank(plain_in(slots)) else text_in(slots)


def text_from(passage: Passage) -> Text | None:
    """A part of a cell; None where it is empty, or what a template prints."""
    if vocabulary().is_blank(passage.plain):
        return None
    return Text(printed=passage.text, place=passage.evidence(0, len(passage)), reader=Reader.TABLE)


def money_from(passage: Passage, unit: str | None) -> Amount | None:
    """A sum of money; the unit printed with it outweighs that of the form."""
    return _amount(passage, _MONEY, unit)


def money_of(slots: Sequence[Slot], unit: str | None) -> Amount | None:
    """The sum of money that cells hold."""
    return _amount_of(slots, _MONEY, unit)


def weight_of(slots: Sequence[Slot]) -> Amount | None:
    """A weight in points (分), or in percent where that is printed."""
    return _amount_of(slots, _WEIGHT, POINTS)


def _amount_of(slots: Sequence[Slot], pattern: re.Pattern[str], unit: str | None) -> Amount | None:
    """The figure of cells. One that is all that they hold stands where they stand."""
    printed = plain_in(slots)
    if not printed or (text := text_in(slots)) is None:
        return None
    value = parse_decimal(printed)
    if value is None or len(text.printed) < len(printed):
        return _amount(passage_in(slots), pattern, unit)
    return Amount(printed=text.printed, place=text.place, reader=Reader.TABLE, value=value, unit=unit)


def _amount(passage: Passage, pattern: re.Pattern[str], unit: str | None) -> Amount | None:
    found = pattern.fullmatch(passage.plain)
    value = parse_decimal(found["figure"]) if found else None
    if found is None or value is None:
        return None
    start, end = found.span("figure")
    return Amount(
        printed=passage.text[start:end],
        place=passage.evidence(start, end),
        reader=Reader.TABLE,
        value=value,
        unit=found["unit"] or unit,
    )
