"""Shares: 占 …% against part and whole."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from extractors.checking.registry import check
from extractors.checking.tie import figure, if_certain, percentage, tie
from extractors.model.facts import Disclosure, NarrativeFact
from extractors.model.findings import TieOut, Verdict


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
