"""A fact being gathered: figures are put into it, with what their words call them."""

from dataclasses import dataclass, field
from typing import Any

from extractors.model.amounts import Amount, Text
from extractors.sections.narrative.roles import Reading, Role, meaning
from extractors.sections.narrative.subjects import Span, below

CHANGES = (Role.CHANGE_AMOUNT, Role.CHANGE_PCT)
_ANY_BUDGET = "预算"  # 预算为 says of a figure no more than its part does


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a fact so far: `said` holds its values by their fields in `NarrativeFact`."""

    subject: Text
    item: str | None
    said: dict[str, Any] = field(default_factory=dict)


def fill(draft: Draft, reading: Reading, amount: Amount, compared: Span | None) -> None:
    """Puts a figure in; `compared` is what a clause before has said that changes are against."""
    said = draft.said
    named = reading.label or reading.yearly or reading.against
    if named is None and reading.role in CHANGES:
        named = compared
    words = named.trimmed().printed if named is not None else ""
    if words not in ("", _ANY_BUDGET):
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
    budget, amount = Role.BUDGET.value, Role.AMOUNT.value
    figure, wording = draft.said.pop(budget), draft.said.pop("wording", ())
    called = tuple((amount, words) for name, words in wording if name == budget)
    apart = {**draft.said, amount: figure, "wording": called}
    draft.said["wording"] = tuple(called for called in wording if called[0] != budget)
    return Draft(below(draft.subject, label) if label else draft.subject, draft.item, apart)
