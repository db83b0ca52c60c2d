"""Pages whose print lies on its side: turned by a quarter, so that their lines run across.

A landscape table on a portrait page, or /Rotate set on an upright one. The words keep how they lie (`tilt`),
so that evidence is given on the page as displayed.
"""

from collections.abc import Sequence
from typing import NamedTuple

from extractors.layout.pdf import RawPage
from extractors.layout.rules import Corners
from extractors.model.document import Word
from extractors.model.evidence import Box, Tilt

SIDEWAYS = "print runs sideways"
"""The fault of a page whose lines run up or down and which is not turned."""

_LONG = 3  # characters of a word that shows which way its line runs
_FEWEST = 5  # such words
_FEWEST_ALONE = 2  # where no such word runs across: a last row alone on its page
_FEWEST_ACROSS = 2  # long words of a page turned by a quarter that are not


class Quarter(NamedTuple):
    """A quarter turn of a page of that size as displayed, whose lines run up or down."""

    width: float
    height: float
    runs_up: bool

    @property
    def tilt(self) -> Tilt:
        """How the print that was turned lies on the page as displayed."""
        if self.runs_up:
            return Tilt(-1.0, 0.0, self.height / 2, self.height / 2)
        return Tilt(1.0, 0.0, self.width / 2, self.width / 2)

    def corners(self, shown: Corners) -> Corners:
        """Where it stands on the page turned."""
        x0, y0, x1, y1 = shown
        if self.runs_up:
            return self.height - y1, x0, self.height - y0, x1
        return y0, self.width - x1, y1, self.width - x0


def are_sideways(words: Sequence[Word]) -> bool:
    """Whether most lines of the page as displayed run up or down: its cells are no rows then."""
    tall = len([True for (x0, y0, x1, y1), text, *_ in words if y1 - y0 > x1 - x0 and len(text) >= _LONG])
    if tall < _FEWEST_ALONE:
        return False  # nearly all pages
    long = len([True for word in words if len(word.text) >= _LONG])
    return 2 * tall > long and tall >= (_FEWEST_ALONE if tall == long else _FEWEST)


def turned(raw: RawPage, quarter: Quarter) -> RawPage:
    """The page with its print upright; its width and height stay those displayed."""
    tilt = quarter.tilt
    across = sum(1 for word in raw.words if len(word.text) >= _LONG and not _is_tall(word.box))
    faults = ("print runs both ways",) if across >= _FEWEST_ACROSS else ()
    return raw._replace(
        words=[word._replace(box=Box(*quarter.corners(word.box)), tilt=tilt) for word in raw.words],
        drawn=[quarter.corners(corners) for corners in raw.drawn],
        framed=[quarter.corners(corners) for corners in raw.framed],
        filled=[Box(*quarter.corners(box)) for box in raw.filled],
        images=[Box(*quarter.corners(box)) for box in raw.images],
        is_turned=True,
        faults=(*raw.faults, *faults),
    )


def _is_tall(box: Box) -> bool:
    return box.y1 - box.y0 > box.x1 - box.x0
