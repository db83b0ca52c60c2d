"""Records what a model answers about golden documents, for tests that replay it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import httpx

from extractors.layout.limits import Limits
from extractors.llm.client import Book, ModelClient, Profile, Question, ReplyT, connect
from extractors.llm.prompts import Prompt
from extractors.llm.recorded import Recorder
from extractors.model.errors import MissingFile, ModelUnavailable, ReplyRejected, YusuanError
from extractors.pipeline import read_document

DOCUMENT = "document.pdf"
RESPONSES = "responses"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question without an answer: its prompt, and why."""

    prompt: str
    error: YusuanError


@dataclass(frozen=True, slots=True)
class Recorded:
    """What recording a document came to: how many answers are new, were there, and went because nobody asks.

    Where something is `unanswered`, nothing was removed.
    """

    made: int
    kept: int
    removed: int
    unanswered: tuple[Unanswered, ...]


def record(
    folder: Path, profile: Profile, prompts: Mapping[str, Prompt], limits: Limits, *, refresh: bool = False
) -> Recorded:
    """Asks everything about `document.pdf` of a folder and writes the answers into its `responses`.

    What is there already is not asked again, so that an interrupted recording goes on where it was; to
    `refresh` is to ask all anew. Pages that are pictures of print are not read.
    """
    path = folder / DOCUMENT
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MissingFile(name=path) from error
    about = {
        "document_sha256": sha256(data).hexdigest(),
        "model": profile.model,
        "provider": profile.provider.name,
        "recorded_on": datetime.now(UTC).date().isoformat(),
    }
    # No connection is kept: the reading ends its event loop, and with it what it has open.
    network = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))
    recorder = Recorder(folder / RESPONSES, network, about, tuple(prompts.values()), refresh)
    client = _Watched(connect(profile, httpx.AsyncClient(transport=recorder)))
    read_document(data, path.name, limits=limits, model=client, prompts=prompts)
    unused = () if client.failed else recorder.unused()
    for name in unused:
        (recorder.folder / f"{name}.json").unlink()
    kept = recorder.kept - recorder.made
    return Recorded(len(recorder.made), len(kept), len(unused), tuple(client.failed))


class _Watched:
    """Another client, and what it could not answer: a reading turns that into gaps among others."""

    def __init__(self, client: ModelClient) -> None:
        self._client = client
        self.failed: list[Unanswered] = []

    @property
    def model(self) -> str:
        """The model's name."""
        return self._client.model

    async def ask(self, question: Question[ReplyT], book: Book) -> ReplyT:
        """The reply of the client."""
        try:
            return await self._client.ask(question, book)
        except (ModelUnavailable, ReplyRejected) as error:
            self.failed.append(Unanswered(question.prompt.name, error))
            raise

    async def close(self) -> None:
        """As the client does."""
        await self._client.close()
