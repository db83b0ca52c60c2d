"""Items that a part of the narrative lists with their codes, against the whole that it names before them.

2025年当年一般公共预算财政拨款支出456.72万元，其中：工资福利支出（301）282.74万元，较上年减少10.91万元；…
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.checking.mentions import statements_of
from extractors.checking.registry import check
from extractors.checking.said import amounts_of, signed_change
from extractors.checking.tie import figure, tie, total_of
from extractors.model.facts import Disclosure, NarrativeFact
from extractors.model.findings import Term, TieOut

_CODE = re.compile(r"[（(](\d{3}(?:\d{2}){0,2})[)）]$")
_CLOSING = (")", "）")
_SEVERAL = 2


class _Listing(NamedTuple):
    """A whole and the items of one classification that are listed behind it."""

    whole: NarrativeFact
    items: tuple[NarrativeFact, ...]


@check("other/coded-items", accuses=False)
def coded_items(disclosure: Disclosure) -> Iterator[TieOut]:
    """文中印有科目编码的各科目数之和 ＝ 其前所说的总数。"""
    for facts in disclosure.facts_by_section:
        for whole, items in _listings(facts):
            yield tie(
                "other/coded-items",
                f"{whole.subject.printed} ＝ 所列各科目之和",
                figure(whole.subject.printed, whole.amount),
                total_of("所列各科目之和", amounts_of(items)),
            )


@check("change/coded-items", accuses=False)
def changes_of_coded_items(disclosure: Disclosure) -> Iterator[TieOut]:
    """文中印有科目编码的各科目增减额之和 ＝ 其前所说总数的增减额。"""
    for facts in disclosure.facts_by_section:
        for whole, items in _listings(facts):
            changes = [signed_change(item) for item in items if item.change_amount is not None]
            change = _change_of(whole, facts)
            if len(changes) >= _SEVERAL and change is not None:
                yield tie(
                    "change/coded-items",
                    f"{whole.subject.printed}的增减额 ＝ 所列各科目增减额之和",
                    total_of(f"{whole.subject.printed}的增减额", [change]),
                    total_of("所列各科目增减额之和", changes),
                )


def _listings(facts: Sequence[NarrativeFact]) -> Iterator[_Listing]:
    """The lists of a section: an amount without a code, and the items behind it up to the next one."""
    if len([fact for fact in facts if _code_of(fact)]) < _SEVERAL:
        return  # as in most sections
    whole: NarrativeFact | None = None
    items: list[NarrativeFact] = []
    for fact, _ in statements_of(facts):
        if _code_of(fact):
            items.append(fact)
        elif fact.amount is not None:
            yield from _listed(whole, items)
            whole, items = fact, []
    yield from _listed(whole, items)


def _code_of(fact: NarrativeFact) -> str | None:
    """The code behind a subject: 工资福利支出（301）."""
    subject = fact.subject.printed
    found = _CODE.search(subject) if subject.endswith(_CLOSING) else None
    return found[1] if found else None


def _listed(whole: NarrativeFact | None, items: Sequence[NarrativeFact]) -> Iterator[_Listing]:
    """The list, where its codes are all of one classification and one level, and none stands twice."""
    codes = [code for item in items if (code := _code_of(item))]
    kinds = {(len(code), code[0]) for code in codes}
    if whole is not None and len(codes) >= _SEVERAL and len(kinds) == 1 and len(set(codes)) == len(codes):
        yield _Listing(whole, tuple(items))


def _change_of(whole: NarrativeFact, facts: Sequence[NarrativeFact]) -> Term | None:
    """The change of a whole: its own, or the one that the section states of the same amount."""
    if whole.amount is None:
        return None
    same = [
        signed_change(fact)
        for fact in facts
        if fact.change_amount is not None
        and fact.amount is not None
        and fact.amount.in_base == whole.amount.in_base
        and not _code_of(fact)
    ]
    return same[0] if len({(term.sign, term.amount.in_base) for term in same}) == 1 else None
