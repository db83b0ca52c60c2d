"""One figure printed in two tables: totals, columns against their own table, the same 科目 in each."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from extractors.checking.registry import check
from extractors.checking.tie import figure, how_many_agree, if_certain, tie, total_of
from extractors.model.amounts import Amount
from extractors.model.facts import BudgetTable, Disclosure, Level
from extractors.model.findings import Relation, Side, Term, TieOut


@dataclass(frozen=True, slots=True)
class Spot:
    """A figure by what it is: kind of table, role of the row, role of the column."""

    table: str
    row: str
    column: str


Whole = tuple[Spot, ...]
"""One figure, or several in one table that add up to it."""

Makes = tuple[tuple[Whole, Whole], ...]
"""One identity in the makes of tables that print it; the first that a document's tables are of counts."""

_OVERVIEW = "revenue_expenditure_overview"
_FISCAL = "fiscal_appropriation_overview"
_GENERAL = "general_public_expenditure"
_BASIC = "general_public_basic_expenditure"
_BASIC_BY_FUNCTION = "general_public_basic_expenditure_by_function"
_INCOME_TOTAL = Spot(_OVERVIEW, "income_total", "income")
_EXPENDITURE_TOTAL = Spot(_OVERVIEW, "expenditure_total", "expenditure")
_FISCAL_INCOME = Spot(_FISCAL, "income_total", "income")
_FISCAL_EXPENDITURE = Spot(_FISCAL, "expenditure_total", "total")
_WORDS = {
    "income_of_year": "本年收入合计",
    "expenditure_of_year": "本年支出合计",
    "income_total": "收入总计",
    "expenditure_total": "支出总计",
    "carry_over": "上年结转",
    "fiscal_carry_over": "财政拨款结转",
    "non_fiscal_carry_over": "非财政拨款结转",
    "general_public_transfer": "上级一般公共预算转移支付",
    "government_fund_transfer": "上级政府性基金转移支付",
    "state_capital_transfer": "上级国有资本经营预算转移支付",
    "basic": "基本支出",
    "project": "项目支出",
    "personnel": "人员经费",
    "public": "公用经费",
    "personnel_total": "人员经费合计",
    "public_total": "公用经费合计",
}
_FEW = 3  # comparisons
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[.、．])")


def _one(left: Spot, right: Spot) -> Makes:
    return (((left,), (right,)),)


@check("cross-table/income-equals-expenditure")
def income_equals_expenditure(disclosure: Disclosure) -> Iterator[TieOut]:
    """收入总计 ＝ 支出总计（收支总表、财政拨款收支总表）。"""
    identities = (_one(_INCOME_TOTAL, _EXPENDITURE_TOTAL), _one(_FISCAL_INCOME, _FISCAL_EXPENDITURE))
    yield from _all(disclosure, "cross-table/income-equals-expenditure", identities)


@check("cross-table/overview-totals")
def overview_totals(disclosure: Disclosure) -> Iterator[TieOut]:
    """收支总表的总计 ＝ 收入总表、支出总表的总计（决算为本年收入、本年支出合计）。"""
    of_year = "income_of_year", "expenditure_of_year"
    identities = tuple(
        (
            ((total,), (Spot(own, "total", "total"),)),
            ((Spot(_OVERVIEW, year, total.column),), (Spot(own, "total", "of_year"),)),
        )
        for total, own, year in zip(
            (_INCOME_TOTAL, _EXPENDITURE_TOTAL), ("revenue", "expenditure"), of_year, strict=True
        )
    )
    yield from _all(disclosure, "cross-table/overview-totals", identities)


@check("cross-table/budget-columns")
def budget_columns(disclosure: Disclosure) -> Iterator[TieOut]:
    """财政拨款收支总表各预算列的总计 ＝ 该项预算支出表的总计。"""
    roles = ("general_public_budget", "government_fund_budget", "state_capital_budget")
    own = (_GENERAL, "government_fund_expenditure", "state_capital_expenditure")
    identities = tuple(
        (
            # What is carried over to the next year is in the total, and is not spent.
            ((Spot(_FISCAL, "expenditure_of_year", role),), (Spot(kind, "total", "total"),)),
            ((Spot(_FISCAL, "expenditure_total", role),), (Spot(kind, "total", "total"),)),
        )
        for role, kind in zip(roles, own, strict=True)
    )
    yield from _all(disclosure, "cross-table/budget-columns", identities)


