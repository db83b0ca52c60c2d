"""Reads documents, one at a time: claim, read, and store what came of it in one transaction."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from extractors.model.errors import YusuanError
from service.jobs.across import compare_anew
from service.jobs.changes import Change, changes_between, same_reading
from service.jobs.errors import InternalError, ReaderCrashed, StoredFileLost
from service.jobs.holders import Holder
from service.jobs.reading import Reader
from service.jobs.values import open_values
from service.storage.database import Database, Work
from service.storage.files import Files
from service.storage.records import Document, Reading, Run

logger = logging.getLogger(__name__)

_MOST_ATTEMPTS = 3
_ABANDONED_AFTER = timedelta(minutes=15)
_IDLE_SECONDS = 0.2
_SECONDS_AFTER_TROUBLE = 5
_SECONDS_BETWEEN_RECOVERIES = 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of reading a document: the reading in force and what changed, or an error.

    `stored` says whether a new reading was stored; it is not where nothing changed.
    """

    document: Document
    run: Run | None = None
    seconds: float = 0.0
    stored: bool = False
    changes: tuple[Change, ...] = ()
    error: YusuanError | None = None


class Runner:
    """Reads stored documents."""

    def __init__(self, database: Database, files: Files, reader: Reader) -> None:
        self._database = database
        self._files = files
        self._reader = reader
        self._holder = Holder()

    def recover(self) -> int:
        """Takes up documents whose reader has died; gives up on those that killed too many."""
        with self._database.reading() as work:
            running = work.documents.running()
        left = [id_ for id_, holder, since in running if self._is_abandoned(holder, since)]
        if not left:
            return 0
        with self._database.writing() as work:
            for id_ in left:
                self._requeue(work, id_)
        return len(left)

    def run_next(self) -> Outcome | None:
        """Reads the document that has waited longest; None where none waits."""
        with self._database.reading() as work:
            if not work.documents.is_any_queued():
                return None
        with self._database.writing() as work:
            document = work.documents.claim(self._holder.name)
        return self.run(document) if document else None

    def run(self, document: Document) -> Outcome:
        """Reads a document now and stores what came of it."""
        try:
            reading = self._read(document)
        except YusuanError as error:
            return self._failed(document, error)
        except Exception:
            # The edge of a job: a fault of ours must not stop the queue; it is logged and is the outcome.
            logger.exception("reading document %s failed", document.id)
            return self._failed(document, InternalError())
        outcome = self._store(document, reading)
        # Apart from storing: of two documents stored at once, the one compared last sees the other.
        with self._database.writing() as work:
            compare_anew(work, document.id)
        return outcome

    def work(self, stop: threading.Event, done: Callable[[Outcome], None]) -> None:
        """Reads what is queued until told to stop."""
        recovery_due = 0.0
        while not stop.is_set():
            try:
                if time.monotonic() >= recovery_due:
                    self.recover()
                    recovery_due = time.monotonic() + _SECONDS_BETWEEN_RECOVERIES
                outcome = self.run_next()
            except Exception:
                # The edge of a thread: a database that is away for a while must not end the work for ever.
                logger.exception("the queue could not be worked on; trying again")
                stop.wait(_SECONDS_AFTER_TROUBLE)
                continue
            if outcome is None:
                stop.wait(_IDLE_SECONDS)
            else:
                done(outcome)

    def _read(self, document: Document) -> Reading:
        path = self._files.path(document.sha256)
        if not path.exists():
            raise StoredFileLost
        start = time.monotonic()
        extraction = self._reader.read(path, document.file_name)
        return Reading(extraction, round(time.monotonic() - start, 3))

    def _store(self, document: Document, reading: Reading) -> Outcome:
        with self._database.writing() as work:
            work.documents.done(document.id)
            before = work.runs.latest(document.id)
            changes = changes_between(before.extraction, reading.extraction) if before else ()
            if before and _is_the_same(before, reading):
                return Outcome(document, before, reading.seconds)
            run = work.runs.add(document.id, reading)
            work.reviews.replace(document.id, run.id, open_values(reading.extraction))
        return Outcome(document, run, reading.seconds, stored=True, changes=changes)

    def _failed(self, document: Document, error: YusuanError) -> Outcome:
        with self._database.writing() as work:
            work.documents.failed(document.id, error.slug, dict(error.details))
        return Outcome(document, error=error)

    def _requeue(self, work: Work, document_id: int) -> None:
        document = work.documents.get(document_id)
        if document and document.attempts >= _MOST_ATTEMPTS:
            work.documents.failed(document_id, ReaderCrashed.slug, {})
        else:
            work.documents.requeue([document_id])

    def _is_abandoned(self, holder: str, since: datetime) -> bool:
        """Whether nobody works on it any more: its process is gone, or it has been too long."""
        is_gone = self._holder.is_gone(holder)
        return datetime.now(UTC) - since > _ABANDONED_AFTER if is_gone is None else is_gone


def _is_the_same(before: Run, reading: Reading) -> bool:
    return before.pipeline_version == reading.pipeline_version and same_reading(
        before.extraction, reading.extraction
    )
