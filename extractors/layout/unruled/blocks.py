"""Which lines of a page may be a table that no rules down draw.

Lines that follow one another closely and hold amounts, with the lines of a header above them. The caption (a
title, the line of the unit), prose and a wide gap end it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.layout.unruled.words import FEWEST, em_of, is_amount, words_of
from extractors.model.document import Line, Page, Rule, Word

_CAPTION = re.compile(
    r"单位[:：]|[.·…⋯]{3}|表(?:[(（].*[)）])?$|^(?:附|公开)?表\d|^[(（]?续表?[)）]?$|^目录$"
)
_UNIT = re.compile(r"单位[:：](?:人民币)?(?:亿|万)?元|[（(](?:亿|万)?元[)）]$")
_ENDS_OF_PROSE = "。；;，,"
_ROW_GAP = 3.0  # em; a wider gap between lines ends a table
_RULED_GAP = 6.0  # em; where a rule across stands in it
_SEGMENT_GAP = 0.8  # em; a wider gap between words parts them
_LONGEST_LABEL = 30  # characters of a line that is one segment


@dataclass(frozen=True)
class Block:
    """Lines of one page that may be a table: `first` and `last` are the outermost ones that hold amounts.

    `is_titled` where the line of the unit stands above them; `opens` where nothing does, `closes` where
    nothing stands below them on the page. `rules` are those across that stand among them.
    """

    page: int
    lines: tuple[Line, ...]
    first: int
    last: int
    is_titled: bool
    opens: bool
    closes: bool
    rules: tuple[Rule, ...] = ()

    @property
    def head(self) -> list[Word]:
        """The words above the first line with amounts."""
        return [word for line in self.lines[: self.first] for word in words_of(line)]

    @property
    def body(self) -> list[Word]:
        """The words from the first line with amounts to the last."""
        return [word for line in self.lines[self.first : self.last + 1] for word in words_of(line)]

    @property
    def is_enough(self) -> bool:
        """Whether enough lines hold amounts to make a table of their own."""
        lines = [line for line in self.lines[self.first : self.last + 1] if _holds_amount(line)]
        em = em_of(self.body)
        rows = sum(1 for line in lines if not is_prose(line, em))
        return rows >= (1 if self.is_titled else FEWEST)


def blocks_of(page: Page, lines: Sequence[Line], rules: Sequence[Rule]) -> Iterator[Block]:
    """The blocks among lines of a page, top to bottom; `rules` are those across that belong to no grid."""
    em = em_of([word for line in lines for word in words_of(line)])
    for start, end in _runs(page, lines, rules, em):
        with_amounts = [index for index in range(start, end) if _holds_amount(lines[index])]
        if not with_amounts:
            continue
        top = _top(lines, start, with_amounts[0], em)
        yield Block(
            page=page.number,
            lines=tuple(lines[top:end]),
            first=with_amounts[0] - top,
            last=with_amounts[-1] - top,
            is_titled=top > 0 and _UNIT.search(lines[top - 1].passage.plain) is not None,
            opens=top == 0,
            closes=end == len(lines),
            rules=tuple(_inside(lines[top:end], rules, em)),
        )


def _holds_amount(line: Line) -> bool:
    return any(map(is_amount, words_of(line)))


def _runs(page: Page, lines: Sequence[Line], rules: Sequence[Rule], em: float) -> Iterator[tuple[int, int]]:
    """First and last line of each run of lines that stand close together, captions left out."""
    start = 0
    bottom = float("-inf")
    for index, line in enumerate(lines):
        ends = _is_caption(line)
        if ends or (index > start and _is_apart(page, bottom, line.box.y0, rules, em)):
            if index > start:
                yield start, index
            start = index + 1 if ends else index
            bottom = float("-inf")
        bottom = max(bottom, line.box.y1)
    if start < len(lines):
        yield start, len(lines)


def _is_caption(line: Line) -> bool:
    return _CAPTION.search(line.passage.plain) is not None and not _holds_amount(line)


def _is_apart(page: Page, bottom: float, top: float, rules: Sequence[Rule], em: float) -> bool:
    if any(bottom <= grid.box.y0 < top for grid in page.grids):
        return True
    is_ruled = any(bottom - em < rule.at < top + em for rule in rules)
    return top - bottom > (_RULED_GAP if is_ruled else _ROW_GAP) * em


def _top(lines: Sequence[Line], start: int, first: int, em: float) -> int:
    """Where the header begins: below the last line of prose."""
    for index in reversed(range(start, first)):
        if is_prose(lines[index], em):
            return index + 1
    return start


def is_prose(line: Line, em: float) -> bool:
    """Whether a line is running text: without a wide gap, and a sentence or long."""
    words = words_of(line)
    gaps = [after.box.x0 - before.box.x1 for before, after in pairwise(words)]
    if max(gaps, default=0.0) > _SEGMENT_GAP * em:
        return False
    return line.passage.text[-1] in _ENDS_OF_PROSE or len(line.passage) > _LONGEST_LABEL


def _inside(lines: Sequence[Line], rules: Sequence[Rule], em: float) -> list[Rule]:
    """The rules among lines, with those just above and below them."""
    top, bottom = lines[0].box.y0 - _ROW_GAP * em, max(line.box.y1 for line in lines) + _ROW_GAP * em
    left, right = min(line.box.x0 for line in lines), max(line.box.x1 for line in lines)
    return [rule for rule in rules if top < rule.at < bottom and rule.start < right and left < rule.end]
