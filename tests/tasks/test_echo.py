"""Real documents, and a model that says what the built-in reader read: the two agree in everything said."""

from collections import Counter
from functools import cache

import pytest

from bench.golden import GoldenDocument, golden_documents
from extractors.agreement import combine
from extractors.checking.mentions import paths_of
from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.model.agreement import Accord
from extractors.model.facts import Disclosure
from extractors.pipeline import read_sections
from extractors.tasks.ask import Asked
from extractors.tasks.task import ModelFacts, all_tasks
from tests.tasks.echo import echo
from tests.tasks.values import not_found_in

every_document = pytest.mark.parametrize("document", golden_documents(), ids=lambda d: d.name)
MOST_REPEATS = 2


@cache
def read(document: GoldenDocument) -> Disclosure:
    """What the built-in reader reads."""
    return read_sections(read_layout(document.pdf.read_bytes(), document.pdf.name, Limits()))


def said(disclosure: Disclosure) -> ModelFacts:
    """What the agreeing model says, quote by quote, as facts."""
    facts = ModelFacts()
    for task in all_tasks():
        for piece in task.pieces(disclosure):
            reply = task.reply.model_validate_json(echo(task.name, piece, disclosure))
            facts += task.to_facts(reply, piece)
    return facts


@every_document
def test_what_both_say_they_say_of_the_same_place(document: GoldenDocument) -> None:
    disclosure = read(document)
    facts = said(disclosure)
    assert not_found_in(facts) == []
    together, agreements = combine(disclosure, Asked(facts=facts))
    compared = Counter(two.accord for two in agreements.compared)
    assert compared[Accord.DIFFER] == 0
    assert compared[Accord.AGREE] > 200
    assert len(together.narrative_facts) == len(disclosure.narrative_facts)
    assert together.staffing == disclosure.staffing
    assert together.tables == disclosure.tables


@every_document
def test_every_fact_is_asked_about(document: GoldenDocument) -> None:
    disclosure = read(document)
    asked = {two.what for two in combine(disclosure, Asked(facts=said(disclosure)))[1].compared}
    facts = disclosure.narrative_facts
    figures = {
        f"{path}/amount" for path, fact in zip(paths_of(facts), facts, strict=True) if fact.amount is not None
    }
    assert figures <= asked


@every_document
def test_no_print_is_sent_more_than_twice(document: GoldenDocument) -> None:
    disclosure = read(document)
    sent = Counter(
        (e.page, e.box)
        for task in all_tasks()
        for piece in task.pieces(disclosure)
        for unit in piece.units
        for character in unit.passage.characters
        for e in (character,)
    )
    assert max(sent.values()) <= MOST_REPEATS
