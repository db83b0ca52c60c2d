"""The budget tables: what each is, its unit, columns, rows and their structure, every cell with its place.

Performance forms, 目录 and layout grids are no budget tables. A table of no known kind is still read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.forms import sort_out
from extractors.model.amounts import Text
from extractors.model.document import RuledTable
from extractors.model.facts import UNKNOWN_KIND, Block, BudgetTable, Column, Disclosure, Row, TableCell
from extractors.model.findings import Gap
from extractors.registry import section_reader
from extractors.sections.budget_tables.caption import as_text, empty_note_of, number_of, title_of, unit_of
from extractors.sections.budget_tables.cells import cell_of
from extractors.sections.budget_tables.columns import (
    Kind,
    kinds_of,
    money_unit_of,
    unit_of_column,
)
from extractors.sections.budget_tables.merged import going_on, labels_of, views_of
from extractors.sections.budget_tables.rows import BodyRow, RawTable, raw_table
from extractors.sections.budget_tables.structure import Cells, Frame, block_of, frames_of
from extractors.templates.columns import columns_of
from extractors.templates.tables import TableKind, recognise

_UNTITLED = Text(printed="")
_SECTION = "tables"
_AMOUNT = re.compile(r"[-−－–]?\d[\d,，]*[.．]\d{2}")
_FIGURES = (Kind.AMOUNT, Kind.COUNT, Kind.PERCENT)
_OF_MONEY = re.compile(r"金额|合计|小计|总计|[预决]算|支出|收入|经费|拨款|资金|数$|费$|元")


@section_reader(_SECTION)
def tables(disclosure: Disclosure) -> Disclosure:
    """Adds the budget tables, and a gap for each table of amounts that nothing names."""
    _, others = sort_out(disclosure.document.tables)
    read = [(table, _budget_table(table)) for table in others]
    gaps = [
        Gap(_SECTION, "有金额的表格没有标题，未读入", table.pages[0])
        for table, found in read
        if found is None and _is_nameless(table)
    ]
    found = tuple(table for _, table in read if table is not None)
    return replace(disclosure, tables=found, gaps=(*disclosure.gaps, *gaps))


def _is_nameless(table: RuledTable) -> bool:
    """Whether a table holds amounts and has no title, as the rest of another that was not joined to it."""
    texts = (cell.text for part in table.parts for cell in part.cells)
    if not any(_AMOUNT.fullmatch(text) for text in texts):
        return False
    return title_of(table.caption) is None and title_of(raw_table(table, has_title=False).banner) is None


def _budget_table(table: RuledTable) -> BudgetTable | None:
    raw = raw_table(table, has_title=bool(title_of(table.caption)))
    caption = (*table.caption, *raw.banner)  # some templates print them inside the grid
    titled = title_of(caption)
    title = as_text(titled) if titled else _UNTITLED
    kind = recognise(title.printed, " ".join("/".join(path) for path in raw.paths))
    if kind is not None and not kind.is_budget_table:
        return None
    columns = columns_of(raw.paths, kind)
    texts = [[cell.text.printed if cell else None for cell in row] for row in raw.body]
    kinds = kinds_of(columns, texts)
    frames = frames_of(columns, kinds)
    if kind is None and not _is_of_money(title, columns, frames, texts):
        return None
    unit = unit_of(caption) or _unit_of_columns(columns)
    cells = _cells(raw, columns, kinds, unit)
    blocks = _blocks(raw, frames, columns, cells, kind)
    return BudgetTable(
        number=number_of(caption, titled),
        title=title,
        kind=kind.id if kind else UNKNOWN_KIND,
        unit=unit,
        pages=table.pages,
        columns=columns,
        rows=tuple(_rows(cells, blocks)),
        blocks=blocks,
        note=empty_note_of((*raw.notes, *table.notes)),
        faults=(
            *(f"p{part.page}: {fault}" for part in table.parts for fault in part.faults),
            *_doubts(table, raw),
        ),
        source=table,
    )


def _doubts(table: RuledTable, raw: RawTable) -> Iterator[str]:
    """An amount among the words of a header: the header stands elsewhere, and a row was taken for it."""
    if any(_AMOUNT.fullmatch(text) for path in raw.paths for text in path):
        yield f"p{table.pages[0]}: an amount in the header"


def _is_of_money(
    title: Text, columns: Sequence[Column], frames: Sequence[Frame], texts: Sequence[Sequence[str | None]]
) -> bool:
    """Whether a table of no known kind holds amounts, or would if it were not empty."""
    amounts = [index for frame in frames for index in frame.amounts]
    if not title.printed or not amounts:
        return False
    is_filled = any(row[index] for row in texts for index in amounts)
    return is_filled or any(_OF_MONEY.search(columns[index].name) for index in amounts)


def _unit_of_columns(columns: Iterable[Column]) -> str | None:
    """The unit that the header cells print, if they print one and the same."""
    units = {unit for column in columns if (unit := money_unit_of(column)) is not None}
    return units.pop() if len(units) == 1 else None


def _cells(raw: RawTable, columns: Sequence[Column], kinds: Sequence[Kind], unit: str | None) -> list[Cells]:
    units = {
        index: unit_of_column(column, kind, unit)
        for index, (column, kind) in enumerate(zip(columns, kinds, strict=True))
        if kind in _FIGURES
    }
    return [_row_cells(row, units) for row in raw.body]


def _row_cells(row: BodyRow, units: Mapping[int, str | None]) -> Cells:
    found: list[TableCell | None] = []
    for column, cell in enumerate(row):
        if cell is None:
            found.append(None)
        elif column not in units or cell.is_gapped:
            found.append(TableCell(cell.text))
        else:
            found.append(cell_of(cell.text, units[column]))
    return tuple(found)


def _blocks(
    raw: RawTable,
    frames: Sequence[Frame],
    columns: Sequence[Column],
    cells: Sequence[Cells],
    kind: TableKind | None,
) -> tuple[Block, ...]:
    labels = labels_of(frames, cells, raw.body)
    views, going = views_of(frames, cells, labels), going_on(frames, labels)
    return tuple(
        [
            block_of(frame, columns, view, raw.body, kind, goes_on=index in going)
            for index, (frame, view) in enumerate(zip(frames, views, strict=True))
        ]
    )


def _rows(rows: Sequence[Cells], blocks: Sequence[Block]) -> Iterator[Row]:
    """Each row is named by its leftmost entry."""
    leftmost = {entry.row: entry for block in reversed(blocks) for entry in reversed(block.entries)}
    for index, cells in enumerate(rows):
        entry = leftmost.get(index)
        yield Row(cells, entry.code, entry.name or None, entry.level) if entry else Row(cells)
