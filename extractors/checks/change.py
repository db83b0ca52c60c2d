"""Changes against the year before: percentage, previous figure, one change stated twice, parts and whole."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from extractors.checking.registry import check
from extractors.checking.tie import constant, figure, percentage, tie, total_of
from extractors.model.amounts import PERCENT, Amount
from extractors.model.facts import Disclosure, NarrativeFact
from extractors.model.findings import Side, Term, TieOut

_UP, _DOWN = "增加", "减少"
_CLASSIFIED = re.compile(r"[（(]项[)）]$")
_ENDING = re.compile(r"(?:预算|数)+(?=/|$)")
_WHOLES = ("基本支出", "项目支出")


@check("change/percentage")
def change_percentage(disclosure: Disclosure) -> Iterator[TieOut]:
    """增减率 ＝ 增减额 ÷ 上年数（上年数 ＝ 本年数 ∓ 增减额）。"""
    for facts in _sections(disclosure):
        for fact in facts:
            amount = fact.amount or _stated_before(fact, facts)
            if fact.change_pct is None or amount is None or fact.change_amount is None:
                continue
            subject, previous = fact.subject.printed, _previous(fact, amount)
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
            _previous(fact, fact.amount),
        )


@check("change/stated-twice")
def stated_twice(disclosure: Disclosure) -> Iterator[TieOut]:
    """同一节中同一事项的增减额前后一致。"""
    for facts in _sections(disclosure):
        changed = [fact for fact in facts if fact.change_amount is not None and not fact.item]
        for _, same in groupby(sorted(changed, key=_name), key=_name):
            first, *others = same
            for other in others:
                subject = first.subject.printed
                yield tie(
                    "change/stated-twice",
                    f"{subject}的增减额前后一致",
                    total_of(f"{subject}增减额", [_signed(first)]),
                    total_of(f"{subject}增减额（后一处）", [_signed(other)]),
                )


@check("change/items", accuses=False)
def items(disclosure: Disclosure) -> Iterator[TieOut]:
    """各科目（项）增减额之和 ＝ 基本支出与项目支出增减额之和。"""
    for facts in _sections(disclosure):
        changed = [fact for fact in facts if fact.change_amount is not None]
        parts = [
            _signed(fact) for fact in changed if _CLASSIFIED.search(fact.subject.printed) and fact.amount
        ]
        wholes = [
            _signed(f) for f in changed if f.subject.printed.endswith(_WHOLES) and f.amount and not f.item
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
    for facts in _sections(disclosure):
        changed = [fact for fact in facts if fact.change_amount is not None]
        for whole in changed:
            name = _name(whole)
            parts = {_name(f): f for f in changed if _name(f).rpartition("/")[0] == name}
            if len(parts) > 1 and sum(1 for f in changed if _name(f) == name) == 1:
                yield tie(
                    "change/breakdown",
                    f"{whole.subject.printed}的增减额 ＝ 各项增减额之和",
                    total_of(f"{whole.subject.printed}增减额", [_signed(whole)]),
                    total_of("各项增减额之和", [_signed(part) for part in parts.values()]),
                )


def _sections(disclosure: Disclosure) -> Iterator[list[NarrativeFact]]:
    for _, facts in groupby(disclosure.narrative_facts, key=lambda fact: fact.section):
        yield list(facts)


def _name(fact: NarrativeFact) -> str:
    """The subject without the endings that one statement has and the next has not."""
    return _ENDING.sub("", fact.subject.printed)


def _stated_before(fact: NarrativeFact, facts: Sequence[NarrativeFact]) -> Amount | None:
    """The amount that another sentence of the section states, once, for the same subject."""
    found = [f.amount for f in facts if f.amount is not None and _name(f) == _name(fact)]
    return found[0] if len(found) == 1 and not fact.item else None


def _signed(fact: NarrativeFact) -> Term:
    assert fact.change_amount is not None  # noqa: S101 - callers hold facts with a change
    sign = -1 if fact.change is not None and fact.change.printed == _DOWN else 1
    return Term(fact.subject.printed, fact.change_amount, sign)


def _previous(fact: NarrativeFact, amount: Amount) -> Side:
    """The year before, from this year and the change; it cannot be had where the direction is not said."""
    if fact.change is None or fact.change.printed not in (_UP, _DOWN) or fact.change_amount is None:
        return figure("上年数", None)
    sign = 1 if fact.change.printed == _DOWN else -1
    return total_of("上年数", (Term("本年数", amount), Term("增减额", fact.change_amount, sign)))
