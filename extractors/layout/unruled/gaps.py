"""Words that reach over a gap: what stands close in two cells is one word where no blank is printed."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from extractors.layout.unruled.words import em_of
from extractors.model.document import Word
from extractors.model.evidence import Box

_WIDER = 0.25  # em that a word is wider than its characters where there may be a gap in it

Exact = Callable[[Collection[Word]], Mapping[Word, Word]]
"""Gives words of the page with the exact edges of their characters."""


def parted(words: Sequence[Word], exact: Exact) -> Sequence[Word]:
    """The words, those in pieces that have a gap between their characters."""
    em = em_of(words)
    wide = [word for word in words if _room(word) > len(word.text) * em * (1 + _WIDER / len(word.text))]
    if not wide:
        return words
    edges = exact(wide)
    return [piece for word in words for piece in (_pieces(edges[word]) if word in edges else (word,))]


def _room(word: Word) -> float:
    return word.box.x1 - word.box.x0


def _pieces(word: Word) -> Iterator[Word]:
    """Between characters whose left edges stand further apart than most do."""
    advances = [right - left for left, right in pairwise(word.edges)]
    em = median(advances or [0.0])
    start = 0
    for end, advance in enumerate(advances, start=1):
        is_gap = end < len(advances) and advance > (1 + _WIDER) * em
        if is_gap or end == len(advances):
            left, right = word.edges[start], word.edges[end - 1] + em if is_gap else word.edges[end]
            box = Box(left, word.box.y0, right, word.box.y1)
            yield Word(box, word.text[start:end], score=word.score, tilt=word.tilt)
            start = end
    if not advances:
        yield word
