"""Whether each amount of a variant came out right, flagged as doubtful, or wrong in silence.

An amount is right with its value in its row, under its header and beside its label, in its unit. What is
wrong or missing is flagged where a person would be sent to it: its own status, the soundness of its table, a
gap, or a contradiction in its table. What is read and not printed counts as wrong.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from bench.scoring.pairing import Item, paired
from bench.scoring.tables import cell_text, row_partners, table_likeness
from bench.scoring.text import likeness, number
from bench.variants.content import Sheet, folded

_DOUBTED = ("review", "contradicted")
_ALIKE = 0.6
_TABLE_KINDS = ("table-sum", "cross-table")


class Outcome(StrEnum):
    """What became of an amount."""

    RIGHT = "right"
    WRONG_FLAGGED = "wrong, flagged"
    MISSING_FLAGGED = "missing, flagged"
    WRONG = "wrong UNFLAGGED"
    MISSING = "missing UNFLAGGED"


UNFLAGGED = (Outcome.WRONG, Outcome.MISSING)


class Strictness(NamedTuple):
    """What must be read to the letter, or else only be alike: the whole header path, the labels of a row."""

    header: bool = True
    labels: bool = True


class Verdict(NamedTuple):
    """The outcome of an amount, where it stands, and whether it was read as accepted."""

    outcome: Outcome
    place: str
    is_accepted: bool = False


def judge(sheets: Sequence[Sheet], extraction: Item, strict: Strictness) -> Iterator[Verdict]:
    """One verdict for each printed amount, and one for each that is read and not printed."""
    wanted = [{"title": sheet.title, "rows": sheet.rows, "sheet": sheet} for sheet in sheets]
    for want, reading in paired(wanted, extraction["tables"], table_likeness):
        sheet: Sheet = want["sheet"]
        if reading is None or likeness(sheet.title, reading["title"]) < _ALIKE:
            yield from _absent(sheet, extraction)
        else:
            yield from _Comparison(sheet, reading, extraction, strict).verdicts()


def _absent(sheet: Sheet, extraction: Item) -> Iterator[Verdict]:
    """A whole table that was not read: somebody must have said so."""
    said = any(f["kind"] == "completeness" for f in extraction["findings"]) or extraction["gaps"]
    said = said or any(t["sound"] is not True and _holds(t, sheet) for t in extraction["tables"])
    outcome = Outcome.MISSING_FLAGGED if said else Outcome.MISSING
    for row, column in sheet.amounts:
        yield Verdict(outcome, f"{sheet.title} (whole table) {sheet.rows[row][column]}")


def _holds(reading: Item, sheet: Sheet) -> bool:
    """Whether a table of another title holds most of these amounts."""
    text = "|".join(cell_text(cell) for row in reading["rows"] for cell in row["cells"])
    found = [sheet.rows[r][c] in text for r, c in sheet.amounts]
    return 2 * sum(found) > len(found)


class _Comparison:
    """A printed table and its reading."""

    def __init__(self, sheet: Sheet, reading: Item, extraction: Item, strict: Strictness) -> None:
        self._sheet, self._reading, self._strict = sheet, reading, strict
        self._rows: Sequence[Any] = reading["rows"]
        read = [[cell_text(cell) for cell in row["cells"]] for row in self._rows]
        self._partners = row_partners([list(row) for row in sheet.rows], read)
        self._columns = self._column_partners()
        self._is_flagged = _is_flagged(reading, extraction)

    def verdicts(self) -> Iterator[Verdict]:
        """What is printed, then what is read beyond it."""
        met: set[tuple[int, int]] = set()
        for row, column in self._sheet.amounts:
            at = self._partners.get(row, -1), self._columns.get(column, -1)
            met.add(at)
            cell = self._cell(at)
            is_accepted = cell is not None and cell["status"] == "accepted"
            yield Verdict(self._outcome(row, column, at), self._place(row, column, at), is_accepted)
        for r, row in enumerate(self._rows):
            for c, cell in enumerate(row["cells"]):
                if (
                    cell is not None
                    and cell["value"] is not None
                    and "." in cell["text"]
                    and (r, c) not in met
                ):
                    outcome = self._flagged(Outcome.WRONG, cell)
                    yield Verdict(outcome, f"{self._sheet.title}: read at row {r + 1}: {cell['text']}")

    def _column_partners(self) -> dict[int, int]:
        """By the header: each printed column has the next read one of the same path."""
        read = [folded(name) for name in self._reading["columns"]]
        if not self._strict.header and len(read) == len(self._sheet.columns):
            columns = enumerate(self._sheet.columns)
            return {c: c for c, path in columns if _leaves_alike(read[c], folded(path[-1]))}
        partners: dict[int, int] = {}
        after = 0
        for column, path in enumerate(self._sheet.columns):
            name = folded("/".join(path))
            if name in read[after:]:
                partners[column] = read.index(name, after)
                after = partners[column] + 1
        return partners

    def _outcome(self, row: int, column: int, at: tuple[int, int]) -> Outcome:
        cell = self._cell(at)
        if cell is None:
            return Outcome.MISSING_FLAGGED if self._is_flagged else Outcome.MISSING
        same = number(cell["value"]) == number(self._sheet.rows[row][column])
        same = same and self._reading["unit"] in (None, self._sheet.unit)
        if same and self._has_its_label(row, column, at[0]):
            return Outcome.RIGHT
        return self._flagged(Outcome.WRONG, cell)

    def _cell(self, at: tuple[int, int]) -> Mapping[str, Any] | None:
        if min(at) < 0:
            return None
        cell: Mapping[str, Any] | None = self._rows[at[0]]["cells"][at[1]]
        return cell

    def _flagged(self, outcome: Outcome, cell: Mapping[str, Any]) -> Outcome:
        return Outcome.WRONG_FLAGGED if self._is_flagged or cell["status"] in _DOUBTED else outcome

    def _has_its_label(self, row: int, column: int, read_row: int) -> bool:
        labels = self._sheet.labels_of(column)
        cells = self._rows[read_row]["cells"]
        want = "|".join(self._sheet.rows[row][c] for c in labels)
        got = "|".join(cell_text(cells[self._columns[c]]) if c in self._columns else "" for c in labels)
        return folded(want) == folded(got) or (not self._strict.labels and likeness(want, got) >= _ALIKE)

    def _place(self, row: int, column: int, at: tuple[int, int]) -> str:
        texts = self._sheet.rows[row]
        label = " ".join(filter(None, (texts[c] for c in self._sheet.labels_of(column))))
        cell = self._cell(at)
        got = [cell_text(c) for c in self._rows[at[0]]["cells"]] if at[0] >= 0 else "no row"
        header = "" if at[1] >= 0 else f", header read {self._reading['columns']}"
        name = "/".join(self._sheet.columns[column])
        value = cell["text"] if cell else "nothing"
        return f"{self._sheet.title}: {label} | {name}: {texts[column]}, read {value}, row {got}{header}"


def _leaves_alike(read: str, leaf: str) -> bool:
    return read.endswith(leaf) or likeness(read.rsplit("/", 1)[-1], leaf) >= _ALIKE


def _is_flagged(reading: Item, extraction: Item) -> bool:
    """Whether the whole table is doubted: its grid, its pages, its sums."""
    pages = set(reading["pages"])
    if reading["sound"] is not True:
        return True
    if any(gap["page"] is None or gap["page"] in pages for gap in extraction["gaps"]):
        return True
    return any(_pages_of(finding) & pages for finding in extraction["findings"] if _is_doubt(finding))


def _is_doubt(finding: Item) -> bool:
    return finding["kind"] in _TABLE_KINDS and finding["severity"] in ("error", "warning")


def _pages_of(finding: Item) -> set[int]:
    return {evidence["page"] for evidence in finding["evidence"]}


def counted(verdicts: Sequence[Verdict]) -> Counter[Outcome]:
    """How many of each outcome."""
    return Counter(verdict.outcome for verdict in verdicts)
