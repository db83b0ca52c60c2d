"""Stored readings as checks between documents need them: who is related, figures with their places, tables.

Only figures whose reading stands (accepted, printed_so) are handed out of a relative.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from extractors.checking.across import Compared, Kinship, Relative
from extractors.checking.tie import figure, tie
from extractors.model.amounts import MONEY_UNITS, PERCENT, Amount
from extractors.model.evidence import Box, Evidence, Match, Place
from extractors.model.extraction import CellOut, DocumentOut, Extraction, NarrativeFactOut, TableOut
from extractors.model.extraction_parts import EvidenceOut, FieldOut
from extractors.templates.columns import columns_of
from extractors.templates.tables import kinds_by_id

FigureName = Literal[
    "amount", "share_pct", "change_amount", "change_pct", "previous_amount", "budget_amount", "completion_pct"
]

_HEAD = ("issuer", "fiscal_year", "kind")
_STANDS = ("accepted", "printed_so")
_COPIED = (Match.EXACT, Match.NORMALISED)
_UNIT, _DEPARTMENT, _BUDGET, _FINAL = "单位", "部门", "预算", "决算"
_YEAR = re.compile(r"(?:20\d\d)年(?:度|初|末|底)?")
_NUMBERING = re.compile(
    r"^(?:其中[:：]?)?(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d{1,2}[.、])?"
)
_ENDING = re.compile(r"(?:预算|数)+(?=/|$)")
_CODE = re.compile(r"\d+")
_GENERAL = "general_public_expenditure"
_PRINTED_CODE = re.compile(r"\((\d{3}(?:\d{2}){0,2})\)$")
_LEVELS = re.compile(r"([^()/]+)\([类款项]\)")
_BEFORE = re.compile(r"上年|上一年|去年")
_NO_BUDGET = r"决算|执行|完成|实际|调整|全年"


class Figure(NamedTuple):
    """A printed figure of a reading, and whether its reading stands."""

    amount: Amount
    stands: bool


def plain(text: str) -> str:
    """A name in half-width characters, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


# Who is related


class _Head(NamedTuple):
    """Whose document it is; `level` 部门 or 单位, `stage` 预算 or 决算."""

    issuer: str
    year: int
    level: str
    stage: str


def kinship_of(ours: DocumentOut, theirs: DocumentOut) -> Kinship | None:
    """What another document is to ours; None for strangers, and where one does not say whose it is."""
    one, other = _head(ours), _head(theirs)
    if one is None or other is None or ours.sha256 == theirs.sha256:
        return None
    if other == one._replace(year=one.year - 1):
        return Kinship.YEAR_BEFORE
    if one.stage == _FINAL and other == one._replace(stage=_BUDGET):
        return Kinship.BUDGET
    issuers = (one.issuer, plain(ours.superior or ""))
    if one.level == _UNIT and other in [one._replace(issuer=i, level=_DEPARTMENT) for i in issuers]:
        return Kinship.DEPARTMENT
    return None


def _head(document: DocumentOut) -> _Head | None:
    """The head, where issuer, year and kind were copied from the print and nothing speaks against them."""
    fields = [document.fields.get(name) for name in _HEAD]
    if document.issuer is None or document.fiscal_year is None or document.kind is None:
        return None
    if not all(field is not None and _is_copied(field) for field in fields):
        return None
    return _Head(plain(document.issuer), document.fiscal_year, document.kind[:2], document.kind[2:])


def _is_copied(field: FieldOut) -> bool:
    places = _evidence(field)
    return bool(places) and field.status != "contradicted" and all(e.match in _COPIED for e in places)


def relatives_of(ours: Extraction, others: Iterable[Extraction]) -> tuple[Relative, ...]:
    """The documents among others that ours can be compared with, one for each kinship.

    Where several claim to be the same, the one counts that says that it takes the place of an earlier one;
    else it cannot be told which is meant, and none is taken.
    """
    found: dict[Kinship, list[Extraction]] = defaultdict(list)
    for other in others:
        kinship = kinship_of(ours.document, other.document)
        if kinship is not None:
            found[kinship].append(other)
    chosen = {kinship: _the_one(readings) for kinship, readings in found.items()}
    return tuple(Relative(kinship, reading) for kinship, reading in chosen.items() if reading is not None)


