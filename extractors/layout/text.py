"""Running text: lines, paragraphs, headings, sections, each character with its place.

Words come from the page in any order; lines are made by position alone. A paragraph begins with an
indented line or a heading; a heading begins with its number (第一部分, 一、, （一）).
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from extractors.model.document import Line, Page, Passage, Piece, Section, Word
from extractors.model.evidence import Box
from extractors.model.plain import plain
from extractors.model.records import made

_NUMERALS = "一二三四五六七八九十"
_PART = re.compile(rf"第[{_NUMERALS}]+部分")
_HEADING = re.compile(rf"({_PART.pattern})|([{_NUMERALS}]+、)|(\([{_NUMERALS}]+\))")  # one group a level
_PAGE_NUMBER = re.compile(r"[-–—·]*\d{1,4}[-–—·]*|第\d{1,4}页(?:,?\(?共\d{1,4}页\)?)?|\d{1,4}/\d{1,4}")
_LEADER = re.compile(r"[.…·⋯\s]*[-(]?\d*[-)]?$")
_SENTENCE_ENDS = "。；：;:"
_MARGIN_SHARE = 0.12  # page numbers and running headers stand in this share of the page's height
_OF_A_TABLE = re.compile(r"单位:?(?:人民币)?[亿万]?元|表(?:\(.{1,12}\))?$")  # its unit, its name
_LONGEST_HEADING = 80  # characters
_FULL_LINE = 15  # characters from which a line shows where the margins are
_INDENT = 1.2  # characters that make an indent
_SHORT = 6.0  # a line that ends this many characters early ends its paragraph


def passage_of(words: Iterable[Word], page: int, line: int = 0) -> Passage:
    """The characters of words in their order, with their places."""
    words = list(words)
    texts = [word.text for word in words]
    pieces = [made(Piece, (page, line, word, 0, len(text))) for word, text in zip(words, texts, strict=True)]
    text = "".join(texts)
    return Passage(text, plain(text), tuple(pieces))


def joined(passages: Sequence[Passage]) -> Passage:
    """Passages as one."""
    if len(passages) == 1:
        return passages[0]
    return Passage(
        "".join([p.text for p in passages]),
        "".join([p.plain for p in passages]),
        tuple(chain.from_iterable([p.pieces for p in passages])),
    )


def lines_of(words: Iterable[Word], page: int) -> tuple[Line, ...]:
    """Words as lines, top to bottom.

    A word belongs to a line when its middle lies within the line's first word, or the reverse.
    """
    rows: list[list[Word]] = []
    top = bottom = twice_middle = float("-inf")
    for word in sorted(words, key=_height):
        _, y0, _, y1 = word.box
        if top <= (y0 + y1) / 2 <= bottom or 2 * y0 <= twice_middle <= 2 * y1:
            rows[-1].append(word)
        else:
            rows.append([word])
            top, bottom, twice_middle = y0, y1, y0 + y1
    return tuple([_line(row, page, index) for index, row in enumerate(rows)])


def _height(word: Word) -> tuple[float, float]:
    """Twice the height of its middle; of words on one height the left one comes first."""
    x0, y0, _, y1 = word.box
    return y0 + y1, x0


def _line(row: list[Word], page: int, index: int) -> Line:
    if len(row) == 1:
        return made(Line, (row[0].box, passage_of(row, page, index)))
    row.sort(key=_left)
    lefts, tops, rights, bottoms = zip(*[word.box for word in row], strict=True)
    box = made(Box, (lefts[0], min(tops), max(rights), max(bottoms)))
    return made(Line, (box, passage_of(row, page, index)))


def _left(word: Word) -> float:
    return word.box[0]


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without page numbers and running headers."""
    left = [without_page_number(page) for page in pages]
    headers = _running_headers([(page.print_size[1], lines) for page, lines in zip(pages, left, strict=True)])
    if headers:
        left = [tuple([line for line in lines if line.passage.plain not in headers]) for lines in left]
    return [
        page if len(lines) == len(page.lines) else replace(page, lines=lines)
        for page, lines in zip(pages, left, strict=True)
    ]


