"""What words show of a table: which are figures, how large the print is."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extractors.model.document import Line, Word

_AMOUNT = re.compile(r"[(（]?[-−－–]?\d[\d,，]*[.．]\d+[)）]?[%％]?")
_FIGURE = re.compile(r"[(（]?[-−－–]?\d[\d,，]*(?:[.．]\d+)?[)）]?[%％]?")
_AMOUNT_ALONE = re.compile(rf"^{_AMOUNT.pattern}$", re.MULTILINE)
_FIRST_WIDE = "\u2e80"  # characters from here on are as wide as high
_FREE = 1.0  # em on the left of an amount that stands in a column
_SEVERAL = 2  # words
_USUAL = 10.0  # points; the size of print where no word tells

FEWEST = 3
"""Amounts that stand alone, and rows with them, that make a table."""


def words_of(line: Line) -> list[Word]:
    """The words of a line."""
    return list(line.words)


def is_amount(word: Word) -> bool:
    """Whether a word is a figure with decimals, alone."""
    return _AMOUNT.fullmatch(word.text) is not None


def is_figure(word: Word) -> bool:
    """Whether a word is a number or a code, alone."""
    return _FIGURE.fullmatch(word.text) is not None


def has_columns(lines: Sequence[Line]) -> bool:
    """Whether enough amounts stand alone with room on their left, as they do in columns and not in text."""
    return free_amounts(lines) >= FEWEST


def free_amounts(lines: Sequence[Line]) -> int:
    """How many amounts stand alone with room on their left. Most pages have none and are dismissed."""
    lines = [line for line in lines if "." in line.passage.plain and len(line.passage.pieces) >= _SEVERAL]
    texts = [piece.word.text for line in lines for piece in line.passage.pieces]
    if not _AMOUNT_ALONE.search("\n".join(texts)):
        return 0
    count = 0
    for line in lines:
        words = words_of(line)
        amounts = [(before, word) for before, word in pairwise(words) if _may_be_amount(word)]
        if amounts:
            room = _FREE * em_of(words)
            count += sum(1 for a, b in amounts if b.box.x0 - a.box.x1 >= room and is_amount(b))
    return count


def _may_be_amount(word: Word) -> bool:
    return word.text[-1].isdigit() or word.text[-1] in ")）%％"


def em_of(words: Sequence[Word]) -> float:
    """How wide a Chinese character is (points), by the words that hold no other."""
    wide = [word for word in words if word.text and min(word.text) >= _FIRST_WIDE]
    widths = [(word.box.x1 - word.box.x0) / len(word.text) for word in wide]
    heights = [word.box.y1 - word.box.y0 for word in words]
    return median(widths or heights or [_USUAL])


def foot(word: Word) -> float:
    """Where it ends below: words of one line share it, however high their fonts are."""
    return word.box.y1


def middle(word: Word) -> float:
    """The height of its middle."""
    return (word.box.y0 + word.box.y1) / 2
