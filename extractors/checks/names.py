"""Names that should be the same in two places: of projects, and of items of basic expenditure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple

from extractors.checking.registry import Objection, inspection
from extractors.checking.said import year_named
from extractors.checking.tie import figure, tie
from extractors.model.amounts import Amount, Text
from extractors.model.document import Passage
from extractors.model.facts import BudgetTable, Disclosure
from extractors.model.findings import Severity, Verdict
from extractors.model.plain import plain
from extractors.templates.wording import wording

_BRACKETS = str.maketrans("", "", "[]【】〔〕()（）{}<>〈〉《》")
_ALIKE = 0.7
_PROJECT = "项目"
_BASIC = "general_public_basic_expenditure"


class _Named(NamedTuple):
    name: Text
    amount: Amount


@inspection("text-vs-table/project-name", Severity.WARNING)
def project_name(disclosure: Disclosure) -> Iterator[Objection]:
    """情况说明、绩效目标表中的项目名称与项目支出情况说明中的一致。"""
    projects = [_Named(p.name, p.amount) for p in disclosure.projects if p.amount is not None]
    known = {_folded(project.name.printed) for project in projects}
    seen: set[str] = set()
    for named in _mentions(disclosure):
        name = _folded(named.name.printed)
        if name in seen or any(name in other or other in name for other in known):
            continue
        seen.add(name)
        meant = [p for p in projects if _is_same(p.amount, named.amount) and _are_alike(name, p)]
        if len(meant) == 1:
            printed, expected = named.name.printed, meant[0].name.printed
            yield Objection(
                printed=printed,
                expected=expected,
                why=f"项目名称“{printed}”与“{expected}”不一致（金额相同，均为 {named.amount.printed}）。",
                evidence=(*named.name.place, *meant[0].name.place),
            )


@inspection("text-vs-table/listed-items", Severity.WARNING)
def listed_items(disclosure: Disclosure) -> Iterator[Objection]:
    """人员经费、公用经费“主要包括”的科目，在基本支出表中有数。"""
    table = disclosure.table(_BASIC)
    if table is None or table.faults:
        return
    listing = [p for p in disclosure.document.passages if wording().items_listed_word in p.plain]
    empty = _without_amount(table) if listing else {}
    for passage in listing:
        for start, end in _items(passage):
            name = passage.plain[start:end]
            if name in empty:
                yield Objection(
                    printed=passage.text[start:end],
                    expected=empty[name],
                    why=f"文中列有“{name}”，而{table.title.printed}中该科目{empty[name]}。",
                    evidence=passage.evidence(start, end),
                )


def _mentions(disclosure: Disclosure) -> Iterator[_Named]:
    """Projects that the narrative names with a year and a sum, and those that forms name."""
    for fact in disclosure.narrative_facts:
        name = fact.subject.printed.rpartition("/")[2]
        if name.endswith(_PROJECT) and fact.amount is not None and year_named(name) is not None:
            yield _Named(replace(fact.subject, printed=name), fact.amount)
    for form in disclosure.indicator_tables:
        if form.name is not None and form.total is not None:
            yield _Named(form.name, form.total)


def _folded(name: str) -> str:
    return plain(name).translate(_BRACKETS).removesuffix(_PROJECT)


def _is_same(one: Amount, other: Amount) -> bool:
    compared = tie("text-vs-table/project-name", "金额相同", figure("甲", one), figure("乙", other))
    return bool(one.value) and compared.verdict is Verdict.HOLDS


def _are_alike(name: str, project: _Named) -> bool:
    return SequenceMatcher(None, name, _folded(project.name.printed), autojunk=False).ratio() >= _ALIKE


def _without_amount(table: BudgetTable) -> dict[str, str]:
    """The items that a table prints without a figure or with zero, and with which of the two."""
    found: dict[str, str] = {}
    printed: set[str] = set()
    for block in table.blocks:
        for entry in block.entries:
            amounts = [amount for amount in entry.amounts if amount is not None]
            if entry.unread or any(amount.value for amount in amounts):
                printed.add(plain(entry.name))
            elif entry.name:
                found[plain(entry.name)] = f"为 {amounts[0].printed}" if amounts else "没有数"
    return {name: how for name, how in found.items() if name not in printed}


def _items(passage: Passage) -> Iterator[tuple[int, int]]:
    """Where the items of 主要包括：甲、乙、丙 stand."""
    for found in wording().items_listed.finditer(passage.plain):
        start, end = found.span(2)
        for item in _split(passage.plain[start:end]):
            yield start, start + len(item)
            start += len(item) + 1


def _split(listed: str) -> Sequence[str]:
    return listed.split("、")
