"""Figures of the narrative by what they name, wherever it is said: a code, a group of a table, a project."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extractors.checking.registry import check
from extractors.checking.said import folded, year_named
from extractors.checking.tie import figure, if_certain, tie
from extractors.model.amounts import Amount
from extractors.model.facts import BudgetTable, Disclosure, Level, NarrativeFact
from extractors.model.findings import TieOut, Verdict

_CODE = re.compile(r"[（(](\d{3}(?:\d{2}){0,2})[)）]$")
_CLOSING = (")", "）")
_GENERAL = "general_public_expenditure"
_BY_CODE = (_GENERAL, "general_public_expenditure_by_economy", "general_public_basic_expenditure")
_COLUMNS = ("total", "basic", "project")
_PROJECT = re.compile(r"项目|资金|经费|补助")
_FEW = 3
_AGREE = (Verdict.HOLDS, Verdict.ROUNDING)
_FIGURES = ("amount", "change_amount")


@check("text-vs-table/code")
def code(disclosure: Disclosure) -> Iterator[TieOut]:
    """文中印有科目编码的数 ＝ 一般公共预算支出各表中该编码的合计。"""
    tables = [table for kind in _BY_CODE if (table := disclosure.table(kind)) is not None]
    codes = [(table, table.by_code("total")) for table in tables]
    for facts in disclosure.facts_by_heading:
        found = [t for fact in facts if (t := _by_code(fact, codes)) is not None]
        agree = sum(1 for t in found if t.verdict in _AGREE)
        for tie_out in found:
            yield if_certain(tie_out, len(found) < _FEW or 2 * agree > len(found))


@check("text-vs-table/group", accuses=False)
def group(disclosure: Disclosure) -> Iterator[TieOut]:
    """文中点到的款级科目的数 ＝ 一般公共预算支出表中该科目的合计，或其基本支出、项目支出。"""
    table = disclosure.table(_GENERAL)
    if table is None:
        return
    groups = _groups(table)
    for fact in disclosure.narrative_facts:
        if fact.amount is None or "/" not in fact.subject.printed:
            continue
        name = folded(fact.subject.printed.rpartition("/")[2])
        if name in groups:
            yield _closest(fact, fact.amount, table, groups[name])


@check("text-vs-table/stated-twice", accuses=False)
def stated_twice(disclosure: Disclosure) -> Iterator[TieOut]:
    """名称带年度的同一项目，文中各处所印的数（增减额）一致。"""
    named = [
        fact
        for fact in disclosure.narrative_facts
        if year_named(fact.subject.printed) is not None and _PROJECT.search(fact.subject.printed)
    ]
    for subject, facts in groupby(sorted(named, key=_subject), key=_subject):
        same = list(facts)
        for attribute in _FIGURES:
            amounts = [amount for fact in same if (amount := getattr(fact, attribute)) is not None]
            for other in amounts[1:]:
                yield tie(
                    "text-vs-table/stated-twice",
                    f"文中“{subject}”前后一致",
                    figure(subject, amounts[0]),
                    figure(f"{subject}（另一处）", other),
                )


def _subject(fact: NarrativeFact) -> str:
    return fact.subject.printed


def _by_code(fact: NarrativeFact, tables: Sequence[tuple[BudgetTable, dict[str, Amount]]]) -> TieOut | None:
    subject = fact.subject.printed
    named = _CODE.search(subject) if subject.endswith(_CLOSING) else None
    if named is None or fact.amount is None:
        return None
    for table, amounts in tables:
        if named[1] in amounts:
            where = f"{table.title.printed}·{named[1]}"
            basis = f"{fact.section}：{fact.subject.printed} ＝ {where}"
            ours = figure(f"文中{fact.subject.printed}", fact.amount)
            return tie("text-vs-table/code", basis, ours, figure(where, amounts[named[1]]))
    return None


def _groups(table: BudgetTable) -> dict[str, list[tuple[str, Amount]]]:
    """The figures of each 款 by its name, column by column; a name that stands twice is left out."""
    found: dict[str, list[tuple[str, Amount]]] = {}
    twice: set[str] = set()
    for block in table.blocks:
        roles = {table.columns[c].role: position for position, c in enumerate(block.columns)}
        for entry in block.entries:
            if entry.level is Level.GROUP:
                name = folded(entry.name)
                twice.update({name} & found.keys())
                positions = [(role, roles[role]) for role in _COLUMNS if role in roles]
                amounts = [(entry.label, a) for _, p in positions if (a := entry.amounts[p]) is not None]
                found[name] = amounts
    return {name: amounts for name, amounts in found.items() if amounts and name not in twice}


def _closest(
    fact: NarrativeFact, amount: Amount, table: BudgetTable, printed: Sequence[tuple[str, Amount]]
) -> TieOut:
    """Against the first column that agrees, else against the total."""
    tie_outs = [
        tie(
            "text-vs-table/group",
            f"{fact.section}：{fact.subject.printed} ＝ {table.title.printed}·{label}",
            figure(f"文中{fact.subject.printed}", amount),
            figure(f"{table.title.printed}·{label}", other),
        )
        for label, other in printed
    ]
    return next((t for t in tie_outs if t.verdict in _AGREE), tie_outs[0])
