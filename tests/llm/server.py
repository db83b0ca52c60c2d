"""A made-up endpoint for tests: answers in the chat-completions protocol, through respx."""

import json
from typing import Any

import httpx

from extractors.llm.client import Profile

URL = "http://model.invalid/v1"
KEY = "secret-key-0123456789"  # no key of anything


def profile(**changes: Any) -> Profile:
    """An endpoint that retries once, so that tests are quick."""
    settings = {"base_url": URL, "model": "chat-model", "api_key": KEY, "retries": 1, "timeout": 5.0}
    return Profile(**{**settings, **changes})


def completion(
    content: str | None,
    *,
    finish: str = "stop",
    refusal: str | None = None,
    tokens: tuple[int, int] = (100, 20),
) -> httpx.Response:
    """A chat completion as a server sends it."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "chat-model",
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": finish}],
        "usage": {
            "prompt_tokens": tokens[0],
            "completion_tokens": tokens[1],
            "total_tokens": sum(tokens),
        },
    }
    return httpx.Response(200, json=body)


def reply(thing: object) -> httpx.Response:
    """A completion whose content is that thing as JSON."""
    return completion(json.dumps(thing, ensure_ascii=False))
