"""What the variants print: the tables of the corpus, and made ones, without any look.

The corpus gives rows and leaf columns (golden/*/truth.json); the merged header cells follow from the paths of
the columns. Made tables add what the corpus lacks: joined codes, many rows, negative amounts.
"""

import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, NamedTuple

from bench.golden import golden_documents
from bench.scoring.text import squash

AMOUNT = re.compile(r"-?[\d,]+\.\d{2}")
Path = tuple[str, ...]


class HeaderCell(NamedTuple):
    """A cell of the header, merged over rows and columns."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


@dataclass(frozen=True)
class Sheet:
    """One table: what is printed over, in and under it."""

    number: str
    title: str
    unit: str
    issuer: str
    columns: tuple[Path, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    @cached_property
    def header(self) -> tuple[HeaderCell, ...]:
        """The header's cells, row by row."""
        depth = self.depth
        cells = (cell for level in range(depth) for cell in _level(self.columns, level, depth))
        return tuple(cells)

    @property
    def depth(self) -> int:
        """Rows of the header."""
        return max(map(len, self.columns))

    @property
    def amounts(self) -> Iterator[tuple[int, int]]:
        """Row and column of each amount."""
        for r, row in enumerate(self.rows):
            for c, text in enumerate(row):
                if AMOUNT.fullmatch(text):
                    yield r, c

    @cached_property
    def label_columns(self) -> tuple[int, ...]:
        """Columns that hold words or codes."""
        columns = range(len(self.columns))
        return tuple(c for c in columns if any(row[c] and not AMOUNT.fullmatch(row[c]) for row in self.rows))

    def labels_of(self, column: int) -> tuple[int, ...]:
        """The columns that say what an amount is: the nearest ones with words on its left."""
        left = [c for c in self.label_columns if c < column]
        run = left[-1:]
        while left and run[0] - 1 in left:
            run.insert(0, run[0] - 1)
        return tuple(run)


def _level(columns: Sequence[Path], level: int, depth: int) -> Iterator[HeaderCell]:
    column = 0
    while column < len(columns):
        path = columns[column]
        end = column + 1
        is_leaf = len(path) <= level + 1
        while not is_leaf and end < len(columns) and _share(columns[end], path, level):
            end += 1
        if len(path) > level:
            yield HeaderCell(level, column, depth - level if is_leaf else 1, end - column, path[level])
        column = end


def _share(other: Path, path: Path, level: int) -> bool:
    return len(other) > level + 1 and other[: level + 1] == path[: level + 1]


@cache
def corpus() -> tuple[tuple[Sheet, ...], ...]:
    """The tables of each golden document with truth, and the made ones."""
    known = tuple(
        tuple(_sheet(table, document.truth) for table in document.truth["tables"])
        for document in golden_documents()
        if document.has_truth
    )
    return (*known, tuple(_made(seed) for seed in range(4)))


def _sheet(table: dict[str, Any], truth: dict[str, Any]) -> Sheet:
    return Sheet(
        number=f"表{table['no']}",
        title=squash(table["title"]),
        unit=table["unit"],
        issuer=squash(truth["issuer"]),
        columns=tuple(tuple(map(squash, column.split("/"))) for column in table["columns"]),
        rows=tuple(tuple(map(squash, row)) for row in table["rows"]),
        note=squash(table["empty_note"]),
    )


_MADE_TITLES = (
    "一般公共预算支出明细表（按功能分类科目）",
    "部门支出总体情况表",
    "政府性基金预算支出情况表",
    "部门专项业务经费支出表",
)
_NAMES = ("行政运行", "一般行政管理事务", "机关事业单位基本养老保险缴费支出", "其他城乡社区支出", "事业运行")


def _made(seed: int) -> Sheet:
    """Joined codes, three amounts a row whose sums hold, many rows; the third holds negative amounts."""
    dice = random.Random(seed)  # noqa: S311 - the same tables every time
    totals = [Decimal(0), Decimal(0)]
    body: list[tuple[str, ...]] = []
    for code in range(201, 204 + seed):
        groups = [_made_group(f"{code}{g:02}", dice, seed) for g in range(1, 4)]
        sums = [sum((sums[i] for _, sums in groups), Decimal(0)) for i in (0, 1)]
        totals = [a + b for a, b in zip(totals, sums, strict=True)]
        body += [_made_row(str(code), f"第{code}类支出", sums), *(row for rows, _ in groups for row in rows)]
    columns = (("功能科目编码",), ("功能科目名称",), ("合计",), ("其中", "基本支出"), ("其中", "项目支出"))
    rows = (_made_row("", "合计", totals), *body)
    return Sheet(f"表{seed + 1}", _MADE_TITLES[seed], "万元", "某某县交通运输局", columns, rows)


def _made_group(code: str, dice: random.Random, seed: int) -> tuple[list[tuple[str, ...]], list[Decimal]]:
    items = [
        [Decimal(dice.randrange(1, 10 ** dice.randrange(3, 8))) / 100 for _ in range(2)] for _ in range(3)
    ]
    if seed == 2:  # a negative one among them: money that was taken back
        items[0][1] = -items[0][1]
    sums = [sum((item[i] for item in items), Decimal(0)) for i in (0, 1)]
    rows = [_made_row(f"{code}{n:02}", dice.choice(_NAMES), item) for n, item in enumerate(items, start=1)]
    return [_made_row(code, f"第{code}款支出", sums), *rows], sums


def _made_row(code: str, name: str, parts: Sequence[Decimal]) -> tuple[str, ...]:
    amounts = (sum(parts, Decimal(0)), *parts)
    return (code, name, *(f"{amount:,.2f}" for amount in amounts))


def in_yuan(sheet: Sheet, *, thousands: bool) -> Sheet:
    """The same table in 元."""
    form = "{:,.2f}" if thousands else "{:.2f}"

    def converted(text: str) -> str:
        return form.format(Decimal(text.replace(",", "")) * 10_000) if AMOUNT.fullmatch(text) else text

    return replace(sheet, unit="元", rows=tuple(tuple(map(converted, row)) for row in sheet.rows))


def with_flat_header(sheet: Sheet) -> Sheet:
    """The same table with each column's path in one header cell."""
    return replace(sheet, columns=tuple(("".join(path),) for path in sheet.columns))


def folded(text: str) -> str:
    """A text as it is compared: full-width forms and white space do not count."""
    return squash(unicodedata.normalize("NFKC", text))
