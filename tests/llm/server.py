"""A made-up endpoint for tests, in the chat-completions protocol: through respx or on this machine."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

from extractors.llm.client import Profile

URL = "http://model.invalid/v1"
KEY = "secret-key-0123456789"  # no key of anything


def profile(**changes: Any) -> Profile:
    """An endpoint that is asked again once, and soon, so that tests are quick."""
    settings = {
        "base_url": URL,
        "model": "chat-model",
        "api_key": KEY,
        "resends": 1,
        "first_wait": 0.001,
        "timeout": 5.0,
    }
    return Profile(**{**settings, **changes})


def completion(
    content: str | None,
    *,
    finish: str = "stop",
    refusal: str | None = None,
    tool_calls: list[dict[str, Any]] | None = None,
    tokens: tuple[int, int] = (100, 20),
) -> httpx.Response:
    """A chat completion as a server sends it."""
    message: dict[str, Any] = {"role": "assistant", "content": content, "refusal": refusal}
    if tool_calls:
        message["tool_calls"] = tool_calls
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


@contextmanager
def serving(answer: httpx.Response, *, after: float = 0.0, seen: list[str] | None = None) -> Iterator[str]:
    """A server on this machine that gives one answer to all and keeps its connections open; its address.

    It answers `after` so many seconds, and notes the bodies of requests in `seen`.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Says nothing."""

        def do_POST(self) -> None:
            """The answer."""
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            if seen is not None:
                seen.append(body)
            time.sleep(after)
            self.send_response(answer.status_code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1"
        finally:
            server.shutdown()
            thread.join()
