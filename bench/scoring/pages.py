"""The words on the pages of a PDF, read apart from the project's own layout code, which they judge."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pymupdf

from bench.scoring.text import squash


class PrintedWord(NamedTuple):
    """A word with its box in points of the page as displayed."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str


Pages = Sequence[Sequence[PrintedWord]]
"""The words of each page, page 1 first."""


def pages_of(pdf: Path) -> Pages:
    """The words of all pages."""
    with pymupdf.open(pdf) as document:
        return [_words(page) for page in document]


def _words(page: pymupdf.Page) -> list[PrintedWord]:
    words = []
    for word in page.get_text("words"):
        box = pymupdf.Rect(word[:4]) * page.rotation_matrix
        words.append(PrintedWord(box.x0, box.y0, box.x1, box.y1, word[4]))
    return words


def text_inside(words: Sequence[PrintedWord], box: Sequence[float]) -> str:
    """What is printed in a box: the words whose middle lies in it, line by line, without white space."""
    x0, y0, x1, y1 = box
    inside = [
        word for word in words if x0 <= (word.x0 + word.x1) / 2 <= x1 and y0 <= (word.y0 + word.y1) / 2 <= y1
    ]
    inside.sort(key=lambda word: (round(word.y0), word.x0, word.text))
    return squash("".join(word.text for word in inside))
