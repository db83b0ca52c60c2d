"""Figures of the narrative against the table that the same part of the document speaks of."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.checking.registry import check
from extractors.checking.said import FoldedNames
from extractors.checking.tie import figure, how_many_agree, if_certain, tie
from extractors.model.amounts import Amount
from extractors.model.facts import Block, BudgetTable, Disclosure, Entry, NarrativeFact
from extractors.model.findings import TieOut
from extractors.templates.narrative_tables import Part, parts_of

_YEAR = re.compile(r"\d{4}年")
_LEVELS = re.compile(r"/|(?<=[类款项][)）])")
_FEW = 3


@check("text-vs-table/part")
def part(disclosure: Disclosure) -> Iterator[TieOut]:
    """情况说明中的数 ＝ 对应表中同名科目或同名列的数。"""
    folded = FoldedNames()
    names: dict[str, _Names] = {}  # of each kind of table that is spoken of
    for facts in disclosure.facts_by_heading:
        known = (parts_of(text) for text in (facts[0].subsection, facts[0].section) if text)
        spoken_of = [
            _SpokenOf(one, table, names.get(one.table) or names.setdefault(one.table, _Names(table, folded)))
            for one in next((parts for parts in known if parts), ())
            if (table := disclosure.table(one.table)) is not None
        ]
        if spoken_of:
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


def _attested(tie_outs: Sequence[TieOut]) -> Sequence[TieOut]:
    """That a part speaks of its table shows in most figures agreeing; a few are taken at their word."""
    is_certain = len(tie_outs) < _FEW or 2 * how_many_agree(tie_outs) > len(tie_outs)
    return [if_certain(tie_out, is_certain) for tie_out in tie_outs]


class _Names:
    """What the rows and columns of a table are called, folded: each is asked for with every fact."""

    def __init__(self, table: BudgetTable, folded: FoldedNames) -> None:
        self.folded = folded
        self.columns = [
            folded[column.path[-1]] if column.path and not column.is_aside else None
            for column in table.columns
        ]
        self.rows: defaultdict[str, list[tuple[Block, Entry]]] = defaultdict(list)
        for block in table.blocks:
            for entry in block.entries:
                self.rows[folded[entry.name]].append((block, entry))


class _SpokenOf(NamedTuple):
    """A table that a part of the narrative speaks of."""

    part: Part
    table: BudgetTable
    names: _Names


def _tie_out(fact: NarrativeFact, spoken_of: Sequence[_SpokenOf]) -> TieOut | None:
    subject = fact.subject.printed
    if fact.amount is None or ("年" in subject and _YEAR.search(subject)):
        return None
    folded = spoken_of[0].names.folded
    names = [folded[name] for name in _names_in(subject) if name]
    for spoken in spoken_of:
        found = _figure(spoken, subject, names)
        if found is not None:
            where = f"{spoken.table.title.printed}·{found[0]}"
            basis = f"{fact.section}：{subject} ＝ {where}"
            ours, theirs = figure(f"文中{subject}", fact.amount), figure(where, found[1])
            return tie("text-vs-table/part", basis, ours, theirs)
    return None


def _names_in(subject: str) -> Sequence[str]:
    """卫生健康支出（类）行政运行（项） and 收入预算/事业收入: what a subject is part of, then itself."""
    has_level = ")" in subject or "）" in subject
    return _LEVELS.split(subject) if has_level else subject.split("/")


Found = tuple[str, Amount]


def _figure(spoken: _SpokenOf, subject: str, names: Sequence[str]) -> Found | None:
    """What the table prints for a subject: as its total, as a column of the total, as a row.

    `names` are those of the subject, folded: what it is part of, then itself.
    """
    known, last = spoken.part, subject.rpartition("/")[2]
    if known.total.fits(last):
        amount = spoken.table.amount(known.row, known.column)
        return ("总计", amount) if amount else None
    return _as_column(spoken, spoken.names.folded[last]) or _as_row(spoken, names)


def _as_column(spoken: _SpokenOf, name: str) -> Found | None:
    if name not in spoken.names.columns:
        return None
    for block in spoken.table.blocks:
        total = next((entry for entry in block.entries if entry.role == spoken.part.row), None)
        for position, index in enumerate(block.columns):
            if total is not None and spoken.names.columns[index] == name:
                amount = total.amounts[position]
                return (spoken.table.columns[index].path[-1], amount) if amount else None
    return None


def _as_row(spoken: _SpokenOf, names: Sequence[str]) -> Found | None:
    """The one row of that name under rows of the names before it; None where two could be meant."""
    *above, name = names
    found = [
        (entry.label, amount)
        for block, entry in spoken.names.rows.get(name, ())
        if (position := _position(spoken, block, above)) is not None
        and _is_under(spoken.names, block, entry, above)
        and (amount := entry.amounts[position]) is not None
    ]
    return found[0] if len(found) == 1 else None


def _position(spoken: _SpokenOf, block: Block, above: Sequence[str]) -> int | None:
    """The column of a block that is meant: one named before the subject, the part's, or the only one."""
    columns, names = spoken.table.columns, spoken.names.columns
    named = [p for p, c in enumerate(block.columns) if names[c] in above]
    in_role = [p for p, c in enumerate(block.columns) if columns[c].role == spoken.part.column]
    only = [0] if len(block.columns) == 1 else []
    return next((found[0] for found in (named, in_role, only) if len(found) == 1), None)


def _is_under(names: _Names, block: Block, entry: Entry, above: Sequence[str]) -> bool:
    """Whether the names before the subject that are rows of the block are the entry's ancestors."""
    rows = {name for name in above if any(other is block for other, _ in names.rows.get(name, ()))}
    parent = entry.parent
    while rows and parent is not None:
        rows.discard(names.folded[block.entries[parent].name])
        parent = block.entries[parent].parent
    return not rows
