"""Asking one endpoint. Import it through `client.connect` only.

openai sends, with its own retries off; instructor makes the request and the reply of each mode from a reply
model, once for each attempt; whether there is another attempt is for `faults` alone to say.
"""

import asyncio
import logging
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Generic
from weakref import WeakKeyDictionary

import httpx
import instructor
import openai
from instructor.core.exceptions import InstructorError
from openai.types.chat import ChatCompletion
from pydantic import ValidationError

from extractors.llm import wire
from extractors.llm.client import Book, Profile, Question, ReplyT, Usage
from extractors.llm.faults import Attempts, Fault, Then
from extractors.llm.ledger import Body, Call, Forgetful, Ledger, Outcome, Tokens, canonical, key_of
from extractors.llm.prices import Price, price_of
from extractors.llm.privacy import Mask, masked
from extractors.llm.providers import Mode, Provider
from extractors.llm.purse import Purse
from extractors.llm.tokens import at_most, tokens_of
from extractors.model.errors import BudgetSpent, ReplyRejected

_CONNECT_SECONDS = 5
_NO_KEY = "none"  # for servers that ask for no key: the SDK would look for one in the environment
_MOST_FAULTS = 5  # faults of a reply that the model is told of
_SECONDS_BETWEEN_LOOKS = 0.2  # into the books, while somebody else has the request on its way
_SECONDS_OF_GRACE = 60  # beyond the timeout, until a claim on a request is void

# instructor logs every failure, which would go to standard error: ours are gaps with their reasons.
logging.getLogger("instructor").addHandler(logging.NullHandler())


@dataclass
class _Run:
    """What belongs to one event loop: its connections, its limit of calls in flight, its budget."""

    sdk: openai.AsyncOpenAI
    room: asyncio.Semaphore
    purse: Purse | None
    asked: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))


class _NotNow(Exception):
    """The books do not let a request be sent yet."""


