"""Commands for who keeps an installation, or the golden documents."""

from pathlib import Path
from typing import Annotated

import typer

from extractors.model.errors import YusuanError
from service import console
from service.cli.office import UNREADABLE, complain, open_office, settings_of_environment, stop


def record(
    folders: Annotated[
        list[Path], typer.Argument(metavar="FOLDER…", help="Folders that hold a document.pdf (golden/<id>).")
    ],
    refresh: Annotated[bool, typer.Option("--refresh", help="Ask again what has an answer already.")] = False,
) -> None:
    """Asks the model everything about golden documents and writes its answers down, for tests."""
    from service import printing
    from service.jobs import recording
    from service.jobs.errors import NoModel
    from service.jobs.reading import prompts

    settings = settings_of_environment()
    if settings.model is None:
        stop(NoModel().message(settings.lang))
    complete = True
    for folder in folders:
        try:
            done = recording.record(folder, settings.model, prompts(), settings.limits, refresh=refresh)
        except YusuanError as error:
            complain(error, settings)
            complete = False
            continue
        complete &= not done.unanswered
        console.emit(printing.recorded(folder, done, settings.lang))
    raise typer.Exit(0 if complete else UNREADABLE)


def doctor() -> None:
    """Checks that everything is there that the service needs; of a model by three or four tiny calls."""
    from service import doctor as diagnosis

    settings = settings_of_environment()
    results = diagnosis.examine(settings)
    for result in results:
        console.emit(diagnosis.line(result, settings.lang))
    raise typer.Exit(0 if all(result.ok for result in results) else 1)


def tiers(
    from_reviews: Annotated[
        bool, typer.Option("--reviewed", help="Add what people have decided on stored values.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="File for the table (YUSUAN_TIERS_FILE).")] = None,
) -> None:
    """Prints how often each tier of evidence was right, and which are accepted (YUSUAN_ACCURACY_TARGET)."""
    from extractors.checking.tiers import Trust, observations_out
    from service import printing
    from service.jobs.tiers import reviewed, together

    settings = settings_of_environment()
    trust = settings.trust
    if from_reviews:
        with open_office() as office:
            trust = Trust(together(trust.observed, reviewed(office.database)), trust.target)
    console.emit(printing.tiers(trust, settings.lang))
    if out is not None:
        where = "golden documents and reviewed values" if from_reviews else "the golden documents"
        with console.target(out) as file:
            file.write(observations_out(trust.observed, where, "yusuan tiers --out"))
