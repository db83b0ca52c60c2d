"""Recorded answers: one JSON file for each request, found again by what was asked.

The name is a hash of the request's body in canonical form, so a changed prompt, schema, text or parameter
cannot meet an old answer. Headers and keys are never written. A miss is no `Exception`: the client's
own handlers and the product's must not turn it into a gap.
"""

import difflib
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx

from extractors.llm.client import ModelClient, Profile, connect
from extractors.llm.ledger import Body, canonical, key_of
from extractors.llm.prompts import Prompt
from extractors.llm.providers import provider

RECORDED = "recorded"
HAND_WRITTEN = "hand-written"
ORIGINS = (RECORDED, HAND_WRITTEN)
"""A model said so, or a person wrote it to test a case; figures of accuracy count the first only."""

_SUFFIX = ".json"
_MOST_LINES = 24  # lines of a diff that a miss shows
_MOST_CHARACTERS = 240  # of each of them
_PARTS = {0: "prompt (messages[0])", 1: "text (messages[1])"}
_FIRST_ASKED = 2  # messages before the model is asked again: the prompt and the text
_SCHEMA = ("response_format", "tools")


class RecordingMissing(BaseException):
    """There is no recording of a request; says what changed since the nearest one."""


def name_of(body: Body) -> str:
    """The name of the request's recording."""
    return key_of(body)[:16]


@dataclass(frozen=True, slots=True)
class Recording:
    """An answered request: both bodies, where the answer comes from, and what it was made of.

    `about` names the model and the provider that answered, the prompt, the document, the date.
    """

    request: Body
    status: int
    response: Body
    origin: str
    about: Mapping[str, str]

    @property
    def name(self) -> str:
        """Its file's name, without the suffix."""
        return name_of(self.request)

    @property
    def content(self) -> str:
        """What the model said."""
        said = self.response["choices"][0]["message"]["content"]
        return said if isinstance(said, str) else ""

    def saying(self, content: str) -> "Recording":
        """The same with another reply: for tests of what a bad one comes to."""
        choice = self.response["choices"][0]
        message = {**choice["message"], "content": content}
        response = {**self.response, "choices": [{**choice, "message": message}]}
        return replace(self, response=response, origin=HAND_WRITTEN)

    def dumps(self) -> str:
        """The file: readable, characters as they came."""
        document = {
            "key": self.name,
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
    if found.name != path.stem or found.origin not in ORIGINS:
        raise ValueError(f"{path.name}: key {found.name}, origin {found.origin!r}; make the recording anew")
    return found


def all_in(folder: Path) -> Iterator[Recording]:
    """The recordings of a folder, by name."""
    return map(load, sorted(folder.glob(f"*{_SUFFIX}")))


def asked_of(folder: Path) -> tuple[str, str]:
    """The provider and the model that the recordings of a folder were asked of; they must be of one."""
    found = {(one.about["provider"], one.about["model"]) for one in all_in(folder)}
    if len(found) != 1:
        raise ValueError(f"{folder}: recordings of {sorted(found) or 'nobody'}, not of one model")
    return found.pop()


Alter = Callable[[Recording], Recording]
"""Makes another answer of a recorded one: `lambda r: r.saying(r.content.replace("7", "8"))`."""


@dataclass
class Replay(httpx.AsyncBaseTransport):
    """Answers requests from a folder of recordings, and has no way to the network.

    `answer` also serves as a side effect of respx. With `alter`, a model that is asked again because of an
    altered answer gives that answer again: nothing else is recorded.
    """

    folder: Path
    alter: Alter | None = None
    used: set[str] = field(default_factory=set)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The transport's side of `answer`."""
        await request.aread()
        return self.answer(request)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """The recorded answer. Raises `RecordingMissing`."""
        body = json.loads(request.content)
        path = self._path(body)
        if self.alter is not None and not path.exists():
            path = self._path({**body, "messages": body["messages"][:_FIRST_ASKED]})
        if not path.exists():
            raise RecordingMissing(missing(body, self.folder))
        self.used.add(path.stem)
        recording = load(path)
        if self.alter is not None:
            recording = self.alter(recording)
        return httpx.Response(recording.status, json=recording.response, request=request)

    def unused(self) -> tuple[str, ...]:
        """Names of the recordings that nobody asked for."""
        return unused(self.folder, self.used)

    def _path(self, body: Body) -> Path:
        return self.folder / f"{name_of(body)}{_SUFFIX}"


def replaying(folder: Path, alter: Alter | None = None) -> tuple[ModelClient, Replay]:
    """A client that answers from a folder of recordings as their provider and model did, and what it used."""
    name, model = asked_of(folder)
    replay = Replay(folder, alter)
    profile = Profile("http://recorded.invalid/v1", model, api_key="", provider=provider(name))
    return connect(profile, httpx.AsyncClient(transport=replay)), replay


def unused(folder: Path, used: set[str]) -> tuple[str, ...]:
    """Names of a folder's recordings that are not among those."""
    return tuple(sorted(path.stem for path in folder.glob(f"*{_SUFFIX}") if path.stem not in used))


def missing(body: Body, folder: Path) -> str:
    """Why there is no recording of a request: what is different in the nearest one, and its diff."""
    recordings = list(all_in(folder))
    if not recordings:
        return (
            f"no recording {name_of(body)}: {folder} holds none; `yusuan record {folder.parent}` makes them"
        )
    nearest = min(recordings, key=lambda one: _distance(one.request, body))
    changed = ", ".join(differences(nearest.request, body))
    made_with = nearest.about.get("prompt", "no prompt of ours")
    diff = "\n".join(_diff(nearest.request, body))
    nearest_is = f"the nearest ({nearest.name}, made with {made_with}) differs in {changed}"
    return (
        f"no recording {name_of(body)}; {nearest_is}. `yusuan record {folder.parent}` makes it anew\n{diff}"
    )


def differences(old: Body, new: Body) -> tuple[str, ...]:
    """The parts of a request that changed, by name: model, prompt, text, schema, max_tokens …"""
    changed: list[str] = []
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) == new.get(name):
            continue
        if name == "messages":
            changed += _messages(old[name], new[name])
        else:
            changed.append(f"schema ({name})" if name in _SCHEMA else name)
    return tuple(changed)


