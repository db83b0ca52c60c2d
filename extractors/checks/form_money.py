"""The money in the head of a performance form: its parts, its sources, its main tasks, against the total."""

from collections.abc import Iterator, Mapping, Sequence

from extractors.checking.registry import check
from extractors.checking.tie import figure, if_certain, tie, total_of
from extractors.model.amounts import Amount
from extractors.model.facts import Disclosure
from extractors.model.findings import Term, TieOut
from extractors.model.performance import IndicatorTable, Scope, Task

_LABELS: Mapping[str, str] = {"total": "总额", "fiscal": "财政拨款", "other": "其他资金"}


@check("other/form-funding")
def form_funding(disclosure: Disclosure) -> Iterator[TieOut]:
    """绩效目标表：总额 ＝ 财政拨款 ＋ 其他资金；列有资金来源的，总额 ＝ 各来源之和。"""
    for form in disclosure.indicator_tables:
        parts = [("财政拨款", form.fiscal), ("其他资金", form.other)]
        if form.funding:
            parts = [(source.source.printed, source.amount) for source in form.funding]
        is_whole = bool(form.funding) or all(amount is not None for _, amount in parts)
        yield from _sum("other/form-funding", _name(form), form.total, parts, is_whole=is_whole)


@check("other/form-tasks")
def form_tasks(disclosure: Disclosure) -> Iterator[TieOut]:
    """绩效目标表：年度主要任务的金额合计 ＝ 各任务之和；每一任务的总额 ＝ 财政拨款 ＋ 其他资金。"""
    for form in disclosure.indicator_tables:
        for role, label in _LABELS.items():
            parts = [(task.name.printed, getattr(task, role)) for task in form.tasks]
            total = getattr(form, role)
            yield from _sum("other/form-tasks", f"{_name(form)}各任务{label}", total, parts, is_whole=True)
        for task in form.tasks:
            yield from _task(task)


@check("other/form-overview", accuses=False)
def form_overview(disclosure: Disclosure) -> Iterator[TieOut]:
    """整体绩效目标表的资金（总额，或各来源之和）＝ 收支总表的支出总计。

    A form may leave out money that is not the department's own, so it proves, but accuses nobody.
    """
    budget = disclosure.table("revenue_expenditure_overview")
    expenditure = budget.amount("expenditure_total", "expenditure") if budget else None
    for form in disclosure.indicator_tables:
        parts = [Term(source.source.printed, source.amount) for source in form.funding]
        terms = [Term("总额", form.total)] if form.total else parts
        if form.scope is Scope.WHOLE and terms:
            basis = f"{_name(form)}的资金 ＝ 收支总表支出总计"
            whole = figure("收支总表支出总计", expenditure)
            yield tie("other/form-overview", basis, whole, total_of("资金", terms))


def _task(task: Task) -> Iterator[TieOut]:
    parts = [("财政拨款", task.fiscal), ("其他资金", task.other)]
    is_whole = all(amount is not None for _, amount in parts)
    yield from _sum("other/form-tasks", f"任务“{task.name.printed}”", task.total, parts, is_whole=is_whole)


def _sum(
    check_id: str,
    what: str,
    total: Amount | None,
    parts: Sequence[tuple[str, Amount | None]],
    *,
    is_whole: bool,
) -> Iterator[TieOut]:
    """A total against its parts. Where not all parts are printed, one may be missing: nobody is accused."""
    terms = [Term(label, amount) for label, amount in parts if amount is not None]
    if terms:
        items = total_of("各项之和", terms)
        yield if_certain(tie(check_id, f"{what}：总额 ＝ 各项之和", figure("总额", total), items), is_whole)


def _name(form: IndicatorTable) -> str:
    return f"“{form.name.printed}”绩效目标表" if form.name else f"{form.scope.value}绩效目标表"
