"""What MuPDF lists of a page in one pass, its text page: blocks of text, and each drawing as a block.

Its blocks are a linked list, in the order in which they are drawn. It is asked by the functions that the
`TextPage` of PyMuPDF asks: that class looks up rotation and box each time, a fiftieth of a page's time.
"""

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple

import pymupdf
import pymupdf.extra

from extractors.layout.rules import RULE_THICKNESS, Corners
from extractors.model.document import Word
from extractors.model.evidence import Box
from extractors.model.plain import has_radicals, without_radicals
from extractors.model.records import made

Turn = Callable[[Corners], Corners]
"""Takes corners of the page's content to those of the page as displayed."""

# MuPDF parts words at the two Latin blanks only; 收　入　总　计 is often spread with the blank of CJK print.
_BLANKS = "".join(chr(code) for code in range(0x1000, 0x3001) if chr(code).isspace())
_BLANK = re.compile(f"[{_BLANKS}]")

_TEXT_BLOCK, _VECTOR_BLOCK = 0, 3
_UNTURNED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Drawings(NamedTuple):
    """Boxes thin enough for rules, the rectangles that are not: stroked ones, and those filled only; and how
    many stroked paths are of another shape.
    """

    drawn: list[Corners]
    framed: list[Corners]
    filled: list[Box]
    n_paths: int


