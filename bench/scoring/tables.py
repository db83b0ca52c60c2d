"""Budget tables, their cells, and whether each cell's evidence holds just what is printed."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.scoring.pages import Pages, text_inside
from bench.scoring.pairing import Item, paired
from bench.scoring.tally import Tally
from bench.scoring.text import likeness, same, squash

_PAGES_OF_A_TABLE = 3
"""How many pages after its first a table may still run."""


@dataclass(slots=True)
class TableTallies:
    """The three counts that the tables give."""

    tables: Tally = field(default_factory=Tally)
    cells: Tally = field(default_factory=Tally)
    evidence: Tally = field(default_factory=Tally)


def score_tables(extraction: Item, truth: Item, pages: Pages | None) -> TableTallies:
    """Tables found with unit and emptiness; cells in the right table, row and column; their evidence."""
    tallies = TableTallies()
    readings: Sequence[Item] = extraction.get("tables") or ()
    tallies.tables.given = len(readings)
    for table, reading in paired(truth["tables"], readings, table_likeness):
        label = f"table {table['no']} {squash(table['title'])[:16]}"
        tallies.tables.add(
            ok=reading is not None and _is_described_rightly(table, reading),
            miss=f"{label}: missing, or its unit or emptiness wrong",
        )
        _score_cells(label, table, (reading or {}).get("rows") or (), pages, tallies)
    tallies.evidence.given = tallies.evidence.expected
    return tallies


def table_likeness(table: Item, reading: Item) -> float:
    """How likely a table of a reading is this table of the truth: by title, and by page."""
    on_its_page = table.get("page") in (reading.get("pages") or ())
    return 0.7 * likeness(table["title"], reading.get("title")) + 0.3 * on_its_page


def _is_described_rightly(table: Item, reading: Item) -> bool:
    unit_is_right = table.get("unit") is None or same(table["unit"], reading.get("unit"))
    return unit_is_right and bool(table.get("is_empty")) == bool(reading.get("is_empty"))


def _score_cells(
    label: str, table: Item, rows: Sequence[Item], pages: Pages | None, tallies: TableTallies
) -> None:
    printed = [[squash(cell) for cell in row] for row in table["rows"]]
    read = [[cell_text(cell) for cell in row["cells"]] for row in rows]
    tallies.cells.given += sum(1 for row in read for text in row if text)
    partner = row_partners(printed, read)
    for i, row in enumerate(printed):
        j = partner.get(i)
        for c, want in enumerate(row):
            if not want:
                continue
            got = read[j][c] if j is not None and c < len(read[j]) else ""
            place = f"{label} row {i + 1} {_column(table, c)}"
            ok = same(want, got)
            tallies.cells.add(ok=ok, miss=f"{place}: printed {want}, read {got or 'nothing'}")
            if ok and j is not None and isinstance(cell := rows[j]["cells"][c], Mapping):
                evidence = _first(cell.get("evidence"))
                tallies.evidence.add(
                    ok=_is_evidence(evidence, want, table.get("page") or 0, pages),
                    miss=f"{place}: evidence {evidence}",
                )


def _column(table: Item, index: int) -> str:
    return str(table["columns"][index]) if index < len(table["columns"]) else str(index)


def cell_text(cell: object) -> str:
    """What a cell of a reading says, without white space."""
    if isinstance(cell, Mapping):
        return squash(cell.get("text", cell.get("value")))
    return squash(cell)


def row_partners(printed: list[list[str]], read: list[list[str]]) -> dict[int, int]:
    """Which read row is which printed row: both in order, rows with the same words first."""
    matcher = difflib.SequenceMatcher(
        None,
        [tuple(filter(None, r)) for r in printed],
        [tuple(filter(None, r)) for r in read],
        autojunk=False,
    )
    partners: dict[int, int] = {}
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag in ("equal", "replace"):
            partners.update(zip(range(i1, i2), range(j1, j2), strict=False))
    return partners


def _first(evidence: Any) -> Item:
    """A value of several places is judged by the first."""
    if isinstance(evidence, Sequence):
        evidence = evidence[0] if evidence else None
    return evidence or {}


def _is_evidence(evidence: Item, want: str, first_page: int, pages: Pages | None) -> bool:
    page = evidence.get("page", -1)
    if not first_page <= page <= first_page + _PAGES_OF_A_TABLE:
        return False
    box = evidence.get("bbox")
    if pages is None or not box:
        return True
    inside = text_inside(pages[page - 1], box)
    return inside in ("", want)  # no words at all: a scanned page, judged by its number only
