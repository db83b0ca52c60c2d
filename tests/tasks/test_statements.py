"""The statements tasks: what a model says of a reason falls under the same rule as what we read of it."""

from typing import Any

from extractors.agreement import combine
from extractors.checking.mentions import statements_of
from extractors.model.agreement import Accord
from extractors.model.facts import Disclosure
from extractors.sections.narrative import narrative as built_in
from extractors.tasks import narrative
from extractors.tasks.ask import Asked
from extractors.tasks.statements import StatementsReply, to_facts
from extractors.tasks.task import ModelFacts
from tests.printed import set_document

TEXT = (
    "第三部分2030年部门预算情况说明\n二、关于河源县水务局2030年支出预算情况说明\n"
    "项目支出96.36万元，比上年预算减少7.44万元，主要原因是甲项目96万元调整科目，"
    "乙项目比上年预算减少1.64万元，丙项目减少2万元，所以比上年下降。"
)
WHOLE: dict[str, Any] = {
    "subject": "项目支出",
    "amount": "96.36万元",
    "change": "减少",
    "change_amount": "7.44万元",
    "reason": "甲项目96万元调整科目，乙项目比上年预算减少1.64万元，丙项目减少2万元，所以比上年下降",
}
IN_REASON: list[dict[str, Any]] = [
    {"subject": "甲项目", "amount": "96万元"},
    {"subject": "乙项目", "change": "减少", "change_amount": "1.64万元"},
    {"subject": "丙项目", "change": "减少", "change_amount": "2万元"},
]


def said(facts: list[dict[str, Any]]) -> ModelFacts:
    """What the task makes of a reply to the text."""
    (piece,) = narrative.pieces(Disclosure(set_document(TEXT)))
    return to_facts(StatementsReply.model_validate({"parts": [{"n": 1, "facts": facts}]}), piece)


def test_a_model_alone_mentions_what_it_sets_against_nothing() -> None:
    disclosure, _ = combine(Disclosure(set_document(TEXT)), Asked(facts=said([WHOLE, *IN_REASON])))
    whole, second = statements_of(disclosure.narrative_facts)
    assert [fact.subject.printed for fact in whole.mentioned] == ["甲项目", "丙项目"]
    assert (second.fact.subject.printed, second.mentioned) == ("乙项目", ())


def test_both_readers_mention_the_same() -> None:
    disclosure = built_in.read(Disclosure(set_document(TEXT)))
    alone = [(s.fact.subject.printed, len(s.mentioned)) for s in statements_of(disclosure.narrative_facts)]
    together, agreements = combine(disclosure, Asked(facts=said([WHOLE, *IN_REASON])))
    both = [(s.fact.subject.printed, len(s.mentioned)) for s in statements_of(together.narrative_facts)]
    assert alone == both == [("项目支出", 2), ("乙项目", 0)]
    assert {two.accord for two in agreements.compared} == {Accord.AGREE}


def test_where_they_differ_over_a_mention_its_path_says_so() -> None:
    disclosure = built_in.read(Disclosure(set_document(TEXT)))
    wrong = [*IN_REASON[:2], {"subject": "乙项目", "change": "减少", "change_amount": "2万元"}]
    _, agreements = combine(disclosure, Asked(facts=said([WHOLE, *wrong])))
    differing = {two.what for two in agreements.compared if two.accord is Accord.DIFFER}
    assert "narrative_facts/0/reason_figures/1/change_amount" in differing
