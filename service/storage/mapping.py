"""From rows to records."""

from service.storage.records import Action, Document, DocumentStatus, OpenValue, ReviewDecision, Run
from service.storage.tables import DocumentRow, ReviewDecisionRow, ReviewItemRow, RunRow


def key_of(row: DocumentRow | RunRow | ReviewDecisionRow) -> int:
    """The key of a row that has been written."""
    if row.id is None:
        raise ValueError(f"not written yet: {row!r}")
    return row.id


def document_of(row: DocumentRow) -> Document:
    """A stored PDF."""
    return Document(
        id=key_of(row),
        sha256=row.sha256,
        file_name=row.file_name,
        size=row.size,
        status=DocumentStatus(row.status),
        error=row.error,
        error_details=row.error_details or {},
        attempts=row.attempts,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def run_of(row: RunRow) -> Run:
    """A stored reading."""
    return Run(
        id=key_of(row),
        document_id=row.document_id,
        pipeline_version=row.pipeline_version,
        decision=row.decision,
        seconds=row.seconds,
        created_at=row.created_at,
        extraction=row.extraction,
    )


def open_value_of(row: ReviewItemRow) -> OpenValue:
    """A value that needs a person."""
    return OpenValue(
        id=row.id,
        path=row.path,
        label=row.label,
        printed=row.printed,
        value=row.value,
        status=row.status,
        reason=row.reason,
        places=tuple(row.places),
    )


def item_row_of(value: OpenValue, document_id: int, run_id: int, position: int) -> ReviewItemRow:
    """The row of a value that needs a person, without its decision."""
    return ReviewItemRow(
        id=value.id,
        document_id=document_id,
        run_id=run_id,
        position=position,
        path=value.path,
        label=value.label,
        printed=value.printed,
        value=value.value,
        status=value.status,
        reason=value.reason,
        places=list(value.places),
    )


def decision_of(row: ReviewDecisionRow) -> ReviewDecision:
    """What a person decided."""
    return ReviewDecision(
        id=key_of(row),
        item=row.item,
        document_id=row.document_id,
        run_id=row.run_id,
        path=row.path,
        printed=row.printed,
        action=Action(row.action),
        value=row.value,
        note=row.note,
        who=row.who,
        created_at=row.created_at,
    )