def without_page_number(page: Page) -> tuple[Line, ...]:
    """The lines without a page number in the margin."""
    numbers = {
        id(line)
        for line in _in_margin(page.lines, page.print_size[1])
        if _PAGE_NUMBER.fullmatch(line.passage.plain)
    }
    return tuple([line for line in page.lines if id(line) not in numbers]) if numbers else page.lines


def _in_margin(lines: Iterable[Line], height: float) -> list[Line]:
    """Those of the lines that stand in the margin of a page, at its top or its foot."""
    top, foot = _MARGIN_SHARE * height, (1 - _MARGIN_SHARE) * height
    return [line for line in lines if line.box.y1 < top or line.box.y0 > foot]


def _running_headers(pages: Sequence[tuple[float, Sequence[Line]]]) -> frozenset[str]:
    """Texts first in the top or last in the bottom margin of at least three pages and a third of them.

    `pages` are (height, lines) of each page. The name and the unit of a table are none, high as they stand.
    """
    seen: Counter[str] = Counter()
    for height, lines in pages:
        outer = set[str]()
        if lines and lines[0].box.y1 < _MARGIN_SHARE * height:
            outer.add(lines[0].passage.plain)
        if lines and lines[-1].box.y0 > (1 - _MARGIN_SHARE) * height:
            outer.add(lines[-1].passage.plain)
        seen.update(text for text in outer if _OF_A_TABLE.search(text) is None)
    return frozenset(text for text, count in seen.items() if count >= max(3, len(pages) / 3))


@dataclass(frozen=True, slots=True)
class _Column:
    """Where the text of a page begins and ends (points), and how wide a character is."""

    left: float
    right: float
    em: float


def _columns(pages: Sequence[Page]) -> dict[tuple[float, float], _Column]:
    """The text column of each page size: most long lines share their left edge."""
    by_size: dict[tuple[float, float], list[Line]] = {}
    for page in pages:
        long = [line for line in page.lines if len(line.passage.text) >= _FULL_LINE]
        by_size.setdefault(page.print_size, []).extend(long)
    return {size: _column(lines) for size, lines in by_size.items() if lines}