def _messages(old: Sequence[Body], new: Sequence[Body]) -> list[str]:
    if len(old) != len(new):
        return [f"messages ({len(old)}, now {len(new)})"]
    pairs = enumerate(zip(old, new, strict=True))
    return [_PARTS.get(i, f"messages[{i}]") for i, (a, b) in pairs if a != b]


def _distance(old: Body, new: Body) -> tuple[bool, int, float]:
    """How far two requests are apart: another prompt is farther than another text or another schema."""
    a, b = _contents(old), _contents(new)
    ratio = difflib.SequenceMatcher(None, a[-1], b[-1], autojunk=False).quick_ratio()
    return (a[0] != b[0], len(differences(old, new)), 1 - ratio)


def _contents(body: Body) -> list[str]:
    return [str(message.get("content") or "") for message in body.get("messages", ())] or [""]


def _diff(old: Body, new: Body) -> Iterator[str]:
    lines = difflib.unified_diff(_lines(old), _lines(new), "recorded", "asked", lineterm="", n=0)
    for number, line in enumerate(lines):
        if number == _MOST_LINES:
            yield "…"
            return
        yield line[:_MOST_CHARACTERS]


def _lines(body: Body) -> list[str]:
    """A request as lines: its texts as they are, the rest as JSON."""
    texts = [line for content in _contents(body) for line in content.split("\n")]
    rest = {name: value for name, value in body.items() if name != "messages"}
    return [*texts, *json.dumps(rest, ensure_ascii=False, indent=1, sort_keys=True).split("\n")]


@dataclass
class Recorder(httpx.AsyncBaseTransport):
    """Passes requests on and writes down every answered one, refusals and malformed answers included.

    What is in the folder already is not asked again, unless it is to be refreshed. `about` is what the
    caller knows (date, document, provider, model). What the server did not answer as JSON with status 200 is
    passed on unwritten: it says something of the day, not of the model.
    """

    folder: Path
    inner: httpx.AsyncBaseTransport
    about: Mapping[str, str]
    prompts: Sequence[Prompt] = ()
    refresh: bool = False
    kept: set[str] = field(default_factory=set)
    made: set[str] = field(default_factory=set)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer of the folder or the server."""
        body = json.loads(await request.aread())
        path = self.folder / f"{name_of(body)}{_SUFFIX}"
        if path.exists() and (path.stem in self.made or not self.refresh):
            self.kept.add(path.stem)
            recording = load(path)
            return httpx.Response(recording.status, json=recording.response, request=request)
        response = await self.inner.handle_async_request(request)
        content = await response.aread()
        answer = _json_object(content) if response.status_code == httpx.codes.OK else None
        if answer is not None:
            self._write(body, answer)
        return httpx.Response(response.status_code, headers=_plain(response), content=content)

    def unused(self) -> tuple[str, ...]:
        """Names of the recordings that nobody asked for."""
        return unused(self.folder, self.kept | self.made)

    def _write(self, body: Body, answer: Body) -> None:
        about = {**self.about, **self._asked(body), "schema_sha256": schema_sha256(body)}
        recording = Recording(body, httpx.codes.OK, answer, RECORDED, about)
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = self.folder / f"{recording.name}.part"
        partial.write_text(recording.dumps(), encoding="utf-8")
        partial.replace(self.folder / f"{recording.name}{_SUFFIX}")
        self.made.add(recording.name)

    def _asked(self, body: Body) -> Mapping[str, str]:
        told = _contents(body)[0]
        found = next((prompt for prompt in self.prompts if told.startswith(prompt.text)), None)
        return {} if found is None else {"prompt": found.name, "prompt_sha256": found.sha256}

    async def aclose(self) -> None:
        """Closes the transport it passes requests to."""
        await self.inner.aclose()


def _json_object(content: bytes) -> Mapping[str, Any] | None:
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
