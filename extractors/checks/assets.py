"""State assets and other things that are counted: nothing has no value, the dearer are among the cheaper."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from extractors.checking.registry import check
from extractors.checking.tie import constant, figure, tie
from extractors.model.facts import Disclosure, NarrativeFact
from extractors.model.findings import Relation, TieOut
from extractors.templates.other_matters import subjects

_THRESHOLD = re.compile(r"(\d+)万元")
_WORTH = re.compile(r"(?:价值|涉及(?:预算)?(?:金额|资金))$")


@check("other/large-equipment")
def large_equipment(disclosure: Disclosure) -> Iterator[TieOut]:
    """单价较高的设备台数不大于单价较低一档的台数（100万元以上的也在50万元以上之内）。"""
    for lower, higher in _steps(disclosure):
        yield tie(
            "other/large-equipment",
            f"{higher.subject.printed} ≤ {lower.subject.printed}",
            figure(higher.subject.printed, higher.amount),
            figure(lower.subject.printed, lower.amount),
            Relation.AT_MOST,
        )


@check("other/large-equipment-same", accuses=False)
def large_equipment_same(disclosure: Disclosure) -> Iterator[TieOut]:
    """较低一档的设备全都在较高一档时，两个台数相等（都没有的，都为零）。"""
    for lower, higher in _steps(disclosure):
        yield tie(
            "other/large-equipment-same",
            f"{higher.subject.printed} ＝ {lower.subject.printed}",
            figure(higher.subject.printed, higher.amount),
            figure(lower.subject.printed, lower.amount),
        )


@check("other/nothing-worth-nothing", accuses=False)
def nothing_worth_nothing(disclosure: Disclosure) -> Iterator[TieOut]:
    """数量为零的，价值（涉及金额）为零；反之亦然。"""
    for facts in disclosure.facts_by_heading:
        counted = {fact.subject.printed: fact for fact in facts if fact.amount is not None}
        for name, worth in counted.items():
            thing = counted.get(_WORTH.sub("", name))
            if thing is None or thing is worth or thing.amount is None or worth.amount is None:
                continue
            for one, other in ((thing.amount, worth.amount), (worth.amount, thing.amount)):
                if not other.value:
                    label = f"{name}（{one.unit}）"
                    yield tie(
                        "other/nothing-worth-nothing",
                        f"{thing.subject.printed}、{name}同为零",
                        figure(label, one),
                        constant("零", Decimal(0), one.dimension),
                    )


@check("other/absent", accuses=False)
def absent(disclosure: Disclosure) -> Iterator[TieOut]:
    """文中说未安排（没有使用）的，所印的数为零。"""
    facts = disclosure.narrative_facts
    gone = tuple(name for fact in facts if fact.absence is not None and (name := fact.subject.printed))
    for fact in facts:
        name = fact.subject.printed.rpartition("/")[2]
        if fact.amount is not None and (name.startswith(gone) or name.endswith(gone)):
            yield tie(
                "other/absent",
                f"文中说没有的“{name}” ＝ 零",
                figure(name, fact.amount),
                constant("零", Decimal(0), fact.amount.dimension),
            )


def _steps(disclosure: Disclosure) -> Iterator[tuple[NarrativeFact, NarrativeFact]]:
    """Counts of equipment printed one after the other, the second with the higher threshold."""
    for facts in disclosure.facts_by_heading:
        listed = [
            f for f in facts if f.amount is not None and subjects()["equipment"].fits(f.subject.printed)
        ]
        for lower, higher in pairwise(listed):
            steps = [_THRESHOLD.search(fact.subject.printed) for fact in (lower, higher)]
            if steps[0] and steps[1] and int(steps[0][1]) < int(steps[1][1]):
                yield lower, higher
