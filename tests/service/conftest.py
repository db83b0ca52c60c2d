"""The real service on a real SQLite file, its readers in real child processes."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path

import httpx
import pytest

from service.app import create_app
from service.jobs.office import Office, open_office
from service.jobs.processes import Processes
from service.jobs.reading import Here
from service.settings import Settings
from service.storage.database import Database
from tests.service.pdfs import MOST_MEGABYTES, MOST_PAGES


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Small limits, everything in a folder of the test's own."""
    return Settings(
        _env_file=None, data_dir=tmp_path / "data", max_pages=MOST_PAGES, max_upload_mb=MOST_MEGABYTES
    )


@pytest.fixture
def wide(tmp_path: Path) -> Settings:
    """The limits of a fresh installation."""
    return Settings(_env_file=None, data_dir=tmp_path / "data")


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Where a database of the test's own is."""
    return f"sqlite:///{tmp_path / 'books.sqlite3'}"


@pytest.fixture
def database(url: str) -> Database:
    """An empty database, up to date."""
    database = Database(url)
    database.upgrade()
    return database


@pytest.fixture(scope="session")
def processes() -> Iterator[Processes]:
    """The child processes of all tests: to start them takes a second or two."""
    processes = Processes(2)
    yield processes
    processes.close()


Running = Callable[[Settings], AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture
def running(processes: Processes) -> Running:
    """Runs the service with given settings: a context that gives a client of it."""
    return partial(_running, processes)


@asynccontextmanager
async def _running(processes: Processes, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(settings, processes)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://yusuan.test") as client,
    ):
        yield client


@pytest.fixture
async def client(settings: Settings, running: Running) -> AsyncIterator[httpx.AsyncClient]:
    """The service with small limits."""
    async with running(settings) as client:
        yield client


@pytest.fixture
def office(wide: Settings) -> Iterator[Office]:
    """The parts behind the service, reading in this process."""
    office = open_office(wide, Here(wide.limits))
    yield office
    office.database.close()


def stored(settings: Settings) -> list[Path]:
    """The files that were kept, the database aside."""
    return [path for path in settings.data_dir.rglob("*") if path.is_file() and "sqlite3" not in path.name]
