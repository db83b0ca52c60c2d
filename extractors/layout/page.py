"""One page laid out: ruled tables, the words in their cells, the lines outside them."""

from collections.abc import Mapping, Sequence

from extractors.layout.bands import BY_ALIGNMENT, Band, bands_of
from extractors.layout.doubts import doubted
from extractors.layout.grid import Frame, cut_at_walls, fill, frames_of, grids_of, holds_figure
from extractors.layout.pdf import RawPage
from extractors.layout.rules import edges_of, rules_of
from extractors.layout.text import lines_of
from extractors.layout.unruled.gaps import Exact, parted
from extractors.layout.unruled.words import free_amounts
from extractors.model.document import Line, Page, Rule, Word
from extractors.model.evidence import Box

_FEWEST_FILLS = 4  # that make a table
_UNKNOWN = "\ufffd"  # a glyph of which the font does not say what character it is


def laid_out(number: int, raw: RawPage, exact: Exact) -> Page:
    """A page (from 1) with its tables and lines."""
    horizontal, vertical = rules_of((*raw.drawn, *edges_of(raw.framed)))
    words = raw.words
    frames, faults = frames_of(horizontal, vertical, words)
    if bands := list(bands_of(frames, raw.filled, words)):
        edges = [edge for band in bands for edge in band.edges]
        horizontal, vertical = rules_of((*raw.drawn, *edges_of(raw.framed), *edges))
        frames, faults = frames_of(horizontal, vertical, words)
        frames = _told_of_guesses(frames, bands)
    shaded, walls = _shaded(raw.filled, frames, words)
    frames = (*frames, *shaded)
    filled = fill(frames, words)
    if filled.crossing:
        words = _cut(words, exact(filled.crossing), (*vertical, *walls))
        filled = fill(frames, words)
    lines, has_free_amounts = _lines(filled.outside, number, exact)
    return Page(
        number=number,
        width=raw.width,
        height=raw.height,
        rotation=raw.rotation,
        words=tuple(words),
        horizontal=horizontal,
        vertical=vertical,
        images=tuple(raw.images),
        grids=tuple(map(doubted, grids_of(number, frames, filled))),
        lines=lines,
        faults=(*raw.faults, *faults, *_unknown_characters(words)),
        is_turned=raw.is_turned,
        has_free_amounts=has_free_amounts,
    )


def _lines(words: Sequence[Word], number: int, exact: Exact) -> tuple[tuple[Line, ...], bool]:
    """The lines outside the tables, and whether they may be one without rules: words end at gaps then."""
    lines = lines_of(words, number)
    if not free_amounts(lines):
        return lines, False
    pieces = parted(words, exact)
    return lines if pieces is words else lines_of(pieces, number), True


def _shaded(
    filled: Sequence[Box], frames: Sequence[Frame], words: Sequence[Word]
) -> tuple[Sequence[Frame], Sequence[Rule]]:
    """Tables whose cells only their fill shows, and the walls between these.

    Where no rules are and the fills make a whole lattice. A row of fills is one with a figure, or on top of a
    page: there it may be the rest of a row that the page's end cuts.
    """
    loose = [area for area in filled if not any(frame.box.meets(area) for frame in frames)]
    if len(loose) < _FEWEST_FILLS:
        return (), ()
    across, down = rules_of(edges_of(loose))
    found, _ = frames_of(across, down)
    whole = [frame for frame in found if not frame.faults and len(frame.xs) > 2]
    return [
        frame
        for frame in whole
        if len(frame.ys) > 2 or holds_figure(words, frame.box) or _is_on_top(frame, words)
    ], down


def _is_on_top(frame: Frame, words: Sequence[Word]) -> bool:
    """Whether no more than a line, a running header, stands above."""
    above = [word.box for word in words if word.centre[1] < frame.ys[0]]
    heights = [box.y1 - box.y0 for box in above]
    return not above or max(box.y1 for box in above) - min(box.y0 for box in above) < 2 * max(heights)


def _told_of_guesses(frames: Sequence[Frame], bands: Sequence[Band]) -> tuple[Frame, ...]:
    guesses = [band.box for band in bands if band.is_guess]
    return tuple(
        frame._replace(faults=(*frame.faults, BY_ALIGNMENT))
        if any(frame.box.meets(guess) for guess in guesses)
        else frame
        for frame in frames
    )


def _cut(words: Sequence[Word], crossing: Mapping[Word, Word], vertical: Sequence[Rule]) -> list[Word]:
    """The words, those that cross a wall in pieces; `crossing` gives them with their exact edges."""
    found: list[Word] = []
    for word in words:
        found += cut_at_walls(crossing[word], vertical) if word in crossing else (word,)
    return found


def _unknown_characters(words: Sequence[Word]) -> tuple[str, ...]:
    held = [word for word in words if _UNKNOWN in word.text and word.score is None]
    count = sum(word.text.count(_UNKNOWN) for word in held)
    return (f"characters without meaning: {count}",) if count else ()
