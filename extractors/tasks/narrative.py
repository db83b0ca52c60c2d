"""情况说明: what each sentence says of each subject, with the reasons that it gives."""

from collections.abc import Sequence

from extractors.model.facts import Disclosure
from extractors.tasks.statements import StatementsReply, statements_of, to_facts
from extractors.tasks.task import Piece, Task, cut
from extractors.templates.sections import find, narrative_sections

NAME = "narrative"


def pieces(disclosure: Disclosure) -> Sequence[Piece]:
    """The statements of the narrative, but for other matters, which are a task of their own."""
    document = disclosure.document
    others = {id(section) for section in find(document, "other_matters")}
    return cut(list(statements_of(s for s in narrative_sections(document) if id(s) not in others)))


TASK = Task(NAME, StatementsReply, pieces, to_facts)