class TextPage:
    """The text page of a page, words and drawings; `turn` takes what it lists to the page as displayed."""

    def __init__(self, page: pymupdf.Page, flags: int, rotation: int, turn: Turn) -> None:
        # The object made here owns the page that MuPDF makes, and drops it.
        self._text = (
            page.get_textpage(flags=flags).this
            if rotation
            else pymupdf.mupdf.FzStextPage(pymupdf.extra.page_get_textpage(page.this, None, flags, _UNTURNED))
        )
        self._turn = turn
        self._printed: list[Any] = []
        self._behind: tuple[Any, int] | None = None

    def words(self) -> list[Word]:
        """The words in the order in which they are drawn."""
        printed = pymupdf.extra.extractWORDS(self._text, None)
        text = "".join([word[4] for word in printed])
        if not text.isprintable() and (blanks := set(_BLANK.findall(text))):  # quick to tell for most pages
            # Again, and not at once: each blank that is asked for takes its time.
            printed = pymupdf.extra.extractWORDS(self._text, "".join(blanks))
        if has_radicals(text):
            printed = [(*word[:4], without_radicals(word[4]), *word[5:]) for word in printed]
        self._printed = printed
        turn = self._turn
        return [made(Word, (made(Box, turn(word[:4])), word[4], (), None, None)) for word in printed]

    def drawings(self) -> Drawings:
        """Its drawings.

        Not by `extractBLOCKS`: up to PyMuPDF 2.0 it never frees the texts it makes, one for each drawing, too
        (https://github.com/pymupdf/PyMuPDF/issues/5067), a megabyte and more for each document.
        """
        found = Drawings([], [], [], 0)
        ends = self._first_and_last_drawing()
        if ends is None:
            return found
        first, last, n_text = ends
        blocks = self._listed(first, last)
        n_paths, turn = 0, self._turn
        for block in blocks:
            if block["type"] != _VECTOR_BLOCK:
                n_text += block["type"] == _TEXT_BLOCK
                continue
            corners = x0, y0, x1, y1 = turn(block["bbox"])
            if x1 - x0 <= RULE_THICKNESS or y1 - y0 <= RULE_THICKNESS:
                found.drawn.append(corners)
            elif block["isrect"] and block["stroked"]:
                found.framed.append(corners)
            elif block["isrect"]:
                found.filled.append(Box(*corners))
            elif block["stroked"]:
                n_paths += 1
        self._behind = last.next, n_text
        return found._replace(n_paths=n_paths)

    def exact(self, words: Collection[Word], turned: Turn | None = None) -> dict[Word, Word]:
        """Its words, each with the exact edges of its characters; `turned` is what was done to them since."""
        turn = self._turn
        whole = turn if turned is None else lambda corners: turned(turn(corners))
        found = {_key(word): word for word in self._by_character(words, whole)}
        return {word: word._replace(edges=found.get(_key(word), word).edges) for word in words}

    def runs_up(self) -> bool:
        """Whether more of its print runs up than down, as displayed."""
        _, origin, _, _ = self._turn((0.0, 0.0, 0.0, 0.0))
        down = 0.0
        page = self._text.m_internal
        blocks = self._listed(page.first_block, page.last_block)
        for line in (line for block in blocks for line in block.get("lines", ())):
            x, y = line["dir"]
            _, end, _, _ = self._turn((x, y, x, y))
            down += (end - origin) * len(line["spans"])
        return down < 0

    def _first_and_last_drawing(self) -> tuple[Any, Any, int] | None:
        """The blocks, and how many of text stand before the first."""
        first, n_text = self._text.m_internal.first_block, 0
        while first is not None and (kind := first.type) != _VECTOR_BLOCK:
            n_text += kind == _TEXT_BLOCK
            first = first.next
        if first is None:
            return None  # as on half of all pages
        last = self._text.m_internal.last_block
        while last.type != _VECTOR_BLOCK:
            last = last.prev
        return first, last, n_text

    def _listed(self, first: Any, last: Any, *, by_character: bool = False) -> list[dict[str, Any]]:
        """Blocks from one to another as PyMuPDF's dictionaries.

        As if the page had no others: whatever lists them makes all their text. The page keeps its blocks
        until it is dropped as a whole, and has them all back then.
        """
        page = self._text.m_internal
        before, after = page.first_block, last.next
        page.first_block, last.next = first, None
        found: dict[str, list[dict[str, Any]]] = {}
        try:
            pymupdf.extra.JM_make_textpage_dict(page, found, by_character)
        finally:
            page.first_block, last.next = before, after
        return found["blocks"]

    def _by_character(self, wanted: Collection[Word], turn: Turn) -> Iterator[Word]:
        """The words of those lines that hold one of the wanted."""
        middles = [word.centre for word in wanted]
        texts = {word.text for word in wanted}
        for block in self._blocks({number for *_, text, number, _, _ in self._printed if text in texts}):
            listed = self._listed(block, block, by_character=True)
            lines = [line for held in listed for line in held["lines"]]
            for line in lines:
                box = Box(*turn(line["bbox"]))
                if any(box.holds(*middle) for middle in middles):
                    spans = line["spans"]
                    yield from _split_at_spaces(
                        [
                            (without_radicals(c["c"]), Box(*turn(c["bbox"])))
                            for span in spans
                            for c in span["chars"]
                        ]
                    )

    def _blocks(self, numbers: Collection[int]) -> Iterator[Any]:
        """The blocks of text of these numbers, counted from 0 as PyMuPDF counts for its words."""
        block, number = self._text.m_internal.first_block, 0
        if self._behind and min(numbers, default=0) >= self._behind[1]:
            block, number = self._behind  # as on most pages: the text is drawn over its rules
        last = max(numbers, default=-1)
        while number <= last:
            if block.type == _TEXT_BLOCK:
                if number in numbers:
                    yield block
                number += 1
            block = block.next


def _key(word: Word) -> tuple[str, Box]:
    return word.text, word.box.rounded()


def _split_at_spaces(characters: list[tuple[str, Box]]) -> Iterator[Word]:
    run: list[tuple[str, Box]] = []
    for character in [*characters, (" ", Box(0, 0, 0, 0))]:
        if not character[0].isspace():
            run.append(character)
        elif run:
            yield _word_of(run)
            run = []


def _word_of(run: list[tuple[str, Box]]) -> Word:
    boxes = [box for _, box in run]
    box = boxes[0]
    for other in boxes[1:]:
        box = box.joined(other)
    lefts = [b.x0 for b in boxes]
    # Lines that do not run across have no edges from left to right.
    edges = (*lefts, boxes[-1].x1) if lefts == sorted(lefts) else ()
    return Word(box, "".join(text for text, _ in run), edges)
