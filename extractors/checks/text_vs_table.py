"""Figures of the narrative against the table that the same part of the document speaks of."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extractors.checking.registry import check
from extractors.checking.tie import figure, if_certain, tie
from extractors.model.amounts import Amount
from extractors.model.facts import Block, BudgetTable, Disclosure, Entry, NarrativeFact
from extractors.model.findings import TieOut, Verdict
from extractors.templates.narrative_tables import Part, part_of

_LEVEL_MARK = re.compile(r"[（(][类款项][)）]")
_ENDING = re.compile(r"(?:支出|资金|预算|拨款|费用|经费|费)+$")
_YEAR = re.compile(r"\d{4}年")
_FEW = 3


@check("text-vs-table/part")
def part(disclosure: Disclosure) -> Iterator[TieOut]:
    """情况说明中的数 ＝ 对应表中同名科目或同名列的数。"""
    for headings, facts in groupby(disclosure.narrative_facts, key=lambda f: (f.section, f.subsection)):
        known = next((p for text in reversed(headings) if text and (p := part_of(text))), None)
        table = disclosure.table(known.table) if known else None
        if known is not None and table is not None:
            yield from _attested(list(_tie_outs(known, table, list(facts))))


def _attested(tie_outs: Sequence[TieOut]) -> Iterator[TieOut]:
    """That a part speaks of its table shows in most figures agreeing; a few are taken at their word."""
    agree = sum(1 for t in tie_outs if t.verdict in (Verdict.HOLDS, Verdict.ROUNDING))
    for tie_out in tie_outs:
        yield if_certain(tie_out, len(tie_outs) < _FEW or 2 * agree > len(tie_outs))


def _tie_outs(known: Part, table: BudgetTable, facts: Sequence[NarrativeFact]) -> Iterator[TieOut]:
    for fact in facts:
        subject = fact.subject.printed
        if fact.amount is None or _YEAR.search(subject):
            continue
        found = _figure(known, table, subject)
        if found is not None:
            label, amount = found
            where = f"{table.title.printed}·{label}"
            yield tie(
                "text-vs-table/part",
                f"{fact.section}：{subject} ＝ {where}",
                figure(f"文中{subject}", fact.amount),
                figure(where, amount),
            )


def _figure(known: Part, table: BudgetTable, subject: str) -> tuple[str, Amount] | None:
    """What the table prints for a subject: as its total, as a column of the total, as a row."""
    if known.total.fits(subject) and "/" not in subject:
        amount = table.amount(known.row, known.column)
        return ("总计", amount) if amount else None
    return _as_column(known, table, subject) or _as_row(known, table, subject)


def _as_column(known: Part, table: BudgetTable, subject: str) -> tuple[str, Amount] | None:
    for block in table.blocks:
        total = next((entry for entry in block.entries if entry.role == known.row), None)
        for position, index in enumerate(block.columns):
            path = table.columns[index].path
            if total is not None and path and folded(path[-1]) == folded(subject):
                amount = total.amounts[position]
                return (path[-1], amount) if amount else None
    return None


def _as_row(known: Part, table: BudgetTable, subject: str) -> tuple[str, Amount] | None:
    """The one row of that name under rows of the names before it; None where two could be meant."""
    names = [folded(name) for name in re.split(r"/|(?<=[类款项][)）])", subject) if name]
    found = [
        (entry.label, amount)
        for block in table.blocks
        for position, index in enumerate(block.columns)
        if table.columns[index].role == known.column
        for entry in block.entries
        if _is_named(block, entry, names) and (amount := entry.amounts[position]) is not None
    ]
    return found[0] if len(found) == 1 else None


def _is_named(block: Block, entry: Entry, names: Sequence[str]) -> bool:
    """The last name is the entry's; those of its ancestors that are printed stand before it in order."""
    if not names or folded(entry.name) != names[-1]:
        return False
    if entry.parent is None or len(names) == 1 or entry.code is None:
        return True
    ancestors = []
    above: Entry | None = block.entries[entry.parent]
    while above is not None:
        ancestors.append(folded(above.name))
        above = block.entries[above.parent] if above.parent is not None else None
    return any(name in ancestors for name in names[:-1])


def folded(name: str) -> str:
    """A name without level marks, numbering and the endings that text and table use differently."""
    name = re.sub(r"^(?:其中[:：])?(?:[一二三四五六七八九十]+、|\d+[.、])?", "", _LEVEL_MARK.sub("", name))
    return _ENDING.sub("", name) or name
