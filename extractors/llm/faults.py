"""What can go wrong with one attempt, and the one policy of what is done about it.

| what | then |
|---|---|
| 429, 5xx, timeout, broken connection, an answer that is no completion | the same request again, later |
| malformed JSON, empty reply, refusal, a reply that the task objects to | asked again, with what was wrong |
| cut off at the limit of tokens | the same request with the most tokens that the provider gives |
| 401, 403, 400, quota used up, budget spent | no further attempt |

Each but the last a limited number of times; then it is an error of ours, which becomes a gap.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_never

from extractors.llm.ledger import Outcome
from extractors.model.errors import ModelUnavailable, ReplyRejected, YusuanError

_LONGEST_WAIT = 60.0


class Then(Enum):
    """What is done about a fault."""

    LATER = auto()
    CORRECTED = auto()
    LONGER = auto()
    NEVER = auto()


POLICY: Mapping[Outcome, Then] = {
    Outcome.RATE_LIMITED: Then.LATER,
    Outcome.SERVER_ERROR: Then.LATER,
    Outcome.TIMEOUT: Then.LATER,
    Outcome.CONNECTION: Then.LATER,
    Outcome.NO_COMPLETION: Then.LATER,
    Outcome.MALFORMED: Then.CORRECTED,
    Outcome.EMPTY: Then.CORRECTED,
    Outcome.REFUSAL: Then.CORRECTED,
    Outcome.UNFIT: Then.CORRECTED,
    Outcome.CUT_OFF: Then.LONGER,
    Outcome.DENIED: Then.NEVER,
    Outcome.NOT_TAKEN: Then.NEVER,
}

_REPLIES = {Outcome.MALFORMED, Outcome.EMPTY, Outcome.REFUSAL, Outcome.UNFIT, Outcome.CUT_OFF}


class Fault(Exception):
    """An attempt that came to nothing.

    `reason` is for people (and, where the model is asked again, for the model); `said` is the reply as it
    came; `wait` are the seconds that the server asks for.
    """

    def __init__(self, outcome: Outcome, reason: str, said: str = "", wait: float | None = None) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason
        self.said = said
        self.wait = wait

    def in_our_words(self, attempts: int) -> YusuanError:
        """The fault as an error of ours."""
        tries = f"，共 {attempts} 次" if attempts > 1 else ""
        if self.outcome in _REPLIES:
            return ReplyRejected(reason=self.reason + tries)
        return ModelUnavailable(reason=self.reason + tries)


@dataclass
class Attempts:
    """The attempts at one question so far, and whether and when there is another.

    `longer` says whether the provider gives more tokens than were asked for; `first_wait` are the seconds
    before the second attempt where the server names none.
    """

    resends: int
    re_asks: int
    longer: bool
    first_wait: float
    made: int = 0
    faults: list[Fault] = field(default_factory=list)

    def retrying(self) -> AsyncRetrying:
        """The policy as tenacity runs it: `async for attempt in …`."""
        return AsyncRetrying(
            retry=retry_if_exception(self._goes_on), wait=self._wait, stop=stop_never, reraise=True
        )

    def last(self, then: Then) -> Fault | None:
        """The newest fault about which that is done."""
        return next((fault for fault in reversed(self.faults) if POLICY[fault.outcome] is then), None)

    def _goes_on(self, error: BaseException) -> bool:
        if not isinstance(error, Fault):
            return False
        self.faults.append(error)
        then = POLICY[error.outcome]
        allowed = {
            Then.LATER: self.resends,
            Then.CORRECTED: self.re_asks,
            Then.LONGER: int(self.longer),
            Then.NEVER: 0,
        }
        so_far = sum(POLICY[fault.outcome] is then for fault in self.faults)
        return so_far <= allowed[then] and (error.wait or 0) <= _LONGEST_WAIT

    def _wait(self, _: RetryCallState) -> float:
        """The seconds that the server asks for; else ever longer, and not all at one moment."""
        fault = self.faults[-1]
        if POLICY[fault.outcome] is not Then.LATER:
            return 0.0
        if fault.wait is not None:
            return fault.wait
        doubled: float = self.first_wait * 2 ** (len(self.faults) - 1)
        return min(doubled, _LONGEST_WAIT) * (1 + random.random() / 4)  # noqa: S311 - no secret hangs on it