@check("cross-table/basic-and-project")
def basic_and_project(disclosure: Disclosure) -> Iterator[TieOut]:
    """一般公共预算支出表的基本支出、项目支出 ＝ 基本支出表、项目支出表的总计。"""
    general_basic = (Spot(_GENERAL, "total", "basic"),)
    general_parts = tuple(Spot(_GENERAL, "total", role) for role in ("personnel", "public"))
    basic_total = (Spot(_BASIC, "total", "total"),)
    basic_parts = tuple(Spot(_BASIC, row, "total") for row in ("personnel_total", "public_total"))
    by_function = (Spot(_BASIC_BY_FUNCTION, "total", "total"),)
    identities = (
        (
            (general_basic, basic_total),
            (general_basic, basic_parts),
            (general_parts, basic_total),
        ),
        ((general_basic, by_function), (general_parts, by_function)),
        _one(
            Spot(_GENERAL, "total", "project"), Spot("general_public_project_expenditure", "total", "total")
        ),
    )
    yield from _all(disclosure, "cross-table/basic-and-project", identities)


@check("cross-table/carry-over")
def carry_over(disclosure: Disclosure) -> Iterator[TieOut]:
    """收支总表的上年结转结余 ＝ 上年结转结余表的合计；收入总表的财政拨款结转 ＝ 其财政拨款小计。"""
    own = "carry_over"
    identities = (
        _one(Spot(_OVERVIEW, "carry_over", "income"), Spot(own, "total", "total")),
        _one(Spot("revenue", "total", "fiscal_carry_over"), Spot(own, "total", "fiscal_appropriation")),
    )
    yield from _all(disclosure, "cross-table/carry-over", identities)


_SOURCES = (
    "general_public_transfer",
    "government_fund_transfer",
    "state_capital_transfer",
    "fiscal_carry_over",
    "non_fiscal_carry_over",
)


@check("cross-table/sources")
def sources(disclosure: Disclosure) -> Iterator[TieOut]:
    """收支总表所列的上级转移支付、财政拨款和非财政拨款结转 ＝ 收入总表同名的列的总计。"""
    identities = tuple(
        _one(Spot(_OVERVIEW, source, "income"), Spot("revenue", "total", source)) for source in _SOURCES
    )
    yield from _all(disclosure, "cross-table/sources", identities)


