"""Targets that a model found in the goal of a performance form, against the indicators of the form.

The rule of `form_goal` compares only what both places call alike. That 居民医疗保险参保率 and
常驻人口参加居民医疗保险比率 are one thing is the model's judgement: where they differ, a person has to look.
"""

from collections.abc import Iterator, Mapping

from extractors.checking.registry import Objection, inspection
from extractors.checking.tie import figure, tie
from extractors.model.amounts import Amount, Text
from extractors.model.evidence import Match, Place
from extractors.model.facts import Disclosure
from extractors.model.findings import Relation, Severity, Verdict
from extractors.model.performance import Indicator, IndicatorTable, StatedTarget
from extractors.model.plain import plain

_ID = "text-vs-table/goal-target"
_RELATIONS: Mapping[str, Relation] = {
    ">=": Relation.AT_LEAST,
    "<=": Relation.AT_MOST,
    "=": Relation.EQUAL,
}


@inspection(_ID, Severity.INFO, by_model=True)
def targets(disclosure: Disclosure) -> Iterator[Objection]:
    """模型指为同一事项的绩效目标值符合同表的指标，不符须由人判断。"""
    for form in disclosure.indicator_tables:
        for target in form.targets:
            indicator = _indicator(form, target.indicator)
            if indicator is not None:
                yield from _objection(target, indicator)


def _indicator(form: IndicatorTable, name: Text | None) -> Indicator | None:
    """The only indicator of the form that has that name."""
    if name is None or not _is_printed(name.place):
        return None
    found = [
        one for one in form.indicators if one.level3 and plain(one.level3.printed) == plain(name.printed)
    ]
    return found[0] if len(found) == 1 else None


def _objection(target: StatedTarget, indicator: Indicator) -> Iterator[Objection]:
    relation = _RELATIONS.get(indicator.operator or "")
    stated, wanted = target.value, indicator.value
    if relation is None or stated is None or wanted is None or not _are_comparable(stated, wanted):
        return
    name, asked = (plain(text.printed) if text else "" for text in (indicator.level3, indicator.target))
    tie_out = tie(_ID, name, figure("目标", stated), figure("指标", wanted), relation)
    if tie_out.verdict is Verdict.BROKEN:
        said = target.said.printed
        yield Objection(
            printed=said,
            expected=f"{name}{asked}",
            why=f"绩效目标写为“{said}”，指标“{name}”写为“{asked}”（由模型指为同一事项，须核对）。",
            evidence=(*stated.place, *wanted.place),
        )


def _are_comparable(stated: Amount, wanted: Amount) -> bool:
    """Whether both are printed, in one unit (180元/人 is no 180元)."""
    return _is_printed(stated.place) and plain(stated.unit or "") == plain(wanted.unit or "")


def _is_printed(place: Place) -> bool:
    return bool(place) and all(evidence.match is not Match.NOT_FOUND for evidence in place)
