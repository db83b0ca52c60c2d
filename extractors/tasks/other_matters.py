"""其他重要事项: operating costs, procurement, assets and vehicles, sentence by sentence."""

from collections.abc import Sequence

from extractors.model.facts import Disclosure
from extractors.tasks.statements import SmallStatementsReply, statements_of, to_facts
from extractors.tasks.task import Piece, Task, cut
from extractors.templates.sections import find, narrative_sections

NAME = "other_matters"


def pieces(disclosure: Disclosure) -> Sequence[Piece]:
    """The statements on other matters."""
    document = disclosure.document
    narrative = {id(section) for section in narrative_sections(document)}
    return cut(list(statements_of(s for s in find(document, "other_matters") if id(s) in narrative)))


TASK = Task(NAME, SmallStatementsReply, pieces, to_facts)
