"""Shares: 占 …% against part and whole."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from extractors.checking.registry import check
from extractors.checking.tie import constant, figure, if_certain, percentage, tie, total_of
from extractors.model.amounts import PERCENT
from extractors.model.facts import Disclosure, NarrativeFact
from extractors.model.findings import Term, TieOut, Verdict


@check("share/part-of-whole")
def part_of_whole(disclosure: Disclosure) -> Iterator[TieOut]:
    """占比 ＝ 分项数 ÷ 合计数。"""
    for _, facts in groupby(disclosure.narrative_facts, key=lambda fact: fact.section):
        yield from _shares(list(facts))


def _shares(facts: Sequence[NarrativeFact]) -> Iterator[TieOut]:
    """The whole is the section's first figure; that it is the whole shows in most shares tying out."""
    whole = next((fact for fact in facts if fact.amount is not None and fact.share is None), None)
    tie_outs = [_tie(fact, whole) for fact in facts if fact.share is not None and fact.amount is not None]
    tied = sum(1 for t in tie_outs if t.verdict in (Verdict.HOLDS, Verdict.ROUNDING))
    for tie_out in tie_outs:
        yield if_certain(tie_out, tied >= 2 and 2 * tied > len(tie_outs))


@check("share/total")
def total(disclosure: Disclosure) -> Iterator[TieOut]:
    """各项占比之和 ＝ 100%（各项数之和等于合计数时）。"""
    for _, facts in groupby(disclosure.narrative_facts, key=lambda fact: (fact.section, fact.subsection)):
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
    amounts = [Term(fact.subject.printed, fact.amount) for fact in parts if fact.amount is not None]
    whole = total_of("合计", amounts)
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
