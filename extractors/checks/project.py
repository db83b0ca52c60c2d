"""Projects: their amount against the project table and against the items they are spent on."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.checking.registry import Objection, check, inspection
from extractors.checking.tie import figure, product, tie, total_of
from extractors.model.amounts import Amount, Text, parse_decimal
from extractors.model.facts import Disclosure, Project
from extractors.model.findings import Relation, Severity, Term, TieOut, Verdict
from extractors.model.plain import plain

_TABLE = "general_public_project_expenditure"
_NUMERAL = r"(\d[\d,]*(?:\.\d+)?)"
_PEOPLE = re.compile(_NUMERAL + r"(万)?人")
_MONEY = re.compile(_NUMERAL + r"(万元|元)")
_TEN_THOUSAND = Decimal(10_000)


@check("project/table")
def table(disclosure: Disclosure) -> Iterator[TieOut]:
    """项目的预算安排规模 ＝ 项目支出表中同名项目的合计。"""
    printed = _by_name(disclosure)
    for project in disclosure.projects:
        name = project.name.printed
        if project.amount is not None and name in printed:
            yield tie(
                "project/table",
                f"项目“{name}”的预算安排规模 ＝ 项目支出表同名项目",
                figure("预算安排规模", project.amount),
                figure(f"项目支出表·{name}", printed[name]),
            )


@check("project/allocation")
def allocation(disclosure: Disclosure) -> Iterator[TieOut]:
    """资金分配各项之和不大于预算安排规模，列全时相等。"""
    for project in disclosure.projects:
        units = {item.amount.unit for item in project.allocation_items}
        # Items in two units are a matter of the unit first: unit/allocation-item.
        if project.amount is not None and len(units) == 1:
            yield _allocation(project, project.amount)


def _allocation(project: Project, amount: Amount) -> TieOut:
    terms = [Term(item.item.printed, item.amount) for item in project.allocation_items]
    items, whole = total_of("资金分配各项之和", terms), figure("预算安排规模", amount)
    basis = f"项目“{project.name.printed}”的资金分配各项之和"
    is_short = items.value is not None and whole.value is not None and items.value < whole.value
    close = tie("project/allocation", f"{basis} ＝ 预算安排规模", items, whole)
    if is_short and close.verdict is Verdict.BROKEN:
        return tie("project/allocation", f"{basis} ≤ 预算安排规模", items, whole, Relation.AT_MOST)
    return close


@check("project/head-count")
def head_count(disclosure: Disclosure) -> Iterator[TieOut]:
    """预算安排规模 ＝ 补贴人数 × 补贴标准（只印一个人数和一个标准时）。"""
    for project in disclosure.projects:
        count, standard = _people(project.head_count), _standard(project.standard)
        if project.amount is not None and count is not None and standard is not None:
            yield tie(
                "project/head-count",
                f"项目“{project.name.printed}”的预算安排规模 ＝ 补贴人数 × 补贴标准",
                figure("预算安排规模", project.amount),
                product("补贴人数 × 补贴标准", count, standard),
            )


@inspection("project/period", Severity.WARNING)
def period(disclosure: Disclosure) -> Iterator[Objection]:
    """项目执行时间包含预算年度（上年结转的、跨年度的除外）。"""
    year = int(disclosure.head.fiscal_year.value) if disclosure.head.fiscal_year else None
    for project in disclosure.projects:
        start, end = project.start, project.end
        if year is None or start is None or end is None:
            continue
        if start.value.year > year or end.value.year < year or end.value < start.value:
            yield Objection(
                printed=f"{start.printed}-{end.printed}",
                expected=f"{year}年",
                why=f"项目“{project.name.printed}”的执行时间 {start.printed}-{end.printed} 不在 {year} 年。",
                evidence=(*start.place, *end.place),
            )


def _people(text: Text | None) -> Amount | None:
    """131367人, 3.8万人: the only count in the text."""
    found = _PEOPLE.findall(plain(text.printed)) if text else []
    if text is None or len(found) != 1:
        return None
    digits, ten_thousands = found[0]
    value = parse_decimal(digits)
    if value is None:
        return None
    return _amount(text, digits, value * (_TEN_THOUSAND if ten_thousands else 1), "人")


def _standard(text: Text | None) -> Amount | None:
    """每人7.03元, 人均财政筹资标准10元: the only sum of money in the text."""
    found = _MONEY.findall(plain(text.printed)) if text else []
    value = parse_decimal(found[0][0]) if len(found) == 1 else None
    return _amount(text, found[0][0], value, found[0][1]) if text is not None and value is not None else None


def _amount(text: Text, printed: str, value: Decimal, unit: str) -> Amount:
    return Amount(printed=printed, place=text.place, reader=text.reader, value=value, unit=unit)


def _by_name(disclosure: Disclosure) -> dict[str, Amount]:
    """The figures of the project table by project name; names that stand twice are left out."""
    project_table = disclosure.table(_TABLE)
    found: dict[str, list[Amount]] = {}
    for block in project_table.blocks if project_table else ():
        for entry in block.entries:
            name = entry.names[-1] if len(entry.names) > 1 else None
            if name and entry.amounts and (amount := entry.amounts[0]) is not None:
                found.setdefault(name, []).append(amount)
    return {name: amounts[0] for name, amounts in found.items() if len(amounts) == 1}
