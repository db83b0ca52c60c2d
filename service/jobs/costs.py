"""What calls of models have cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.llm.ledger import Spent
from service.jobs.errors import NoSuchDocument
from service.storage.database import Database


@dataclass(frozen=True, slots=True)
class Total:
    """All that was spent in one currency; None: calls whose price is unknown."""

    currency: str | None
    answered: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    cost: Decimal
    unpriced: int
    unfinished: int


def spent(database: Database, document_id: int | None = None) -> tuple[Spent, ...]:
    """Lines of the books, of one stored document or of all. Raises `NoSuchDocument`."""
    with database.reading() as work:
        if document_id is None:
            return work.calls.spent()
        document = work.documents.get(document_id)
        if document is None:
            raise NoSuchDocument(id=document_id)
        return work.calls.spent(document.sha256)


def totals(lines: Sequence[Spent]) -> tuple[Total, ...]:
    """The lines summed, by currency."""
    return tuple(
        _total(currency, [line for line in lines if line.currency == currency])
        for currency in dict.fromkeys(line.currency for line in lines)
    )


def _total(currency: str | None, lines: Sequence[Spent]) -> Total:
    return Total(
        currency,
        answered=sum(line.answered for line in lines),
        input_tokens=sum(line.input_tokens for line in lines),
        cached_tokens=sum(line.cached_tokens for line in lines),
        output_tokens=sum(line.output_tokens for line in lines),
        cost=sum((line.cost for line in lines), Decimal(0)),
        unpriced=sum(line.unpriced for line in lines),
        unfinished=sum(line.unfinished for line in lines),
    )
