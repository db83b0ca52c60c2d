"""The text of ruled cells with its place: what every reader of tables and forms needs."""

from extractors.model.amounts import Text
from extractors.model.document import GridCell, Passage, Piece, evidence_of
from extractors.model.evidence import Reader
from extractors.model.plain import plain

_READER = Reader.TABLE  # a member is looked up slowly before Python 3.12, and there are a thousand cells


def text_of(cell: GridCell, page: int) -> Text | None:
    """The text of a cell with its place; None where nothing is printed."""
    if not cell.words or not (text := "".join(cell.text.split())):
        return None
    return Text(text, (evidence_of(cell.words, page, text),), _READER)


def passage_of_cell(cell: GridCell, page: int) -> Passage:
    """The characters of a cell, each word a line, so that a part of its text has its own place."""
    text = cell.text
    pieces = [Piece(page, line, word, 0, len(word.text)) for line, word in enumerate(cell.words)]
    return Passage(text, plain(text), tuple(pieces))
