"""What commands share: the settings, an open office, how to say that something is wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from extractors.model.errors import YusuanError

if TYPE_CHECKING:
    from service.jobs.intake import Taken
    from service.jobs.office import Office
    from service.settings import Settings

UNREADABLE = 3
WRONG_USAGE = 2

Files = Annotated[list[Path], typer.Argument(metavar="FILE…", show_default=False, help="PDF files.")]
Out = Annotated[Path | None, typer.Option(help="File to write; without it, standard output.")]


def settings_of_environment() -> "Settings":
    """The settings; says what is wrong with them and ends otherwise."""
    from pydantic import ValidationError

    from service.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        for problem in error.errors():
            name = "_".join(str(part) for part in problem["loc"])
            typer.echo(f"YUSUAN_{name.upper()}: {problem['msg']}", err=True)
        raise typer.Exit(WRONG_USAGE) from error


@contextmanager
def open_office(*, ask_again: bool = False) -> Iterator["Office"]:
    """The office of the settings, its database closed at the end."""
    from service.jobs import office as offices
    from service.jobs.reading import Here

    settings = settings_of_environment()
    try:
        office = offices.open_office(settings, Here.of(settings, ask_again=ask_again))
    except YusuanError as error:
        stop(error.message(settings.lang))
    try:
        yield office
    finally:
        office.database.close()


def take(office: "Office", path: Path) -> "Taken | None":
    """Takes a file in; says why it cannot be taken, where it cannot."""
    try:
        return office.intake.take_path(path)
    except YusuanError as error:
        complain(error, office.settings)
        return None


def complain(error: YusuanError, settings: "Settings") -> None:
    """Says on standard error what is wrong."""
    typer.echo(error.message(settings.lang), err=True)


def stop(message: str) -> NoReturn:
    """Says what is wrong, and ends."""
    typer.echo(message, err=True)
    raise typer.Exit(WRONG_USAGE)