def _the_one(readings: Sequence[Extraction]) -> Extraction | None:
    if len(readings) > 1:
        readings = [reading for reading in readings if reading.document.supersedes]
    return readings[0] if len(readings) == 1 else None


# Figures


def _evidence(field: FieldOut) -> tuple[EvidenceOut, ...]:
    held = field.evidence
    if held is None:
        return ()
    return (held,) if isinstance(held, EvidenceOut) else held


def _place(field: FieldOut) -> Place:
    return tuple(Evidence(e.page, Box(*e.bbox), e.text, Match(e.match)) for e in _evidence(field))


def _figure(value: str, unit: str | None, field: FieldOut, printed: str = "") -> Figure | None:
    place = _place(field)
    if not place:
        return None
    printed = printed or "".join(evidence.text for evidence in place)
    return Figure(
        Amount(printed=printed, place=place, value=Decimal(value), unit=unit), field.status in _STANDS
    )


def figure_of(fact: NarrativeFactOut, name: FigureName) -> Figure | None:
    """A figure of a statement; None where it prints none."""
    value, field = getattr(fact, name), fact.fields.get(name)
    if value is None or field is None:
        return None
    unit = PERCENT if name.endswith("_pct") else fact.units.get(name, fact.unit)
    return _figure(value, unit, field)


def cell_figure(table: TableOut, cell: CellOut | None) -> Figure | None:
    """The figure in a cell of a table; None where none is printed."""
    if cell is None or cell.value is None or table.unit not in MONEY_UNITS:
        return None
    return _figure(cell.value, table.unit, cell, cell.text)


# Statements

StatementKey = tuple[str, str, str]


def statement_key(fact: NarrativeFactOut, document: DocumentOut) -> StatementKey | None:
    """What a statement is about, the same in every year's document; None where it speaks of another year."""
    years = {int(year) for year in re.findall(r"(20\d\d)年", fact.subject)}
    if years - {document.fiscal_year}:
        return None
    subject = _ENDING.sub("", _YEAR.sub("", plain(fact.subject)))
    return _heading(fact.section, document), _heading(fact.subsection or "", document), subject


def _heading(text: str, document: DocumentOut) -> str:
    words = _YEAR.sub("", plain(text)).replace(plain(document.issuer or "-"), "")
    return _NUMBERING.sub("", words).removeprefix("关于")


def stated(reading: Extraction) -> Mapping[StatementKey, Figure]:
    """The amounts of the narrative by what they are of; what is stated unlike, or not proven, is left out."""
    found: dict[StatementKey, list[Figure]] = defaultdict(list)
    for fact in reading.narrative_facts:
        key, amount = statement_key(fact, reading.document), figure_of(fact, "amount")
        if key is not None and amount is not None:
            found[key].append(amount)
    return {key: figures[0] for key, figures in found.items() if _agree(figures)}


def _agree(figures: Sequence[Figure]) -> bool:
    return (
        all(f.stands for f in figures) and len({(f.amount.in_base, f.amount.dimension) for f in figures}) == 1
    )


# Tables


def total_of_table(table: TableOut) -> Figure | None:
    """The figure where the only total row and the column of totals meet."""
    column = column_of(table, "total")
    rows = [row for row in table.rows if row.level == "total"]
    return cell_figure(table, rows[0].cells[column]) if column is not None and len(rows) == 1 else None


def only_table(reading: Extraction, kind: str) -> TableOut | None:
    """The only table of a kind."""
    found = [table for table in reading.tables if table.kind == kind]
    return found[0] if len(found) == 1 else None


def counterparts(ours: Extraction, theirs: Extraction) -> Iterator[tuple[TableOut, TableOut]]:
    """The tables of known kinds that both have once."""
    for kind in dict.fromkeys(table.kind for table in ours.tables if table.kind != "unknown"):
        one, other = only_table(ours, kind), only_table(theirs, kind)
        if one is not None and other is not None:
            yield one, other


def column_of(table: TableOut, role: str) -> int | None:
    """The only column of a role."""
    paths = [tuple(name.split("/")) for name in table.columns]
    columns = columns_of(paths, kinds_by_id().get(table.kind))
    found = [i for i, column in enumerate(columns) if column.role == role]
    return found[0] if len(found) == 1 else None


