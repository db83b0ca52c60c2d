"""A fact being gathered: figures are put into it, with what their words call them."""

from typing import Any, NamedTuple

from extractors.model.amounts import Amount, Text
from extractors.sections.narrative.roles import AMOUNT, BUDGET, CHANGE_AMOUNT, CHANGE_PCT, Reading, meaning
from extractors.sections.narrative.subjects import Span, below

CHANGES = (CHANGE_AMOUNT, CHANGE_PCT)
_ANY_BUDGET = "预算"  # 预算为 says of a figure no more than its part does


class Draft(NamedTuple):
    """What is known of a fact so far: `said` holds its values by their fields in `NarrativeFact`."""

    subject: Text
    item: str | None
    said: dict[str, Any]


def fill(draft: Draft, reading: Reading, amount: Amount, compared: Span | None) -> None:
    """Puts a figure in; `compared` is what a clause before has said that changes are against."""
    said = draft.said
    named = reading.label or reading.yearly or reading.against
    if named is None and reading.role in CHANGES:
        named = compared
    if named is not None and (words := named.trimmed().printed) not in ("", _ANY_BUDGET):
        said["wording"] = (*said.get("wording", ()), (reading.role.value, words))
    if reading.direction is not None and "change" not in said:
        said["change"] = reading.direction.saying(meaning(reading.direction.plain))
    if reading.is_compared:
        said["is_compared"] = True
    if reading.whole is not None:
        said["share_of"] = reading.whole.text
    said[reading.role] = amount


def budget_apart(draft: Draft, label: Text | None) -> Draft:
    """The budget of a fact taken out as one of its own: 年初预算, where 全年预算 is still to come."""
    budget, amount = BUDGET.value, AMOUNT.value
    figure, wording = draft.said.pop(budget), draft.said.pop("wording", ())
    called = tuple((amount, words) for name, words in wording if name == budget)
    apart = {**draft.said, amount: figure, "wording": called}
    draft.said["wording"] = tuple(called for called in wording if called[0] != budget)
    return Draft(below(draft.subject, label) if label else draft.subject, draft.item, apart)
