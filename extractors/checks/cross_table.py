"""One figure printed in two tables: totals, columns against their own table, the same 科目 in each."""

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.checking.registry import check
from extractors.checking.tie import figure, tie
from extractors.model.amounts import Amount
from extractors.model.facts import BudgetTable, Disclosure
from extractors.model.findings import Relation, TieOut


@dataclass(frozen=True, slots=True)
class Spot:
    """A figure by what it is: kind of table, role of the row, role of the column."""

    table: str
    row: str
    column: str


_OVERVIEW = "revenue_expenditure_overview"
_FISCAL = "fiscal_appropriation_overview"
_GENERAL = "general_public_expenditure"
_INCOME_TOTAL = Spot(_OVERVIEW, "income_total", "income")
_EXPENDITURE_TOTAL = Spot(_OVERVIEW, "expenditure_total", "expenditure")
_FISCAL_INCOME = Spot(_FISCAL, "income_total", "income")
_FISCAL_EXPENDITURE = Spot(_FISCAL, "expenditure_total", "total")


@check("cross-table/income-equals-expenditure")
def income_equals_expenditure(disclosure: Disclosure) -> Iterator[TieOut]:
    """收入总计 ＝ 支出总计（收支总表、财政拨款收支总表）。"""
    pairs = ((_INCOME_TOTAL, _EXPENDITURE_TOTAL), (_FISCAL_INCOME, _FISCAL_EXPENDITURE))
    yield from _pairs(disclosure, "cross-table/income-equals-expenditure", pairs)


@check("cross-table/overview-totals")
def overview_totals(disclosure: Disclosure) -> Iterator[TieOut]:
    """收支总表的总计 ＝ 收入总表、支出总表的总计。"""
    pairs = (
        (_INCOME_TOTAL, Spot("revenue", "total", "total")),
        (_EXPENDITURE_TOTAL, Spot("expenditure", "total", "total")),
    )
    yield from _pairs(disclosure, "cross-table/overview-totals", pairs)


@check("cross-table/budget-columns")
def budget_columns(disclosure: Disclosure) -> Iterator[TieOut]:
    """财政拨款收支总表各预算列的总计 ＝ 该项预算支出表的总计。"""
    fiscal = [
        Spot(_FISCAL, "expenditure_total", role)
        for role in ("general_public_budget", "government_fund_budget", "state_capital_budget")
    ]
    own = (_GENERAL, "government_fund_expenditure", "state_capital_expenditure")
    pairs = tuple((f, Spot(kind, "total", "total")) for f, kind in zip(fiscal, own, strict=True))
    yield from _pairs(disclosure, "cross-table/budget-columns", pairs)


@check("cross-table/basic-and-project")
def basic_and_project(disclosure: Disclosure) -> Iterator[TieOut]:
    """一般公共预算支出表的基本支出、项目支出 ＝ 基本支出表、项目支出表的总计。"""
    pairs = (
        (Spot(_GENERAL, "total", "basic"), Spot("general_public_basic_expenditure", "total", "total")),
        (Spot(_GENERAL, "total", "project"), Spot("general_public_project_expenditure", "total", "total")),
    )
    yield from _pairs(disclosure, "cross-table/basic-and-project", pairs)


@check("cross-table/carry-over")
def carry_over(disclosure: Disclosure) -> Iterator[TieOut]:
    """收支总表的上年结转结余 ＝ 上年结转结余表的合计；收入总表的财政拨款结转 ＝ 其财政拨款小计。"""
    own = "carry_over"
    pairs = (
        (Spot(_OVERVIEW, "carry_over", "income"), Spot(own, "total", "total")),
        (Spot("revenue", "total", "fiscal_carry_over"), Spot(own, "total", "fiscal_appropriation")),
    )
    yield from _pairs(disclosure, "cross-table/carry-over", pairs)


_SAME_CODES = (
    (Spot("revenue", "", "total"), Spot("expenditure", "", "total")),
    (Spot(_OVERVIEW, "", "expenditure"), Spot("expenditure", "", "total")),
    (Spot(_FISCAL, "", "general_public_budget"), Spot(_GENERAL, "", "total")),
    (Spot(_FISCAL, "", "government_fund_budget"), Spot("government_fund_expenditure", "", "total")),
    (Spot(_FISCAL, "", "state_capital_budget"), Spot("state_capital_expenditure", "", "total")),
    (Spot(_GENERAL, "", "project"), Spot("general_public_project_expenditure", "", "total")),
    (Spot("revenue", "", "fiscal_appropriation"), Spot(_FISCAL, "", "total")),
)


@check("cross-table/same-code")
def same_code(disclosure: Disclosure) -> Iterator[TieOut]:
    """同一科目在两张表中的同一口径数相等（收入与支出、总表与分表）。"""
    for one, other in _SAME_CODES:
        left, right = disclosure.table(one.table), disclosure.table(other.table)
        if left is None or right is None:
            continue
        ours, theirs = left.by_code(one.column), right.by_code(other.column)
        for code in sorted(ours.keys() & theirs.keys()):
            yield _tie("cross-table/same-code", (left, ours[code]), (right, theirs[code]), code)


@check("cross-table/vehicle-running")
def vehicle_running(disclosure: Disclosure) -> Iterator[TieOut]:
    """基本支出表的公务用车运行维护费（30231）不大于三公经费的公务用车运行费。"""
    basic = disclosure.table("general_public_basic_expenditure")
    three_public = disclosure.table("three_public_expenses")
    running = basic.by_code("total").get("30231") if basic else None
    if basic is None or three_public is None or running is None:
        return
    whole = three_public.amount("vehicle_running", "total")
    yield tie(
        "cross-table/vehicle-running",
        f"{basic.title.printed}·公务用车运行维护费 ≤ {three_public.title.printed}·公务用车运行费",
        figure(f"{basic.title.printed}·公务用车运行维护费", running),
        figure(f"{three_public.title.printed}·公务用车运行费", whole),
        Relation.AT_MOST,
    )


def _pairs(disclosure: Disclosure, check_id: str, pairs: tuple[tuple[Spot, Spot], ...]) -> Iterator[TieOut]:
    for one, other in pairs:
        left, right = disclosure.table(one.table), disclosure.table(other.table)
        if left is None or right is None:
            continue
        ours, theirs = left.amount(one.row, one.column), right.amount(other.row, other.column)
        if ours is not None or theirs is not None:
            yield _tie(check_id, (left, ours), (right, theirs), "总计")


def _tie(
    check_id: str,
    left: tuple[BudgetTable, Amount | None],
    right: tuple[BudgetTable, Amount | None],
    what: str,
) -> TieOut:
    (one, ours), (other, theirs) = left, right
    labels = f"{one.title.printed}·{what}", f"{other.title.printed}·{what}"
    return tie(check_id, f"{labels[0]} ＝ {labels[1]}", figure(labels[0], ours), figure(labels[1], theirs))