def column_figures(table: TableOut, column: int) -> Mapping[str, Figure]:
    """The figures of a column by the code or the name before them; what stands there twice is left out."""
    first = _names_of(table, column)
    found: dict[str, list[Figure]] = defaultdict(list)
    for row in table.rows:
        printed = cell_figure(table, row.cells[column])
        if printed is not None:
            found[_row_key(row.cells[first:column])].append(printed)
    return {key: figures[0] for key, figures in found.items() if len(figures) == 1}


def columns_compared(
    check: str, ours: tuple[TableOut, int], theirs: tuple[TableOut, int], what: str, *, is_named: bool
) -> Iterator[Compared]:
    """A column of a table against one of a relative's, row by row of one name; `what` the latter prints.

    `is_named`: the header says plainly that the two are the same figures.
    """
    (table, column), (other, counterpart) = ours, theirs
    known = column_figures(other, counterpart)
    for row, printed in column_figures(table, column).items():
        found = known.get(row)
        if found is not None and found.stands:
            name = "、".join(filter(None, (row, table.columns[column])))
            left = figure(f"{table.title}的{name}", printed.amount)
            right = figure(f"{row}{other.columns[counterpart]}", found.amount)
            tie_out = tie(check, f"{table.title}的{name} ＝ {what}", left, right)
            yield Compared(tie_out, right.terms[0], is_named and printed.stands)


def _names_of(table: TableOut, column: int) -> int:
    """Where the columns begin that name a column's rows: the nearest ones to the left that hold words."""
    filled = [
        (i, cell) for row in table.rows for i, cell in enumerate(row.cells[:column]) if cell is not None
    ]
    amounts = {i for i, cell in filled if cell.value is not None}
    last = max((i for i, _ in filled if i not in amounts), default=0)
    return max((i + 1 for i in amounts if i < last), default=0)


def _row_key(cells: Sequence[CellOut | None]) -> str:
    texts = [plain(cell.text) for cell in cells if cell is not None and cell.value is None]
    code = "".join(text for text in texts if _CODE.fullmatch(text))
    return code or "/".join(_NUMBERING.sub("", text) for text in texts)


def general_total(reading: Extraction) -> Figure | None:
    """The total of the table of 一般公共预算支出, where its reading stands."""
    table = only_table(reading, _GENERAL)
    found = total_of_table(table) if table is not None else None
    return found if found is not None and found.stands else None


def item_figure(theirs: Extraction, fact: NarrativeFactOut) -> Figure | None:
    """What a relative's table of 一般公共预算支出 has in all for an item of the narrative.

    The item is known by its code, or by its 类, 款 and 项 under a heading of 一般公共预算.
    """
    table = only_table(theirs, _GENERAL)
    column = column_of(table, "total") if table is not None else None
    if table is None or column is None:
        return None
    code = _code_of(fact, {row.code: plain(row.name) for row in table.rows if row.code and row.name})
    found = column_figures(table, column).get(code) if code else None
    return found if found is not None and found.stands else None


def _code_of(fact: NarrativeFactOut, names: Mapping[str, str]) -> str | None:
    subject = plain(fact.subject)
    printed = _PRINTED_CODE.search(subject)
    if printed:
        return printed[1]
    path = _LEVELS.findall(subject)
    if not path or "一般公共预算" not in fact.section:
        return None
    lengths = (3, 5, 7)[: len(path)]
    found = [c for c in names if len(c) == lengths[-1] and [names.get(c[:n]) for n in lengths] == path]
    return found[0] if len(found) == 1 else None


# Words


def speaks_of_year_before(words: str, document: DocumentOut) -> bool:
    """Whether 比上年预算, 与2023年度相比 mean what the document of the year before prints.

    A budget follows a budget, final accounts follow final accounts: 比上年执行数 is nobody's figure here.
    """
    years = {int(year) for year in re.findall(r"20\d\d", words)}
    is_before = bool(_BEFORE.search(words)) if not years else years == {(document.fiscal_year or 0) - 1}
    another = _BUDGET if _is_final(document) else _NO_BUDGET
    return is_before and not re.search(another, words)


def names_stage(words: str, document: DocumentOut) -> bool:
    """Whether the words say that the figure is that of a budget, or of final accounts, as the document is."""
    return (_FINAL if _is_final(document) else _BUDGET) in words


def _is_final(document: DocumentOut) -> bool:
    return (document.kind or "").endswith(_FINAL)
