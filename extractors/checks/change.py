"""Changes against the year before: percentage, previous figure."""

from collections.abc import Iterator

from extractors.checking.registry import check
from extractors.checking.tie import figure, percentage, tie, total_of
from extractors.model.facts import Disclosure, NarrativeFact
from extractors.model.findings import Side, Term, TieOut

_DOWN = "减少"


@check("change/percentage")
def change_percentage(disclosure: Disclosure) -> Iterator[TieOut]:
    """增减率 ＝ 增减额 ÷ 上年数（上年数 ＝ 本年数 ∓ 增减额）。"""
    for fact in disclosure.narrative_facts:
        if fact.change_pct is None or fact.amount is None or fact.change_amount is None:
            continue
        subject = fact.subject.printed
        yield tie(
            "change/percentage",
            f"{subject}的增减率 ＝ 增减额 ÷ 上年数",
            figure(f"{subject}增减率", fact.change_pct),
            percentage("增减额 ÷ 上年数", figure("增减额", fact.change_amount), _previous(fact)),
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
            _previous(fact),
        )


def _previous(fact: NarrativeFact) -> Side:
    """The year before, from this year and the change; it cannot be had where the direction is not said."""
    if fact.change is None or fact.amount is None or fact.change_amount is None:
        return figure("上年数", None)
    sign = 1 if fact.change.printed == _DOWN else -1
    return total_of("上年数", (Term("本年数", fact.amount), Term("增减额", fact.change_amount, sign)))
