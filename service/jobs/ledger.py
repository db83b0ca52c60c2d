"""The books of model calls in the database; each entry is a transaction, and so outlives a crash."""

from decimal import Decimal

from extractors.llm.ledger import Answer, Body, Call, Outcome, Tokens
from extractors.llm.purse import UNKNOWN_PRICE, too_little
from extractors.model.errors import BudgetSpent
from service.jobs.holders import Holder
from service.storage.database import Database, Work


class StoredLedger:
    """A `Ledger`. With `ask_again`, answers that were no good are not taken for answers.

    All calls of a `run`, in whatever process, together stay within its `budget` (None: no limit).
    """

    def __init__(
        self,
        database: Database,
        *,
        ask_again: bool = False,
        run: str = "",
        budget: Decimal | None = None,
        holder: Holder | None = None,
    ) -> None:
        self._database = database
        self._ask_again = ask_again
        self._run = run
        self._budget = budget
        self._holder = holder or Holder()

    def answer(self, key: str) -> Answer | None:
        """The newest answer to a request, if there is one."""
        with self._database.reading() as work:
            return self._answer(work, key)

    def begin(self, call: Call) -> int | None:
        """Claims a request and writes down that it is about to be sent; the number of the attempt.

        None where it must not be sent now. Raises `BudgetSpent`.
        """
        with self._database.writing() as work:
            work.calls.alone()
            others = work.calls.under_way(request=call.key)
            if self._answer(work, call.key) is not None or any(map(self._is_at_work, others)):
                return None
            if self._budget is not None and not self._has_room(work, call.most, self._budget):
                return None
            return work.calls.begin(call, self._holder.name, self._run)

    def answered(self, attempt: int, response: Body, tokens: Tokens, cost: Decimal | None) -> None:
        """Writes down the answer, before anything is made of it."""
        with self._database.writing() as work:
            work.calls.answered(attempt, response, tokens, cost)

    def ended(self, attempt: int, outcome: Outcome) -> None:
        """Writes down what came of an attempt."""
        with self._database.writing() as work:
            work.calls.ended(attempt, outcome)

    def _answer(self, work: Work, key: str) -> Answer | None:
        found = work.calls.answer(key)
        is_good = found is not None and found.outcome is Outcome.ANSWERED
        return found if is_good or not self._ask_again else None

    def _is_at_work(self, holder: str) -> bool:
        """Whether somebody else may still get an answer. What we began ourselves and left is nobody's."""
        return holder != self._holder.name and not self._holder.is_gone(holder)

    def _has_room(self, work: Work, most: Decimal | None, budget: Decimal) -> bool:
        """Whether the run may spend what a call may cost; not now, where others may turn out cheaper."""
        reason = UNKNOWN_PRICE
        if most is not None:
            left = budget - work.calls.spent_at_most(self._run)
            if most <= left:
                return True
            if not all(map(self._holder.is_gone, work.calls.under_way(run=self._run))):
                return False
            reason = too_little(left, most)
        raise BudgetSpent(budget=budget, setting="YUSUAN_LLM_RUN_BUDGET", reason=reason)
