"""Amounts that a reason names against what they explain.

比上年预算减少7.44万元，主要原因是甲项目比上年减少1.64万元，乙项目减少1.5万元，丙减少4.30万元
比上年减少0.01万元，主要原因是：2024年行政单位离退休（项）26849.64元，2025年…26849.64元

A reason need not be complete, so that none of these accuses.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.checking.registry import check
from extractors.checking.said import (
    given_as_reason,
    signed_change,
    without_year,
    year_before,
    year_named,
)
from extractors.checking.tie import figure, tie, total_of
from extractors.model.amounts import Amount
from extractors.model.facts import Disclosure, NarrativeFact
from extractors.model.findings import Term, TieOut


class _Explained(NamedTuple):
    """A fact, its amount, and the facts in its reason: those of the same subject, and the others."""

    fact: NarrativeFact
    own: list[NarrativeFact]
    others: list[NarrativeFact]


@check("change/reason-changes", accuses=False)
def changes(disclosure: Disclosure) -> Iterator[TieOut]:
    """原因中所列各项的增减额之和 ＝ 所说明的增减额。"""
    for explained in _explained(disclosure):
        fact = explained.fact
        named = [signed_change(f) for f in (*explained.own, *explained.others) if f.change_amount is not None]
        if named and fact.change_amount is not None:
            subject = fact.subject.printed
            yield tie(
                "change/reason-changes",
                f"{subject}的增减额 ＝ 原因中所列各项增减额之和",
                total_of(f"{subject}增减额", [signed_change(fact)]),
                total_of("原因中所列各项增减额之和", named),
            )


@check("change/reason-amounts", accuses=False)
def amounts(disclosure: Disclosure) -> Iterator[TieOut]:
    """原因中所列本年各项之和 ＝ 所说明的本年数；所列上年各项之和 ＝ 上年数（本年数 ∓ 增减额）。"""
    year = int(disclosure.head.fiscal_year.value) if disclosure.head.fiscal_year else None
    for explained in _explained(disclosure):
        if explained.fact.amount is None:
            continue
        for group in (explained.others, *([fact] for fact in explained.own)):
            yield from _amounts(explained.fact, explained.fact.amount, group, year)


def _amounts(
    fact: NarrativeFact, amount: Amount, group: Sequence[NarrativeFact], year: int | None
) -> Iterator[TieOut]:
    subject = fact.subject.printed
    sides = {False: figure(f"{subject}本年数", amount), True: year_before(fact, amount)}
    for is_before, whole in sides.items():
        terms = [
            Term(f.subject.printed, f.amount)
            for f in group
            if f.amount is not None and _is_before(f, year) is is_before
        ]
        if terms and not (is_before and whole.missing):
            yield tie(
                "change/reason-amounts",
                f"{subject}的{'上' if is_before else '本'}年数 ＝ 原因中所列各项之和",
                total_of("原因中所列各项之和", terms),
                whole,
            )


def _is_before(fact: NarrativeFact, year: int | None) -> bool:
    named = year_named(fact.subject.printed)
    return named is not None and year is not None and named < year


def _explained(disclosure: Disclosure) -> Iterator[_Explained]:
    """The facts with a reason that names figures."""
    for facts in disclosure.facts_by_heading:
        for index, fact in enumerate(facts):
            if fact.reason is not None and (named := given_as_reason(fact, facts[index + 1 :])):
                own = [f for f in named if _is_own(f, fact)]
                yield _Explained(fact, own, [f for f in named if f not in own])


def _is_own(named: NarrativeFact, fact: NarrativeFact) -> bool:
    """Whether a reason speaks of what it explains itself, in another year."""
    subject = without_year(named.subject.printed)
    return bool(subject) and fact.subject.printed.endswith(subject)
