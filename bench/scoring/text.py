"""When a reading says the same as the truth: white space never counts, numbers count as numbers."""

import difflib
import re
from decimal import Decimal, InvalidOperation

LONG = 25
"""From how many characters on a text is compared by likeness: people copy long passages with slips."""
LONG_ENOUGH_ALIKE = 0.97

_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_PLAIN = str.maketrans({",": "", "，": "", "−": "-", "－": "-"})


def squash(value: object) -> str:
    """The text without white space; empty for None."""
    return "" if value is None else "".join(str(value).split())


def number(value: object) -> Decimal | None:
    """The value as a number, thousands separators dropped; None where it is none."""
    text = squash(value).translate(_PLAIN)
    if not text:
        return None
    try:
        return Decimal(text).normalize()
    except InvalidOperation:
        return None


def numbers_in(*texts: object) -> set[Decimal]:
    """All figures that stand in the texts."""
    found = (number(figure) for text in texts for figure in _FIGURE.findall(str(text or "")))
    return {figure for figure in found if figure is not None}


def same(one: object, other: object) -> bool:
    """Equal as texts, or as numbers where both are numbers."""
    if squash(one) == squash(other):
        return True
    figure = number(one)
    return figure is not None and figure == number(other)


def likeness(one: object, other: object) -> float:
    """How alike two texts are, 0 to 1."""
    return difflib.SequenceMatcher(None, squash(one), squash(other), autojunk=False).ratio()


def says(truth: object, reading: object) -> bool:
    """Whether a reading says what the truth says: the same, or nearly so where the text is long."""
    if same(truth, reading):
        return True
    return len(squash(truth)) > LONG and likeness(truth, reading) >= LONG_ENOUGH_ALIKE
