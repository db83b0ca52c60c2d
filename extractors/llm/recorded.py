"""Recorded answers: one JSON file for each request, found again by what was asked.

The key is a hash of the request's body in canonical form, so a changed prompt, schema, text or parameter
cannot meet an old answer. Headers and keys are never written. A miss is no `Exception`: the client's
own handlers and the product's must not turn it into a gap.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from extractors.llm.prompts import Prompt

Body = Mapping[str, Any]

RECORDED = "recorded"
HAND_WRITTEN = "hand-written"
ORIGINS = (RECORDED, HAND_WRITTEN)
"""A model said so, or a person wrote it to test a case; figures of accuracy count the first only."""


class RecordingMissing(BaseException):
    """There is no recording of a request; says what changed since the nearest one."""


def canonical(body: Body) -> str:
    """The request in one way of writing: same question, same characters."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def key_of(body: Body) -> str:
    """The name of the request's recording."""
    return hashlib.sha256(canonical(body).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Recording:
    """An answered request: both bodies, where the answer comes from, and what it was made of."""

    request: Body
    status: int
    response: Body
    origin: str
    about: Mapping[str, str]

    @property
    def key(self) -> str:
        """Its name."""
        return key_of(self.request)

    def dumps(self) -> str:
        """The file: readable, characters as they came."""
        document = {
            "key": self.key,
            "origin": self.origin,
            "about": dict(self.about),
            "request": self.request,
            "response": {"status": self.status, "body": self.response},
        }
        return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def load(path: Path) -> Recording:
    """The recording in a file. Raises `ValueError` where the file is not what its name says."""
    document = json.loads(path.read_text(encoding="utf-8"))
    response = document["response"]
    found = Recording(
        document["request"], response["status"], response["body"], document["origin"], document["about"]
    )
    if found.key != path.stem or found.origin not in ORIGINS:
        raise ValueError(f"{path.name}: key {found.key}, origin {found.origin!r}; make the recording anew")
    return found


@dataclass
class Replay(httpx.AsyncBaseTransport):
    """Answers requests from a folder of recordings, and has no way to the network.

    `answer` also serves as a side effect of respx.
    """

    folder: Path
    used: set[str] = field(default_factory=set)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The transport's side of `answer`."""
        await request.aread()
        return self.answer(request)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """The recorded answer. Raises `RecordingMissing`."""
        body = json.loads(request.content)
        path = self.folder / f"{key_of(body)}.json"
        if not path.exists():
            raise RecordingMissing(self._why(body))
        self.used.add(path.stem)
        recording = load(path)
        return httpx.Response(recording.status, json=recording.response, request=request)

    def unused(self) -> tuple[str, ...]:
        """Keys of the recordings that nobody asked for."""
        return tuple(sorted(path.stem for path in self.folder.glob("*.json") if path.stem not in self.used))

    def _why(self, body: Body) -> str:
        recordings = [load(path).request for path in sorted(self.folder.glob("*.json"))]
        if not recordings:
            return f"no recording {key_of(body)}: {self.folder} holds none"
        changed = min((differences(old, body) for old in recordings), key=lambda d: (len(d), d))
        return f"no recording {key_of(body)}; the nearest differs in {', '.join(changed)}. Record it anew"


def differences(old: Body, new: Body) -> tuple[str, ...]:
    """The parts of a request that changed, by name: model, messages[0] (system), response_format …"""
    changed: list[str] = []
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) == new.get(name):
            continue
        changed += _messages(old[name], new[name]) if name == "messages" else [name]
    return tuple(changed)


def _messages(old: Sequence[Body], new: Sequence[Body]) -> list[str]:
    if len(old) != len(new):
        return [f"messages ({len(old)}, now {len(new)})"]
    pairs = enumerate(zip(old, new, strict=True))
    return [f"messages[{i}] ({b.get('role')})" for i, (a, b) in pairs if a != b]


@dataclass
class Recorder(httpx.AsyncBaseTransport):
    """Passes requests on and writes down every answered one, refusals and malformed answers included.

    `about` is what the caller knows (date, document, provider). What the server did not answer as JSON
    with status 200 is passed on unwritten: it says something of the day, not of the model.
    """

    folder: Path
    inner: httpx.AsyncBaseTransport
    about: Mapping[str, str]
    prompts: Sequence[Prompt] = ()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer of the server."""
        body = json.loads(await request.aread())
        response = await self.inner.handle_async_request(request)
        content = await response.aread()
        answer = _json_object(content) if response.status_code == httpx.codes.OK else None
        if answer is not None:
            self._write(body, answer)
        return httpx.Response(response.status_code, headers=_plain(response), content=content)

    def _write(self, body: Body, answer: Body) -> None:
        about = {**self.about, **self._asked(body), "schema_sha256": schema_sha256(body)}
        recording = Recording(body, httpx.codes.OK, answer, RECORDED, about)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{recording.key}.json").write_text(recording.dumps(), encoding="utf-8")

    def _asked(self, body: Body) -> Mapping[str, str]:
        said = {message.get("content") for message in body.get("messages", ())}
        found = next((prompt for prompt in self.prompts if prompt.text in said), None)
        return {} if found is None else {"prompt": found.name, "prompt_sha256": found.sha256}

    async def aclose(self) -> None:
        """Closes the transport it passes requests to."""
        await self.inner.aclose()


def _json_object(content: bytes) -> Body | None:
    try:
        found = json.loads(content)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def schema_sha256(body: Body) -> str:
    """The hash of the reply's schema in a request."""
    schema = body.get("response_format") or body.get("tools") or {}
    return hashlib.sha256(canonical({"schema": schema}).encode()).hexdigest()


def _plain(response: httpx.Response) -> list[tuple[str, str]]:
    """Headers without those of the encoding, which is undone by now."""
    return [(k, v) for k, v in response.headers.items() if k not in ("content-encoding", "content-length")]
