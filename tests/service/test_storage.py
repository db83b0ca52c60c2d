"""The database: migrations, transactions, claims."""

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text

from service.storage.database import Database
from service.storage.errors import DatabaseUnavailable, SchemaNotCurrent
from service.storage.files import Files
from service.storage.migrations import config
from service.storage.tables import DocumentRow


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'test.sqlite3'}"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = Database(url(tmp_path))
    database.upgrade()
    return database


def test_migrations_make_what_the_tables_say(database: Database, tmp_path: Path) -> None:
    engine = create_engine(url(tmp_path))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, DocumentRow.metadata) == []
    engine.dispose()


def told_by_an_older_reading(connection: Connection) -> tuple[str, str, int]:
    """Issuer, superior and year of a reading that was stored before there were columns for them."""
    command.downgrade(config(connection), "0002")
    now = datetime.now(UTC)
    document = {
        "id": 1,
        "sha256": "1" * 64,
        "file_name": "a.pdf",
        "size": 1,
        "status": "done",
        "attempts": 1,
        "created_at": now,
        "updated_at": now,
    }
    run = {
        "id": 1,
        "document_id": 1,
        "pipeline_version": "0",
        "schema_version": "1",
        "decision": "review",
        "heading": "",
        "seconds": 1.0,
        "created_at": now,
        "extraction": json.dumps({"document": {"issuer": "甲局", "superior": "乙局", "fiscal_year": 2025}}),
    }
    for name, row in (("document", document), ("extraction_run", run)):
        marks = ", ".join(f":{key}" for key in row)
        connection.execute(text(f"INSERT INTO {name} ({', '.join(row)}) VALUES ({marks})"), row)  # noqa: S608 - our own names
    command.upgrade(config(connection), "head")
    found = connection.execute(text("SELECT issuer, superior, fiscal_year FROM extraction_run")).one()
    for name in ("extraction_run", "document"):
        connection.execute(text(f"DELETE FROM {name}"))  # noqa: S608 - our own names
    return found.issuer, found.superior, found.fiscal_year


def test_readings_that_were_there_say_whose_they_are(database: Database, tmp_path: Path) -> None:
    engine = create_engine(url(tmp_path))
    with engine.begin() as connection:
        assert told_by_an_older_reading(connection) == ("甲局", "乙局", 2025)
    engine.dispose()


def test_an_old_schema_is_noticed(tmp_path: Path) -> None:
    database = Database(url(tmp_path))
    with pytest.raises(SchemaNotCurrent):
        database.check()
    database.upgrade()
    database.check()
    database.upgrade()


def test_two_that_start_at_once_do_not_race(tmp_path: Path) -> None:
    faults: list[BaseException] = []

    def start() -> None:
        try:
            Database(url(tmp_path)).upgrade()
        except (DatabaseUnavailable, SchemaNotCurrent) as error:
            faults.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    Database(url(tmp_path)).check()


def test_a_bad_address_does_not_tell_the_password() -> None:
    with pytest.raises(DatabaseUnavailable) as raised:
        Database("nonsense://user:secret@host/db")
    assert "secret" not in str(raised.value)


def test_what_is_raised_in_a_transaction_undoes_it(database: Database) -> None:
    def fail_half_way() -> None:
        with database.writing() as work:
            work.documents.add("0" * 64, "a.pdf", 1)
            raise KeyError

    with pytest.raises(KeyError):
        fail_half_way()
    with database.reading() as work:
        assert work.documents.by_sha256("0" * 64) is None


def test_the_same_bytes_added_twice_are_one_document(database: Database) -> None:
    with database.writing() as work:
        first = work.documents.add("0" * 64, "a.pdf", 1)
        assert work.documents.add("0" * 64, "b.pdf", 1) == first


def test_a_document_is_claimed_once(database: Database) -> None:
    with database.writing() as work:
        for number in range(20):
            work.documents.add(f"{number:064}", "a.pdf", 1)
    claimed: list[int] = []

    def claim() -> None:
        while True:
            with database.writing() as work:
                document = work.documents.claim("me")
            if document is None:
                return
            claimed.append(document.id)

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == list(range(1, 21))


def test_sqlite_lets_readers_and_a_writer_work_together(database: Database, tmp_path: Path) -> None:
    with database.writing() as work:
        work.documents.add("1" * 64, "a.pdf", 1)
        with database.reading() as beside:
            assert beside.documents.page(0, 10) == ()
    engine = create_engine(url(tmp_path))
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    engine.dispose()


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    files = Files(tmp_path)

    def fail_half_way() -> None:
        with files.incoming() as (_, file):
            file.write(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        fail_half_way()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    with files.incoming() as (path, file):
        file.write(b"whole")
        file.close()
        files.keep(path, "ab" * 32)
    assert files.path("ab" * 32).read_bytes() == b"whole"
