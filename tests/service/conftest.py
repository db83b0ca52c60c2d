"""The real service on a real SQLite file, its readers in real child processes."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from service.app import create_app
from service.jobs.office import Office, open_office
from service.jobs.reading import Here
from service.settings import Settings
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


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """The service as it runs, and a client of it."""
    app = create_app(settings)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://yusuan.test") as client,
    ):
        yield client


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
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
