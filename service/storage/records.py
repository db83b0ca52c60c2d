"""What the storage hands out and takes in: plain, immutable, free of the database."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

Json = dict[str, Any]


class DocumentStatus(StrEnum):
    """Where a document stands in the work."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Action(StrEnum):
    """What a person can decide on a value; `undo` takes the decision before it back."""

    ACCEPT = "accept"
    CORRECT = "correct"
    PRINTED_SO = "printed_so"
    UNREADABLE = "unreadable"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Document:
    """A stored PDF. `error` is the slug of what went wrong with it, `error_details` fill its sentence."""

    id: int
    sha256: str
    file_name: str
    size: int
    status: DocumentStatus
    error: str | None
    error_details: Json
    attempts: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """A fresh extraction, before it is stored: the JSON of the contract, and how long it took."""

    extraction: Json
    seconds: float

    @property
    def pipeline_version(self) -> str:
        """What made it."""
        return str(self.extraction["provenance"]["pipeline_version"])

    @property
    def heading(self) -> str:
        """Whose document it is, in one line; empty where it does not say."""
        head = self.extraction["document"]
        return " ".join(str(head[key]) for key in ("issuer", "fiscal_year", "kind") if head[key])


@dataclass(frozen=True, slots=True)
class Run:
    """A stored reading of a document."""

    id: int
    document_id: int
    pipeline_version: str
    decision: str
    seconds: float
    created_at: datetime
    extraction: Json


@dataclass(frozen=True, slots=True)
class Comparison:
    """A document beside a relative: how many comparisons ended how, and findings as in an extraction."""

    document_id: int
    relative_id: int
    kinship: str
    verdicts: dict[str, int]
    findings: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A stored reading without what was read: for lists."""

    document_id: int
    decision: str
    heading: str


@dataclass(frozen=True, slots=True)
class OpenValue:
    """A value of a reading that needs a person. `id` outlives the run: same file, path and print, same id."""

    id: str
    path: str
    label: str
    printed: str
    value: str | None
    status: str
    reason: str
    places: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """An open value in the queue, with the decision in force on it, if any.

    `version` is the number of the last decision on it, whether or not in force; 0 where there is none.
    """

    value: OpenValue
    document_id: int
    position: int
    run_id: int
    decision_id: int | None
    version: int


@dataclass(frozen=True, slots=True)
class ReviewDecision:
    """What a person decided on a value."""

    id: int
    item: str
    document_id: int
    run_id: int
    path: str
    printed: str
    action: Action
    value: str | None
    note: str
    who: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision as it comes in: `version` is what the person saw."""

    item: str
    action: Action
    version: int
    value: str | None = None
    note: str = ""
    who: str = ""
