"""Asking a language model: what is asked, what it costs, and the one factory of clients.

Nothing of openai or instructor is imported before `connect` is called: a run without a model does not
wait for them.
"""

import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from pydantic import BaseModel

from extractors.llm.ledger import Ledger
from extractors.llm.prompts import Prompt
from extractors.llm.providers import UNKNOWN, Provider, provider

if TYPE_CHECKING:
    import httpx

ReplyT = TypeVar("ReplyT", bound=BaseModel)

_FENCE = re.compile(r"`{3,}")
_SHORTEST_FENCE = 3


@dataclass(frozen=True, slots=True)
class Usage:
    """What was spent: answered requests, those of them that the books answered for nothing, and tokens.

    `cached_tokens` are the input tokens that the provider had in its own cache. `cost` is None where the
    price of a call is unknown, and then that of all together is.
    """

    calls: int = 0
    cached_calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    cost: Decimal | None = Decimal(0)
    currency: str | None = None

    def __add__(self, other: "Usage") -> "Usage":
        known = self.cost is not None and other.cost is not None
        return Usage(
            self.calls + other.calls,
            self.cached_calls + other.cached_calls,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cached_tokens + other.cached_tokens,
            (self.cost or 0) + (other.cost or Decimal(0)) if known else None,
            self.currency or other.currency,
        )


Book = Callable[[Usage], None]
"""Told of every answered attempt as it happens, the rejected ones included: they cost money too."""


def nothing_to_object(_: object) -> None:
    """A check that takes every reply of the right shape."""


@dataclass(frozen=True, slots=True)
class Question(Generic[ReplyT]):
    """A prompt, the document's text that it is about, and the shape of the reply.

    `check` raises `ReplyRejected` where a reply of the right shape cannot be about the text (a row too few);
    its reason is told to the model, which is asked once more. `document` (SHA-256) is for the books;
    `private` are words of the document, names of persons, that must not leave this machine.
    """

    prompt: Prompt
    text: str
    reply: type[ReplyT]
    check: Callable[[ReplyT], object] = nothing_to_object
    document: str = ""
    private: tuple[str, ...] = ()

    @property
    def instruction(self) -> str:
        """What the model is told."""
        return self.prompt.text

    @property
    def material(self) -> str:
        """What it is told about: the text, in a fence that the text cannot close."""
        return fenced(self.text)


def fenced(text: str) -> str:
    """The text in a code fence longer than any run of backticks in it."""
    longest = max((len(run) for run in _FENCE.findall(text)), default=_SHORTEST_FENCE - 1)
    fence = "`" * (longest + 1)
    return f"{fence}原文\n{text}\n{fence}"


class ModelClient(Protocol):
    """Whatever answers questions."""

    @property
    def model(self) -> str:
        """The model's name, for the provenance."""

    async def ask(self, question: Question[ReplyT], book: Book) -> ReplyT:
        """The reply. Raises `ModelUnavailable` or `ReplyRejected`."""

    async def close(self) -> None:
        """Gives back its connections; it may be asked again."""


@dataclass(frozen=True, slots=True)
class Profile:
    """An endpoint that speaks the OpenAI chat-completions protocol, and how it is to be treated.

    `resends` are for 429, 5xx, timeouts and broken connections, the first after `first_wait` seconds, each
    later one after twice as long; `re_asks` are for replies that are not what was asked for. `budget` is the
    money, in the currency of the model's price, that one reading may spend; None: no limit. `mask` keeps
    personal data here.
    """

    base_url: str
    model: str
    api_key: str = field(repr=False)
    provider: Provider = field(default_factory=lambda: provider(UNKNOWN))
    timeout: float = 120.0
    resends: int = 3
    re_asks: int = 1
    first_wait: float = 0.5
    at_once: int | None = None
    budget: Decimal | None = None
    mask: bool = True

    @property
    def most_at_once(self) -> int:
        """Calls that may be in flight together."""
        return self.at_once or self.provider.at_once


def connect(
    profile: Profile, http_client: "httpx.AsyncClient | None" = None, ledger: Ledger | None = None
) -> ModelClient:
    """A client for the endpoint, good for many event loops. Its connections are its own and close with it.

    An `http_client` takes the place of the network (recordings), and is the caller's to close. The `ledger`
    books every attempt and answers what was answered before; without one, nothing is remembered.
    """
    endpoint = importlib.import_module("extractors.llm.endpoint")
    client: ModelClient = endpoint.Endpoint(profile, http_client, ledger)
    return client
