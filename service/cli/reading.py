"""Commands that read PDFs and store no document."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractors.model.errors import MissingFile, YusuanError
from service import console
from service.cli.office import UNREADABLE, Files, Out, complain, settings_of_environment, stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.model.extraction import Extraction
    from service.jobs.reading import Here
    from service.settings import Settings
    from service.storage.records import Json

Against = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="FILE",
        help="JSON of other readings (extract --json, export): last year's, the budget of the year, "
        "the department's are compared.",
    ),
]


def extract(
    files: Files,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the extraction; of several files one per line.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="Folder for one <name>.json of each file.")] = None,
    against: Against = None,
) -> None:
    """Reads PDFs and prints what they say. Exit 3 if a file could not be read.

    No document is stored; a model's answers are, so that none is paid for twice.
    """
    from service import printing

    settings = settings_of_environment()
    reader, others = _reader(settings), _readings(against, settings)
    taken_names: set[str] = set()
    failed = False
    for path in files:
        try:
            extraction = _read(reader, path, others)
        except YusuanError as error:
            complain(error, settings)
            failed = True
            continue
        if out is not None:
            console.write_new(out, path.stem, extraction, taken_names)
        pretty = len(files) == 1
        text = console.as_json(extraction, pretty=pretty) if as_json else printing.summary(path, extraction)
        console.emit(text)
    raise typer.Exit(UNREADABLE if failed else 0)


def findings(
    files: Files,
    every: Annotated[bool, typer.Option("--all", help="Also matters of form and 尾差.")] = False,
    out: Out = None,
    against: Against = None,
) -> None:
    """Reads PDFs and writes a clerk's list of their problems (问题台账) as CSV. Exit 3 as `extract`."""
    from service.jobs.problems import Problem, problems_of, write_problems

    settings = settings_of_environment()
    reader, others = _reader(settings), _readings(against, settings)
    found: list[Problem] = []
    failed = False
    for path in files:
        try:
            found += problems_of(_read(reader, path, others), settings.lang, every=every)
        except YusuanError as error:
            complain(error, settings)
            failed = True
    with console.target(out) as file:
        write_problems(found, file, settings.lang)
    raise typer.Exit(UNREADABLE if failed else 0)


def schema() -> None:
    """Prints the JSON Schema of an extraction."""
    from extractors.model.extraction import Extraction

    console.emit(console.as_json(Extraction.model_json_schema(mode="serialization"), pretty=True))


def _reader(settings: "Settings") -> "Here":
    """Reads in this process; calls of the model, if there is one, can be written down."""
    from service.jobs.reading import Here

    if settings.model is not None:
        from service.storage.database import Database

        try:
            database = Database(settings.database)
            database.upgrade()
        except YusuanError as error:
            stop(error.message(settings.lang))
        database.close()
    return Here.of(settings)


def _read(reader: "Here", path: Path, others: "Sequence[Extraction]") -> "Json":
    from service.jobs.intake import clean_name

    if not path.exists():
        raise MissingFile(name=path)
    extraction = reader.read(path, clean_name(path.name))
    if not others:
        return extraction
    from service.jobs.across import beside

    return beside(extraction, others)


def _readings(paths: list[Path] | None, settings: "Settings") -> "list[Extraction]":
    """The readings to compare with; what cannot be read is wrong usage."""
    if not paths:
        return []
    from service.jobs.across import readings_in

    try:
        return [reading for path in paths for reading in readings_in(path)]
    except YusuanError as error:
        stop(error.message(settings.lang))
