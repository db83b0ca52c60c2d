"""Performance forms as parts of an `Extraction`."""

from collections.abc import Iterable
from typing import Any

from extractors.checking.values import (
    FORM_FIGURES,
    FORM_TEXTS,
    INDICATOR_KEYS,
    TARGET_READS,
    TASK_FIGURES,
    reads_of_indicator,
)
from extractors.model.amounts import Read
from extractors.model.extraction import FundingOut, IndicatorOut, IndicatorTableOut, TargetOut, TaskOut
from extractors.model.facts import Disclosure, PolicyRef
from extractors.model.performance import Funding, Indicator, IndicatorTable, StatedTarget, Task
from extractors.report_values import Standings, fields_out, plain_value, ref_out


def indicator_tables_out(disclosure: Disclosure, standings: Standings) -> tuple[IndicatorTableOut, ...]:
    """The performance forms, each with the policy documents that it cites."""
    return tuple(_form(form, disclosure.policy_refs, standings) for form in disclosure.indicator_tables)


def _form(form: IndicatorTable, refs: Iterable[PolicyRef], standings: Standings) -> IndicatorTableOut:
    reads: dict[str, Read | None] = {name: getattr(form, name) for name in (*FORM_TEXTS, *FORM_FIGURES)}
    plain: dict[str, Any] = {name: plain_value(read) for name, read in reads.items()}
    return IndicatorTableOut(
        fields=fields_out(reads, standings),
        scope=form.scope.value,
        unit=form.unit,
        pages=form.pages,
        is_empty=form.is_empty,
        funding=tuple(_funding(source, standings) for source in form.funding),
        policy_refs=tuple(ref_out(ref) for ref in refs if form.holds(ref.printed.place)),
        tasks=tuple(_task(task, standings) for task in form.tasks),
        indicators=tuple(_indicator(indicator, standings) for indicator in form.indicators),
        targets=tuple(_target(target, standings) for target in form.targets),
        **plain,
    )


def _funding(source: Funding, standings: Standings) -> FundingOut:
    reads: dict[str, Read | None] = {"source": source.source, "item": source.item, "amount": source.amount}
    plain: dict[str, Any] = {name: plain_value(read) for name, read in reads.items()}
    return FundingOut(fields=fields_out(reads, standings), **plain)


def _task(task: Task, standings: Standings) -> TaskOut:
    reads: dict[str, Read | None] = {name: getattr(task, name) for name in ("name", "content", *TASK_FIGURES)}
    plain: dict[str, Any] = {name: plain_value(read) for name, read in reads.items()}
    return TaskOut(fields=fields_out(reads, standings), **plain)


def _indicator(indicator: Indicator, standings: Standings) -> IndicatorOut:
    reads = dict(zip(INDICATOR_KEYS, reads_of_indicator(indicator), strict=True))
    plain: dict[str, Any] = {key: plain_value(read) for key, read in reads.items()}
    return IndicatorOut(
        fields=fields_out(reads, standings),
        operator=indicator.operator,
        unit=indicator.value.unit if indicator.value else None,
        **plain,
    )


def _target(target: StatedTarget, standings: Standings) -> TargetOut:
    reads: dict[str, Read | None] = {name: getattr(target, name) for name in TARGET_READS}
    plain: dict[str, Any] = {name: plain_value(read) for name, read in reads.items()}
    return TargetOut(
        fields=fields_out(reads, standings),
        operator=target.operator,
        unit=target.value.unit if target.value else None,
        **plain,
    )
