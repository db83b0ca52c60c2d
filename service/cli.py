"""The command line: `yusuan --help`."""

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError

from extractors.model.errors import MissingFile, YusuanError
from extractors.model.extraction import Extraction
from service import console, printing
from service import doctor as diagnosis
from service.garbage import collect_seldom
from service.jobs.across import beside, readings_in
from service.jobs.batch import all_documents, chosen_documents, reprocess
from service.jobs.costs import spent
from service.jobs.errors import NoModel
from service.jobs.export import write_csv, write_jsonl
from service.jobs.intake import Taken, clean_name
from service.jobs.office import Office, open_office
from service.jobs.problems import Problem, problems_of, stored_problems, write_problems
from service.jobs.reading import Here, prompts
from service.jobs.recording import record
from service.jobs.runner import Outcome
from service.settings import Settings
from service.storage.database import Database
from service.storage.records import Document, Json

UNREADABLE = 3
WRONG_USAGE = 2

commands = typer.Typer(
    help="读取中国部门预算、决算公开 PDF，转成数据，并指出其自相矛盾之处。\n\n"
    "Reads Chinese budget disclosures (PDF) into data and says where they contradict themselves.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Files = Annotated[list[Path], typer.Argument(metavar="FILE…", show_default=False, help="PDF files.")]
Against = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="FILE",
        help="JSON of other readings (extract --json, export): last year's, the budget of the year, "
        "the department's are compared.",
    ),
]
Out = Annotated[Path | None, typer.Option(help="File to write; without it, standard output.")]


class Format(StrEnum):
    """The formats of `export`."""

    JSONL = "jsonl"
    CSV = "csv"
    FINDINGS = "findings"


def main() -> None:
    """The console script."""
    collect_seldom()
    commands()


@commands.command()
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
    settings = _settings()
    reader, others = _reader(settings), _readings(against, settings)
    taken_names: set[str] = set()
    failed = False
    for path in files:
        try:
            extraction = _read(reader, path, others)
        except YusuanError as error:
            _complain(error, settings)
            failed = True
            continue
        if out is not None:
            console.write_new(out, path.stem, extraction, taken_names)
        console.emit(
            console.as_json(extraction, pretty=len(files) == 1)
            if as_json
            else printing.summary(path, extraction)
        )
    raise typer.Exit(UNREADABLE if failed else 0)


@commands.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATHS…", help="PDF files, or folders of them.")],
) -> None:
    """Stores PDFs in the database and reads them; bytes that are known are left alone."""
    with _office() as office:
        failed = False
        for path in console.pdfs_in(paths):
            taken = _take(office, path)
            if taken is None:
                failed = True
            elif taken.known:
                console.emit(printing.known(path, taken.document))
            else:
                outcome = office.runner.run(taken.document)
                failed |= outcome.error is not None
                console.emit(printing.outcome(outcome, office.settings.lang))
    raise typer.Exit(UNREADABLE if failed else 0)


@commands.command("reprocess")
def reprocess_command(
    ids: Annotated[list[int] | None, typer.Argument(metavar="[ID…]", help="Documents to read again.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All documents.")] = False,
    ask_again: Annotated[
        bool, typer.Option("--ask-again", help="Ask the model again where its answers were no good.")
    ] = False,
) -> None:
    """Reads stored documents again and prints which values changed."""
    if bool(ids) == every:
        raise typer.BadParameter("name documents by their ids, or use --all")
    with _office(ask_again=ask_again) as office:
        documents = all_documents(office.database) if every else _chosen(office, ids or [])
        failed = False
        for outcome in reprocess(office.runner, documents):
            failed |= outcome.error is not None
            console.emit(printing.outcome(outcome, office.settings.lang))
    raise typer.Exit(UNREADABLE if failed else 0)


@commands.command()
def demo(files: Files) -> None:
    """Reads sample PDFs, prints one line for each, keeps them for the review pages, and ends."""
    outcomes: list[tuple[Path, Outcome]] = []
    with _office() as office:
        failed = False
        for path in files:
            taken = _take(office, path)
            if taken is None:
                failed = True
                continue
            outcomes.append((path, office.runner.run(taken.document)))
        with office.database.reading() as work:
            waiting = sum(work.reviews.open_counts().values())
        printing.demo(outcomes, waiting, office.settings)
    failed |= any(outcome.error for _, outcome in outcomes)
    raise typer.Exit(UNREADABLE if failed else 0)


@commands.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
) -> None:
    """Runs the HTTP service with the review pages."""
    import uvicorn  # noqa: PLC0415 - only this command needs the server

    from service.app import create_app  # noqa: PLC0415 - as above

    settings = _settings()
    console.log_to_stderr()
    uvicorn.run(create_app(settings), host=host, port=port, log_config=None, server_header=False)


@commands.command()
def worker(
    once: Annotated[bool, typer.Option("--once", help="End when the queue is empty.")] = False,
) -> None:
    """Reads queued documents until stopped."""
    console.log_to_stderr()
    with _office() as office:
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


