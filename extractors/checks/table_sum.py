"""Sums within one table: 类 = Σ款, 款 = Σ项, 合计 = Σ类; columns; 其中 against its parent."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from extractors.checking.registry import check
from extractors.checking.tie import figure, if_certain, tie, total_of, unread
from extractors.model.facts import UNKNOWN_KIND, Block, BudgetTable, ColumnSum, Disclosure, Entry, Level
from extractors.model.findings import Relation, Term, TieOut, Verdict
from extractors.model.records import made

_ROWS = "table-sum/rows"
_OF_WHICH, _TOTAL, _EQUAL, _BROKEN = Level.OF_WHICH, Level.TOTAL, Relation.EQUAL, Verdict.BROKEN


@check(_ROWS)
def rows(disclosure: Disclosure) -> Iterator[TieOut]:
    """上级科目（合计、类、款、小计）＝ 下级各项之和。"""
    for _, families in groupby(_families(disclosure), key=lambda family: id(family[1])):
        found: list[TieOut] = []
        for table, block, parent, children in families:
            parts = [e for e in children if e.level is not _OF_WHICH or _is_subtotal(parent)]
            found += _sums(table, block, parent, parts, _ROWS, Relation.EQUAL)
        yield from _borne_out(found)


@check("table-sum/of-which")
def of_which(disclosure: Disclosure) -> Iterator[TieOut]:
    """“其中”各项之和不大于所属项。"""
    for table, block, parent, children in _families(disclosure):
        parts = [e for e in children if e.level is _OF_WHICH]
        if parts and not _is_subtotal(parent):
            yield from _sums(table, block, parent, parts, "table-sum/of-which", Relation.AT_MOST)


@check("table-sum/of-which-all", accuses=False)
def of_which_all(disclosure: Disclosure) -> Iterator[TieOut]:
    """“其中”列全时，各项之和 ＝ 所属项。"""
    for table, block, parent, children in _families(disclosure):
        parts = [e for e in children if e.level is _OF_WHICH]
        if parts and not _is_subtotal(parent):
            yield from _sums(table, block, parent, parts, "table-sum/of-which-all", Relation.EQUAL)


@check("table-sum/columns")
def columns(disclosure: Disclosure) -> Iterator[TieOut]:
    """同一行中，合计（小计）列 ＝ 其各分列之和。"""
    for table, block in _blocks(disclosure):
        for column_sum in block.column_sums:
            named = (column_sum.total, *column_sum.addends)
            names = {position: table.columns[block.columns[position]].name for position in named}
            for entry in block.entries:
                tie_out = _across(table, entry, column_sum, names)
                if tie_out is not None:
                    yield tie_out


def _blocks(disclosure: Disclosure) -> Iterator[tuple[BudgetTable, Block]]:
    for table in disclosure.tables:
        for block in table.blocks:
            yield table, block


def _families(disclosure: Disclosure) -> Iterator[tuple[BudgetTable, Block, Entry, Sequence[Entry]]]:
    """The entries that have parts, each with all of them."""
    for table in disclosure.tables:
        for number, block in enumerate(table.blocks):
            parts = block.families
            for index, parent in enumerate(block.entries):
                children = parts.get(index, ())
                if block.goes_on and parent.level is _TOTAL:
                    children = (*_left_of(table, number), *children)
                if children:
                    yield table, block, parent, children


def _left_of(table: BudgetTable, number: int) -> Iterator[Entry]:
    """The first lines of the list that a block is the rest of, in the sets of columns to its left."""
    while table.blocks[number].goes_on:
        number -= 1
        yield from (e for e in table.blocks[number].entries if e.parent is None and e.level is not _TOTAL)


def _is_subtotal(entry: Entry) -> bool:
    """公务用车购置及运行费（小计）: its 其中 lines are all of it."""
    return "小计" in entry.name


def _sums(
    table: BudgetTable, block: Block, parent: Entry, parts: list[Entry], check_id: str, relation: Relation
) -> Iterator[TieOut]:
    if not parts:
        return
    is_classified = relation is _EQUAL and _is_classified(parent, parts)
    whole = parent.label
    labelled = [(e.label, e.amounts) for e in parts]
    unread_at = {position: e.label for e in reversed((parent, *parts)) for position in e.unread}
    for position, column in enumerate(block.columns):
        terms = [
            made(Term, (label, amount, 1))
            for label, amounts in labelled
            if (amount := amounts[position]) is not None
        ]
        illegible = unread_at.get(position)
        total = parent.amounts[position]
        if (not terms and (total is None or not is_classified)) or (total is None and relation is not _EQUAL):
            continue
        name = f"{_where(table, column)} {whole}"
        sum_side = unread("下级各项之和", illegible) if illegible else total_of("下级各项之和", terms)
        total_side = figure(whole or "合计", total)
        if relation is _EQUAL:
            tie_out = tie(check_id, f"{name} ＝ 下级各项之和", total_side, sum_side)
        else:
            tie_out = tie(check_id, f"{name} ≥ 其中各项之和", sum_side, total_side, relation)
        if is_classified and (not terms or total is None):
            tie_out = tie_out._replace(accused=tuple(t for t in tie_out.terms if t.amount.value))
        if tie_out.verdict is _BROKEN:
            tie_out = if_certain(tie_out, _is_certain(table, parts), casts_doubt=check_id == _ROWS)
        yield tie_out


def _is_certain(table: BudgetTable, parts: Iterable[Entry]) -> bool:
    """Whether the print or the template says what the parts are of."""
    return table.kind != UNKNOWN_KIND and all(e.is_known for e in parts)


def _borne_out(sums: Sequence[TieOut]) -> Sequence[TieOut]:
    """The sums of a block. Where most of them fail that are only inferred, its lines were meant otherwise."""
    failed = [tie_out for tie_out in sums if tie_out.is_inferred]
    if 2 * len(failed) <= len(sums):
        return sums
    return [tie_out._replace(accused=()) if tie_out.is_inferred else tie_out for tie_out in sums]


def _is_classified(parent: Entry, parts: list[Entry]) -> bool:
    """Whether the parts are all there is: by the classification, or because they add up in some column.

    Then a figure over blanks, or below one, may stand in the wrong column.
    """
    is_whole = parent.code is not None or parent.level is Level.TOTAL or _is_subtotal(parent)
    is_all = parent.code is not None or all(e.is_known for e in parts)
    return any(any(e.amounts) for e in parts) and ((is_whole and is_all) or _adds_up(parent, parts))


def _adds_up(parent: Entry, parts: list[Entry]) -> bool:
    """Whether the parts are the parent, to the last place, in a column that all of them print."""
    for position, total in enumerate(parent.amounts):
        printed = [amount for e in parts if (amount := e.amounts[position]) is not None]
        if total is not None and total.value and len(printed) == len(parts):
            return sum(amount.in_base for amount in printed) == total.in_base
    return False


def _across(
    table: BudgetTable, entry: Entry, column_sum: ColumnSum, names: Mapping[int, str]
) -> TieOut | None:
    amounts = entry.amounts
    terms = [
        made(Term, (names[at], amount, 1)) for at in column_sum.addends if (amount := amounts[at]) is not None
    ]
    if not terms:
        return None
    illegible = next((names[at] for at in names if at in entry.unread), None) if entry.unread else None
    total = names[column_sum.total]
    tie_out = tie(
        "table-sum/columns",
        f"{table.title.printed}·{total} {entry.label} ＝ 各分列之和",
        figure(total, amounts[column_sum.total]),
        unread("各分列之和", illegible) if illegible else total_of("各分列之和", terms),
    )
    return if_certain(tie_out, table.kind != UNKNOWN_KIND, casts_doubt=True)


def _where(table: BudgetTable, column: int) -> str:
    return f"{table.title.printed}·{table.columns[column].name}"
