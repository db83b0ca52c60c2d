"""The weights of a form's indicators: 100 points, or 90 where 预算执行率 has the other ten."""

from collections.abc import Iterator
from decimal import Decimal

from extractors.checking.registry import check
from extractors.checking.tie import constant, tie, total_of
from extractors.model.facts import Disclosure
from extractors.model.findings import Side, Term, TieOut
from extractors.model.performance import IndicatorTable

_FULL = (Decimal(100), Decimal(90))


@check("weight-sum/form")
def form(disclosure: Disclosure) -> Iterator[TieOut]:
    """绩效指标的权重合计 ＝ 100（或 90，预算执行率另占 10）。"""
    for table in disclosure.indicator_tables:
        terms = [
            Term(indicator.level3.printed if indicator.level3 else "指标", indicator.weight)
            for indicator in table.indicators
            if indicator.weight is not None
        ]
        if terms:
            weights = total_of("权重合计", terms)
            if len(terms) < len(table.indicators):
                weights = Side("权重合计", tuple(terms), None, missing="有的指标没有印出权重")
            full = min(_FULL, key=lambda points: abs((weights.value or Decimal(0)) - points))
            expected = constant(f"{full} 分", full, weights.dimension)
            yield tie("weight-sum/form", f"{_name(table)}的指标权重合计 ＝ {full}", expected, weights)


def _name(table: IndicatorTable) -> str:
    return f"“{table.name.printed}”绩效目标表" if table.name else f"{table.scope.value}绩效目标表"
