"""Basic expenditure by economic against basic expenditure by functional classification."""

from collections.abc import Iterator, Mapping

from extractors.checking.registry import check
from extractors.checking.tie import figure, tie, total_of
from extractors.model.amounts import Amount
from extractors.model.facts import Disclosure
from extractors.model.findings import Term, TieOut
from extractors.templates.same_money import same_money

_FUNCTIONAL = (
    ("general_public_basic_expenditure_by_function", "total"),
    ("general_public_expenditure", "basic"),
)


@check("cross-table/same-money", accuses=False)
def economic_and_functional(disclosure: Disclosure) -> Iterator[TieOut]:
    """经济分类科目（社保、医保缴费、住房公积金）的基本支出 ＝ 与其相当的功能分类科目的基本支出。"""
    economic = disclosure.table("general_public_basic_expenditure")
    if economic is None:
        return
    by_economy, (title, by_function) = economic.by_code("total"), _by_function(disclosure)
    for pair in same_money():
        terms = [Term(code, by_function[code]) for code in pair.functional if code in by_function]
        if pair.economic in by_economy and terms:
            codes = " ＋ ".join(term.label for term in terms)
            label = f"{economic.title.printed}·{pair.economic}"
            yield tie(
                "cross-table/same-money",
                f"{label} ＝ {title}·{codes}",
                figure(label, by_economy[pair.economic]),
                total_of(f"{title}·{codes}", terms),
            )


def _by_function(disclosure: Disclosure) -> tuple[str, Mapping[str, Amount]]:
    """The title of the table by function, and its basic expenditure by code."""
    for kind, role in _FUNCTIONAL:
        table = disclosure.table(kind)
        if table is not None and (found := table.by_code(role)):
            return table.title.printed, found
    return "", {}
