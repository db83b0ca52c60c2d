"""Changes against the year before: percentage, previous figure, one change stated twice, parts and whole."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from extractors.checking.registry import check
from extractors.checking.said import signed_change, year_before
from extractors.checking.tie import constant, figure, percentage, tie, total_of
from extractors.model.amounts import PERCENT, Amount
from extractors.model.facts import Disclosure, NarrativeFact
from extractors.model.findings import TieOut, Verdict

_CLASSIFIED = re.compile(r"[（(]项[)）]$")
_ENDING = re.compile(r"(?:预算|数)+(?=/|$)")
_WHOLES = ("基本支出", "项目支出")


@check("change/percentage")
def change_percentage(disclosure: Disclosure) -> Iterator[TieOut]:
    """增减率 ＝ 增减额 ÷ 上年数（上年数 ＝ 本年数 ∓ 增减额）。"""
    for facts in disclosure.facts_by_section:
        for fact in facts:
            if fact.change_pct is None or fact.change_amount is None:
                continue
            amount = fact.amount or _stated_before(fact, facts)
            if amount is None:
                continue
            subject, previous = fact.subject.printed, year_before(fact, amount)
            # Nothing before and nothing now: 增加 0 万元，增长 0%.
            is_nothing = not previous.value and not fact.change_amount.value
            change = figure("增减额", fact.change_amount)
            yield tie(
                "change/percentage",
                f"{subject}的增减率 ＝ 增减额 ÷ 上年数",
                figure(f"{subject}增减率", fact.change_pct),
                constant("零", Decimal(0), PERCENT)
                if is_nothing
                else percentage("增减额 ÷ 上年数", change, previous),
            )


@check("change/from-nothing", accuses=False)
def from_nothing(disclosure: Disclosure) -> Iterator[TieOut]:
    """上年数为零、本年有数时，增减率按惯例印作 100%。"""
    for fact in disclosure.narrative_facts:
        if fact.change_pct is None or fact.amount is None or fact.change_amount is None:
            continue
        before = year_before(fact, fact.amount)
        if before.value == 0 and fact.change_amount.value:
            subject = fact.subject.printed
            yield tie(
                "change/from-nothing",
                f"{subject}的上年数为零，增减率印作 100%",
                figure(f"{subject}增减率", fact.change_pct),
                constant("100%", Decimal(100), PERCENT),
            )


@check("change/previous")
def previous_amount(disclosure: Disclosure) -> Iterator[TieOut]:
    """上年数 ＝ 本年数 ∓ 增减额。"""
    for fact in disclosure.narrative_facts:
        if fact.previous_amount is None or fact.amount is None or fact.change_amount is None:
            continue
        subject = fact.subject.printed
        yield tie(
            "change/previous",
            f"{subject}的上年数 ＝ 本年数 ∓ 增减额",
            figure(f"{subject}上年数", fact.previous_amount),
            year_before(fact, fact.amount),
        )


@check("change/stated-twice")
def stated_twice(disclosure: Disclosure) -> Iterator[TieOut]:
    """同一节中同一事项的增减额前后一致。"""
    for facts in disclosure.facts_by_section:
        changed = [fact for fact in facts if fact.change_amount is not None and not fact.item]
        for _, same in groupby(sorted(changed, key=_name), key=_name):
            first, *others = same
            for other in others:
                if _are_two_things(first, other):
                    continue
                subject = first.subject.printed
                yield tie(
                    "change/stated-twice",
                    f"{subject}的增减额前后一致",
                    total_of(f"{subject}增减额", [signed_change(first)]),
                    total_of(f"{subject}增减额（后一处）", [signed_change(other)]),
                )


@check("change/items", accuses=False)
def items(disclosure: Disclosure) -> Iterator[TieOut]:
    """各科目（项）增减额之和 ＝ 基本支出与项目支出增减额之和。"""
    for facts in disclosure.facts_by_section:
        changed = [fact for fact in facts if fact.change_amount is not None]
        parts = [
            signed_change(fact)
            for fact in changed
            if _CLASSIFIED.search(fact.subject.printed) and fact.amount
        ]
        wholes = [
            signed_change(f)
            for f in changed
            if f.subject.printed.endswith(_WHOLES) and f.amount and not f.item
        ]
        if len(parts) > 1 and len(wholes) == len(_WHOLES):
            yield tie(
                "change/items",
                f"{facts[0].section}：各项增减额之和 ＝ 基本支出、项目支出增减额之和",
                total_of("各项增减额之和", parts),
                total_of("基本支出、项目支出增减额之和", wholes),
            )


@check("change/breakdown", accuses=False)
def breakdown(disclosure: Disclosure) -> Iterator[TieOut]:
    """“其中”各项增减额之和 ＝ 总增减额。"""
    for facts in disclosure.facts_by_section:
        changed = [(_name(fact), fact) for fact in facts if fact.change_amount is not None]
        times = Counter([name for name, _ in changed])
        by_parent: dict[str, dict[str, NarrativeFact]] = {}
        for name, fact in changed:
            by_parent.setdefault(name.rpartition("/")[0], {})[name] = fact
        for whole_name, whole in changed:
            parts = by_parent.get(whole_name, {})
            if len(parts) > 1 and times[whole_name] == 1:
                yield tie(
                    "change/breakdown",
                    f"{whole.subject.printed}的增减额 ＝ 各项增减额之和",
                    total_of(f"{whole.subject.printed}增减额", [signed_change(whole)]),
                    total_of("各项增减额之和", [signed_change(part) for part in parts.values()]),
                )


def _are_two_things(one: NarrativeFact, other: NarrativeFact) -> bool:
    """Whether one name means two things: the wages of basic expenditure, and those of projects."""
    if one.amount is None or other.amount is None:
        return False
    same = tie("change/stated-twice", "金额相同", figure("甲", one.amount), figure("乙", other.amount))
    return same.verdict is Verdict.BROKEN


def _name(fact: NarrativeFact) -> str:
    """The subject without the endings that one statement has and the next has not."""
    subject = fact.subject.printed
    has_ending = "数" in subject or "预算" in subject  # as few have: the pattern looks at each character
    return _ENDING.sub("", subject) if has_ending else subject


def _stated_before(fact: NarrativeFact, facts: Sequence[NarrativeFact]) -> Amount | None:
    """The amount that another sentence of the section states, once, for the same subject."""
    found = [f.amount for f in facts if f.amount is not None and _name(f) == _name(fact)]
    return found[0] if len(found) == 1 and not fact.item else None
