"""What a disclosure says, as read: facts with their evidence, not yet judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from extractors.model.amounts import Amount, Day, Text
from extractors.model.disagreement import Disagreement
from extractors.model.document import Document, RuledTable
from extractors.model.evidence import Place
from extractors.model.findings import Gap
from extractors.model.lazy import lazy
from extractors.model.performance import IndicatorTable
from extractors.model.records import record


class Level(StrEnum):
    """The place of a row in its table's tree."""

    CATEGORY = "类"
    GROUP = "款"
    ITEM = "项"
    TOTAL = "total"
    OF_WHICH = "of_which"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Head:
    """The document's own particulars; each None where it is not printed or not found.

    `supersedes` is the sentence that says that it takes the place of an earlier disclosure.
    """

    title: Text | None = None
    issuer: Text | None = None
    region: Text | None = None
    superior: Text | None = None
    fiscal_year: Amount | None = None
    kind: Text | None = None
    published_on: Day | None = None
    supersedes: Text | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """第一部分: what the department does and of what it is made."""

    functions: tuple[Text, ...] = ()
    offices: tuple[Text, ...] = ()
    units: tuple[Text, ...] = ()

    def __add__(self, other: "Overview") -> "Overview":
        return Overview(
            self.functions + other.functions, self.offices + other.offices, self.units + other.units
        )


@dataclass(frozen=True, slots=True)
class Staffing:
    """机构设置及人员情况: counts by their printed label (编制, 实有, 在职 …), and their stated changes.

    A change is signed: 减少1人 is -1.
    """

    counts: Mapping[str, Amount] = field(default_factory=dict)
    changes: Mapping[str, Amount] = field(default_factory=dict)

    def __add__(self, other: "Staffing") -> "Staffing":
        """Both; a label that both have keeps its first count."""
        return Staffing({**other.counts, **self.counts}, {**other.changes, **self.changes})


UNKNOWN_KIND = "unknown"
"""The kind of a table that the catalogue does not know."""


class Column(NamedTuple):
    """A leaf column: its header path from the top, and its role in the table's kind (None: no role).

    One that `is_aside` prints other figures than the document's own: those of an earlier year than others
    beside it (2023年执行数), or the budget beside the account (预算数, 决算数).
    """

    path: tuple[str, ...]
    role: str | None = None
    is_aside: bool = False

    @property
    def name(self) -> str:
        """The header path joined by /."""
        return "/".join(self.path)


@record()
class TableCell:
    """A printed body cell. `amount` is None where it holds no number."""

    text: Text
    amount: Amount | None = None


@record()
class Row:
    """A body row: one cell per leaf column, None where nothing is printed."""

    cells: tuple[TableCell | None, ...]
    code: str | None = None
    name: str | None = None
    level: Level = Level.OTHER


class Entry(NamedTuple):
    """One line of a block: what it is called and the figures of the block's amount columns.

    `row` is the index of the body row it stands in; `names` the texts of the block's name columns;
    `amounts` has one item per amount column of the block, None where no number is printed; `unread` are
    the positions among them where something is printed that is no number; `indent` is where its name
    begins (points); `depth` that of its numbering: 0 for 一、, 1 for （一）, 2 for 1., 3 for (1), None for
    none; `parent` the index of the entry that it is a part of (None: of none); `role` its role in the
    table's kind.
    """

    row: int
    code: str | None
    names: tuple[str | None, ...]
    level: Level
    amounts: tuple[Amount | None, ...]
    unread: tuple[int, ...] = ()
    indent: float = 0.0
    depth: int | None = None
    parent: int | None = None
    role: str | None = None

    @property
    def is_numbered(self) -> bool:
        """Whether its name begins with a number: 一、, （一） or 1."""
        return self.depth is not None

    def placed(self, parent: int | None, role: str | None) -> "Entry":
        """The entry as a part of another one, with its role."""
        return Entry(*self[:8], parent, role)

    @property
    def is_known(self) -> bool:
        """Whether its place in the tree is stated by the print or the template, not by position alone."""
        is_said = self.code is not None or self.role is not None or self.is_numbered
        return is_said or self.name.startswith("其中")

    @property
    def name(self) -> str:
        """The first name that is printed."""
        for name in self.names:
            if name:
                return name
        return ""

    @property
    def label(self) -> str:
        """Code and name, for a sentence."""
        return f"{self.code} {self.name}" if self.code else self.name


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """An amount column that is the sum of others, all as positions among the block's amount columns."""

    total: int
    addends: tuple[int, ...]