class Endpoint:
    """A server that speaks the OpenAI chat-completions protocol.

    Connections belong to the event loop that made them. One endpoint serves many documents, each read in
    a loop (and perhaps a thread) of its own, so there is one SDK client a loop; the budget is for one loop,
    too. An `http_client` that is given stays its giver's, to close and to keep from one loop to another.
    """

    def __init__(
        self, profile: Profile, http_client: httpx.AsyncClient | None = None, ledger: Ledger | None = None
    ) -> None:
        self._profile = profile
        self._provider = profile.provider.for_model(profile.model)
        self._http_client = http_client
        self._ledger = ledger or Forgetful()
        self._runs: WeakKeyDictionary[asyncio.AbstractEventLoop, _Run] = WeakKeyDictionary()

    @property
    def model(self) -> str:
        """The model's name."""
        return self._profile.model

    @property
    def provider(self) -> Provider:
        """How the endpoint is talked to about its model."""
        return self._provider

    async def ask(self, question: Question[ReplyT], book: Book) -> ReplyT:
        """The reply, every answered attempt booked. Raises `ModelUnavailable` or `ReplyRejected`."""
        material, mask = question.material, Mask({})
        if self._profile.mask:
            material, mask = masked(material, question.private)
        provider = self._provider
        attempts = Attempts(
            self._profile.resends,
            self._profile.re_asks,
            longer=provider.max_output > provider.output,
            first_wait=self._profile.first_wait,
        )
        try:
            async for attempt in attempts.retrying():
                with attempt:
                    attempts.made += 1
                    messages = _messages(question, material, mask, attempts.last(Then.CORRECTED))
                    limit = provider.max_output if attempts.last(Then.LONGER) else provider.output
                    return await self._attempt(question, messages, limit, mask, book)
        except Fault as fault:
            raise fault.in_our_words(attempts.made) from fault
        raise AssertionError("tenacity ends with a result or an error")

    async def close(self) -> None:
        """Gives back the connections of the running loop; asking again makes new ones."""
        run = self._runs.pop(asyncio.get_running_loop(), None)
        if run is not None and self._http_client is None:
            await run.sdk.close()

    async def _attempt(
        self, question: Question[ReplyT], messages: list[Any], limit: int, mask: Mask, book: Book
    ) -> ReplyT:
        """One request and what is made of its answer. Raises `Fault`."""
        provider = self._provider
        sent = _Sent(self, question, mask, book)
        in_prompt = provider.mode is Mode.JSON
        mode = instructor.Mode.JSON if in_prompt else instructor.Mode.JSON_SCHEMA
        create: Any = instructor.patch(create=sent.create, mode=mode)
        try:
            reply: ReplyT = await create(
                response_model=question.reply,
                max_retries=0,
                model=self._profile.model,
                messages=messages,
                **{**provider.request, provider.limit_field: limit},
            )
            question.check(reply)
        except InstructorError as error:
            fault = _fault(error.__cause__, sent.said)
            await self._end(sent.attempt, fault.outcome)
            raise fault from error
        except ReplyRejected as error:
            await self._end(sent.attempt, Outcome.UNFIT)
            raise Fault(Outcome.UNFIT, str(error.details["reason"]), sent.said) from error
        return reply

    async def answer(self, body: Body, question: Question[Any], book: Book) -> tuple[int | None, Body]:
        """The answer to a request and its attempt: the one in the books, or the server's. Raises `Fault`."""
        run = self._run()
        key = key_of({"at": self._profile.base_url, **body})
        async with run.asked[key]:
            while True:
                known = await asyncio.to_thread(self._ledger.answer, key)
                if known is not None:
                    book(Usage(calls=1, cached_calls=1))
                    return None, known.response
                self._refuse_what_is_too_long(body)
                try:
                    return await self._sent(run, key, body, question, book)
                except _NotNow:
                    await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)

    def _refuse_what_is_too_long(self, body: Body) -> None:
        """Raises `Fault` where a request and its reply cannot both be in the model's context."""
        provider = self._provider
        asked, room = tokens_of(canonical(body)), body[provider.limit_field]
        if asked + room > provider.context:
            reason = f"约 {asked} 个 token 的问题和 {room} 个的回答超出模型的上下文（{provider.context}）"
            raise Fault(Outcome.NOT_TAKEN, reason)

    async def _sent(
        self, run: _Run, key: str, body: Body, question: Question[Any], book: Book
    ) -> tuple[int, Body]:
        price = price_of(
            self._profile.model, self._provider.prices, self._provider.published, datetime.now(UTC)
        )
        call = Call(
            key=key,
            document=question.document,
            section=question.prompt.section,
            prompt=question.prompt.name,
            prompt_sha256=question.prompt.sha256,
            provider=self._provider.name,
            model=self._profile.model,
            price=price,
            most=_most(body, price, self._provider),
            seconds=self._profile.timeout + _SECONDS_OF_GRACE,
        )
        async with run.room:
            if run.purse is None:
                return await self._paid(run, call, body, book)
            async with run.purse.laying_aside(call.most) as bill:
                try:
                    attempt, response = await self._paid(run, call, body, book)
                except Fault as fault:
                    if fault.outcome is not Outcome.TIMEOUT:  # the server may be at it still
                        bill.cost = Decimal(0)
                    raise
                except (_NotNow, BudgetSpent):
                    bill.cost = Decimal(0)
                    raise
                cost = _cost(wire.tokens_of(response), price)
                bill.cost = bill.most if cost is None else cost
                return attempt, response

    async def _paid(self, run: _Run, call: Call, body: Body, book: Book) -> tuple[int, Body]:
        attempt = await asyncio.to_thread(self._ledger.begin, call)
        if attempt is None:
            raise _NotNow
        try:
            response = await wire.send(run.sdk, body)
        except Fault as fault:
            await self._end(attempt, fault.outcome)
            raise
        tokens = wire.tokens_of(response)
        cost = _cost(tokens, call.price)
        await asyncio.to_thread(self._ledger.answered, attempt, response, tokens, cost)
        book(_usage(tokens, cost, call.price))
        return attempt, response

    async def _end(self, attempt: int | None, outcome: Outcome) -> None:
        if attempt is not None:
            await asyncio.to_thread(self._ledger.ended, attempt, outcome)

    def _run(self) -> _Run:
        loop = asyncio.get_running_loop()
        if loop not in self._runs:
            profile = self._profile
            sdk = openai.AsyncOpenAI(
                base_url=profile.base_url,
                api_key=profile.api_key or _NO_KEY,
                max_retries=0,
                timeout=httpx.Timeout(profile.timeout, connect=_CONNECT_SECONDS),
                http_client=self._http_client,
            )
            purse = None if profile.budget is None else Purse(profile.budget)
            self._runs[loop] = _Run(sdk, asyncio.Semaphore(profile.most_at_once), purse)
        return self._runs[loop]


