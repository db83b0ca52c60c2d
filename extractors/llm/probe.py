"""Finds out what an endpoint can do, by a few calls of a few tokens, before anything is asked of it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Literal

import httpx
from pydantic import BaseModel, ConfigDict

from extractors.llm.client import Profile, Question, Usage, connect
from extractors.llm.prices import price_of
from extractors.llm.prompts import Prompt
from extractors.llm.providers import Mode
from extractors.model.errors import ModelUnavailable, ReplyRejected, YusuanError

_TOKENS = 64  # of each reply
_CONTEXT_KEYS = ("max_model_len", "context_length", "context_window", "n_ctx")
_PROMPT = Prompt("probe", 1, "", "请用 JSON 回答：一加一等于二吗？\n", "")


class Finding(StrEnum):
    """What was looked at."""

    ANSWERS = "answers"
    JSON_SCHEMA = "json_schema"
    TOOLS = "tools"
    JSON = "json"
    GRAMMAR = "grammar"
    USAGE = "usage"
    CONTEXT = "context"
    PRICE = "price"


_MODES = {
    Mode.JSON_SCHEMA: Finding.JSON_SCHEMA,
    Mode.TOOLS: Finding.TOOLS,
    Mode.JSON: Finding.JSON,
    Mode.GRAMMAR: Finding.GRAMMAR,
}


@dataclass(frozen=True, slots=True)
class Probed:
    """What was found: whether it is there, its value (tokens, a price), and what stood in the way."""

    ok: bool
    value: str = ""
    error: YusuanError | None = None


class Odd(BaseModel):
    """A shape that no model answers in by chance: the prompt does not speak of it."""

    model_config = ConfigDict(extra="forbid")

    zq7: Literal["甲", "乙"]


async def probe(profile: Profile, http_client: httpx.AsyncClient | None = None) -> Mapping[Finding, Probed]:
    """Tries every mode that the provider knows; the calls are in flight together, and not tried again."""
    provider = profile.provider.for_model(profile.model)
    modes = [mode for mode in Mode if mode is not Mode.GRAMMAR or provider.grammar_field]
    spent: list[Usage] = []
    tried = await asyncio.gather(*(_try(profile, mode, spent, http_client) for mode in modes))
    found = {_MODES[mode]: one for mode, one in zip(modes, tried, strict=True)}
    # A reply of another shape is an answer, too; what the endpoint refuses is none.
    answered = any(one.ok or isinstance(one.error, ReplyRejected) for one in tried)
    trouble = found[_MODES[provider.mode]].error
    usage = sum(spent, Usage())
    stated = any(use.input_tokens and use.output_tokens for use in spent)
    price = price_of(profile.model, provider.prices, provider.published, datetime.now(UTC))
    return {
        Finding.ANSWERS: Probed(answered, profile.model, None if answered else trouble),
        **found,
        Finding.USAGE: Probed(stated, f"{usage.input_tokens} + {usage.output_tokens}" if stated else ""),
        Finding.CONTEXT: await _context(profile, http_client),
        Finding.PRICE: Probed(
            price is not None, f"{price.input} / {price.output} {price.currency}" if price else ""
        ),
    }


async def _try(
    profile: Profile, mode: Mode, spent: list[Usage], http_client: httpx.AsyncClient | None
) -> Probed:
    provider = profile.provider.for_model(profile.model)
    small = provider.model_copy(update={"mode": mode, "output": _TOKENS, "max_output": _TOKENS, "models": ()})
    client = connect(replace(profile, provider=small, resends=0, re_asks=0, budget=None), http_client)
    try:
        await client.ask(Question(_PROMPT, "一加一等于二。", Odd), spent.append)
    except (ModelUnavailable, ReplyRejected) as error:
        return Probed(False, error=error)
    finally:
        await client.close()
    return Probed(True)


async def _context(profile: Profile, http_client: httpx.AsyncClient | None) -> Probed:
    """How many tokens a request and its reply may have, where the server tells: vLLM and llama.cpp do."""
    base = profile.base_url.rstrip("/")
    headers = {"Authorization": f"Bearer {profile.api_key}"} if profile.api_key else {}
    client = http_client or httpx.AsyncClient(timeout=profile.timeout)
    try:
        properties = await _get(client, f"{base.removesuffix('/v1')}/props", headers)
        models = await _get(client, f"{base}/models", headers)
    finally:
        if http_client is None:
            await client.aclose()
    listed = models.get("data")
    ours = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    ours = [one for one in ours if one.get("id") == profile.model] or ours[:1]
    places = [properties.get("default_generation_settings"), *ours]
    told = [
        place[key] for place in places if isinstance(place, dict) for key in _CONTEXT_KEYS if place.get(key)
    ]
    return Probed(bool(told), str(told[0]) if told else "")


async def _get(client: httpx.AsyncClient, url: str, headers: Mapping[str, str]) -> Mapping[str, Any]:
    """What is at an address as JSON; nothing where there is none."""
    try:
        found = (await client.get(url, headers=headers)).json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
