"""Tables that print this year beside the year before: the change between them, in money and in percent."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.checking.registry import check
from extractors.checking.tie import attested, figure, percentage, tie, total_of
from extractors.model.amounts import Amount
from extractors.model.facts import Block, BudgetTable, Column, Disclosure, Entry, Row
from extractors.model.findings import Term, TieOut

_CHANGE = re.compile(r"增减|变动|增加|增长")
_PERCENT = re.compile(r"%|率|幅度|百分比")
_TOTAL = re.compile(r"合计|总计|小计")


_NOW = ("total", "income", "expenditure")  # roles of the column of this year


class _Years(NamedTuple):
    """Columns of a block: the year before, this year, the change in money and in percent, if printed."""

    before: int
    now: int
    change: int | None
    rate: int | None


@check("change/table-amount")
def table_amount(disclosure: Disclosure) -> Iterator[TieOut]:
    """表中的增减额 ＝ 本年数 − 上年数。"""
    for table, block, years in _of_two_years(disclosure):
        if years.change is not None:
            yield from attested([t for e in block.entries if (t := _amount(table, e, years)) is not None])


@check("change/table-percentage")
def table_percentage(disclosure: Disclosure) -> Iterator[TieOut]:
    """表中的增减率 ＝ （本年数 − 上年数）÷ 上年数。"""
    for table, block, years in _of_two_years(disclosure):
        if years.rate is not None:
            yield from attested([t for e in block.entries if (t := _rate(table, e, years)) is not None])


def _of_two_years(disclosure: Disclosure) -> Iterator[tuple[BudgetTable, Block, _Years]]:
    for table in disclosure.tables:
        begins = [block.columns[0] for block in table.blocks]
        for number, block in enumerate(table.blocks):
            first = begins[number] if number else 0
            end = begins[number + 1] if number + 1 < len(begins) else len(table.columns)
            years = _years_of(table.columns, range(first, end))
            if years is not None:
                yield table, block, years


def _years_of(columns: Sequence[Column], of_block: range) -> _Years | None:
    """Which columns of a block are compared; None where that is not plain from the header."""
    before = _whole([i for i in of_block if columns[i].is_aside], columns)
    if before is None:  # as in most tables
        return None
    changes = [i for i in of_block if _CHANGE.search(columns[i].name)]
    rates = [i for i in changes if _PERCENT.search(columns[i].path[-1])]
    amounts = [i for i in changes if i not in rates]
    now = _whole([i for i in of_block if columns[i].role in _NOW and i not in changes], columns)
    if now is None or len(rates) > 1 or len(amounts) > 1 or not changes:
        return None
    return _Years(before, now, next(iter(amounts), None), next(iter(rates), None))


def _whole(found: Sequence[int], columns: Sequence[Column]) -> int | None:
    """The only column of some, or the only total among them."""
    totals = [i for i in found if _TOTAL.search(columns[i].path[-1])] if len(found) > 1 else found
    return totals[0] if len(totals) == 1 else None


def _amount(table: BudgetTable, entry: Entry, years: _Years) -> TieOut | None:
    row = table.rows[entry.row]
    change = _at(row, years.change)
    terms = [
        Term(label, amount, sign)
        for label, at, sign in (("本年数", years.now, 1), ("上年数", years.before, -1))
        if (amount := _at(row, at)) is not None
    ]
    if change is None or not terms:
        return None
    name = f"{table.title.printed}·{entry.name or '合计'}增减额"
    difference = total_of("本年数 − 上年数", terms)
    return tie("change/table-amount", f"{name} ＝ 本年数 − 上年数", figure(name, change), difference)


def _rate(table: BudgetTable, entry: Entry, years: _Years) -> TieOut | None:
    row = table.rows[entry.row]
    rate, now, before = _at(row, years.rate), _at(row, years.now), _at(row, years.before)
    if rate is None or now is None or before is None:
        return None
    name = f"{table.title.printed}·{entry.name or '合计'}增减率"
    change = total_of("本年数 − 上年数", (Term("本年数", now), Term("上年数", before, -1)))
    computed = percentage("（本年数 − 上年数）÷ 上年数", change, figure("上年数", before))
    return tie("change/table-percentage", f"{name} ＝ 增减额 ÷ 上年数", figure(name, rate), computed)


def _at(row: Row, column: int | None) -> Amount | None:
    cell = row.cells[column] if column is not None else None
    return cell.amount if cell else None
