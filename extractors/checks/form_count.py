"""How many goals and projects the text announces, and for how much, against the performance forms.

Some projects of money from above have no form here; the text may say how many (上级…转移支付项目2个), and
they are counted in. None of this accuses: a form may be kept back.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from extractors.checking.registry import check
from extractors.checking.tie import constant, figure, tie, total_of
from extractors.model.facts import Disclosure, NarrativeFact
from extractors.model.findings import Term, TieOut
from extractors.model.performance import IndicatorTable, Scope
from extractors.templates.other_matters import subjects

_COUNT = "个"


@check("other/form-count", accuses=False)
def form_count(disclosure: Disclosure) -> Iterator[TieOut]:
    """文中的绩效目标个数、项目个数 ＝ 绩效目标表的张数（加上另行说明的转移支付项目）。"""
    whole = [f for f in disclosure.indicator_tables if f.scope is Scope.WHOLE and not f.is_empty]
    for fact in _facts(disclosure, "goals_whole", of_money=False):
        yield tie(
            "other/form-count",
            f"{fact.subject.printed}的个数 ＝ 整体绩效目标表的张数",
            figure(fact.subject.printed, fact.amount),
            constant("整体绩效目标表的张数", Decimal(len(whole)), _COUNT),
        )
    others = _terms(_facts(disclosure, "transfers", of_money=False), sign=-1)
    for fact in _facts(disclosure, "projects_of_year", of_money=False):
        yield tie(
            "other/form-count",
            f"{fact.subject.printed}的个数 ＝ 项目绩效目标表的张数（加转移支付项目）",
            total_of("当年项目个数（减转移支付项目）", [*_terms([fact]), *others]),
            constant("项目绩效目标表的张数", Decimal(len(_of_year(disclosure))), _COUNT),
        )


@check("other/form-amounts", accuses=False)
def form_amounts(disclosure: Disclosure) -> Iterator[TieOut]:
    """文中的财政拨款、非财政拨款项目金额 ＝ 各项目绩效目标表的财政拨款、其他资金之和（加转移支付项目）。"""
    forms = _of_year(disclosure)
    fiscal = [Term(_name(form), money) for form in forms if (money := form.fiscal or form.total) is not None]
    other = [Term(_name(form), form.other) for form in forms if form.other is not None]
    transfers = _terms(_facts(disclosure, "transfers_amount"))
    for matter, terms in (
        ("projects_of_year_amount", [*fiscal, *transfers]),
        ("projects_of_year_other_amount", other),
    ):
        for fact in _facts(disclosure, matter):
            yield tie(
                "other/form-amounts",
                f"{fact.subject.printed} ＝ 各项目绩效目标表金额之和",
                figure(fact.subject.printed, fact.amount),
                total_of("各项目绩效目标表金额之和", terms),
            )


def _of_year(disclosure: Disclosure) -> Sequence[IndicatorTable]:
    """The forms of projects that this year's money pays for."""
    return [
        form
        for form in disclosure.indicator_tables
        if form.scope is Scope.PROJECT
        and form.name is not None
        and not form.is_empty
        and not subjects()["carried_over"].fits(form.name.printed)
    ]


def _name(form: IndicatorTable) -> str:
    return form.name.printed if form.name else form.scope.value


def _facts(disclosure: Disclosure, matter: str, *, of_money: bool = True) -> Iterator[NarrativeFact]:
    facts, words = disclosure.narrative_facts, subjects()[matter]
    for fact in facts if words.may_fit("\n".join([fact.subject.printed for fact in facts])) else ():
        is_meant = fact.amount is not None and (fact.amount.unit != _COUNT) is of_money
        if is_meant and words.fits(fact.subject.printed):
            yield fact


def _terms(facts: Iterable[NarrativeFact], sign: int = 1) -> list[Term]:
    return [Term(fact.subject.printed, fact.amount, sign) for fact in facts if fact.amount is not None]
