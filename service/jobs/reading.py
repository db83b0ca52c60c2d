"""Reading a stored PDF: here, or in a process of its own.

PyMuPDF must not run in two threads of one process, and a malformed file may take its process down. So a
server reads and draws in child processes (`Elsewhere`); a command, which has one thread, needs none
(`Here`).
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Generic, ParamSpec, Protocol, TypeVar

import httpx

from extractors.layout.limits import Limits
from extractors.layout.pdf import check_openable
from extractors.layout.render import render_page
from extractors.llm.client import ModelClient, Profile, connect
from extractors.llm.prompts import newest
from extractors.model.errors import FileTooLarge, MissingFile, YusuanError
from extractors.pipeline import read_document
from service.jobs.errors import ReaderCrashed
from service.storage.records import Json

P = ParamSpec("P")
T = TypeVar("T")


class Reader(Protocol):
    """What can be done with a PDF on disk. Each raises a `YusuanError` that says what is wrong."""

    def check(self, path: Path, file_name: str) -> None:
        """Raises where the file cannot be read at all."""

    def read(self, path: Path, file_name: str) -> Json:
        """The extraction, as JSON."""

    def draw(self, path: Path, page: int, dpi: int) -> bytes:
        """A page as PNG. Raises IndexError where there is no such page."""


@dataclass(frozen=True, slots=True)
class Here:
    """Works in this process; for one thread only."""

    limits: Limits
    model: Profile | None = None

    def check(self, path: Path, file_name: str) -> None:
        """Raises where the file cannot be read at all."""
        check_openable(self._bytes(path, file_name), file_name, self.limits)

    def read(self, path: Path, file_name: str) -> Json:
        """The extraction, as JSON."""
        extraction = read_document(
            self._bytes(path, file_name),
            file_name,
            limits=self.limits,
            model=_connected(self.model) if self.model else None,
            prompts=newest(resources.files("prompts")) if self.model else None,
        )
        return dict(extraction.model_dump(mode="json"))

    def draw(self, path: Path, page: int, dpi: int) -> bytes:
        """A page as PNG. Raises IndexError where there is no such page."""
        return render_page(path.read_bytes(), page, dpi)

    def _bytes(self, path: Path, file_name: str) -> bytes:
        try:
            if path.stat().st_size > self.limits.max_bytes:
                raise FileTooLarge(name=file_name, limit=self.limits.max_megabytes)
            return path.read_bytes()
        except OSError as error:
            raise MissingFile(name=file_name) from error


def _connected(profile: Profile) -> ModelClient:
    """A client that keeps no connection: each reading has an event loop of its own, which ends with it."""
    return connect(profile, httpx.AsyncClient(limits=httpx.Limits(max_keepalive_connections=0)))


@dataclass(frozen=True, slots=True)
class _Raised:
    """An error of ours on its way out of a child process: errors with details do not pickle."""

    kind: type[YusuanError]
    details: dict[str, object]


class Processes:
    """Child processes for work that must not be done here. Close them at the end."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._lock = threading.Lock()
        self._executor = self._started()

    def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs the work in a child. A dead child takes the work of its siblings along, so one more try."""
        try:
            return self._once(work, *args, **kwargs)
        except ReaderCrashed:
            return self._once(work, *args, **kwargs)

    def close(self) -> None:
        """Waits for the work under way and ends the processes."""
        self._executor.shutdown(cancel_futures=True)

    def _once(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        executor = self._executor
        try:
            result = executor.submit(_Sheltered(work), *args, **kwargs).result()
        except BrokenProcessPool as error:
            self._replace(executor)
            raise ReaderCrashed from error
        if isinstance(result, _Raised):
            raise result.kind(**result.details)
        return result

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._executor is broken:
                broken.shutdown(wait=False)
                self._executor = self._started()

    def _started(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._count, mp_context=context, initializer=_prepare_child)


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


@dataclass(frozen=True, slots=True)
class _Sheltered(Generic[P, T]):
    """The work as the child does it: errors of ours become results."""

    work: Callable[P, T]

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T | _Raised:
        try:
            return self.work(*args, **kwargs)
        except YusuanError as error:
            return _Raised(type(error), error.details)


def _prepare_child() -> None:
    """Leaves Ctrl-C to the parent, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
