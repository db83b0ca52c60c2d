"""Performance forms as parts of an `Extraction`."""

from collections.abc import Iterable, Mapping
from typing import get_args

from extractors.checking.values import (
    FORM_FIGURES,
    FORM_TEXTS,
    INDICATOR_KEYS,
    TARGET_READS,
    TASK_FIGURES,
    reads_of_indicator,
)
from extractors.model.extraction import FundingOut, IndicatorOut, IndicatorTableOut, TargetOut, TaskOut
from extractors.model.extraction_parts import OperatorName
from extractors.model.facts import Disclosure, PolicyRef
from extractors.model.performance import Funding, Indicator, IndicatorTable, StatedTarget, Task
from extractors.report_values import Standings, ref_out, told, told_of

_OPERATORS: Mapping[str, OperatorName] = {name: name for name in get_args(OperatorName)}


def indicator_tables_out(disclosure: Disclosure, standings: Standings) -> tuple[IndicatorTableOut, ...]:
    """The performance forms, each with the policy documents that it cites."""
    return tuple(_form(form, disclosure.policy_refs, standings) for form in disclosure.indicator_tables)


def _form(form: IndicatorTable, refs: Iterable[PolicyRef], standings: Standings) -> IndicatorTableOut:
    return IndicatorTableOut(
        scope=form.scope.value,
        unit=form.unit,
        pages=form.pages,
        is_empty=form.is_empty,
        funding=tuple([_funding(source, standings) for source in form.funding]),
        policy_refs=tuple([ref_out(ref) for ref in refs if form.holds(ref.printed.place)]),
        tasks=tuple([_task(task, standings) for task in form.tasks]),
        indicators=tuple([_indicator(indicator, standings) for indicator in form.indicators]),
        targets=tuple([_target(target, standings) for target in form.targets]),
        **told_of(form, (*FORM_TEXTS, *FORM_FIGURES), standings),
    )


def _funding(source: Funding, standings: Standings) -> FundingOut:
    return FundingOut(**told_of(source, ("source", "item", "amount"), standings))


def _task(task: Task, standings: Standings) -> TaskOut:
    return TaskOut(**told_of(task, ("name", "content", *TASK_FIGURES), standings))


def _indicator(indicator: Indicator, standings: Standings) -> IndicatorOut:
    return IndicatorOut(
        operator=_OPERATORS[indicator.operator] if indicator.operator else None,
        unit=indicator.value.unit if indicator.value else None,
        **told(zip(INDICATOR_KEYS, reads_of_indicator(indicator), strict=True), standings),
    )


def _target(target: StatedTarget, standings: Standings) -> TargetOut:
    return TargetOut(
        operator=target.operator,
        unit=target.value.unit if target.value else None,
        **told_of(target, TARGET_READS, standings),
    )
