"""Lists what was read, value by value, with its path in the extraction and whether it counts."""

from collections.abc import Iterator
from typing import NamedTuple

from extractors.model.amounts import Amount, Read
from extractors.model.facts import BudgetTable, Disclosure, NarrativeFact, Project

FACT_FIGURES = {
    "amount": "amount",
    "share": "share_pct",
    "change_amount": "change_amount",
    "change_pct": "change_pct",
    "previous_amount": "previous_amount",
    "budget_amount": "budget_amount",
    "completion_pct": "completion_pct",
}
"""Figures of a narrative fact and their keys in the extraction."""

FACT_TEXTS = {
    "subject": "subject",
    "change": "change",
    "stated_direction": "stated_direction",
    "absence": "status",
    "reason": "reason",
}
"""Texts of a narrative fact and their keys in the extraction."""

PROJECT_TEXTS = (
    "name",
    "purpose",
    "policy_basis",
    "responsible",
    "allocation",
    "head_count",
    "standard",
    "beneficiaries",
    "funding_source",
    "execution_text",
)
HEAD_FIELDS = ("title", "issuer", "region", "superior", "fiscal_year", "kind", "published_on")
_HEAD_COUNTS = ("issuer", "fiscal_year", "kind")
_PROJECT_COUNTS = ("name",)


class Value(NamedTuple):
    """One value: its path in the extraction, what was read, whether the document's decision hangs on it."""

    path: str
    read: Read
    counts: bool


def values_of(disclosure: Disclosure) -> Iterator[Value]:
    """Every value that was read. The list of those that count is public: docs/how-it-decides.md."""
    yield from _attributes("document", disclosure.head, HEAD_FIELDS, _HEAD_COUNTS)
    for part in ("functions", "offices", "units"):
        for index, text in enumerate(getattr(disclosure.overview, part)):
            yield Value(f"overview/{part}/{index}", text, False)
    for label, count in disclosure.staffing.counts.items():
        yield Value(f"staffing/{label}", count, True)
    for label, count in disclosure.staffing.changes.items():
        yield Value(f"staffing_change/{label}", count, False)
    for index, table in enumerate(disclosure.tables):
        yield from _of_table(f"tables/{index}", table)
    for index, project in enumerate(disclosure.projects):
        yield from _of_project(f"projects/{index}", project)
    for index, fact in enumerate(disclosure.narrative_facts):
        yield from _of_fact(f"narrative_facts/{index}", fact)


def _attributes(
    path: str, thing: object, names: tuple[str, ...], counting: tuple[str, ...]
) -> Iterator[Value]:
    for name in names:
        read = getattr(thing, name)
        if read is not None:
            yield Value(f"{path}/{name}", read, name in counting)


def _of_table(path: str, table: BudgetTable) -> Iterator[Value]:
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            if cell is not None:
                is_amount = cell.amount is not None
                yield Value(f"{path}/rows/{r}/cells/{c}", cell.amount or cell.text, is_amount)


def _of_project(path: str, project: Project) -> Iterator[Value]:
    yield from _attributes(path, project, PROJECT_TEXTS, _PROJECT_COUNTS)
    yield from _attributes(path, project, ("amount", "start", "end"), ("amount",))
    for index, item in enumerate(project.allocation_items):
        yield Value(f"{path}/allocation_items/{index}/item", item.item, False)
        yield Value(f"{path}/allocation_items/{index}/amount", item.amount, True)
    for index, ref in enumerate(project.policy_refs):
        yield Value(f"{path}/policy_refs/{index}", ref.printed, True)


def _of_fact(path: str, fact: NarrativeFact) -> Iterator[Value]:
    for name, key in FACT_TEXTS.items():
        if (text := getattr(fact, name)) is not None:
            yield Value(f"{path}/{key}", text, False)
    for name, key in FACT_FIGURES.items():
        amount: Amount | None = getattr(fact, name)
        if amount is not None:
            yield Value(f"{path}/{key}", amount, True)