@dataclass(frozen=True)
class Block:
    """The tidy form of a table, or of one half of it: entries, and the amount columns that belong to them.

    A table with income on the left and expenditure on the right has two blocks. `columns` are indexes of
    the table's columns. A block that `goes_on` is the rest of the list to its left: its total sums both.
    """

    label: str
    columns: tuple[int, ...]
    entries: tuple[Entry, ...]
    column_sums: tuple[ColumnSum, ...] = ()
    goes_on: bool = False

    @lazy
    def families(self) -> Mapping[int, tuple[Entry, ...]]:
        """The entries that have parts, by their index, with these."""
        found: dict[int, list[Entry]] = {}
        for entry in self.entries:
            if entry.parent is not None:
                found.setdefault(entry.parent, []).append(entry)
        return {parent: tuple(entries) for parent, entries in found.items()}


@dataclass(frozen=True, slots=True)
class BudgetTable:
    """A budget table, joined over its pages.

    `kind` is an id of the catalogue or "unknown". `faults` is empty where the grid is sound.
    `unit` is None where none is printed. `source` is the ruled table that it was read from.
    """

    number: Text | None
    title: Text
    kind: str
    unit: str | None
    pages: tuple[int, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    blocks: tuple[Block, ...]
    note: Text | None = None
    faults: tuple[str, ...] = ()
    source: RuledTable | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no amount other than zero is printed in it."""
        amounts = (cell.amount for row in self.rows for cell in row.cells if cell is not None)
        return not any(amount is not None and amount.value for amount in amounts)

    @property
    def unread_places(self) -> frozenset[Place]:
        """Where something is printed in an amount column that is no number."""
        return frozenset(
            cell.text.place
            for block in self.blocks
            for entry in block.entries
            for position in entry.unread
            if (cell := self.rows[entry.row].cells[block.columns[position]]) is not None
        )

    def amount(self, row_role: str, column_role: str) -> Amount | None:
        """The figure where the entry and the column of those roles meet; None where there is none."""
        for block in self.blocks:
            for position, column in enumerate(block.columns):
                if self.columns[column].role != column_role:
                    continue
                for entry in block.entries:
                    if entry.role == row_role:
                        return entry.amounts[position]
        return None

    def by_code(self, column_role: str) -> dict[str, Amount]:
        """The figures of a column by the code of their entry; a code that stands twice is left out."""
        found: dict[str, Amount] = {}
        twice: set[str] = set()
        for block in self.blocks:
            positions = [p for p, c in enumerate(block.columns) if self.columns[c].role == column_role]
            for entry in block.entries if len(positions) == 1 else ():
                code, amount = entry.code, entry.amounts[positions[0]]
                if code is None or amount is None:
                    continue
                if code in found:
                    twice.add(code)
                found[code] = amount
        return {code: amount for code, amount in found.items() if code not in twice}


@dataclass(frozen=True, slots=True)
class PolicyRef:
    """A policy document that is cited.

    `canonical` normalises brackets, spaces and a missing 号 of the document number (GB/T 9704-2012), never
    the issuer's characters; None where a document is named without a number. `where` says which part of
    the disclosure cites it.
    """

    title: Text | None
    printed: Text
    canonical: str | None
    suspect: str | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class AllocationItem:
    """One item of 资金分配情况."""

    item: Text
    amount: Amount


@dataclass(frozen=True, slots=True)
class Project:
    """A project of 项目支出情况说明. Every field is None where it is not printed.

    `summary` says the purpose in one plain sentence; it is a model's own words, and nowhere printed.
    """

    name: Text
    purpose: Text | None = None
    summary: str | None = None
    policy_basis: Text | None = None
    policy_refs: tuple[PolicyRef, ...] = ()
    amount: Amount | None = None
    responsible: Text | None = None
    allocation: Text | None = None
    allocation_items: tuple[AllocationItem, ...] = ()
    head_count: Text | None = None
    standard: Text | None = None
    beneficiaries: Text | None = None
    funding_source: Text | None = None
    start: Day | None = None
    end: Day | None = None
    execution_text: Text | None = None


class Cause(StrEnum):
    """What kind of reason a document gives for a change."""

    STAFFING = "staffing"  # more or fewer people, their grades
    POLICY = "policy"  # a rule, a rate, a basis, thrift asked for from above
    PROJECT = "project"  # a project new, ended, larger, smaller
    PRICE = "price"
    TRANSFER = "transfer"  # money or an item moved to another account or budget
    ROUNDING = "rounding"
    OTHER = "other"


@record()
class NarrativeFact:
    """What the narrative says of one subject, with its figures: a statement, or a mention in a reason.

    `change` is 增加, 减少 or 持平; `stated_direction` 大于, 小于 or 等于 (final accounts); `absence` is
    未安排 or 没有使用 where the text says that there is nothing. `cause` is what kind of reason is given;
    `is_compared` whether the words of the change say what it is against (比上年预算); `share_of` what the
    text says the share is one of (占本年支出合计的88.89%), where it says so.
    `wording` says of figures that speak of another year or of a budget what they are called: the figure's
    name and the words as printed (change_amount: 比上年预算; budget_amount: 年初预算).
    """

    section: str
    subject: Text
    subsection: str | None = None
    item: str | None = None
    amount: Amount | None = None
    share: Amount | None = None
    share_of: Text | None = None
    change: Text | None = None
    change_amount: Amount | None = None
    change_pct: Amount | None = None
    previous_amount: Amount | None = None
    budget_amount: Amount | None = None
    completion_pct: Amount | None = None
    stated_direction: Text | None = None
    absence: Text | None = None
    reason: Text | None = None
    cause: Cause | None = None
    is_compared: bool = False
    wording: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Disclosure:
    """Everything that was read from one document.

    `narrative_facts` are all that checks compare, in reading order: statements and what reasons mention
    (`checking.mentions` tells them apart).
    """

    document: Document
    head: Head = Head()
    overview: Overview = Overview()
    staffing: Staffing = Staffing()
    tables: tuple[BudgetTable, ...] = ()
    projects: tuple[Project, ...] = ()
    policy_refs: tuple[PolicyRef, ...] = ()
    indicator_tables: tuple[IndicatorTable, ...] = ()
    narrative_facts: tuple[NarrativeFact, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def table(self, kind: str) -> BudgetTable | None:
        """The only table of that kind; None where there is none or more than one."""
        found = self._by_kind.get(kind, ())
        return found[0] if len(found) == 1 else None

    @lazy
    def _by_kind(self) -> Mapping[str, list[BudgetTable]]:
        found: dict[str, list[BudgetTable]] = {}
        for table in self.tables:
            found.setdefault(table.kind, []).append(table)
        return found

    @lazy
    def facts_by_section(self) -> tuple[tuple[NarrativeFact, ...], ...]:
        """The facts of each section, subsections included, in reading order."""
        return tuple(tuple(facts) for _, facts in groupby(self.narrative_facts, key=attrgetter("section")))

    @lazy
    def facts_by_heading(self) -> tuple[tuple[NarrativeFact, ...], ...]:
        """The facts directly under each heading, in reading order."""
        heading = attrgetter("section", "subsection")
        return tuple(tuple(facts) for _, facts in groupby(self.narrative_facts, key=heading))
