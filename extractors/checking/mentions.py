"""Statements of the narrative, and the figures that a reason merely mentions.

A reason gives figures in two ways. Some it sets against something, and they are statements of their own:

    …主要原因是甲项目比上年预算减少1.64万元             the change says what it is against
    …主要原因是甲项目92.36万元，减少1.64万元            two figures of one thing
    …主要原因是2024年甲项目94万元，2025年甲项目90万元    one thing in two years

Others it only mentions: one figure of a thing, set against nothing. They belong to the fact explained:

    …主要原因是甲项目96万元改列其他科目，所以较上年增长
    …主要原因是工作任务有变动，甲项目增加25万元
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractors.checking.said import is_inside, without_year, year_named
from extractors.model.evidence import Place
from extractors.model.facts import NarrativeFact


class Statement(NamedTuple):
    """A statement, and what its reason merely mentions."""

    fact: NarrativeFact
    mentioned: tuple[NarrativeFact, ...]


def statements_of(facts: Sequence[NarrativeFact]) -> tuple[Statement, ...]:
    """The statements among all facts of a narrative, in their order."""
    mentioned: defaultdict[int, list[NarrativeFact]] = defaultdict(list)
    owners = _owners(facts)
    for fact, owner in zip(facts, owners, strict=True):
        if owner is not None:
            mentioned[owner].append(fact)
    return tuple(
        Statement(fact, tuple(mentioned[index]))
        for index, (fact, owner) in enumerate(zip(facts, owners, strict=True))
        if owner is None
    )


def paths_of(facts: Sequence[NarrativeFact]) -> tuple[str, ...]:
    """Where each fact stands in the extraction: narrative_facts/3, narrative_facts/3/reason_figures/0."""
    owners = _owners(facts)
    statements = [index for index, owner in enumerate(owners) if owner is None]
    paths = {index: f"narrative_facts/{number}" for number, index in enumerate(statements)}
    before: Counter[int] = Counter()
    for index, owner in enumerate(owners):
        if owner is not None:
            paths[index] = f"{paths[owner]}/reason_figures/{before[owner]}"
            before[owner] += 1
    return tuple(paths[index] for index in range(len(facts)))


def _owners(facts: Sequence[NarrativeFact]) -> list[int | None]:
    """For each fact the index of the one whose reason merely mentions it; None for a statement."""
    reasons = _reasons_by_page(facts)
    around = [_explained_with(fact, reasons) for fact in facts]
    within = {index: owner for index, owner in enumerate(around) if owner is not None}  # few
    years: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    for index, owner in within.items():
        subject = facts[index].subject.printed
        if (year := year_named(subject)) is not None:
            years[owner, without_year(subject)].add(year)
    mentioned = {
        index: owner
        for index, owner in within.items()
        if _is_bare(facts[index]) and len(years[owner, without_year(facts[index].subject.printed)]) <= 1
    }
    return [mentioned.get(index) for index in range(len(facts))]


def _reasons_by_page(facts: Sequence[NarrativeFact]) -> Mapping[int, list[tuple[int, Place]]]:
    """Where the reasons stand that are printed on a page, each with the index of its fact; the last first."""
    found: defaultdict[int, list[tuple[int, Place]]] = defaultdict(list)
    for index in range(len(facts) - 1, -1, -1):
        if (reason := facts[index].reason) is not None:
            for page in {line.page for line in reason.place}:
                found[page].append((index, reason.place))
    return found


def _explained_with(fact: NarrativeFact, reasons: Mapping[int, list[tuple[int, Place]]]) -> int | None:
    """The fact in whose reason a bare or compared figure stands; the last where reasons hold reasons."""
    figure = fact.amount or fact.change_amount
    if figure is None or not figure.place or fact.reason is not None:
        return None
    for index, place in reasons.get(figure.place[0].page, ()):
        if is_inside(figure.place, place):
            return index
    return None


def _is_bare(fact: NarrativeFact) -> bool:
    """Whether a fact gives one amount or one change, set against nothing, and nothing else."""
    others = (
        *(fact.share, fact.change_pct, fact.previous_amount, fact.budget_amount, fact.completion_pct),
        *(fact.stated_direction, fact.absence, fact.reason),
    )
    is_single = (fact.amount is None) != (fact.change_amount is None)
    return is_single and not fact.is_compared and all(other is None for other in others)
