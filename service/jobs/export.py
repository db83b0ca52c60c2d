"""The readings in force, as one data set."""

import csv
import json
from collections.abc import Iterator
from typing import IO

from extractors.templates.classifications import Verdict, classification_of
from extractors.templates.cofog import crosswalk
from service.jobs.across import in_force
from service.jobs.batch import all_documents
from service.jobs.values import TableValue, table_values
from service.storage.database import Database
from service.storage.records import Document, Json, ReviewDecision, Run

COLUMNS = (
    "document",
    "file_name",
    "issuer",
    "fiscal_year",
    "table",
    "table_kind",
    "unit",
    "row_code",
    "row_name",
    "row_level",
    "column",
    "printed",
    "value",
    "value_yuan",
    "status",
    "page",
    "x0",
    "y0",
    "x1",
    "y1",
    "review",
    "reviewed_value",
    "official_name",
    "cofog_division",
    "cofog_group",
)

_NOWHERE: Json = {"page": None, "bbox": (None, None, None, None)}


def write_jsonl(database: Database, out: IO[str]) -> int:
    """One extraction per line; the count."""
    count = 0
    for _, run, _ in _latest(database):
        json.dump(run.extraction, out, ensure_ascii=False, separators=(",", ":"))
        out.write("\n")
        count += 1
    return count


def write_csv(database: Database, out: IO[str]) -> int:
    """One line per amount of a budget table, people's decisions beside it; the count."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    count = 0
    for document, run, decisions in _latest(database):
        for found in table_values(run.extraction):
            if found.value.value is not None:
                writer.writerow(_line(document, run.extraction["document"], found, decisions))
                count += 1
    return count


def _line(
    document: Document, head: Json, found: TableValue, decisions: dict[str, ReviewDecision]
) -> tuple[object, ...]:
    place = found.value.places[0] if found.value.places else _NOWHERE
    decision = decisions.get(found.value.path)
    return (
        document.id,
        document.file_name,
        head["issuer"],
        head["fiscal_year"],
        found.table["title"],
        found.table["kind"],
        found.table["unit"],
        found.row["code"],
        found.row["name"],
        found.row["level"],
        found.column,
        found.value.printed,
        found.value.value,
        found.cell["value_yuan"],
        found.value.status,
        place["page"],
        *place["bbox"],
        decision.action if decision else None,
        decision.value if decision else None,
        *_classified(found.row, head["fiscal_year"]),
    )


def _classified(row: Json, year: int | None) -> tuple[str | None, str | None, str | None]:
    """The official name of a row's code, and its class in COFOG: division and group.

    Only where the printed name agrees with the code: a unit's code may have the form of a classification's.
    """
    code = row["code"] or ""
    classification = classification_of(code)
    if classification is None or year is None:
        return None, None, None
    judged = classification.judge(code, row["name"] or "", year)
    if judged.verdict is not Verdict.AGREES or judged.official is None:
        return None, None, None
    cofog = crosswalk().of(code)
    return judged.official.name, cofog.division, cofog.group


def _latest(database: Database) -> Iterator[tuple[Document, Run, dict[str, ReviewDecision]]]:
    for document in all_documents(database):
        with database.reading() as work:
            run = in_force(work, document.id)
            decisions = work.reviews.in_force(document.id)
        if run is not None:
            yield document, run, decisions
