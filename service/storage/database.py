"""The database: its connections and transactions. One `reading` or `writing` block is one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, create_engine

from service.storage.calls import Calls
from service.storage.comparisons import Comparisons
from service.storage.documents import Documents
from service.storage.errors import DatabaseUnavailable
from service.storage.reviews import Reviews
from service.storage.runs import Runs

_BUSY_SECONDS = 30
_WRITES = "yusuan_writes"


@dataclass(frozen=True, slots=True)
class Work:
    """The repositories of one transaction."""

    documents: Documents
    runs: Runs
    reviews: Reviews
    calls: Calls
    comparisons: Comparisons


class Database:
    """SQLite or PostgreSQL behind the repositories."""

    def __init__(self, url: str) -> None:
        """Raises `DatabaseUnavailable` where the URL or its driver is no good; connects later."""
        try:
            self._engine = _engine(url)
        except ImportError as error:
            raise DatabaseUnavailable(reason=str(error)) from error
        except SQLAlchemyError as error:
            raise DatabaseUnavailable(reason=type(error).__name__) from error

    @property
    def name(self) -> str:
        """Which database it is, without address or password."""
        return self._engine.dialect.name

    def upgrade(self) -> None:
        """Brings the schema up to date, alone: others that start at the same time wait."""
        with _reachable(), self._writer().begin() as connection:
            _migrations().upgrade(connection)

    def check(self) -> None:
        """Raises `DatabaseUnavailable` or `SchemaNotCurrent`."""
        with _reachable(), self._engine.connect() as connection:
            connection.execute(text("SELECT 1"))
            _migrations().check(connection)

    @contextmanager
    def reading(self) -> Iterator[Work]:
        """A transaction that only looks."""
        with Session(self._engine) as session:
            yield _work(session)

    @contextmanager
    def writing(self) -> Iterator[Work]:
        """A transaction that is committed at its end, or rolled back where something is raised."""
        with Session(self._writer()) as session, session.begin():
            yield _work(session)

    def close(self) -> None:
        """Closes all connections."""
        self._engine.dispose()

    def _writer(self) -> Engine:
        return self._engine.execution_options(**{_WRITES: True})


@contextmanager
def _reachable() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise DatabaseUnavailable(reason=type(error).__name__) from error


def _work(session: Session) -> Work:
    return Work(Documents(session), Runs(session), Reviews(session), Calls(session), Comparisons(session))


def _migrations() -> ModuleType:
    from service.storage import migrations  # noqa: PLC0415 - loads Alembic, which only the schema needs

    return migrations


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.drivername in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # The driver must not open transactions by itself: see _begin_sqlite.
    raw: Any = connection
    raw.isolation_level = None
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = NORMAL")
    raw.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the write lock at once and so waits its turn; one that reads first and then writes
    # would be refused without waiting.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