_SAME_CODES = (
    (Spot("revenue", "", "total"), Spot("expenditure", "", "total")),
    (Spot(_OVERVIEW, "", "expenditure"), Spot("expenditure", "", "total")),
    (Spot(_FISCAL, "", "general_public_budget"), Spot(_GENERAL, "", "total")),
    (Spot(_FISCAL, "", "government_fund_budget"), Spot("government_fund_expenditure", "", "total")),
    (Spot(_FISCAL, "", "state_capital_budget"), Spot("state_capital_expenditure", "", "total")),
    (Spot(_GENERAL, "", "project"), Spot("general_public_project_expenditure", "", "total")),
    (Spot(_GENERAL, "", "basic"), Spot(_BASIC_BY_FUNCTION, "", "total")),
    (Spot(_GENERAL, "", "personnel"), Spot(_BASIC_BY_FUNCTION, "", "personnel")),
    (Spot(_GENERAL, "", "public"), Spot(_BASIC_BY_FUNCTION, "", "public")),
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
        yield from _attested(
            [
                _tie("cross-table/same-code", (left, ours[code]), (right, theirs[code]), code)
                for code in sorted(ours.keys() & theirs.keys())
            ]
        )


_SAME_NAMES = (
    (Spot(_OVERVIEW, "", "expenditure"), Spot("expenditure", "", "total")),
    (Spot(_OVERVIEW, "", "expenditure"), Spot("expenditure", "", "of_year")),
    (Spot(_FISCAL, "", "general_public_budget"), Spot(_GENERAL, "", "total")),
    (Spot(_FISCAL, "", "government_fund_budget"), Spot("government_fund_expenditure", "", "total")),
)


@check("cross-table/same-name")
def same_name(disclosure: Disclosure) -> Iterator[TieOut]:
    """总表按功能分类所列各类支出（不印编码的）＝ 分表同名的类的数。"""
    for one, other in _SAME_NAMES:
        left, right = disclosure.table(one.table), disclosure.table(other.table)
        if left is None or right is None:
            continue
        ours, theirs = _by_name(left, one.column, None), _by_name(right, other.column, Level.CATEGORY)
        yield from _attested(
            [
                _tie("cross-table/same-name", (left, ours[name]), (right, theirs[name]), name)
                for name in ours
                if name in theirs
            ]
        )


def _by_name(table: BudgetTable, column_role: str, level: Level | None) -> dict[str, Amount]:
    """The figures of a column by name: of the lines of a level, or (None) of those without a code."""
    found = [
        (_NUMBERING.sub("", entry.name), amount)
        for block in table.blocks
        for position, column in enumerate(block.columns)
        if table.columns[column].role == column_role
        for entry in block.entries
        if (amount := entry.amounts[position]) is not None
        and (entry.code is None if level is None else entry.level is level)
    ]
    times = Counter([name for name, _ in found])
    return {name: amount for name, amount in found if times[name] == 1}


def _attested(tie_outs: Sequence[TieOut]) -> Sequence[TieOut]:
    """That two tables count alike shows in most of their figures agreeing, or in all of them together.

    Two figures that have changed places leave the sum as it was. A few are taken at their word.
    """
    agree = how_many_agree(tie_outs)
    differences = [t.difference for t in tie_outs if t.difference is not None]
    is_certain = len(tie_outs) < _FEW or 2 * agree > len(tie_outs) or not sum(differences)
    return [if_certain(tie_out, is_certain) for tie_out in tie_outs]


@check("cross-table/vehicle-running")
def vehicle_running(disclosure: Disclosure) -> Iterator[TieOut]:
    """基本支出表的公务用车运行维护费（30231）不大于三公经费的公务用车运行费。"""
    basic = disclosure.table(_BASIC)
    three_public = disclosure.table("three_public_expenses")
    running = basic.by_code("total").get("30231") if basic else None
    if basic is None or three_public is None or running is None:
        return
    as_row = three_public.amount("vehicle_running", "total")
    whole = as_row or three_public.amount("total", "vehicle_running")
    yield tie(
        "cross-table/vehicle-running",
        f"{basic.title.printed}·公务用车运行维护费 ≤ {three_public.title.printed}·公务用车运行费",
        figure(f"{basic.title.printed}·公务用车运行维护费", running),
        figure(f"{three_public.title.printed}·公务用车运行费", whole),
        Relation.AT_MOST,
    )


def _all(disclosure: Disclosure, check_id: str, identities: Sequence[Makes]) -> Iterator[TieOut]:
    for makes in identities:
        tables = [
            (disclosure.table(left[0].table), disclosure.table(right[0].table)) for left, right in makes
        ]
        possible = [
            (left, right, ours, theirs)
            for (left, right), (ours, theirs) in zip(makes, tables, strict=True)
            if ours is not None and theirs is not None
        ]
        if len(possible) > 1:
            printed = (make for make in possible if _prints(make[2], make[0]) and _prints(make[3], make[1]))
            possible = [next(printed, possible[0])]
        for left, right, ours, theirs in possible:
            yield from _tied(check_id, (ours, left), (theirs, right))


def _prints(table: BudgetTable, whole: Whole) -> bool:
    """Whether a table has a figure for each spot."""
    return all(any(_figures(table, spot)) for spot in whole)


def _figures(table: BudgetTable, spot: Spot) -> list[Amount | None]:
    """What is printed at a spot: once, or in each block that has it."""
    return [
        entry.amounts[position]
        for block in table.blocks
        for position, column in enumerate(block.columns)
        if table.columns[column].role == spot.column
        for entry in block.entries
        if entry.role == spot.row
    ]


def _tied(
    check_id: str, left: tuple[BudgetTable, Whole], right: tuple[BudgetTable, Whole]
) -> Iterator[TieOut]:
    """Every printing of one side against the first of the other; nothing where neither side is printed."""
    lefts, rights = _sides(*left), _sides(*right)
    if all(side.missing for side in chain(lefts, rights)):
        return
    pairs = [(one, rights[0]) for one in lefts] + [(lefts[0], other) for other in rights[1:]]
    for one, other in pairs:
        yield tie(check_id, f"{one.label} ＝ {other.label}", one, other)


def _sides(table: BudgetTable, whole: Whole) -> list[Side]:
    """The figure of a whole in each block that prints it, or the sum of its parts; at least one side."""
    label = f"{table.title.printed}·{'＋'.join(_what(spot) for spot in whole)}"
    figures = [[amount for amount in _figures(table, spot) if amount is not None] for spot in whole]
    if len(whole) == 1:
        return [figure(label, amount) for amount in figures[0]] or [figure(label, None)]
    terms = [Term(_what(spot), found[0]) for spot, found in zip(whole, figures, strict=True) if found]
    return [total_of(label, terms) if len(terms) == len(whole) else figure(label, None)]


def _what(spot: Spot) -> str:
    """What a spot is called in a sentence."""
    return _WORDS.get(spot.row) or _WORDS.get(spot.column) or "总计"


def _tie(
    check_id: str, left: tuple[BudgetTable, Amount], right: tuple[BudgetTable, Amount], what: str
) -> TieOut:
    (one, ours), (other, theirs) = left, right
    labels = f"{one.title.printed}·{what}", f"{other.title.printed}·{what}"
    return tie(check_id, f"{labels[0]} ＝ {labels[1]}", figure(labels[0], ours), figure(labels[1], theirs))
