"""The HTTP service: `create_app(settings)`."""

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import metadata, resources

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool

from service.jobs.office import Office, open_office
from service.jobs.processes import Processes
from service.jobs.reading import Elsewhere, Here
from service.jobs.runner import Outcome
from service.settings import Settings
from service.web import api, operation, pages
from service.web.deps import refuse_foreign_origin
from service.web.errors import add_handlers
from service.web.headers import CommonHeaders


def create_app(settings: Settings, processes: Processes | None = None) -> FastAPI:
    """The service. It opens its database and starts its readers when it is started, not here.

    `processes` do its reading and are left running at its end; without them it has its own.
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
        lifespan=_lifespan(settings, processes),
    )
    app.add_middleware(CommonHeaders, source_url=settings.source_url)
    add_handlers(app, settings.lang)
    app.include_router(api.router)
    app.include_router(operation.router)
    app.include_router(pages.router)
    static = resources.files("service.web") / "static"
    app.mount("/static", StaticFiles(directory=str(static)), name="static")
    return app


def _lifespan(
    settings: Settings, processes: Processes | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        own = processes or Processes(settings.readers + 1)
        reader = Elsewhere(Here.of(settings), own)
        office = await run_in_threadpool(open_office, settings, reader)
        app.state.office = office
        stop = threading.Event()
        readers = _started(office, settings.readers, stop)
        try:
            yield
        finally:
            stop.set()
            for thread in readers:
                await run_in_threadpool(thread.join)
            if processes is None:
                own.close()
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
