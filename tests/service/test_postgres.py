"""The database and the books on a real PostgreSQL (make test-postgres)."""

import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from extractors.llm.ledger import Outcome, Tokens
from extractors.model.errors import BudgetSpent
from service.jobs.across import compare_anew
from service.jobs.costs import spent
from service.jobs.holders import Holder
from service.jobs.ledger import StoredLedger
from service.storage.database import Database
from service.storage.migrations import config
from service.storage.records import Reading
from service.storage.tables import DocumentRow
from tests.service.test_across import budget, of_2025
from tests.service.test_claims import CALL, RESPONSE
from tests.service.test_storage import told_by_an_older_reading

pytestmark = pytest.mark.postgres

T = TypeVar("T")
AT_ONCE = 8


def program(name: str) -> str:
    """Where a program of the server is: Debian keeps them out of the way."""
    found = shutil.which(name) or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None
    )
    assert found, f"{name} is missing; Debian: apt-get install postgresql"
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of our own without a port, and its URL. It will not run as root: then it is postgres'."""
    user = "postgres" if os.getuid() == 0 else None
    # A socket's path has to be short, and the folders above one of pytest's are closed to others.
    folder = Path("/tmp") / f"yusuan-{os.getpid()}"  # noqa: S108 - made here, and must not be there before
    folder.mkdir(mode=0o755)
    if user:
        shutil.chown(folder, user)

    def run(name: str, *arguments: str) -> None:
        command = [program(name), "-D", str(folder / "data"), *arguments]
        quiet = subprocess.DEVNULL
        subprocess.run(  # noqa: S603 - a program of the server's
            command, check=True, user=user, cwd=folder, stdout=quiet, stderr=quiet
        )

    try:
        run("initdb", "-A", "trust", "-U", "yusuan")
        run("pg_ctl", "-w", "-o", f"-k {folder} -c listen_addresses= -c fsync=off", "start")
        try:
            yield f"postgresql+psycopg://yusuan@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def database(server: str) -> Iterator[Database]:
    """The server's database, its tables there and empty."""
    database = Database(server)
    database.upgrade()
    yield database
    database.close()
    engine = create_engine(server)
    with engine.begin() as connection:
        for table in reversed(DocumentRow.metadata.sorted_tables):
            connection.execute(table.delete())
    engine.dispose()


def at_once(work: Callable[[int], T]) -> list[T]:
    """What comes of the work done by many at the same time."""
    ready = threading.Barrier(AT_ONCE)

    def one(number: int) -> T:
        ready.wait()
        return work(number)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(one, range(AT_ONCE)))


def test_migrations_make_what_the_tables_say(server: str) -> None:
    def start(_: int) -> None:
        database = Database(server)
        database.upgrade()
        database.check()
        database.close()

    at_once(start)
    engine = create_engine(server)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, DocumentRow.metadata) == []
    engine.dispose()


def test_readings_that_were_there_say_whose_they_are(server: str) -> None:
    engine = create_engine(server)
    with engine.begin() as connection:
        command.upgrade(config(connection), "head")
        found = told_by_an_older_reading(connection)
    engine.dispose()
    assert found == ("甲局", "乙局", 2025)


def test_of_documents_stored_at_once_each_is_compared(database: Database) -> None:
    readings = [of_2025(), budget(2024, "330.00")]

    def store(number: int) -> int:
        reading = readings[number % 2] | {
            "document": readings[number % 2]["document"] | {"sha256": f"{number % 2:064}"}
        }
        with database.writing() as work:
            document = work.documents.add(f"{number % 2:064}", f"{number % 2}.pdf", 1)
            work.runs.add(document.id, Reading(reading, 0.1))
        with database.writing() as work:
            compare_anew(work, document.id)
        return document.id

    ids = set(at_once(store))
    assert len(ids) == 2
    with database.reading() as work:
        kinships = sorted(one.kinship for id_ in ids for one in work.comparisons.of(id_))
    assert kinships == ["year-before"]


def test_a_document_is_claimed_once(database: Database) -> None:
    with database.writing() as work:
        for number in range(3 * AT_ONCE):
            work.documents.add(f"{number:064}", "a.pdf", 1)

    def claim(_: int) -> list[int]:
        claimed: list[int] = []
        while True:
            with database.writing() as work:
                document = work.documents.claim("me")
            if document is None:
                return claimed
            claimed.append(document.id)

    claimed = [id_ for ids in at_once(claim) for id_ in ids]
    assert len(claimed) == len(set(claimed)) == 3 * AT_ONCE


def test_of_many_that_claim_a_request_at_once_one_may_send(database: Database) -> None:
    ledgers = [StoredLedger(database, holder=Holder(host=f"machine-{n}")) for n in range(AT_ONCE)]
    for number in range(5):
        call = replace(CALL, key=f"{number:064}")
        attempts = at_once(lambda n, call=call: ledgers[n].begin(call))  # type: ignore[misc] # a lambda's default
        assert len([attempt for attempt in attempts if attempt is not None]) == 1


def test_many_at_once_stay_within_the_budget_of_their_run(database: Database) -> None:
    ledgers = [
        StoredLedger(database, run="one", budget=Decimal("1.00"), holder=Holder(host=f"machine-{n}"))
        for n in range(AT_ONCE)
    ]
    calls = [replace(CALL, key=f"{n:064}", most=Decimal("0.30")) for n in range(AT_ONCE)]
    attempts = at_once(lambda n: ledgers[n].begin(calls[n]))
    begun = [attempt for attempt in attempts if attempt is not None]
    assert len(begun) == 3
    for attempt in begun:
        ledgers[0].answered(attempt, RESPONSE, Tokens(1, 1), Decimal("0.30"))
    with pytest.raises(BudgetSpent):
        ledgers[0].begin(replace(CALL, key="f" * 64, most=Decimal("0.30")))


def test_the_books_keep_answers_and_what_they_cost(database: Database) -> None:
    ledger = StoredLedger(database)
    attempt = ledger.begin(CALL)
    assert attempt is not None
    ledger.answered(attempt, RESPONSE, Tokens(100, 20, 5), Decimal("0.000000000001"))
    found = ledger.answer(CALL.key)
    assert found is not None
    assert (found.response, found.outcome) == (RESPONSE, Outcome.ANSWERED)
    (line,) = spent(database)
    assert (line.answered, line.input_tokens, line.cost) == (1, 100, Decimal("0.000000000001"))
