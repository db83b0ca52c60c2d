"""The bodies of requests and replies under /v1."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from extractors.llm.ledger import Spent
from extractors.model.errors import Language
from extractors.model.extraction import FindingOut
from service.jobs.costs import totals
from service.jobs.errors import message_of
from service.storage.records import (
    Action,
    Document,
    DocumentStatus,
    Json,
    ReviewDecision,
    ReviewItem,
    RunSummary,
)
from service.web.errors import TYPE_PREFIX


class Body(BaseModel):
    """Base of all bodies."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ErrorBody(Body):
    """Why a document could not be read."""

    type: str
    detail: str


class DocumentBody(Body):
    """A document and where it stands. `decision` is that on its newest reading, null before the first."""

    id: int
    sha256: str
    file_name: str
    size: int
    status: DocumentStatus
    decision: str | None
    heading: str | None
    error: ErrorBody | None
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, document: Document, run: RunSummary | None, language: Language) -> "DocumentBody":
        """The body of a stored document."""
        error = None
        if document.error is not None:
            detail = message_of(document.error, document.error_details, language)
            error = ErrorBody(type=f"{TYPE_PREFIX}{document.error}", detail=detail)
        return cls(
            id=document.id,
            sha256=document.sha256,
            file_name=document.file_name,
            size=document.size,
            status=document.status,
            decision=run.decision if run else None,
            heading=run.heading if run else None,
            error=error,
            created_at=document.created_at,
            updated_at=document.updated_at,
        )


class DocumentList(Body):
    """A page of documents; `next` is the address of the page after it."""

    documents: tuple[DocumentBody, ...]
    next: str | None


class FindingList(Body):
    """The findings of a document's newest extraction."""

    document: int
    findings: tuple[FindingOut, ...]


class CostLine(Body):
    """Calls of a model about one document and section. Money as a decimal string.

    `cost` is what is known; `unpriced` answers are of an unknown price, `unfinished` calls may have been
    charged without an answer to show. `file_name` is null where the document is not stored.
    """

    document: str
    file_name: str | None
    section: str
    model: str
    attempts: int
    answered: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    cost: str
    currency: str | None
    unpriced: int
    unfinished: int


class CostTotal(Body):
    """All lines of one currency; null: of unknown price."""

    currency: str | None
    answered: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    cost: str
    unpriced: int
    unfinished: int


class CostReport(Body):
    """What calls of models have cost."""

    lines: tuple[CostLine, ...]
    totals: tuple[CostTotal, ...]

    @classmethod
    def of(cls, lines: Sequence[Spent]) -> "CostReport":
        """The body of lines of the books."""
        return cls(
            lines=tuple(CostLine(**{**asdict(line), "cost": f"{line.cost:f}"}) for line in lines),
            totals=tuple(CostTotal(**{**asdict(sum_), "cost": f"{sum_.cost:f}"}) for sum_ in totals(lines)),
        )


class ReviewItemBody(Body):
    """A value that needs a person. Send `version` back with the decision."""

    id: str
    document: int
    run: int
    path: str
    label: str
    printed: str
    value: str | None
    status: str
    reason: str
    evidence: tuple[Json, ...]
    version: int


class ReviewList(Body):
    """A page of the queue; `open` counts all of it, `next` is the address of the page after it."""

    items: tuple[ReviewItemBody, ...]
    open: int
    next: str | None


class DecisionIn(Body):
    """A decision on a value; `version` is that of the value when it was looked at."""

    action: Action
    value: str | None = Field(None, max_length=2000)
    note: str = Field("", max_length=2000)
    who: str = Field("", max_length=100)
    version: int = Field(0, ge=0)


class DecisionTaken(Body):
    """A decision as it was written down; `version` is now that of the value."""

    item: str
    action: Action
    value: str | None
    note: str
    who: str
    version: int
    created_at: datetime

    @classmethod
    def of(cls, decision: ReviewDecision) -> "DecisionTaken":
        """The body of a stored decision."""
        return cls(
            item=decision.item,
            action=decision.action,
            value=decision.value,
            note=decision.note,
            who=decision.who,
            version=decision.id,
            created_at=decision.created_at,
        )


def review_item_body(item: ReviewItem) -> ReviewItemBody:
    """The body of a value in the queue."""
    return ReviewItemBody(
        id=item.value.id,
        document=item.document_id,
        run=item.run_id,
        path=item.value.path,
        label=item.value.label,
        printed=item.value.printed,
        value=item.value.value,
        status=item.value.status,
        reason=item.value.reason,
        evidence=item.value.places,
        version=item.version,
    )
