"""Shares: 占 …% against part and whole."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.checking.registry import check
from extractors.checking.said import amounts_of
from extractors.checking.tie import attested, constant, figure, percentage, tie, total_of
from extractors.model.amounts import PERCENT
from extractors.model.facts import Disclosure, NarrativeFact
from extractors.model.findings import Term, TieOut, Verdict
from extractors.model.plain import plain

_SPARE = re.compile(r"(?:19|20)\d\d年度?|[总本当全]年度?|合计|总计|总额|年度|预算|决算|[总数额的]|安排")


@check("share/part-of-whole")
def part_of_whole(disclosure: Disclosure) -> Iterator[TieOut]:
    """占比 ＝ 分项数 ÷ 合计数。"""
    before: list[NarrativeFact] = []
    for facts in disclosure.facts_by_section:
        yield from _shares(facts, before)
        before += facts


def _shares(facts: Sequence[NarrativeFact], before: Sequence[NarrativeFact]) -> Iterator[TieOut]:
    """That the wholes are the right ones shows in most shares of the section tying out."""
    tie_outs = [
        _tie(fact, _whole_of(fact, facts, before))
        for fact in facts
        if fact.share is not None and fact.amount is not None
    ]
    yield from attested(tie_outs)


def _whole_of(
    fact: NarrativeFact, facts: Sequence[NarrativeFact], before: Sequence[NarrativeFact]
) -> NarrativeFact | None:
    """What a share is one of.

    What the text names (占支出总预算的), what it is listed under (其中), else the first figure under its
    heading, or of its section.
    """
    wholes = [f for f in facts if f.amount is not None and f.share is None]
    beside = [f for f in wholes if f.subsection == fact.subsection]
    first = next(iter((*beside, *wholes)), None)
    if fact.share_of is not None and _bare(fact.share_of.printed):
        return _named(fact, facts, before)
    parent = fact.subject.printed.rpartition("/")[0]
    return next((f for f in facts if f.amount is not None and f.subject.printed == parent), first)


def _named(
    fact: NarrativeFact, facts: Sequence[NarrativeFact], before: Sequence[NarrativeFact]
) -> NarrativeFact | None:
    """The last figure before a share that has the name of its whole, else the first one behind it."""
    assert fact.share_of is not None  # noqa: S101 - asked only of those that name their whole
    name = _bare(fact.share_of.printed)
    index = next(i for i, other in enumerate(facts) if other is fact)
    in_turn = (*facts[:index][::-1], *before[::-1], *facts[index + 1 :])
    return next((f for f in in_turn if f.amount is not None and _bare(f.subject.printed) == name), None)


def _bare(name: str) -> str:
    """A name without what a text leaves out when it says it again: 本年支出合计, 支出总预算, 支出."""
    return _SPARE.sub("", plain(name).rpartition("/")[2])


@check("share/total")
def total(disclosure: Disclosure) -> Iterator[TieOut]:
    """各项占比之和 ＝ 100%（各项数之和等于合计数时）。"""
    for facts in disclosure.facts_by_heading:
        parts = [fact for fact in facts if fact.share is not None and fact.amount is not None]
        shares = [Term(f"{fact.subject.printed}占比", fact.share) for fact in parts if fact.share is not None]
        if len(parts) > 1 and _is_whole(parts):
            yield tie(
                "share/total",
                f"{parts[0].section}：各项占比之和 ＝ 100%",
                total_of("各项占比之和", shares),
                constant("100%", Decimal(100), PERCENT),
            )


def _is_whole(parts: Sequence[NarrativeFact]) -> bool:
    """Whether the parts are all there is: then each share is its amount in all their amounts."""
    whole = total_of("合计", amounts_of(parts))
    return all(
        tie(
            "share/total",
            "占比",
            figure("占比", fact.share),
            percentage("占比", figure("数", fact.amount), whole),
        ).verdict
        in (Verdict.HOLDS, Verdict.ROUNDING)
        for fact in parts
    )


def _tie(fact: NarrativeFact, whole: NarrativeFact | None) -> TieOut:
    subject = fact.subject.printed
    label = whole.subject.printed if whole else "合计数"
    return tie(
        "share/part-of-whole",
        f"{subject}的占比 ＝ {subject} ÷ {label}",
        figure(f"{subject}占比", fact.share),
        percentage(
            f"{subject} ÷ {label}",
            figure(subject, fact.amount),
            figure(label, whole.amount if whole else None),
        ),
    )