@commands.command()
def findings(
    files: Files,
    every: Annotated[bool, typer.Option("--all", help="Also matters of form and 尾差.")] = False,
    out: Out = None,
    against: Against = None,
) -> None:
    """Reads PDFs and writes a clerk's list of their problems (问题台账) as CSV. Exit 3 as `extract`."""
    settings = _settings()
    reader, others = _reader(settings), _readings(against, settings)
    found: list[Problem] = []
    failed = False
    for path in files:
        try:
            found += problems_of(_read(reader, path, others), settings.lang, every=every)
        except YusuanError as error:
            _complain(error, settings)
            failed = True
    with console.target(out) as file:
        write_problems(found, file, settings.lang)
    raise typer.Exit(UNREADABLE if failed else 0)


@commands.command()
def export(
    kind: Annotated[
        Format,
        typer.Option("--format", help="jsonl: extractions; csv: amounts of tables; findings: 问题台账, CSV."),
    ] = Format.JSONL,
    out: Out = None,
) -> None:
    """Writes the newest extraction of every document."""
    with _office() as office, console.target(out) as file:
        if kind is Format.FINDINGS:
            language = office.settings.lang
            count = write_problems(stored_problems(office.database, language), file, language)
        else:
            write = write_csv if kind is Format.CSV else write_jsonl
            count = write(office.database, file)
    if out is not None:
        typer.echo(f"{out}: {count}", err=True)


@commands.command()
def cost(
    document: Annotated[int | None, typer.Argument(metavar="[ID]", help="Only of this document.")] = None,
) -> None:
    """Prints what calls of models have cost: tokens and money by document, section and model."""
    with _office() as office:
        try:
            lines = spent(office.database, document)
        except YusuanError as error:
            _stop(error.message(office.settings.lang))
        console.emit(printing.cost(lines, office.settings.lang))


@commands.command("record")
def record_command(
    folders: Annotated[
        list[Path], typer.Argument(metavar="FOLDER…", help="Folders that hold a document.pdf (golden/<id>).")
    ],
    refresh: Annotated[bool, typer.Option("--refresh", help="Ask again what has an answer already.")] = False,
) -> None:
    """Asks the model everything about golden documents and writes its answers down, for tests."""
    settings = _settings()
    if settings.model is None:
        _stop(NoModel().message(settings.lang))
    complete = True
    for folder in folders:
        try:
            done = record(folder, settings.model, prompts(), settings.limits, refresh=refresh)
        except YusuanError as error:
            _complain(error, settings)
            complete = False
            continue
        complete &= not done.unanswered
        console.emit(printing.recorded(folder, done, settings.lang))
    raise typer.Exit(0 if complete else UNREADABLE)


@commands.command()
def doctor() -> None:
    """Checks that everything is there that the service needs; of a model by three or four tiny calls."""
    settings = _settings()
    results = diagnosis.examine(settings)
    for result in results:
        console.emit(diagnosis.line(result, settings.lang))
    raise typer.Exit(0 if all(result.ok for result in results) else 1)


@commands.command()
def schema() -> None:
    """Prints the JSON Schema of an extraction."""
    console.emit(console.as_json(Extraction.model_json_schema(mode="serialization"), pretty=True))


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        for problem in error.errors():
            name = "_".join(str(part) for part in problem["loc"])
            typer.echo(f"YUSUAN_{name.upper()}: {problem['msg']}", err=True)
        raise typer.Exit(WRONG_USAGE) from error


def _reader(settings: Settings) -> Here:
    """Reads in this process; calls of the model, if there is one, can be written down."""
    if settings.model is not None:
        try:
            database = Database(settings.database)
            database.upgrade()
        except YusuanError as error:
            _stop(error.message(settings.lang))
        database.close()
    return Here.of(settings)


@contextmanager
def _office(*, ask_again: bool = False) -> Iterator[Office]:
    settings = _settings()
    try:
        office = open_office(settings, Here.of(settings, ask_again=ask_again))
    except YusuanError as error:
        _stop(error.message(settings.lang))
    try:
        yield office
    finally:
        office.database.close()


def _read(reader: Here, path: Path, others: Sequence[Extraction]) -> Json:
    if not path.exists():
        raise MissingFile(name=path)
    extraction = reader.read(path, clean_name(path.name))
    return beside(extraction, others) if others else extraction


def _readings(paths: list[Path] | None, settings: Settings) -> list[Extraction]:
    """The readings to compare with; what cannot be read is wrong usage."""
    try:
        return [reading for path in paths or () for reading in readings_in(path)]
    except YusuanError as error:
        _stop(error.message(settings.lang))


def _chosen(office: Office, ids: list[int]) -> Iterator[Document]:
    try:
        return iter(chosen_documents(office.database, ids))
    except YusuanError as error:
        _stop(error.message(office.settings.lang))


def _take(office: Office, path: Path) -> Taken | None:
    try:
        return office.intake.take_path(path)
    except YusuanError as error:
        _complain(error, office.settings)
        return None


def _complain(error: YusuanError, settings: Settings) -> None:
    typer.echo(error.message(settings.lang), err=True)


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(WRONG_USAGE)
