"""Commands that run until they are stopped."""

import signal
import threading
from typing import Annotated

import typer

from service import console
from service.cli.office import open_office, settings_of_environment


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
) -> None:
    """Runs the HTTP service with the review pages."""
    import uvicorn

    from service.app import create_app

    settings = settings_of_environment()
    console.log_to_stderr()
    uvicorn.run(create_app(settings), host=host, port=port, log_config=None, server_header=False)


def worker(
    once: Annotated[bool, typer.Option("--once", help="End when the queue is empty.")] = False,
) -> None:
    """Reads queued documents until stopped."""
    from service import printing

    console.log_to_stderr()
    with open_office() as office:
        if once:
            office.runner.recover()
            while outcome := office.runner.run_next():
                console.emit(printing.outcome(outcome, office.settings.lang))
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        office.runner.work(
            stop, lambda outcome: console.emit(printing.outcome(outcome, office.settings.lang))
        )
