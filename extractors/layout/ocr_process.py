"""Reads pictures in a child process of its own, which the first picture starts.

A recogniser takes 0.8 GB and two cores, and a crash in its native code would take the reader of the PDF
along. The child is kept for the pictures to come, also those of other documents, and ends with its parent.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import NamedTuple

from extractors.layout.ocr import FAILED, NOT_INSTALLED, TOOK_TOO_LONG, Picture, Scan

_SECONDS_TO_START = 120.0
_SECONDS_A_PAGE = 120.0  # it takes 2 to 4, on a busy machine 10
_PARTS = ("rapidocr", "onnxruntime", "cv2", "numpy")
_READY = "ready"


class _Child(NamedTuple):
    process: SpawnProcess
    connection: Connection


Work = Callable[[Connection], None]


class OcrProcess:
    """An `Ocr` in a child process. For any number of threads, one picture at a time."""

    def __init__(
        self, work: Work | None = None, to_start: float = _SECONDS_TO_START, a_page: float = _SECONDS_A_PAGE
    ) -> None:
        self._work = work or serve
        self._to_start = to_start
        self._a_page = a_page
        self._lock = threading.Lock()
        self._child: _Child | None = None

    def read(self, picture: Picture) -> Scan:
        """The print of a picture and its rules. A child that fails or takes too long is ended."""
        if not is_installed():
            return Scan(fault=NOT_INSTALLED)
        with self._lock:
            try:
                return self._read(picture)
            except TimeoutError:
                self._end()
                return Scan(fault=TOOK_TOO_LONG)
            except (EOFError, OSError):
                self._end()
                return Scan(fault=FAILED)

    def close(self) -> None:
        """Ends the child, if there is one."""
        with self._lock:
            self._end()

    def _read(self, picture: Picture) -> Scan:
        connection = self._started()
        connection.send(picture)
        if not connection.poll(self._a_page):
            raise TimeoutError
        answer = connection.recv()
        return answer if isinstance(answer, Scan) else Scan(fault=FAILED)

    def _started(self) -> Connection:
        if self._child is not None and self._child.process.is_alive():
            return self._child.connection
        self._end()
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_run, args=(self._work, there), name="ocr", daemon=True)
        process.start()
        there.close()
        self._child = _Child(process, here)
        if not here.poll(self._to_start):
            raise TimeoutError
        if here.recv() != _READY:
            raise EOFError
        return here

    def _end(self) -> None:
        if self._child is not None:
            process, connection = self._child
            self._child = None
            connection.close()
            process.kill()
            process.join()
            process.close()


@cache
def shared() -> OcrProcess:
    """The one of this process."""
    return OcrProcess()


def is_installed() -> bool:
    """Whether what it takes to read pictures is there."""
    return all(find_spec(part) is not None for part in _PARTS)


def serve(connection: Connection) -> None:
    """The child's work: pictures in, scans out, until the other end is closed."""
    from extractors.layout.picture import scan_of  # noqa: PLC0415 - loads OpenCV, which is for the child only
    from extractors.layout.recogniser import Recogniser  # noqa: PLC0415 - loads the models, for the child only

    recogniser = Recogniser()
    connection.send(_READY)
    while True:
        connection.send(scan_of(connection.recv(), recogniser))


def _run(work: Work, connection: Connection) -> None:
    """Leaves Ctrl-C to the parent, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.join,), daemon=True).start()
    try:
        work(connection)
    except EOFError:
        return  # the parent has closed its end


def _end_with(parents_end: Callable[[], None]) -> None:
    parents_end()
    os._exit(1)
