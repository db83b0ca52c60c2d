"""Claims on requests: two with the same question at the same time send it once; a crash holds nobody up."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from extractors.llm.ledger import Call, Outcome, Tokens
from extractors.model.errors import BudgetSpent
from service.jobs.costs import spent
from service.jobs.holders import Holder
from service.jobs.ledger import StoredLedger
from service.jobs.processes import Processes
from service.storage.database import Database
from tests.llm.server import reply, serving
from tests.service.one_question import GOOD, ask_at_the_same_time

CALL = Call("a" * 64, "d" * 64, "cover", "cover/v1", "ab" * 32, "unknown", "chat-model", seconds=60)
ELSEWHERE = Holder(host="another-machine")
NOBODYS_PID = 2**22 + 1  # beyond the largest number of a process
RESPONSE: dict[str, list[str]] = {"choices": []}


def test_two_processes_with_one_question_pay_for_it_once(
    database: Database, url: str, processes: Processes, tmp_path: Path
) -> None:
    started = tmp_path / "started"
    started.mkdir()
    seen: list[str] = []
    with serving(reply(GOOD), after=0.5, seen=seen) as server, ThreadPoolExecutor(1) as threads:
        child = threads.submit(lambda: processes.run(ask_at_the_same_time, url, server, started, 2))
        booked = [*ask_at_the_same_time(url, server, started, 2), *child.result()]
    assert sorted(usage.cached_calls for usage in booked) == [0, 1]
    assert len(seen) == 1
    (line,) = spent(database)
    assert (line.attempts, line.answered) == (1, 1)


def test_of_many_that_claim_at_once_one_may_send(database: Database) -> None:
    ledgers = [StoredLedger(database, holder=Holder(host=f"machine-{n}")) for n in range(8)]
    ready = threading.Barrier(len(ledgers))

    def claim(ledger: StoredLedger) -> int | None:
        ready.wait()
        return ledger.begin(CALL)

    with ThreadPoolExecutor(len(ledgers)) as threads:
        attempts = list(threads.map(claim, ledgers))
    assert len([attempt for attempt in attempts if attempt is not None]) == 1


def test_a_claim_ends_with_the_attempt(database: Database) -> None:
    mine, theirs = StoredLedger(database), StoredLedger(database, holder=ELSEWHERE)
    attempt = theirs.begin(CALL)
    assert attempt is not None
    assert mine.begin(CALL) is None
    assert mine.begin(replace(CALL, key="b" * 64)) is not None
    theirs.ended(attempt, Outcome.SERVER_ERROR)
    assert mine.begin(CALL) is not None


def test_what_was_answered_in_between_is_not_sent(database: Database) -> None:
    mine, theirs = StoredLedger(database), StoredLedger(database, holder=ELSEWHERE)
    attempt = theirs.begin(CALL)
    assert attempt is not None
    theirs.answered(attempt, RESPONSE, Tokens(), None)
    assert mine.begin(CALL) is None
    assert mine.answer(CALL.key) is not None


def test_the_claim_of_a_dead_process_holds_nobody_up(database: Database) -> None:
    assert StoredLedger(database, holder=Holder(pid=NOBODYS_PID)).begin(CALL) is not None
    assert StoredLedger(database).begin(CALL) is not None


def test_the_claim_of_another_machine_ends_in_time(database: Database) -> None:
    assert StoredLedger(database, holder=ELSEWHERE).begin(replace(CALL, seconds=0)) is not None
    assert StoredLedger(database).begin(CALL) is not None


def test_the_claim_of_a_living_process_is_respected(database: Database) -> None:
    assert StoredLedger(database, holder=Holder(pid=os.getppid())).begin(CALL) is not None
    assert StoredLedger(database).begin(CALL) is None


class TestBudgetOfARun:
    """What all calls of a run may cost together is laid aside in the books before one of them is sent."""

    def ledger(self, database: Database, run: str = "one", holder: Holder | None = None) -> StoredLedger:
        return StoredLedger(database, run=run, budget=Decimal("1.00"), holder=holder)

    def call(self, number: int, most: str | None = "0.40") -> Call:
        return replace(CALL, key=f"{number:064}", most=None if most is None else Decimal(most))

    def test_what_calls_on_their_way_may_cost_is_laid_aside(self, database: Database) -> None:
        mine, theirs = self.ledger(database), self.ledger(database, holder=ELSEWHERE)
        assert mine.begin(self.call(1)) is not None
        assert theirs.begin(self.call(2)) is not None
        assert mine.begin(self.call(3)) is None
        assert self.ledger(database, run="another").begin(self.call(3)) is not None

    def test_what_they_really_cost_is_taken_off(self, database: Database) -> None:
        ledger = self.ledger(database)
        attempts = [ledger.begin(self.call(number)) for number in (1, 2)]
        for attempt, cost in zip(attempts, ("0.10", "0.45"), strict=True):
            assert attempt is not None
            ledger.answered(attempt, RESPONSE, Tokens(1, 1), Decimal(cost))
        assert ledger.begin(self.call(3)) is not None

    def test_when_it_is_spent_nothing_is_sent(self, database: Database) -> None:
        ledger = self.ledger(database)
        for number in (1, 2):
            attempt = ledger.begin(self.call(number))
            assert attempt is not None
            ledger.answered(attempt, RESPONSE, Tokens(1, 1), Decimal("0.35"))
        with pytest.raises(BudgetSpent, match=r"YUSUAN_LLM_RUN_BUDGET.*还剩 0\.30"):
            ledger.begin(self.call(3))
        assert ledger.begin(self.call(3, most="0.30")) is not None

    @pytest.mark.parametrize(
        ("outcome", "room"),
        [(Outcome.SERVER_ERROR, True), (Outcome.RATE_LIMITED, True), (Outcome.TIMEOUT, False)],
    )
    def test_a_call_that_failed_cost_nothing_unless_it_is_still_worked_on(
        self, database: Database, outcome: Outcome, *, room: bool
    ) -> None:
        ledger = self.ledger(database)
        for number in (1, 2):
            attempt = ledger.begin(self.call(number))
            assert attempt is not None
            ledger.ended(attempt, outcome)
        if room:
            assert ledger.begin(self.call(3)) is not None
        else:
            with pytest.raises(BudgetSpent):
                ledger.begin(self.call(3))

    def test_what_a_crash_left_may_have_been_paid(self, database: Database) -> None:
        dead = self.ledger(database, holder=Holder(pid=NOBODYS_PID))
        assert dead.begin(self.call(1, most="0.80")) is not None
        with pytest.raises(BudgetSpent):
            self.ledger(database).begin(self.call(2))

    def test_an_unknown_price_may_be_any(self, database: Database) -> None:
        with pytest.raises(BudgetSpent, match="价格未知"):
            self.ledger(database).begin(self.call(1, most=None))
        assert StoredLedger(database).begin(self.call(1, most=None)) is not None
