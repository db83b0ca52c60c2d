"""Reading a stored PDF: here, or in a process of its own.

PyMuPDF must not run in two threads of one process, and a malformed file may take its process down. So a
server reads and draws in child processes (`Elsewhere`); a command, which has one thread, needs none
(`Here`).
"""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Protocol

from extractors.checking.tiers import Trust
from extractors.layout.limits import Limits
from extractors.layout.ocr_process import shared
from extractors.layout.pdf import check_openable
from extractors.layout.render import render_page
from extractors.llm.client import ModelClient, Profile, connect
from extractors.llm.prompts import Prompt, newest
from extractors.model.errors import FileTooLarge, MissingFile
from extractors.pipeline import read_document
from service.jobs.ledger import StoredLedger
from service.jobs.processes import Processes
from service.settings import Settings
from service.storage.database import Database
from service.storage.records import Json


class Reader(Protocol):
    """What can be done with a PDF on disk. Each raises a `YusuanError` that says what is wrong."""

    def check(self, path: Path, file_name: str) -> None:
        """Raises where the file cannot be read at all."""

    def read(self, path: Path, file_name: str) -> Json:
        """The extraction, as JSON."""

    def draw(self, path: Path, page: int, dpi: int) -> bytes:
        """A page as PNG. Raises IndexError where there is no such page."""


def prompts() -> Mapping[str, Prompt]:
    """The newest prompt of each section, as they are installed."""
    return newest(resources.files("prompts"))


@dataclass(frozen=True, slots=True)
class Here:
    """Works in this process; for one thread only.

    `books` is the URL of the database in which calls of the model are written down; empty: nowhere. With
    `ask_again`, the model is asked again where its answers were no good; `only_needed`, not about what the
    built-in reader and the checks have settled. All readings of one `run` together spend no more than
    `budget`; its copies in child processes are of the same run. `trust` says which tiers of evidence are
    accepted.
    """

    limits: Limits
    model: Profile | None = None
    ocr: bool = False
    books: str = field(default="", repr=False)
    ask_again: bool = False
    only_needed: bool = False
    budget: Decimal | None = None
    run: str = field(default_factory=lambda: secrets.token_hex(8))
    trust: Trust | None = None

    @classmethod
    def of(cls, settings: Settings, *, ask_again: bool = False) -> "Here":
        """The reader that the settings describe."""
        return cls(
            settings.limits,
            settings.model,
            settings.ocr,
            settings.database,
            ask_again,
            only_needed=settings.llm_ask == "needed",
            budget=settings.llm_run_budget,
            trust=settings.trust,
        )

    def check(self, path: Path, file_name: str) -> None:
        """Raises where the file cannot be read at all."""
        check_openable(self._bytes(path, file_name), file_name, self.limits)

    def read(self, path: Path, file_name: str) -> Json:
        """The extraction, as JSON."""
        with self._client() as client:
            extraction = read_document(
                self._bytes(path, file_name),
                file_name,
                limits=self.limits,
                model=client,
                prompts=prompts() if client else None,
                only_needed=self.only_needed,
                ocr=shared() if self.ocr else None,
                trust=self.trust,
            )
        return dict(extraction.model_dump(mode="json"))

    def draw(self, path: Path, page: int, dpi: int) -> bytes:
        """A page as PNG. Raises IndexError where there is no such page."""
        return render_page(path.read_bytes(), page, dpi)

    @contextmanager
    def _client(self) -> Iterator[ModelClient | None]:
        if self.model is None or not self.books:
            yield connect(self.model) if self.model else None
            return
        database = Database(self.books)
        try:
            ledger = StoredLedger(database, ask_again=self.ask_again, run=self.run, budget=self.budget)
            yield connect(self.model, ledger=ledger)
        finally:
            database.close()

    def _bytes(self, path: Path, file_name: str) -> bytes:
        try:
            if path.stat().st_size > self.limits.max_bytes:
                raise FileTooLarge(name=file_name, limit=self.limits.max_megabytes)
            return path.read_bytes()
        except OSError as error:
            raise MissingFile(name=file_name) from error


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Works as another reader does, in child processes; for any number of threads."""

    reader: Reader
    processes: Processes

    def check(self, path: Path, file_name: str) -> None:
        """Raises where the file cannot be read at all."""
        self.processes.run(self.reader.check, path, file_name)

    def read(self, path: Path, file_name: str) -> Json:
        """The extraction, as JSON."""
        return self.processes.run(self.reader.read, path, file_name)

    def draw(self, path: Path, page: int, dpi: int) -> bytes:
        """A page as PNG. Raises IndexError where there is no such page."""
        return self.processes.run(self.reader.draw, path, page, dpi)
