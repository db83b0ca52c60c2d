"""Text set in lines and pages, for tests of where a quote is printed. (`builders` sets one line each.)"""

import hashlib
from collections.abc import Iterator

from extractors.layout.text import joined, outline_of, passage_of
from extractors.model.document import Document, Page, Passage, Word
from extractors.model.evidence import Box

_WIDTH, _HEIGHT = 595.0, 842.0
_LEFT, _TOP = 90.0, 80.0
_EM, _LEADING = 12.0, 20.0
_LINE = 34  # characters


def set_document(text: str, file_name: str = "made-up.pdf") -> Document:
    """A document of narrative pages: each line is a paragraph (indented, wrapped), \\f begins a page."""
    parts = list(enumerate(text.split("\f"), start=1))
    outline = outline_of([paragraph for number, part in parts for paragraph in _paragraphs(part, number)])
    return Document(
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        file_name=file_name,
        pages=tuple(Page(number, _WIDTH, _HEIGHT, 0, ()) for number, _ in parts),
        opening=outline.opening,
        contents=outline.contents,
        sections=outline.sections,
    )


def passage_from(text: str) -> Passage:
    """One passage on page 1; each line of the text is a line of print, white space is not printed."""
    lines = enumerate(text.strip().split("\n"))
    return joined([passage_of([_word("".join(line.split()), _LEFT, row)], 1, row) for row, line in lines])


def _paragraphs(text: str, page: int) -> Iterator[Passage]:
    row = 0
    for paragraph in filter(None, ("".join(line.split()) for line in text.split("\n"))):
        words = list(_wrapped(paragraph, row))
        yield joined([passage_of([word], page, row + index) for index, word in enumerate(words)])
        row += len(words)


def _wrapped(paragraph: str, row: int) -> Iterator[Word]:
    first = paragraph[: _LINE - 2]
    yield _word(first, _LEFT + 2 * _EM, row)
    for index, start in enumerate(range(len(first), len(paragraph), _LINE), start=1):
        yield _word(paragraph[start : start + _LINE], _LEFT, row + index)


def _word(text: str, left: float, row: int) -> Word:
    """Every character as wide as a Chinese one."""
    edges = tuple(left + _EM * i for i in range(len(text) + 1))
    top = _TOP + _LEADING * row
    return Word(Box(edges[0], top, edges[-1], top + _EM), text, edges)
