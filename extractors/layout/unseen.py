"""Text that a PDF holds and nobody sees: what is printed is what the picture of the page shows.

A scan often carries what somebody's recogniser made of it, as text that is not painted; an editor that
corrects a figure covers the old one and leaves it in the file; white on white is written, too. None of it is
print. Where it stands over print that the page has no other text for, it is kept apart, as unproven.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from extractors.layout.ocr import Picture
from extractors.layout.spans import Span
from extractors.model.document import Word
from extractors.model.evidence import Box

UNPROVEN = 0.0
"""The score of words that nobody has compared with the print: only other figures can prove them."""

_TINY = 1.0  # points; smaller print is none
_PALE = 0xE0  # level of gray from which on print is as light as paper
_CONTRAST = 24  # levels of gray by which print differs from what it stands on
_MARGIN = 0.25  # of the height of a line, above and below its print
_LOOK_DPI = 72.0
_EDGE = 0.5  # points from the edge of the page that whole print keeps away
_SAME_LINE = 6.0  # points of height that are one line, twice
_OVER = 0.5  # share of a word that lies over another


class Looks(Protocol):
    """Tells how a page is drawn."""

    def picture(self, number: int, part: Box, dpi: float) -> Picture:
        """A part of a page (from 1) in gray."""

    def spans(self, number: int) -> Sequence[Span]:
        """The text of a page (from 1) with its styles, where some of it might not be seen; else nothing."""


class Raw(Protocol):
    """What must be known of a page."""

    @property
    def width(self) -> float:
        """Points."""

    @property
    def height(self) -> float:
        """Points."""

    @property
    def words(self) -> Sequence[Word]:
        """All its text."""


class Seen(NamedTuple):
    """The words of a page that can be seen, and what became of the others.

    `hidden` are those over print that has no other text, such as those of a searchable scan; the rest is
    left out. `faults` says how much that is, and where print cannot be told.
    """

    words: Sequence[Word]
    hidden: tuple[Word, ...] = ()
    faults: tuple[str, ...] = ()


def seen_of(file: Looks, number: int, raw: Raw) -> Seen:
    """Parts the words of a page (from 1) into those that are print and those that are not."""
    seen, doubtful = Seen(raw.words), set[Word]()
    spans = file.spans(number) if raw.words else ()
    if suspects := [span for span in spans if _is_suspect(span)]:
        picture = file.picture(number, Box(0.0, 0.0, raw.width, raw.height), _LOOK_DPI)
        seen = _without_unseen(raw.words, suspects, _Look(picture))
        doubtful |= set(_grown(seen.words, suspects))
    doubtful |= {*_cut_off(seen.words, raw), *_printed_over(seen.words)}
    if not doubtful:
        return seen
    words = [word._replace(score=UNPROVEN) if word in doubtful else word for word in seen.words]
    return Seen(words, seen.hidden, (*seen.faults, f"print that cannot be told: {len(doubtful)}"))


def unproven(words: Sequence[Word]) -> list[Word]:
    """The words as what they are: text that somebody laid over a picture."""
    return [word._replace(score=UNPROVEN) for word in words]


def _is_suspect(span: Span) -> bool:
    return span.shade is None or span.is_covered or span.shade >= _PALE or span.size < _TINY


def _without_unseen(words: Sequence[Word], suspects: Sequence[Span], look: "_Look") -> Seen:
    """The words without those of spans that are not seen."""
    of_suspects = _words_of(suspects, words)
    others = [word for index, word in enumerate(words) if index not in of_suspects]
    unseen: set[int] = set()
    hidden: list[Word] = []
    left_out = 0
    for index, span in of_suspects.items():
        word = words[index]
        there = [other for other in others if _lie_over(word.box, other.box)]
        if not look.hides(span, there):
            continue
        unseen.add(index)
        if not there and look.has_print(word.box):
            hidden.append(word)
        elif not any(other.text == word.text for other in there):
            left_out += 1
    seen = [word for index, word in enumerate(words) if index not in unseen]
    return Seen(seen, tuple(hidden), (f"text that cannot be seen: {left_out}",) if left_out else ())


def _words_of(spans: Sequence[Span], words: Sequence[Word]) -> dict[int, Span]:
    """The words of spans, by their index; of two words alike, of which one is seen, one."""
    by_text: dict[str, list[int]] = defaultdict(list)
    for index, word in enumerate(words):
        by_text[word.text].append(index)
    found: dict[int, Span] = {}
    for span in spans:
        for text in span.text.split():
            alike = (i for i in by_text[text] if i not in found and span.box.holds(*words[i].centre))
            if (first := next(alike, None)) is not None:
                found[first] = span
    return found


def _grown(words: Sequence[Word], suspects: Sequence[Span]) -> Iterator[Word]:
    """Words that are longer than a suspect within them: what is seen and what is not, run together."""
    for span in suspects:
        x0, y0, x1, y1 = span.box
        for word in words:
            if word.box.holds((x0 + x1) / 2, (y0 + y1) / 2) and _is_longer(word.text, span.text.split()):
                yield word


def _is_longer(text: str, parts: Sequence[str]) -> bool:
    return text not in parts and any(part in text for part in parts)


def _lie_over(one: Box, other: Box) -> bool:
    """Whether one lies over much of the other."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    if across <= 0 or down <= 0:
        return False
    return (
        across > _OVER * min(one.x1 - one.x0, other.x1 - other.x0)
        and down > _OVER * min(one.y1 - one.y0, other.y1 - other.y0)
    )  # fmt: skip


