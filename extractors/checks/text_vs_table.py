"""Figures of the narrative against the table that the same part of the document speaks of."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extractors.checking.registry import check
from extractors.checking.said import folded
from extractors.checking.tie import figure, if_certain, tie
from extractors.model.amounts import Amount
from extractors.model.facts import Block, BudgetTable, Disclosure, Entry, NarrativeFact
from extractors.model.findings import TieOut, Verdict
from extractors.templates.narrative_tables import Part, parts_of

_YEAR = re.compile(r"\d{4}年")
_FEW = 3


@check("text-vs-table/part")
def part(disclosure: Disclosure) -> Iterator[TieOut]:
    """情况说明中的数 ＝ 对应表中同名科目或同名列的数。"""
    for headings, facts in groupby(disclosure.narrative_facts, key=lambda f: (f.section, f.subsection)):
        found = (parts_of(text) for text in reversed(headings) if text)
        spoken_of = [
            (known, table)
            for known in next((known for known in found if known), ())
            if (table := disclosure.table(known.table)) is not None
        ]
        yield from _attested([t for fact in facts if (t := _tie_out(fact, spoken_of)) is not None])


@check("text-vs-table/project")
def project(disclosure: Disclosure) -> Iterator[TieOut]:
    """文中提到的项目金额 ＝ 该项目的预算安排规模。"""
    amounts = {p.name.printed: p.amount for p in disclosure.projects if p.amount is not None}
    for fact in disclosure.narrative_facts:
        name = fact.subject.printed
        if fact.amount is not None and name in amounts:
            yield tie(
                "text-vs-table/project",
                f"{fact.section}：项目“{name}” ＝ 其预算安排规模",
                figure(f"文中{name}", fact.amount),
                figure(f"{name}·预算安排规模", amounts[name]),
            )


def _attested(tie_outs: Sequence[TieOut]) -> Iterator[TieOut]:
    """That a part speaks of its table shows in most figures agreeing; a few are taken at their word."""
    agree = sum(1 for t in tie_outs if t.verdict in (Verdict.HOLDS, Verdict.ROUNDING))
    for tie_out in tie_outs:
        yield if_certain(tie_out, len(tie_outs) < _FEW or 2 * agree > len(tie_outs))


def _tie_out(fact: NarrativeFact, spoken_of: Sequence[tuple[Part, BudgetTable]]) -> TieOut | None:
    subject = fact.subject.printed
    if fact.amount is None or _YEAR.search(subject):
        return None
    for known, table in spoken_of:
        found = _figure(known, table, subject)
        if found is not None:
            where = f"{table.title.printed}·{found[0]}"
            basis = f"{fact.section}：{subject} ＝ {where}"
            ours, theirs = figure(f"文中{subject}", fact.amount), figure(where, found[1])
            return tie("text-vs-table/part", basis, ours, theirs)
    return None


Found = tuple[str, Amount]


def _figure(known: Part, table: BudgetTable, subject: str) -> Found | None:
    """What the table prints for a subject: as its total, as a column of the total, as a row."""
    if known.total.fits(subject.rpartition("/")[2]):
        amount = table.amount(known.row, known.column)
        return ("总计", amount) if amount else None
    return _as_column(known, table, subject) or _as_row(known, table, subject)


def _as_column(known: Part, table: BudgetTable, subject: str) -> Found | None:
    name = folded(subject.rpartition("/")[2])
    for block in table.blocks:
        total = next((entry for entry in block.entries if entry.role == known.row), None)
        for position, index in enumerate(block.columns):
            path = table.columns[index].path
            if total is not None and path and folded(path[-1]) == name:
                amount = total.amounts[position]
                return (path[-1], amount) if amount else None
    return None


def _as_row(known: Part, table: BudgetTable, subject: str) -> Found | None:
    """The one row of that name under rows of the names before it; None where two could be meant."""
    *above, name = [folded(n) for n in re.split(r"/|(?<=[类款项][)）])", subject) if n]
    found = [
        (entry.label, amount)
        for block in table.blocks
        if (position := _position(known, table, block, above)) is not None
        for entry in block.entries
        if folded(entry.name) == name
        and _is_under(block, entry, above)
        and (amount := entry.amounts[position]) is not None
    ]
    return found[0] if len(found) == 1 else None


def _position(known: Part, table: BudgetTable, block: Block, above: Sequence[str]) -> int | None:
    """The column of a block that is meant: one named before the subject, the part's, or the only one."""
    columns = [table.columns[index] for index in block.columns]
    named = [p for p, c in enumerate(columns) if c.path and folded(c.path[-1]) in above]
    in_role = [p for p, c in enumerate(columns) if c.role == known.column]
    only = [0] if len(columns) == 1 else []
    return next((found[0] for found in (named, in_role, only) if len(found) == 1), None)


def _is_under(block: Block, entry: Entry, above: Sequence[str]) -> bool:
    """Whether the names before the subject that are rows of the block are the entry's ancestors."""
    rows = {folded(other.name) for other in block.entries}
    ancestors: set[str] = set()
    parent = entry.parent
    while parent is not None:
        ancestors.add(folded(block.entries[parent].name))
        parent = block.entries[parent].parent
    return all(name in ancestors for name in above if name in rows)
