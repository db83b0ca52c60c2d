"""The text of ruled cells with its place: what every reader of tables and forms needs."""

from extractors.layout.text import joined, passage_of
from extractors.model.amounts import Text
from extractors.model.document import GridCell, Passage, evidence_of
from extractors.model.evidence import Reader


def text_of(cell: GridCell, page: int) -> Text | None:
    """The text of a cell with its place; None where nothing is printed."""
    if not cell.words or not (text := "".join(cell.text.split())):
        return None
    return Text(printed=text, place=(evidence_of(cell.words, page, text),), reader=Reader.TABLE)


def passage_of_cell(cell: GridCell, page: int) -> Passage:
    """The characters of a cell, each with its box, so that a part of its text has its own place."""
    return joined([passage_of([word], page, index) for index, word in enumerate(cell.words)])