class _Look:
    """The picture of a whole page, asked for places in points."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture

    def hides(self, span: Span, there: Sequence[Word]) -> bool:
        """Whether a suspect is not seen; `there` are the words that are seen where it stands."""
        if span.shade is None or span.size < _TINY:
            return True
        if span.is_covered:  # not by a marker's colour, through which it shows
            return bool(there) or not self.has_print(span.box)
        levels = self._levels(span.box)  # pale print is seen on what is darker
        return not levels or levels[len(levels) // 2] > span.shade - _CONTRAST

    def has_print(self, box: Box) -> bool:
        """Whether there is something to see."""
        levels = self._levels(box)
        return bool(levels) and levels[-1] - levels[0] >= _CONTRAST

    def _levels(self, box: Box) -> bytes:
        """The levels of gray at the height of the print, in order."""
        scale, margin = self._picture.dpi / 72, _MARGIN * (box.y1 - box.y0)
        width, height = self._picture.width, self._picture.height
        left, right = max(0, int(box.x0 * scale)), min(width, int(box.x1 * scale) + 1)
        top, bottom = max(0, int((box.y0 + margin) * scale)), min(height, int((box.y1 - margin) * scale) + 1)
        rows = (self._picture.pixels[y * width + left : y * width + right] for y in range(top, bottom))
        return bytes(sorted(b"".join(rows)))


def _cut_off(words: Sequence[Word], raw: Raw) -> Iterator[Word]:
    """Words that the edge of the page cuts: what is beyond is lost."""
    right, bottom = raw.width - _EDGE, raw.height - _EDGE
    for word in words:
        x0, y0, x1, y1 = word.box
        if x0 < _EDGE or x1 > right or y1 < _EDGE or y0 > bottom:
            yield word


def _printed_over(words: Sequence[Word]) -> Iterator[Word]:
    """Words that lie over others of another text, with these."""
    on_lines = sorted(
        [(round((y0 + y1) / _SAME_LINE), x0, i, x1) for i, ((x0, y0, x1, y1), *_) in enumerate(words)]
    )
    for (line, _, first, end), (same, x0, second, _) in pairwise(on_lines):
        if x0 < end - 1 and line == same:
            one, other = words[first], words[second]
            if one.text != other.text and _lie_over(one.box, other.box):
                yield from (one, other)
