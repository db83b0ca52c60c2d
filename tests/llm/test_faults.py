"""The one policy of retries: how often, how soon, and that every fault has its place in it."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from extractors.llm import wire
from extractors.llm.faults import POLICY, Attempts, Fault, Then
from extractors.llm.ledger import Outcome


def attempts(first_wait: float = 0.0) -> Attempts:
    """Three more for what passes, one for what can be put right; the first at once."""
    return Attempts(resends=3, re_asks=1, longer=False, first_wait=first_wait)


async def made(policy: Attempts, *faults: Fault) -> int:
    """How many attempts there are if these faults happen one after the other."""
    waiting = iter(faults)
    try:
        async for attempt in policy.retrying():
            with attempt:
                policy.made += 1
                raise next(waiting)
    except (Fault, StopIteration, RuntimeError):
        pass
    return policy.made


def fault(outcome: Outcome, wait: float | None = 0.0) -> Fault:
    return Fault(outcome, "试", wait=wait)


def test_every_outcome_that_is_a_fault_has_its_place() -> None:
    assert set(Outcome) - set(POLICY) == {Outcome.STARTED, Outcome.ANSWERED}


@pytest.mark.parametrize("outcome", [o for o, then in POLICY.items() if then is Then.LATER])
async def test_what_passes_is_tried_three_times_more(outcome: Outcome) -> None:
    assert await made(attempts(), *[fault(outcome)] * 9) == 4


@pytest.mark.parametrize("outcome", [o for o, then in POLICY.items() if then is Then.CORRECTED])
async def test_what_can_be_put_right_is_asked_once_more(outcome: Outcome) -> None:
    assert await made(attempts(), *[fault(outcome)] * 9) == 2


@pytest.mark.parametrize("outcome", [Outcome.DENIED, Outcome.NOT_TAKEN, Outcome.CUT_OFF])
async def test_what_stays_is_not_tried_again(outcome: Outcome) -> None:
    assert await made(attempts(), *[fault(outcome)] * 9) == 1


async def test_kinds_are_counted_apart() -> None:
    faults = [fault(Outcome.TIMEOUT), fault(Outcome.MALFORMED), fault(Outcome.RATE_LIMITED)]
    assert await made(attempts(), *faults, fault(Outcome.EMPTY), fault(Outcome.TIMEOUT)) == 4


async def test_a_server_that_wants_more_than_a_minute_is_left_alone() -> None:
    assert await made(attempts(), *[fault(Outcome.RATE_LIMITED, wait=61.0)] * 9) == 1


async def test_waits_double_unless_the_server_names_one() -> None:
    policy = attempts(first_wait=0.01)
    start = time.monotonic()
    times = 2 * [fault(Outcome.SERVER_ERROR, wait=None)]
    await made(policy, *times, fault(Outcome.DENIED))
    assert time.monotonic() - start >= 0.03
    start = time.monotonic()
    await made(attempts(), fault(Outcome.RATE_LIMITED, wait=0.1), fault(Outcome.DENIED))
    assert time.monotonic() - start >= 0.1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"retry-after-ms": "1500", "retry-after": "2"}, 1.5),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({}, None),
    ],
    ids=["seconds", "milliseconds", "nonsense", "past", "none"],
)
def test_the_wait_that_a_server_names(headers: dict[str, str], seconds: float | None) -> None:
    assert wire.wait_in(httpx.Headers(headers)) == seconds


def test_the_wait_may_be_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    found = wire.wait_in(httpx.Headers({"Retry-After": soon}))
    assert found is not None
    assert 28 < found <= 30
