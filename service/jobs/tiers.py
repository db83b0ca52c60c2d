"""What people's decisions say of tiers of evidence: was the reading right that they looked at?"""

from collections import Counter

from extractors.checking.tiers import Observations, Observed, Tier
from service.jobs.batch import all_documents
from service.jobs.values import Value, values_of
from service.storage.database import Database
from service.storage.records import Action, ReviewDecision


def reviewed(database: Database) -> Observations:
    """Values and wrong ones of each tier among those that people have decided on, in the readings in force.

    A value that was accepted, or called printed so, was read rightly; one that was corrected was not; of one
    that is unreadable nobody knows.
    """
    seen: Counter[tuple[Tier, bool]] = Counter()
    for document in all_documents(database):
        with database.reading() as work:
            run, decisions = work.runs.latest(document.id), work.reviews.in_force(document.id)
        for value in values_of(run.extraction) if run is not None and decisions else ():
            is_right = _is_right(value, decisions.get(value.path))
            if is_right is not None:
                seen[Tier(value.standing["tier"]), is_right] += 1
    return {tier: Observed(seen[tier, True] + seen[tier, False], seen[tier, False]) for tier in Tier}


def together(one: Observations, other: Observations) -> Observations:
    """Two tables as one."""
    return {
        tier: Observed(one[tier].values + other[tier].values, one[tier].wrong + other[tier].wrong)
        for tier in Tier
    }


def _is_right(value: Value, decision: ReviewDecision | None) -> bool | None:
    if decision is None or decision.action is Action.UNREADABLE or not value.standing.get("tier"):
        return None
    if decision.action is Action.CORRECT:
        return decision.value in (value.value, value.printed)
    return True
