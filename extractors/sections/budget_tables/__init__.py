"""The budget tables: what each is, its unit, columns, rows and their structure, every cell with its place.

Performance forms, 目录 and layout grids are no budget tables. A table of no known kind is still read.
"""

from collections.abc import Sequence
from dataclasses import replace

from extractors.forms import without_forms
from extractors.model.amounts import Amount, Text, parse_decimal
from extractors.model.document import RuledTable
from extractors.model.facts import UNKNOWN_KIND, Block, BudgetTable, Column, Disclosure, Row, TableCell
from extractors.registry import section_reader
from extractors.sections.budget_tables.caption import empty_note_of, number_of, title_of, unit_of
from extractors.sections.budget_tables.rows import BodyRow, raw_table
from extractors.sections.budget_tables.structure import Cells, Frame, block_of, frames_of
from extractors.templates.tables import TableKind, recognise

_UNTITLED = Text(printed="")


@section_reader("tables")
def tables(disclosure: Disclosure) -> Disclosure:
    """Adds the budget tables."""
    read = (_budget_table(table) for table in without_forms(disclosure.document.tables))
    return replace(disclosure, tables=tuple(table for table in read if table is not None))


def _budget_table(table: RuledTable) -> BudgetTable | None:
    raw = raw_table(table)
    caption = (*table.caption, *raw.banner)  # some templates print them inside the grid
    title = title_of(caption) or _UNTITLED
    kind = recognise(title.printed, " ".join("/".join(path) for path in raw.paths))
    if kind is not None and not kind.is_budget_table:
        return None
    columns = tuple(Column(path, kind.column_role(path) if kind else None) for path in raw.paths)
    frames = frames_of(columns, [[cell.printed if cell else None for cell in row] for row in raw.body])
    if not frames or (kind is None and not title.printed):
        return None
    unit = unit_of(caption)
    cells = [_cells(row, frames, unit) for row in raw.body]
    blocks = tuple(_with_roles(block_of(frame, columns, cells), kind) for frame in frames)
    return BudgetTable(
        number=number_of(caption),
        title=title,
        kind=kind.id if kind else UNKNOWN_KIND,
        unit=unit,
        pages=table.pages,
        columns=columns,
        rows=tuple(_row(index, row, blocks) for index, row in enumerate(cells)),
        blocks=blocks,
        note=empty_note_of(table.notes),
        faults=tuple(f"p{part.page}: {fault}" for part in table.parts for fault in part.faults),
    )


def _cells(row: BodyRow, frames: Sequence[Frame], unit: str | None) -> Cells:
    amounts = {index for frame in frames for index in frame.amounts}
    return tuple(_cell(text, unit, index in amounts) if text else None for index, text in enumerate(row))


def _cell(text: Text, unit: str | None, holds_amount: bool) -> TableCell:
    value = parse_decimal(text.printed) if holds_amount else None
    if value is None:
        return TableCell(text)
    return TableCell(
        text, Amount(printed=text.printed, place=text.place, reader=text.reader, value=value, unit=unit)
    )


def _with_roles(block: Block, kind: TableKind | None) -> Block:
    if kind is None:
        return block
    entries = tuple(replace(entry, role=kind.row_role(entry.name)) for entry in block.entries)
    return replace(block, entries=entries)


def _row(index: int, cells: Cells, blocks: Sequence[Block]) -> Row:
    """A row is named by its leftmost entry."""
    for block in blocks:
        for entry in block.entries:
            if entry.row == index:
                return Row(cells, entry.code, entry.name or None, entry.level)
    return Row(cells)
