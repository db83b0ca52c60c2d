"""The review queue and what people decided. Takes a session, never commits."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from service.storage.mapping import decision_of, item_row_of, open_value_of
from service.storage.records import Action, NewDecision, OpenValue, ReviewDecision, ReviewItem
from service.storage.tables import ReviewDecisionRow, ReviewItemRow, now


class Reviews:
    """The tables of open values and of decisions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def replace(self, document_id: int, run_id: int, values: Sequence[OpenValue]) -> None:
        """Makes the open values of a document anew; decisions on those still there stay in force."""
        self._session.exec(delete(ReviewItemRow).where(col(ReviewItemRow.document_id) == document_id))
        last = {row.item: row for row in self._decisions(document_id)}
        for position, value in enumerate(values):
            row = item_row_of(value, document_id, run_id, position)
            decision = last.get(value.id)
            row.decision_id = decision.id if decision and decision.action != Action.UNDO else None
            self._session.add(row)
        self._session.flush()

    def queue(self, after: tuple[int, int], limit: int) -> tuple[ReviewItem, ...]:
        """Values without a decision, in order of document and place in it, those beyond `after`."""
        document, position = after
        query = (
            select(ReviewItemRow)
            .where(
                col(ReviewItemRow.decision_id).is_(None),
                (col(ReviewItemRow.document_id) > document)
                | ((col(ReviewItemRow.document_id) == document) & (col(ReviewItemRow.position) > position)),
            )
            .order_by(col(ReviewItemRow.document_id), col(ReviewItemRow.position))
            .limit(limit)
        )
        return self._items(self._session.exec(query).all())

    def before(self, at: tuple[int, int]) -> ReviewItem | None:
        """The value without a decision right before a place of the queue."""
        document, position = at
        query = (
            select(ReviewItemRow)
            .where(
                col(ReviewItemRow.decision_id).is_(None),
                (col(ReviewItemRow.document_id) < document)
                | ((col(ReviewItemRow.document_id) == document) & (col(ReviewItemRow.position) < position)),
            )
            .order_by(col(ReviewItemRow.document_id).desc(), col(ReviewItemRow.position).desc())
            .limit(1)
        )
        return next(iter(self._items(self._session.exec(query).all())), None)

    def get(self, item: str, *, to_decide: bool = False) -> ReviewItem | None:
        """A value of the queue, decided or not; `to_decide` makes others who want to decide on it wait."""
        row = self._session.get(ReviewItemRow, item, with_for_update=to_decide or None)
        return self._items([row])[0] if row else None

    def open_counts(self) -> dict[int, int]:
        """How many values without a decision each document has, where it has any."""
        query = (
            select(ReviewItemRow.document_id, func.count())
            .where(col(ReviewItemRow.decision_id).is_(None))
            .group_by(col(ReviewItemRow.document_id))
            .order_by(col(ReviewItemRow.document_id))
        )
        return dict(self._session.exec(query).all())

    def decide(self, item: ReviewItem, decision: NewDecision) -> ReviewDecision:
        """Appends a decision and puts it in force; `undo` puts the value back into the queue."""
        row = ReviewDecisionRow(
            item=item.value.id,
            document_id=item.document_id,
            run_id=item.run_id,
            path=item.value.path,
            printed=item.value.printed,
            action=decision.action,
            value=decision.value,
            note=decision.note,
            who=decision.who,
            created_at=now(),
        )
        self._session.add(row)
        self._session.flush()
        held = self._session.get_one(ReviewItemRow, item.value.id)
        held.decision_id = None if decision.action is Action.UNDO else row.id
        self._session.flush()
        return decision_of(row)

    def in_force(self, document_id: int) -> dict[str, ReviewDecision]:
        """The decisions in force on a document's values, by the value's path."""
        query = (
            select(ReviewDecisionRow)
            .join(ReviewItemRow, col(ReviewItemRow.decision_id) == col(ReviewDecisionRow.id))
            .where(ReviewItemRow.document_id == document_id)
        )
        return {row.path: decision_of(row) for row in self._session.exec(query)}

    def history(self, item: str) -> tuple[ReviewDecision, ...]:
        """All decisions on a value, in the order in which they were taken."""
        query = (
            select(ReviewDecisionRow)
            .where(ReviewDecisionRow.item == item)
            .order_by(col(ReviewDecisionRow.id))
        )
        return tuple(decision_of(row) for row in self._session.exec(query))

    def _decisions(self, document_id: int) -> Iterable[ReviewDecisionRow]:
        query = (
            select(ReviewDecisionRow)
            .where(ReviewDecisionRow.document_id == document_id)
            .order_by(col(ReviewDecisionRow.id))
        )
        return self._session.exec(query)

    def _items(self, rows: Sequence[ReviewItemRow]) -> tuple[ReviewItem, ...]:
        newest = (
            select(ReviewDecisionRow.item, func.max(ReviewDecisionRow.id))
            .where(col(ReviewDecisionRow.item).in_([row.id for row in rows]))
            .group_by(col(ReviewDecisionRow.item))
        )
        versions = {item: number or 0 for item, number in self._session.exec(newest)}
        return tuple(
            ReviewItem(
                value=open_value_of(row),
                document_id=row.document_id,
                position=row.position,
                run_id=row.run_id,
                decision_id=row.decision_id,
                version=versions.get(row.id, 0),
            )
            for row in rows
        )
