"""Narrative facts, figure by figure: it does not matter whether two sentences make one fact or two."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from bench.scoring.pairing import Item
from bench.scoring.tally import Tally
from bench.scoring.text import likeness, number, squash

FIGURES = (
    "amount",
    "share_pct",
    "change_amount",
    "change_pct",
    "budget_amount",
    "completion_pct",
    "previous_amount",
)
_SUBJECT_ALIKE = 0.4


def score_facts(extraction: Item, truth: Item) -> Tally:
    """Each figure of the truth that is read under its own name and under the right subject."""
    tally = Tally()
    readings: defaultdict[tuple[str, Decimal], list[Item]] = defaultdict(list)
    for fact in extraction.get("narrative_facts") or ():
        for figure in _figures(fact):
            readings[figure].append(fact)
            tally.given += 1
    for fact in truth["narrative_facts"]:
        for figure in _figures(fact):
            best = _best(fact, readings[figure])
            if best is not None:
                readings[figure].remove(best)
            where = f"{squash(fact.get('section'))[:10]} {squash(fact['subject'])[:30]}"
            tally.add(ok=best is not None, miss=f"fact {where} {figure[0]} {fact[figure[0]]}")
    return tally


def _figures(fact: Item) -> Iterator[tuple[str, Decimal]]:
    for name in FIGURES:
        value = number(fact.get(name))
        if value is not None:
            yield name, value


def _best(fact: Item, candidates: list[Item]) -> Item | None:
    """The likeliest of the readings, if its subject is the fact's."""

    def closeness(other: Item) -> float:
        return likeness(fact["subject"], other.get("subject")) + likeness(
            fact.get("section"), other.get("section")
        )

    best = max(candidates, key=closeness, default=None)
    is_subject = best is not None and _is_same_subject(fact.get("subject"), best.get("subject"))
    return best if is_subject else None


def _is_same_subject(one: object, other: object) -> bool:
    short, long = sorted((squash(one), squash(other)), key=len)
    return short in long or likeness(one, other) >= _SUBJECT_ALIKE
