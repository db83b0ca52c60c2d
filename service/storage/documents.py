"""Stored PDFs and their place in the work. Takes a session, never commits."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from service.storage.mapping import document_of
from service.storage.records import Document, DocumentStatus, Json
from service.storage.tables import DocumentRow, now


class Documents:
    """The table of documents."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, sha256: str, file_name: str, size: int) -> Document:
        """Adds a PDF, queued for reading; gives the one that somebody else has added in this moment."""
        moment = now()
        row = DocumentRow(
            sha256=sha256,
            file_name=file_name,
            size=size,
            status=DocumentStatus.QUEUED,
            created_at=moment,
            updated_at=moment,
        )
        try:
            with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError:
            row = self._session.exec(select(DocumentRow).where(DocumentRow.sha256 == sha256)).one()
        return document_of(row)

    def get(self, document_id: int) -> Document | None:
        """The document with that id."""
        row = self._session.get(DocumentRow, document_id)
        return document_of(row) if row else None

    def by_sha256(self, sha256: str) -> Document | None:
        """The document with those bytes."""
        row = self._session.exec(select(DocumentRow).where(DocumentRow.sha256 == sha256)).first()
        return document_of(row) if row else None

    def hold(self, ids: Sequence[int]) -> None:
        """Makes others who want to hold one of these documents wait until the transaction ends."""
        rows = select(DocumentRow.id).where(col(DocumentRow.id).in_(ids)).order_by(col(DocumentRow.id))
        self._session.exec(rows.with_for_update()).all()

    def page(self, after: int, limit: int) -> tuple[Document, ...]:
        """Documents in order of their ids, those beyond `after`."""
        query = (
            select(DocumentRow).where(col(DocumentRow.id) > after).order_by(col(DocumentRow.id)).limit(limit)
        )
        return tuple(document_of(row) for row in self._session.exec(query))

    def counts(self) -> dict[DocumentStatus, int]:
        """How many documents stand where."""
        query = select(DocumentRow.status, func.count()).group_by(DocumentRow.status)
        found = dict(self._session.exec(query).all())
        return {status: found.get(status, 0) for status in DocumentStatus}

    def is_any_queued(self) -> bool:
        """Whether a document waits to be read."""
        query = select(DocumentRow.id).where(DocumentRow.status == DocumentStatus.QUEUED).limit(1)
        return self._session.exec(query).first() is not None

    def claim(self, holder: str) -> Document | None:
        """Takes the document that has waited longest and marks it as being read by `holder`."""
        waiting = (
            select(DocumentRow.id)
            .where(DocumentRow.status == DocumentStatus.QUEUED)
            .order_by(col(DocumentRow.updated_at), col(DocumentRow.id))
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        taken = (
            update(DocumentRow)
            .where(col(DocumentRow.id) == waiting.scalar_subquery())
            .values(
                status=DocumentStatus.RUNNING,
                holder=holder,
                attempts=DocumentRow.attempts + 1,
                updated_at=now(),
            )
            .returning(col(DocumentRow.id))
        )
        found = self._session.exec(taken).scalar_one_or_none()
        return self.get(found) if found is not None else None

    def running(self) -> tuple[tuple[int, str, datetime], ...]:
        """Documents that are being read: id, by whom, since when."""
        query = select(DocumentRow).where(DocumentRow.status == DocumentStatus.RUNNING)
        return tuple(
            (document_of(row).id, row.holder or "", row.updated_at) for row in self._session.exec(query)
        )

    def requeue(self, ids: Sequence[int]) -> None:
        """Puts documents back into the queue; how often they were tried is kept."""
        self._set(ids, status=DocumentStatus.QUEUED, holder=None)

    def reprocess(self, document_id: int) -> None:
        """Queues a document again on request, as if it were new."""
        self._set([document_id], status=DocumentStatus.QUEUED, holder=None, attempts=0)

    def done(self, document_id: int) -> None:
        """Marks a document as read."""
        self._set(
            [document_id],
            status=DocumentStatus.DONE,
            holder=None,
            attempts=0,
            error=None,
            error_details=None,
        )

    def failed(self, document_id: int, error: str, details: Json) -> None:
        """Marks a document as one that cannot be read, and says why."""
        self._set(
            [document_id],
            status=DocumentStatus.FAILED,
            holder=None,
            attempts=0,
            error=error,
            error_details=details,
        )

    def _set(self, ids: Sequence[int], **values: object) -> None:
        change = update(DocumentRow).where(col(DocumentRow.id).in_(ids)).values(updated_at=now(), **values)
        self._session.exec(change)