@dataclass
class _Sent(Generic[ReplyT]):
    """One request on its way: what instructor calls in place of the SDK."""

    endpoint: Endpoint
    question: Question[ReplyT]
    mask: Mask
    book: Book
    attempt: int | None = None
    said: str = ""

    async def create(self, **request: Any) -> ChatCompletion:
        """The completion, its content bare of fences and with what was hidden put back. Raises `Fault`."""
        body = wire.body_of(request, self.endpoint.provider, self.question.reply)
        self.attempt, response = await self.endpoint.answer(body, self.question, self.book)
        self.said = wire.said_in(response)
        wire.refuse_what_is_no_reply(response)
        return wire.with_content(response, self.mask.restore(wire.bare(self.said)))


def _messages(
    question: Question[Any], material: str, mask: Mask, fault: Fault | None
) -> list[dict[str, str]]:
    """What is said to the model; after a reply that was no good also that reply, and what was wrong."""
    messages = [
        {"role": "system", "content": question.instruction},
        {"role": "user", "content": material},
    ]
    if fault is None:
        return messages
    before = [{"role": "assistant", "content": fault.said}] if fault.said else []
    wrong = f"上一次的回答不能用：{mask.hide(fault.reason)}。请重新完整回答，只输出符合要求的 JSON。"
    return [*messages, *before, {"role": "user", "content": wrong}]


def _fault(error: BaseException | None, said: str) -> Fault:
    """What instructor met, as a fault; what is none (a bug, a budget that is spent) goes on its way."""
    if isinstance(error, Fault):
        return error
    if error is not None and not isinstance(error, InstructorError | ValueError):
        raise error
    if not isinstance(error, ValidationError):
        return Fault(Outcome.MALFORMED, "不是符合格式的 JSON", said)
    first = error.errors(include_url=False, include_input=False)[:_MOST_FAULTS]
    wrong = "；".join(f"{'.'.join(map(str, one['loc']))} {one['msg']}".strip() for one in first)
    return Fault(Outcome.MALFORMED, f"不是符合格式的 JSON（{wrong}）", said)


def _cost(tokens: Tokens, price: Price | None) -> Decimal | None:
    if price is None or tokens.input is None or tokens.output is None:
        return None
    return price.of(tokens.input, tokens.output, tokens.cached or 0)


def _most(body: Body, price: Price | None, provider: Provider) -> Decimal | None:
    """What a call may cost at most."""
    return None if price is None else price.of(at_most(canonical(body)), body[provider.limit_field])


def _usage(tokens: Tokens, cost: Decimal | None, price: Price | None) -> Usage:
    """What one attempt cost; servers that state no usage count as a call of unknown size."""
    return Usage(
        calls=1,
        input_tokens=tokens.input or 0,
        output_tokens=tokens.output or 0,
        cached_tokens=tokens.cached or 0,
        cost=cost,
        currency=price.currency if price else None,
    )
