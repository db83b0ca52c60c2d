"""What asking a model takes: seconds for a document, tokens, and what a second reading sends (nothing).

python -m bench.model                            the golden documents, a model that takes 2 seconds
python -m bench.model golden/hejing-2025 --seconds 0.5

The model is a stand-in that answers every request after a fixed time, from the recordings beside the document
where there are some, else with an empty object that no task takes; it is not asked again then. So the
seconds say how calls are sent, not how a model is: `asking` goes from the first request sent to the last
answer there, by the clock on the wall; `processor` is what the whole reading takes besides. Both after a
reading that loads what is loaded once. Tokens by the formula of `extractors.llm.tokens`; those of a document
are of all its words.
"""

import argparse
import asyncio
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

import httpx

from bench.golden import GoldenDocument, golden_documents
from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.llm.client import Profile, connect
from extractors.llm.prompts import newest
from extractors.llm.providers import UNKNOWN, provider
from extractors.llm.recorded import Replay, asked_of
from extractors.llm.tokens import tokens_of
from extractors.pipeline import read_document
from service.jobs.ledger import StoredLedger
from service.storage.database import Database

_SHORTEST = 8  # characters from which a line that is sent again counts as text that is sent again
_NUMBER = re.compile(r"^\[\d+\] ")
_FENCE = re.compile(r"^`{3,}")


@dataclass
class StandIn(httpx.AsyncBaseTransport):
    """A model that takes its time; what it was sent, and from when to when each call went."""

    seconds: float
    answers: Replay | None
    sent: list[Mapping[str, Any]] = field(default_factory=list)
    calls: list[tuple[float, float]] = field(default_factory=list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, after the time."""
        started = time.perf_counter()
        self.sent.append(json.loads(await request.aread()))
        await asyncio.sleep(self.seconds)
        self.calls.append((started, time.perf_counter()))
        if self.answers is not None:
            return self.answers.answer(request)
        message = {"role": "assistant", "content": "{}"}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return httpx.Response(200, json={"id": "0", "object": "chat.completion", "choices": [choice]})


@dataclass(frozen=True, slots=True)
class Figures:
    """What one document took. Shares are of the document's own tokens."""

    name: str
    answered_from: str
    calls: int
    slowest: float
    asking: float
    processor: float
    again: int
    document: int
    unique: float
    input: float
    most_often: int

    @property
    def row(self) -> str:
        """The figures as a line of the table."""
        ratio = f"{self.asking / self.slowest:.2f}" if self.slowest else "—"
        seconds = f"{self.slowest:.2f} | {self.asking:.2f} | {ratio} | {self.processor:.2f}"
        tokens = f"{self.document} | {self.unique:.0%} | {self.input:.2f} | {self.most_often}"
        return f"| {self.name} | {self.answered_from} | {self.calls} | {seconds} | {self.again} | {tokens} |"


HEADER = (
    "| document | answers | calls | slowest call, s | asking, s | × | processor, s "
    "| calls of a second reading | tokens of the document | unique text sent | input × document "
    "| a text is sent at most |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|"
)


def measured(document: GoldenDocument, seconds: float, *, only_needed: bool) -> Figures:
    """Reads a document twice with the stand-in."""
    responses = document.folder / "responses"
    has_recordings = any(responses.glob("*.json")) and not only_needed
    name, model = asked_of(responses) if has_recordings else (UNKNOWN, "stand-in")
    profile = Profile("http://model.invalid/v1", model, "", provider=provider(name), re_asks=0, resends=0)
    prompts = newest(resources.files("prompts"))
    data = document.pdf.read_bytes()
    read = partial(read_document, limits=Limits(), prompts=prompts, only_needed=only_needed)
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/books.sqlite3")
        database.upgrade()
        stand_ins = [StandIn(seconds, Replay(responses) if has_recordings else None) for _ in range(2)]
        processor: list[float] = []
        for stand_in in stand_ins:
            client = connect(profile, httpx.AsyncClient(transport=stand_in), StoredLedger(database))
            started = time.process_time()
            read(data, document.pdf.name, model=client)
            processor.append(time.process_time() - started)
        database.close()
    first, second = stand_ins
    words = tokens_of("".join(w.text for page in read_layout(data, "", Limits()).pages for w in page.words))
    lines = Counter(line for body in first.sent for line in set(_text_of(body)))
    return Figures(
        name=document.name,
        answered_from="recorded" if has_recordings else "none",
        calls=len(first.sent),
        slowest=max((end - start for start, end in first.calls), default=0),
        asking=max((end for _, end in first.calls), default=0) - min((s for s, _ in first.calls), default=0),
        processor=processor[0],
        again=len(second.sent),
        document=words,
        unique=sum(map(tokens_of, lines)) / words,
        input=sum(tokens_of(text) for body in first.sent for text in _input_of(body)) / words,
        most_often=max((n for line, n in lines.items() if len(line) >= _SHORTEST), default=0),
    )


def _text_of(body: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the document in a request, without our numbers and fences."""
    for line in body["messages"][1]["content"].split("\n"):
        if line and not _FENCE.match(line):
            yield _NUMBER.sub("", line)


def _input_of(body: Mapping[str, Any]) -> Iterator[str]:
    """All that a model reads of a request: what is said, and the schema."""
    yield from (message["content"] for message in body["messages"])
    for key in ("response_format", "tools"):
        if key in body:
            yield json.dumps(body[key], ensure_ascii=False, separators=(",", ":"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a table of all documents, then one of what is needed only."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.model",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--seconds", type=float, default=2.0, help="what the model takes for an answer")
    chosen = parser.parse_args(arguments)
    documents = [GoldenDocument(folder) for folder in chosen.folders] or golden_documents()
    measured(documents[0], 0.0, only_needed=False)
    for only_needed in (False, True):
        print(f"asked: {'what is needed' if only_needed else 'everything'}\n\n{HEADER}", flush=True)
        for document in documents:
            print(measured(document, chosen.seconds, only_needed=only_needed).row, flush=True)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
