"""A fact with one more figure in it, and what its words call the figure."""

from dataclasses import replace
from typing import Any

from extractors.model.amounts import Amount, Text
from extractors.model.facts import NarrativeFact
from extractors.sections.narrative.roles import Reading, Role, meaning
from extractors.sections.narrative.subjects import Span, below

CHANGES = (Role.CHANGE_AMOUNT, Role.CHANGE_PCT)
_ANY_BUDGET = "预算"  # 预算为 says of a figure no more than its part does


def filled(fact: NarrativeFact, reading: Reading, amount: Amount, said: Span | None) -> NarrativeFact:
    """The fact with the figure; `said` is what a clause before has said that changes are against."""
    named = reading.label or reading.yearly or reading.against
    if named is None and reading.role in CHANGES:
        named = said
    words = named.trimmed().text.printed if named is not None else ""
    wording = fact.wording if words in ("", _ANY_BUDGET) else (*fact.wording, (reading.role.value, words))
    change = fact.change
    if reading.direction is not None and change is None:
        change = reading.direction.saying(meaning(reading.direction.plain))
    figure: dict[str, Any] = {reading.role.value: amount}
    return replace(
        fact,
        is_compared=fact.is_compared or reading.is_compared,
        share_of=fact.share_of if reading.whole is None else reading.whole.text,
        change=change,
        wording=wording,
        **figure,
    )


def budget_apart(fact: NarrativeFact, label: Text | None) -> tuple[NarrativeFact, NarrativeFact]:
    """A fact without its budget, and one of the budget alone: 年初预算, where 全年预算 is still to come."""
    budget, amount = Role.BUDGET.value, Role.AMOUNT.value
    rest = tuple(called for called in fact.wording if called[0] != budget)
    apart = tuple((amount, words) for name, words in fact.wording if name == budget)
    subject = below(fact.subject, label) if label else fact.subject
    return (
        replace(fact, budget_amount=None, wording=rest),
        replace(fact, subject=subject, amount=fact.budget_amount, budget_amount=None, wording=apart),
    )
