"""The books of model calls in the database; each entry is a transaction, and so outlives a crash."""

from decimal import Decimal

from extractors.llm.ledger import Answer, Body, Call, Outcome, Tokens
from service.storage.database import Database


class StoredLedger:
    """A `Ledger`. With `ask_again`, answers that were no good are not taken for answers."""

    def __init__(self, database: Database, *, ask_again: bool = False) -> None:
        self._database = database
        self._ask_again = ask_again

    def answer(self, key: str) -> Answer | None:
        """The newest answer to a request, if there is one."""
        with self._database.reading() as work:
            found = work.calls.answer(key)
        is_good = found is not None and found.outcome is Outcome.ANSWERED
        return found if is_good or not self._ask_again else None

    def begin(self, call: Call) -> int:
        """Writes down that a request is about to be sent; the number of the attempt."""
        with self._database.writing() as work:
            return work.calls.begin(call)

    def answered(self, attempt: int, response: Body, tokens: Tokens, cost: Decimal | None) -> None:
        """Writes down the answer, before anything is made of it."""
        with self._database.writing() as work:
            work.calls.answered(attempt, response, tokens, cost)

    def ended(self, attempt: int, outcome: Outcome) -> None:
        """Writes down what came of an attempt."""
        with self._database.writing() as work:
            work.calls.ended(attempt, outcome)
