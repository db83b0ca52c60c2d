"""The one place that knows openai and instructor. Import it through `client.connect` only.

Two layers retry, for different things: the SDK for 429 (Retry-After is kept), 5xx, timeouts and broken
connections; instructor for replies that do not fit the schema. instructor wraps whatever it meets in
`InstructorRetryException`, with the cause below it.
"""

import asyncio
import logging
from typing import Any
from weakref import WeakKeyDictionary

import httpx
import instructor
import openai
from instructor.core.exceptions import (
    IncompleteOutputException,
    InstructorError,
    InstructorRetryException,
)
from instructor.core.hooks import Hooks
from openai.types.chat import ChatCompletion, ChatCompletionMessageParam

from extractors.llm.client import Book, Profile, Question, ReplyT, Usage
from extractors.model.errors import ModelUnavailable, ReplyRejected, YusuanError

_CONNECT_SECONDS = 5
_NO_KEY = "none"  # for servers that ask for no key: the SDK would look for one in the environment
_QUOTED = 200  # characters of an endpoint's own message that are passed on

# instructor logs every failure, which would go to standard error: ours are gaps with their reasons.
logging.getLogger("instructor").addHandler(logging.NullHandler())


class Endpoint:
    """A server that speaks the OpenAI chat-completions protocol.

    Connections belong to the event loop that made them. One endpoint serves many documents, each read in
    a loop (and perhaps a thread) of its own, so there is one SDK client a loop. An `http_client` that is
    given stays its giver's, to close and to keep from one loop to another.
    """

    def __init__(self, profile: Profile, http_client: httpx.AsyncClient | None = None) -> None:
        self._profile = profile
        self._http_client = http_client
        self._by_loop: WeakKeyDictionary[asyncio.AbstractEventLoop, openai.AsyncOpenAI] = WeakKeyDictionary()

    @property
    def model(self) -> str:
        """The model's name."""
        return self._profile.model

    async def ask(self, question: Question[ReplyT], book: Book) -> ReplyT:
        """The reply, every answered attempt booked. Raises `ModelUnavailable` or `ReplyRejected`."""
        hooks = Hooks()
        hooks.on("completion:response", lambda response: book(usage_of(response)))
        chat = instructor.from_openai(self._sdk(), mode=instructor.Mode(self._profile.mode))
        messages: list[ChatCompletionMessageParam] = [
            {"role": "system", "content": question.instruction},
            {"role": "user", "content": question.material},
        ]
        try:
            reply = await chat.create(
                model=self._profile.model,
                messages=messages,
                response_model=question.reply,
                max_retries=self._profile.re_asks,
                max_tokens=self._profile.max_tokens,
                temperature=0,
                hooks=hooks,
            )
        except (InstructorError, openai.OpenAIError) as error:
            raise _in_our_words(error) from error
        question.check(reply)
        return reply

    async def close(self) -> None:
        """Gives back the connections of the running loop; asking again makes new ones."""
        sdk = self._by_loop.pop(asyncio.get_running_loop(), None)
        if sdk is not None and self._http_client is None:
            await sdk.close()

    def _sdk(self) -> openai.AsyncOpenAI:
        loop = asyncio.get_running_loop()
        if loop not in self._by_loop:
            self._by_loop[loop] = openai.AsyncOpenAI(
                base_url=self._profile.base_url,
                api_key=self._profile.api_key or _NO_KEY,
                max_retries=self._profile.retries,
                timeout=httpx.Timeout(self._profile.timeout, connect=_CONNECT_SECONDS),
                http_client=self._http_client,
            )
        return self._by_loop[loop]


def usage_of(response: Any) -> Usage:
    """What one attempt cost; servers that state no usage count as a call of unknown size."""
    usage = getattr(response, "usage", None)
    if usage is None:
        return Usage(calls=1)
    return Usage(calls=1, input_tokens=usage.prompt_tokens or 0, output_tokens=usage.completion_tokens or 0)


def _in_our_words(error: Exception) -> YusuanError:
    """The error as one of ours."""
    if isinstance(error, IncompleteOutputException):
        return ReplyRejected(reason="回答超出长度上限而被截断（finish_reason=length）")
    cause = error.__cause__ if isinstance(error, InstructorRetryException) else error
    if isinstance(cause, openai.OpenAIError):
        return ModelUnavailable(reason=_trouble(cause))
    if isinstance(cause, UnicodeError):
        return ModelUnavailable(reason="密钥含有不能发送的字符（connection settings）")
    return ReplyRejected(reason=_fault(error))


def _trouble(error: openai.OpenAIError) -> str:
    """What is wrong with the endpoint, without anything that may hold the key."""
    if isinstance(error, openai.APITimeoutError):
        return "请求超时（timeout）"
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        return f"密钥无效或没有权限（HTTP {error.status_code}）"
    if isinstance(error, openai.RateLimitError):
        return "请求过于频繁或额度用尽（HTTP 429）"
    if isinstance(error, openai.APIStatusError):
        said = error.body.get("message") if isinstance(error.body, dict) else None
        return f"HTTP {error.status_code}" + (f"：{str(said)[:_QUOTED]}" if said else "")
    if isinstance(error, openai.APIConnectionError):
        return "无法连接（connection error）"
    return type(error).__name__


def _fault(error: Exception) -> str:
    """What is wrong with the last reply."""
    if not isinstance(error, InstructorRetryException):
        return f"不是对话补全的格式（{type(error).__name__}）"
    last = error.last_completion
    tries = f"，共 {error.n_attempts} 次" if error.n_attempts > 1 else ""
    if isinstance(last, ChatCompletion) and last.choices:
        message = last.choices[0].message
        if message.refusal:
            return f"模型拒绝回答：{message.refusal[:_QUOTED]}{tries}"
        if not message.content:
            return f"回答为空{tries}"
    return f"不是符合格式的 JSON（{type(error.__cause__).__name__}）{tries}"
