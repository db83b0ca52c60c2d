"""Lists what was read, value by value, with its path in the extraction and whether it counts."""

from collections.abc import Callable, Container, Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from extractors.checking.mentions import paths_of
from extractors.model.amounts import Read, Text
from extractors.model.facts import BudgetTable, Disclosure, Project
from extractors.model.performance import IndicatorTable
from extractors.model.records import made

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
FORM_TEXTS = ("title", "name", "organisation", "leader", "goal")
FORM_FIGURES = ("total", "fiscal", "other")
TASK_FIGURES = ("total", "fiscal", "other")
"""Texts and figures of a performance form and of its main tasks, and their keys in the extraction."""

INDICATOR_TEXTS = {
    "level1": "level1",
    "level2": "level2",
    "level3": "level3",
    "target": "printed",
    "basis": "basis",
    "last_year": "last_year",
    "scoring": "scoring",
    "evidence_required": "evidence_required",
    "note": "note",
}
INDICATOR_FIGURES = {"value": "value", "weight": "weight"}
"""Texts and figures of an indicator and their keys in the extraction."""

TARGET_READS = ("said", "subject", "value", "indicator")
"""Values of a target that a goal states, and their keys in the extraction."""

HEAD_FIELDS = ("title", "issuer", "region", "superior", "fiscal_year", "kind", "published_on", "supersedes")
_HEAD_COUNTS = ("issuer", "fiscal_year", "kind")
_FACT_COUNTS = frozenset(FACT_FIGURES.values())
_PROJECT_COUNTS = ("name",)
_INDICATOR_COUNTS = ("weight",)


Attributes = Callable[[object], tuple[Read | None, ...]]
"""Several attributes of a thing at once, each None where it was not read."""

FACT_KEYS = (*FACT_TEXTS.values(), *FACT_FIGURES.values())
reads_of_fact: Attributes = attrgetter(*FACT_TEXTS, *FACT_FIGURES)
"""What was read of a narrative fact, in the order of its keys."""


INDICATOR_KEYS = (*INDICATOR_TEXTS.values(), *INDICATOR_FIGURES.values())
reads_of_indicator: Attributes = attrgetter(*INDICATOR_TEXTS, *INDICATOR_FIGURES)
"""What was read of an indicator, in the order of its keys."""


class Value(NamedTuple):
    """One value: of what it is and which, what was read, whether the document's decision hangs on it."""

    of: str
    key: str | int
    read: Read
    counts: bool

    @property
    def path(self) -> str:
        """Its path in the extraction."""
        return f"{self.of}/{self.key}"


def values_of(disclosure: Disclosure) -> list[Value]:
    """Every value that was read. The list of those that count is public: docs/how-it-decides.md."""
    found = [*_attributes("document", disclosure.head, HEAD_FIELDS, _HEAD_COUNTS)]
    for part in ("functions", "offices", "units"):
        texts: Iterable[Text] = getattr(disclosure.overview, part)
        found += [Value(f"overview/{part}", index, text, False) for index, text in enumerate(texts)]
    staffing = disclosure.staffing
    found += [Value("staffing", label, count, True) for label, count in staffing.counts.items()]
    found += [Value("staffing_change", label, count, False) for label, count in staffing.changes.items()]
    for index, table in enumerate(disclosure.tables):
        found += _of_table(f"tables/{index}", table)
    for index, project in enumerate(disclosure.projects):
        found += _of_project(f"projects/{index}", project)
    for index, form in enumerate(disclosure.indicator_tables):
        found += values_of_form(f"indicator_tables/{index}", form)
    facts = disclosure.narrative_facts
    for path, fact in zip(paths_of(facts), facts, strict=True):
        found += _known(path, FACT_KEYS, reads_of_fact(fact), _FACT_COUNTS)
    return found


def _known(
    path: str, keys: Iterable[str], reads: Iterable[Read | None], counting: Container[str]
) -> list[Value]:
    """The values of a thing that were read."""
    return [
        made(Value, (path, key, read, key in counting))
        for key, read in zip(keys, reads, strict=True)
        if read is not None
    ]


def _attributes(path: str, thing: object, names: tuple[str, ...], counting: tuple[str, ...]) -> list[Value]:
    return _known(path, names, [getattr(thing, name) for name in names], counting)


def _of_table(path: str, table: BudgetTable) -> list[Value]:
    unread = table.unread_places
    found: list[Value] = []
    for r, row in enumerate(table.rows):
        of = f"{path}/rows/{r}/cells"
        for c, cell in enumerate(row.cells):
            if cell is None:
                continue
            amount = cell.amount
            counts = amount is not None or (bool(unread) and cell.text.place in unread)
            found.append(made(Value, (of, c, amount or cell.text, counts)))
    return found


def _of_project(path: str, project: Project) -> Iterator[Value]:
    yield from _attributes(path, project, PROJECT_TEXTS, _PROJECT_COUNTS)
    yield from _attributes(path, project, ("amount", "start", "end"), ("amount",))
    for index, item in enumerate(project.allocation_items):
        yield Value(f"{path}/allocation_items/{index}", "item", item.item, False)
        yield Value(f"{path}/allocation_items/{index}", "amount", item.amount, True)
    for index, ref in enumerate(project.policy_refs):
        yield Value(f"{path}/policy_refs", index, ref.printed, True)


def values_of_form(path: str, form: IndicatorTable) -> Iterator[Value]:
    """Every value that was read of a performance form."""
    # What is read of a place last stands for it: what the form itself prints, not what a target says of it.
    for index, target in enumerate(form.targets):
        yield from _attributes(f"{path}/targets/{index}", target, TARGET_READS, ())
    yield from _attributes(path, form, FORM_TEXTS, ())
    yield from _attributes(path, form, FORM_FIGURES, FORM_FIGURES)
    for index, source in enumerate(form.funding):
        yield from _attributes(f"{path}/funding/{index}", source, ("source", "item", "amount"), ("amount",))
    for index, task in enumerate(form.tasks):
        yield from _attributes(
            f"{path}/tasks/{index}", task, ("name", "content", *TASK_FIGURES), TASK_FIGURES
        )
    for index, indicator in enumerate(form.indicators):
        reads = reads_of_indicator(indicator)
        yield from _known(f"{path}/indicators/{index}", INDICATOR_KEYS, reads, _INDICATOR_COUNTS)
