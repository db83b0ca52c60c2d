"""The books: every attempt to have a request answered, what it cost, and the answer itself.

An answer is written down before it is used. So a request that was answered once is never sent again,
whatever happened after: by another document, another run, or the same one after a crash. A request that is
about to be sent is claimed, so that two programs that have the same question at the same time send it once.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from extractors.llm.prices import Price

Body = Mapping[str, Any]


def canonical(body: Body) -> str:
    """A request in one way of writing: same question, same characters."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def key_of(body: Body) -> str:
    """The hash of a request."""
    return hashlib.sha256(canonical(body).encode()).hexdigest()


class Outcome(StrEnum):
    """What came of an attempt. `STARTED` stays where the program ended before: it may have been paid."""

    STARTED = "started"
    ANSWERED = "answered"
    UNFIT = "unfit"
    MALFORMED = "malformed"
    EMPTY = "empty"
    REFUSAL = "refusal"
    CUT_OFF = "cut-off"
    NO_COMPLETION = "no-completion"
    RATE_LIMITED = "rate-limited"
    SERVER_ERROR = "server-error"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    DENIED = "denied"
    NOT_TAKEN = "not-taken"


@dataclass(frozen=True, slots=True)
class Call:
    """A request about to be sent: `key` is its hash, the rest says what it is about.

    `most` is what it may cost at most, None where nobody knows; after `seconds` it is over, whatever became
    of the program that sent it.
    """

    key: str
    document: str
    section: str
    prompt: str
    prompt_sha256: str
    provider: str
    model: str
    price: Price | None = None
    most: Decimal | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a server says it has read and written; None where it does not say."""

    input: int | None = None
    output: int | None = None
    cached: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answered request: the completion as it came, and what was thought of it."""

    response: Body
    outcome: Outcome


class Ledger(Protocol):
    """Where attempts are written down."""

    def answer(self, key: str) -> Answer | None:
        """The newest answer to a request, if there is one."""

    def begin(self, call: Call) -> int | None:
        """Claims a request and writes down that it is about to be sent; the number of the attempt.

        None where it must not be sent now: somebody else has it on its way or had it answered since, or calls
        on their way may cost what is left of the budget; look for the answer, and ask once more. Raises
        `BudgetSpent` where the budget leaves no room, ever.
        """

    def answered(self, attempt: int, response: Body, tokens: Tokens, cost: Decimal | None) -> None:
        """Writes down the answer, before anything is made of it."""

    def ended(self, attempt: int, outcome: Outcome) -> None:
        """Writes down what came of an attempt."""


class Forgetful:
    """Books that keep nothing: for where nobody gave any."""

    def answer(self, _key: str) -> Answer | None:
        """Nothing is known."""
        return None

    def begin(self, _call: Call) -> int:
        """Every attempt has the same number."""
        return 0

    def answered(self, _attempt: int, _response: Body, _tokens: Tokens, _cost: Decimal | None) -> None:
        """Forgets the answer."""

    def ended(self, _attempt: int, _outcome: Outcome) -> None:
        """Forgets what came of it."""


@dataclass(frozen=True, slots=True)
class Spent:
    """A line of the books: attempts of one document, section and model, summed.

    `cost` holds what is known; `unpriced` counts the answered attempts whose price is not, `unfinished`
    those that may have been paid without an answer to show.
    """

    document: str
    file_name: str | None
    section: str
    model: str
    attempts: int
    answered: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    cost: Decimal
    currency: str | None
    unpriced: int
    unfinished: int