def _column(lines: Sequence[Line]) -> _Column:
    left = Counter(round(line.box.x0) for line in lines).most_common(1)[0][0]
    rights = sorted(line.box.x1 for line in lines)
    heights = sorted(line.box.y1 - line.box.y0 for line in lines)
    em = max((b.x1 - b.x0 for b in _boxes(lines)), default=heights[len(heights) // 2])
    return _Column(float(left), rights[int(len(rights) * 0.95)], em)


def _boxes(lines: Sequence[Line]) -> list[Box]:
    """Boxes of a few CJK characters, whose width is the size of the print."""
    return [c.box for c in lines[len(lines) // 2].passage.characters[:_FULL_LINE]]


def paragraphs_of(pages: Sequence[Page], captions: Collection[Line] = ()) -> tuple[Passage, ...]:
    """The lines of all pages as paragraphs, over page breaks too, without the captions of tables."""
    columns = _columns(pages)
    paragraphs: list[list[Passage]] = []
    previous: tuple[Page, Line] | None = None
    not_text = {id(line) for line in captions}
    for page in pages:
        column = columns.get(page.print_size)
        for line in page.lines:
            if id(line) in not_text:
                continue
            if previous is None or column is None or _begins(page, line, previous, column):
                paragraphs.append([line.passage])
            else:
                paragraphs[-1].append(line.passage)
            previous = page, line
    return tuple([joined(passages) for passages in paragraphs])


def _begins(page: Page, line: Line, previous: tuple[Page, Line], column: _Column) -> bool:
    """Whether a line begins a paragraph, given the one before it."""
    page_before, (box_before, before) = previous
    if line.box.x0 > column.left + _INDENT * column.em:
        return True
    gap = column.right - box_before.x1
    if gap > _SHORT * column.em:
        return True
    if is_numbered(line.passage.plain) and (
        gap > column.em or before.text[-1] in _SENTENCE_ENDS or _is_heading(before)
    ):
        return True
    return _a_grid_between(page, line.box.y0, page_before, box_before.y0)


def _a_grid_between(page: Page, top: float, page_before: Page, top_before: float) -> bool:
    """Whether a grid begins between two lines, given where they begin; most pages of text have none."""
    if page is page_before:
        return any(top_before < grid.ys[0] < top for grid in page.grids) if page.grids else False
    after = any(grid.ys[0] > top_before for grid in page_before.grids)
    return after or any(grid.ys[0] < top for grid in page.grids)


def is_numbered(text: str) -> bool:
    """Whether the text begins as a heading does: 第一部分, 一、 or （一）."""
    return _HEADING.match(text) is not None


def _heading_level(passage: Passage) -> int | None:
    """0 for 第一部分, 1 for 一、, 2 for （一）; None for what is no heading."""
    numbered = _HEADING.match(passage.plain)
    if numbered is None or numbered.lastindex is None:
        return None
    text = passage.text
    if len(text) > _LONGEST_HEADING or "。" in text or text[-1] in "；;，,":
        return None
    return numbered.lastindex - 1


def _is_heading(passage: Passage) -> bool:
    return _heading_level(passage) is not None


@dataclass(frozen=True, slots=True)
class Outline:
    """Paragraphs in their order: the cover, the entries of 目录, and the sections."""

    opening: tuple[Passage, ...]
    contents: tuple[str, ...]
    sections: tuple[Section, ...]


def outline_of(paragraphs: Sequence[Passage]) -> Outline:
    """Cover, table of contents and sections."""
    before, contents, body = _without_contents([p for p in paragraphs if p.text])
    first = next((i for i, p in enumerate(body) if _is_heading(p)), len(body))
    opening = (*before, *body[:first])
    return Outline(tuple(opening), contents, tuple(_sections(body[first:])))


def _without_contents(
    paragraphs: Sequence[Passage],
) -> tuple[Sequence[Passage], tuple[str, ...], Sequence[Passage]]:
    """What stands before 目录, its entries, and what stands after it.

    目录 ends where its first entry is printed a second time, as the heading that it announces.
    """
    start = next((i for i, p in enumerate(paragraphs) if p.text in ("目录", "目次")), None)
    if start is None or start + 1 >= len(paragraphs):
        return (), (), paragraphs
    behind = range(start + 2, len(paragraphs))
    first = _entry(paragraphs[start + 1])
    end = next((i for i in behind if _is_heading_of(first, paragraphs[i])), None)
    if end is None:
        end = next(
            (i for i in range(start + 1, len(paragraphs)) if not _is_heading(paragraphs[i])), len(paragraphs)
        )
    return paragraphs[:start], tuple([_entry(p) for p in paragraphs[start + 1 : end]]), paragraphs[end:]


def _entry(paragraph: Passage) -> str:
    """A line of 目录 without its dots and its page."""
    return _LEADER.sub("", paragraph.plain)


def _is_heading_of(entry: str, heading: Passage) -> bool:
    """Equal, or of one part number: the entry may be shorter than the heading it announces."""
    part = _PART.match(entry)
    if part is not None:
        return heading.plain.startswith(part[0])
    return heading.plain.startswith(entry) and _entry(heading) == entry


def _sections(body: Sequence[Passage]) -> Iterator[Section]:
    path: list[tuple[int, str]] = []
    heading: Passage | None = None
    held: list[Passage] = []
    for paragraph in body:
        level = _heading_level(paragraph)
        if level is None:
            held.append(paragraph)
            continue
        if heading is not None:
            yield Section(tuple(text for _, text in path), heading, tuple(held))
        path = [entry for entry in path if entry[0] < level] + [(level, paragraph.text)]
        heading, held = paragraph, []
    if heading is not None:
        yield Section(tuple(text for _, text in path), heading, tuple(held))
