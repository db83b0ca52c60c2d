"""Child processes that outlive a crash of one of them.

Light to import: a child loads what it needs with its first work.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from typing import Generic, ParamSpec, TypeVar

from extractors.model.errors import YusuanError
from service.garbage import collect_seldom
from service.jobs.errors import ReaderCrashed

P = ParamSpec("P")
T = TypeVar("T")


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
class _Raised:
    """An error of ours on its way out of a child process: errors with details do not pickle."""

    kind: type[YusuanError]
    details: dict[str, object]


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
    """Leaves Ctrl-C to the parent, does not outlive it, and collects garbage as every reading process."""
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
