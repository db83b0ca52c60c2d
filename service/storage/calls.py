"""Calls of models: what was sent, what came back, what it cost. Takes a session, never commits."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from sqlalchemy import ColumnElement, case, func, text
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from extractors.llm.ledger import Answer, Body, Call, Outcome, Spent, Tokens
from service.storage.tables import CallRow, DocumentRow, now

_PICO = Decimal(10) ** 12
# Any number will do, as long as nobody else takes the same advisory lock in the same database.
_LOCK = 0x797573756121


class Calls:
    """The table of calls."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def alone(self) -> None:
        """Makes all others who are about to begin a call wait for the end of this transaction.

        On SQLite every writing transaction is alone; PostgreSQL is asked for a lock of ours.
        """
        if self._session.connection().dialect.name == "postgresql":
            self._session.connection().execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})

    def under_way(self, *, request: str | None = None, run: str | None = None) -> tuple[str, ...]:
        """Who holds the calls under way that belong to a request or to a run."""
        query = select(CallRow.holder).where(CallRow.outcome == Outcome.STARTED, col(CallRow.until) > now())
        if request is not None:
            query = query.where(CallRow.request == request)
        if run is not None:
            query = query.where(CallRow.run == run)
        return tuple(self._session.exec(query))

    def spent_at_most(self, run: str) -> Decimal:
        """What the calls of a run have cost, or may have where nobody knows."""
        perhaps = col(CallRow.outcome).in_([Outcome.STARTED, Outcome.TIMEOUT])
        cost = case(
            (col(CallRow.response).is_not(None), func.coalesce(CallRow.picos, CallRow.most)),
            (perhaps, CallRow.most),
            else_=0,
        )
        query = columns(func.coalesce(func.sum(cost), 0)).where(col(CallRow.run) == run)
        return Decimal(int(self._session.connection().execute(query).scalar_one())) / _PICO

    def begin(self, call: Call, holder: str, run: str) -> int:
        """Adds a call that is about to be made; its id."""
        moment = now()
        row = CallRow(
            request=call.key,
            document=call.document,
            section=call.section,
            prompt=call.prompt,
            prompt_sha256=call.prompt_sha256,
            provider=call.provider,
            model=call.model,
            outcome=Outcome.STARTED,
            price=call.price.model_dump(mode="json") if call.price else None,
            currency=call.price.currency if call.price else None,
            most=_picos(call.most),
            created_at=moment,
            holder=holder,
            until=moment + timedelta(seconds=call.seconds),
            run=run,
        )
        self._session.add(row)
        self._session.flush()
        if row.id is None:
            raise ValueError("a row that was written has an id")
        return row.id

    def answered(self, call_id: int, response: Body, tokens: Tokens, cost: Decimal | None) -> None:
        """Keeps an answer."""
        row = self._session.get_one(CallRow, call_id)
        row.outcome = Outcome.ANSWERED
        row.response = dict(response)
        row.input_tokens, row.cached_tokens, row.output_tokens = tokens.input, tokens.cached, tokens.output
        row.picos = _picos(cost)
        row.seconds = _since(row)

    def ended(self, call_id: int, outcome: Outcome) -> None:
        """Keeps what came of a call."""
        row = self._session.get_one(CallRow, call_id)
        row.outcome = outcome
        row.seconds = _since(row) if row.seconds is None else row.seconds

    def answer(self, key: str) -> Answer | None:
        """The newest answer to a request."""
        query = (
            select(CallRow)
            .where(CallRow.request == key, col(CallRow.response).is_not(None))
            .order_by(col(CallRow.id).desc())
            .limit(1)
        )
        row = self._session.exec(query).first()
        return Answer(row.response, Outcome(row.outcome)) if row and row.response is not None else None

    def spent(self, document: str | None = None) -> tuple[Spent, ...]:
        """What was spent, by document, section and model; of one document (SHA-256) or of all."""
        groups: Sequence[Any] = (
            CallRow.document,
            DocumentRow.file_name,
            CallRow.section,
            CallRow.model,
            CallRow.currency,
        )
        answered = col(CallRow.response).is_not(None)
        sums = (
            func.count(),
            _count(answered),
            func.coalesce(func.sum(CallRow.input_tokens), 0),
            func.coalesce(func.sum(CallRow.cached_tokens), 0),
            func.coalesce(func.sum(CallRow.output_tokens), 0),
            func.coalesce(func.sum(CallRow.picos), 0),
            _count(answered & col(CallRow.picos).is_(None)),
            _count(col(CallRow.outcome) == Outcome.STARTED),
        )
        query = columns(*groups, *sums).select_from(CallRow)
        query = query.outerjoin(DocumentRow, col(DocumentRow.sha256) == CallRow.document)
        if document is not None:
            query = query.where(col(CallRow.document) == document)
        query = query.group_by(*groups).order_by(func.min(CallRow.id))
        return tuple(_spent(row) for row in self._session.connection().execute(query))


def _picos(money: Decimal | None) -> int | None:
    return None if money is None else int((money * _PICO).to_integral_value(ROUND_HALF_EVEN))


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _spent(row: Any) -> Spent:
    document, file_name, section, model, currency, *sums = row
    attempts, answered, read, cached, written, picos, unpriced, unfinished = map(int, sums)
    return Spent(
        document=document,
        file_name=file_name,
        section=section,
        model=model,
        attempts=attempts,
        answered=answered,
        input_tokens=read,
        cached_tokens=cached,
        output_tokens=written,
        cost=Decimal(picos) / _PICO,
        currency=currency,
        unpriced=unpriced,
        unfinished=unfinished,
    )


def _since(row: CallRow) -> float:
    return round((now() - row.created_at).total_seconds(), 3)
