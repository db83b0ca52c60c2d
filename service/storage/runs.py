"""Readings of documents. Takes a session, never commits."""

from collections.abc import Sequence

from sqlalchemy import func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from service.storage.mapping import run_of
from service.storage.records import Reading, Run, RunSummary
from service.storage.tables import RunRow, now


class Runs:
    """The table of readings."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, document_id: int, reading: Reading) -> Run:
        """Adds a reading; from now on it is the one in force."""
        extraction = reading.extraction
        head = extraction["document"]
        row = RunRow(
            document_id=document_id,
            pipeline_version=reading.pipeline_version,
            schema_version=extraction["schema_version"],
            decision=extraction["decision"]["status"],
            heading=reading.heading,
            issuer=head["issuer"],
            superior=head["superior"],
            fiscal_year=head["fiscal_year"],
            seconds=reading.seconds,
            created_at=now(),
            extraction=extraction,
        )
        self._session.add(row)
        self._session.flush()
        return run_of(row)

    def latest(self, document_id: int) -> Run | None:
        """The reading in force of a document."""
        query = (
            select(RunRow).where(RunRow.document_id == document_id).order_by(col(RunRow.id).desc()).limit(1)
        )
        row = self._session.exec(query).first()
        return run_of(row) if row else None

    def near(self, document_id: int) -> tuple[Run, ...]:
        """The readings in force of other documents that may be its relatives, in order of documents.

        That is: of its issuer, its superior or its units, of its year, the one before or the one after.
        """
        own = self._session.exec(
            select(RunRow).where(RunRow.document_id == document_id).order_by(col(RunRow.id).desc()).limit(1)
        ).first()
        if own is None or own.issuer is None or own.fiscal_year is None:
            return ()
        newer = aliased(RunRow)
        newest = select(func.max(newer.id)).where(newer.document_id == RunRow.document_id).scalar_subquery()
        issuers = [name for name in (own.issuer, own.superior) if name]
        query = (
            select(RunRow)
            .where(
                or_(col(RunRow.issuer).in_(issuers), col(RunRow.superior) == own.issuer),
                col(RunRow.fiscal_year).between(own.fiscal_year - 1, own.fiscal_year + 1),
                RunRow.document_id != document_id,
                RunRow.id == newest,
            )
            .order_by(col(RunRow.document_id))
        )
        return tuple(run_of(row) for row in self._session.exec(query))

    def summaries(self, document_ids: Sequence[int]) -> dict[int, RunSummary]:
        """The reading in force of each document that has one, in short."""
        newest = (
            select(func.max(RunRow.id))
            .where(col(RunRow.document_id).in_(document_ids))
            .group_by(col(RunRow.document_id))
        )
        query = select(RunRow.document_id, RunRow.decision, RunRow.heading).where(col(RunRow.id).in_(newest))
        return {row[0]: RunSummary(*row) for row in self._session.exec(query)}

    def counts(self) -> dict[str, int]:
        """How many readings ended in which decision."""
        query = select(RunRow.decision, func.count()).group_by(RunRow.decision)
        return dict(self._session.exec(query).all())
