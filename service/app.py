"""The HTTP service: `create_app(settings)`."""

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import metadata, resources

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool

from service.jobs.office import Office, open_office
from service.jobs.reading import Here, Reader, ReadingPool
from service.jobs.runner import Outcome
from service.settings import Settings
from service.web import api, operation, pages
from service.web.deps import refuse_foreign_origin
from service.web.errors import add_handlers
from service.web.headers import CommonHeaders


def create_app(settings: Settings, reader: Reader | None = None) -> FastAPI:
    """The service. It opens its database and starts its readers when it is started, not here.

    `reader` does the work in the child processes; left out, it is the real one.
    """
    app = FastAPI(
        title="yusuan",
        version=metadata.version("yusuan"),
        description="读取部门预算、决算公开文件，转成数据，并指出其自相矛盾之处。\n\n"
        f"源代码（AGPL-3.0）/ source code: {settings.source_url}",
        license_info={"name": "AGPL-3.0-only", "identifier": "AGPL-3.0-only"},
        docs_url=None,  # the pages of FastAPI load their scripts from another site
        redoc_url=None,
        dependencies=[Depends(refuse_foreign_origin)],
        lifespan=_lifespan(settings, reader or Here(settings.limits, settings.model)),
    )
    app.add_middleware(CommonHeaders, source_url=settings.source_url)
    add_handlers(app, settings.lang)
    app.include_router(api.router)
    app.include_router(operation.router)
    app.include_router(pages.router)
    static = resources.files("service.web") / "static"
    app.mount("/static", StaticFiles(directory=str(static)), name="static")
    return app


def _lifespan(settings: Settings, reader: Reader) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        pool = ReadingPool(reader, settings.readers + 1)
        office = await run_in_threadpool(open_office, settings, pool)
        app.state.office = office
        stop = threading.Event()
        readers = _started(office, settings.readers, stop)
        try:
            yield
        finally:
            stop.set()
            for thread in readers:
                await run_in_threadpool(thread.join)
            pool.close()
            office.database.close()

    return lifespan


def _started(office: Office, count: int, stop: threading.Event) -> list[threading.Thread]:
    threads = [
        threading.Thread(target=office.runner.work, args=(stop, _forget), name=f"reader-{number}")
        for number in range(count)
    ]
    for thread in threads:
        thread.start()
    return threads


def _forget(_: Outcome) -> None:
    """What came of it is in the database."""
