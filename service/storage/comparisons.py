"""Documents beside their relatives. Takes a session, never commits."""

from collections.abc import Iterable

from sqlalchemy import delete
from sqlmodel import Session, col, select

from service.storage.records import Comparison
from service.storage.tables import ComparisonRow


class Comparisons:
    """The table of comparisons between documents."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def replace(self, document_id: int, comparisons: Iterable[Comparison]) -> None:
        """Makes the comparisons of a document anew."""
        self._session.exec(delete(ComparisonRow).where(col(ComparisonRow.document_id) == document_id))
        for one in comparisons:
            self._session.add(
                ComparisonRow(
                    document_id=document_id,
                    relative_id=one.relative_id,
                    kinship=one.kinship,
                    verdicts=one.verdicts,
                    findings=list(one.findings),
                )
            )
        self._session.flush()

    def with_relative(self, document_id: int) -> tuple[int, ...]:
        """The documents that were compared with this one."""
        query = select(ComparisonRow.document_id).where(ComparisonRow.relative_id == document_id)
        return tuple(self._session.exec(query.distinct()))

    def of(self, document_id: int) -> tuple[Comparison, ...]:
        """The comparisons of a document."""
        query = (
            select(ComparisonRow)
            .where(ComparisonRow.document_id == document_id)
            .order_by(col(ComparisonRow.id))
        )
        return tuple(
            Comparison(row.document_id, row.relative_id, row.kinship, row.verdicts, tuple(row.findings))
            for row in self._session.exec(query)
        )
