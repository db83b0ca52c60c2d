"""The chat-completions protocol as it goes over the wire: bodies of requests, and what answers hold."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import httpx
import openai
from openai.lib._pydantic import to_strict_json_schema
from openai.types.chat import ChatCompletion
from pydantic import BaseModel

from extractors.llm.faults import Fault
from extractors.llm.ledger import Body, Outcome, Tokens
from extractors.llm.providers import Mode, Provider

_QUOTED = 200  # characters of an endpoint's own message that are passed on
_FENCED = re.compile(r"\s*```[a-zA-Z]*\s*\n(?P<inner>.*?)\n?\s*```\s*", re.DOTALL)
_THOUGHTS = re.compile(r"\s*<think>.*?</think>", re.DOTALL)


def body_of(request: Mapping[str, Any], provider: Provider, reply: type[BaseModel]) -> dict[str, Any]:
    """The body of a request: what instructor has prepared with a JSON schema, in the provider's mode."""
    body = dict(request)
    if provider.mode is Mode.JSON:
        return body
    shape = body.pop("response_format")["json_schema"]
    if provider.strict:  # instructor leaves it out
        shape = {**shape, "strict": True, "schema": to_strict_json_schema(reply)}
    if provider.mode is Mode.GRAMMAR:
        return _with(body, provider.grammar_field.split("."), shape["schema"])
    if provider.mode is Mode.TOOLS:
        function = {("parameters" if key == "schema" else key): value for key, value in shape.items()}
        choice = {"type": "function", "function": {"name": shape["name"]}}
        return {**body, "tools": [{"type": "function", "function": function}], "tool_choice": choice}
    return {**body, "response_format": {"type": "json_schema", "json_schema": shape}}


def _with(body: dict[str, Any], path: list[str], value: object) -> dict[str, Any]:
    for key in reversed(path[1:]):
        value = {key: value}
    return {**body, path[0]: value}


async def send(sdk: openai.AsyncOpenAI, body: Body) -> Body:
    """The server's answer as JSON. Raises `Fault`."""
    try:
        response = await sdk.post("/chat/completions", body=body, cast_to=httpx.Response)
    except openai.APIStatusError as error:
        raise _refused(error) from error
    except openai.APITimeoutError as error:
        raise Fault(Outcome.TIMEOUT, "请求超时（timeout）") from error
    except openai.APIConnectionError as error:
        raise Fault(Outcome.CONNECTION, "无法连接（connection error）") from error
    except (UnicodeError, httpx.InvalidURL, openai.OpenAIError) as error:
        raise Fault(Outcome.DENIED, "地址或密钥含有不能发送的字符（connection settings）") from error
    try:
        found = json.loads(response.content)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not _choices(found):
        raise Fault(Outcome.NO_COMPLETION, "回答不是对话补全的格式")
    return found


def _refused(error: openai.APIStatusError) -> Fault:
    """What an HTTP status says, without anything that may hold the key."""
    status = error.status_code
    said = error.body if isinstance(error.body, dict) else {}
    wait = wait_in(error.response.headers)
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return Fault(Outcome.DENIED, f"密钥无效或没有权限（HTTP {status}）")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        if said.get("code") == "insufficient_quota":
            return Fault(Outcome.DENIED, f"额度用尽（HTTP {status}）")
        return Fault(Outcome.RATE_LIMITED, f"请求过于频繁（HTTP {status}）", wait=wait)
    message = str(said.get("message") or "")[:_QUOTED]
    reason = f"HTTP {status}" + (f"：{message}" if message else "")
    passes = status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT
    return Fault(Outcome.SERVER_ERROR if passes else Outcome.NOT_TAKEN, reason, wait=wait)


def wait_in(headers: httpx.Headers) -> float | None:
    """The seconds that the server asks for: `retry-after-ms`, or `Retry-After` in seconds or as a date."""
    milliseconds, after = headers.get("retry-after-ms", ""), headers.get("retry-after", "")
    if milliseconds.isdecimal():
        return int(milliseconds) / 1000
    if after.isdecimal():
        return float(after)
    try:
        until = parsedate_to_datetime(after)
    except ValueError:
        return None
    return max(0.0, (until - datetime.now(UTC)).total_seconds()) if until.tzinfo else None


def _choices(response: Body) -> bool:
    choices = response.get("choices")
    return isinstance(choices, list) and bool(choices) and isinstance(choices[0].get("message"), dict)


def said_in(response: Body) -> str:
    """The reply in a completion, as it came: its content, or the arguments of its tool call."""
    message = response["choices"][0]["message"]
    calls = message.get("tool_calls")
    said = calls[0]["function"].get("arguments") if calls else message.get("content")
    return said if isinstance(said, str) else ""


def refuse_what_is_no_reply(response: Body) -> None:
    """Raises `Fault` where a completion is cut off, a refusal or empty."""
    choice = response["choices"][0]
    said = said_in(response)
    if choice.get("finish_reason") == "length":
        raise Fault(Outcome.CUT_OFF, "回答超出长度上限而被截断（finish_reason=length）", said)
    refusal = choice["message"].get("refusal")
    if refusal or choice.get("finish_reason") == "content_filter":
        raise Fault(Outcome.REFUSAL, f"模型拒绝回答：{str(refusal or '内容过滤')[:_QUOTED]}", said)
    if not said.strip():
        raise Fault(Outcome.EMPTY, "回答为空")


def bare(said: str) -> str:
    """A reply without the thoughts before it and the code fence around it."""
    answer = _THOUGHTS.sub("", said, count=1)
    fence = _FENCED.fullmatch(answer)
    return fence["inner"] if fence else answer


def with_content(response: Body, said: str) -> ChatCompletion:
    """The completion as the SDK's, with that reply as its content, wherever it came."""
    choice = response["choices"][0]
    message = {"role": "assistant", "content": said}
    return ChatCompletion.construct(**{**response, "choices": [{**choice, "message": message}]})


def tokens_of(response: Body) -> Tokens:
    """What the server says it has read and written."""
    usage = response.get("usage") or {}
    details = usage.get("prompt_tokens_details") or {}
    cached = details.get("cached_tokens", usage.get("prompt_cache_hit_tokens"))
    return Tokens(usage.get("prompt_tokens"), usage.get("completion_tokens"), cached)
