"""The queue: crashes, retries, reprocessing."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from service.jobs.office import Office, open_office
from service.jobs.reading import Here, Reader
from service.jobs.runner import Runner
from service.settings import Settings
from service.storage.records import DocumentStatus, Json
from tests.service.pdfs import golden, pdf

HEJING = golden("hejing-2025")


@dataclass
class Scripted:
    """The real reader, its extraction changed afterwards, or a fault instead of it."""

    reader: Reader
    change: Callable[[Json], None] = field(default=lambda _: None)

    def check(self, path: Path, file_name: str) -> None:
        self.reader.check(path, file_name)

    def read(self, path: Path, file_name: str) -> Json:
        extraction = self.reader.read(path, file_name)
        self.change(extraction)
        return extraction

    def draw(self, path: Path, page: int, dpi: int) -> bytes:
        return self.reader.draw(path, page, dpi)


@pytest.fixture
def scripted(wide: Settings) -> Iterator[tuple[Office, Scripted]]:
    reader = Scripted(Here(wide.limits))
    office = open_office(wide, reader)
    yield office, reader
    office.database.close()


def status(office: Office, document_id: int) -> tuple[DocumentStatus, str | None]:
    with office.database.reading() as work:
        document = work.documents.get(document_id)
    assert document is not None
    return document.status, document.error


def test_what_a_crash_left_running_is_taken_up_again(office: Office) -> None:
    document = office.intake.take_path(HEJING).document
    with office.database.writing() as work:
        work.documents.claim(f"{os.uname().nodename}:{os.getpid()}:earlier-process-of-this-number")
    assert office.runner.run_next() is None
    assert office.runner.recover() == 1
    outcome = office.runner.run_next()
    assert outcome is not None
    assert outcome.stored
    assert status(office, document.id) == (DocumentStatus.DONE, None)


def test_what_another_process_is_reading_is_left_to_it(office: Office) -> None:
    office.intake.take_path(HEJING)
    with office.database.writing() as work:
        work.documents.claim(f"{os.uname().nodename}:{os.getppid()}:alive")
    assert office.runner.recover() == 0
    elsewhere = Runner(office.database, office.files, office.reader)
    with office.database.writing() as work:
        work.documents.requeue([1])
        work.documents.claim("another-machine:1:token")
    assert elsewhere.recover() == 0


def test_a_document_that_kills_its_readers_is_given_up(office: Office) -> None:
    document = office.intake.take_path(HEJING).document
    for _ in range(3):
        with office.database.writing() as work:
            assert work.documents.claim(f"{os.uname().nodename}:999999999:gone")
        assert office.runner.recover() == 1
    assert status(office, document.id) == (DocumentStatus.FAILED, "reader-crashed")
    with office.database.writing() as work:
        work.documents.reprocess(document.id)
    assert office.runner.run_next() is not None
    assert status(office, document.id) == (DocumentStatus.DONE, None)


def test_a_fault_of_ours_is_an_outcome_and_is_logged(
    scripted: tuple[Office, Scripted], caplog: pytest.LogCaptureFixture
) -> None:
    office, reader = scripted
    document = office.intake.take_path(HEJING).document

    def fault(_: Json) -> None:
        raise ZeroDivisionError

    reader.change = fault
    outcome = office.runner.run(document)
    assert outcome.error is not None
    assert status(office, document.id) == (DocumentStatus.FAILED, "internal-error")
    assert "ZeroDivisionError" in caplog.text


def test_a_lost_file_is_an_outcome(office: Office) -> None:
    document = office.intake.take_path(HEJING).document
    office.files.path(document.sha256).unlink()
    office.runner.run(document)
    assert status(office, document.id) == (DocumentStatus.FAILED, "stored-file-lost")


def test_reading_again_stores_only_what_differs(scripted: tuple[Office, Scripted]) -> None:
    office, reader = scripted
    document = office.intake.take_path(HEJING).document
    first = office.runner.run(document)
    assert first.stored
    again = office.runner.run(document)
    assert (again.stored, again.changes) == (False, ())

    def alter(extraction: Json) -> None:
        cell = next(c for c in extraction["tables"][0]["rows"][0]["cells"] if c and c["value"])
        cell["text"] = cell["value"] = "1.23"

    reader.change = alter
    changed = office.runner.run(document)
    assert changed.stored
    assert [change.kind for change in changed.changes] == ["changed"]
    assert changed.changes[0].after.startswith("1.23")

    def newer(extraction: Json) -> None:
        alter(extraction)
        extraction["provenance"]["pipeline_version"] = "next"

    reader.change = newer
    upgraded = office.runner.run(document)
    assert (upgraded.stored, upgraded.changes) == (True, ())


def test_a_failed_rereading_keeps_the_one_before(office: Office) -> None:
    document = office.intake.take_path(HEJING).document
    first = office.runner.run(document)
    office.files.path(document.sha256).write_bytes(pdf()[:200])
    assert office.runner.run(document).error is not None
    with office.database.reading() as work:
        assert work.runs.latest(document.id) == first.run
