"""The command line: `yusuan --help`."""

import json
import logging
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, Annotated, NoReturn

import typer
from pydantic import ValidationError

from extractors.model.errors import MissingFile, YusuanError
from extractors.model.extraction import Extraction
from service import doctor as diagnosis
from service import printing
from service.garbage import collect_seldom
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
) -> None:
    """Reads PDFs and prints what they say. Exit 3 if a file could not be read.

    No document is stored; a model's answers are, so that none is paid for twice.
    """
    settings = _settings()
    reader = _reader(settings)
    taken_names: set[str] = set()
    failed = False
    for path in files:
        try:
            extraction = _read(reader, path)
        except YusuanError as error:
            _complain(error, settings)
            failed = True
            continue
        if out is not None:
            _write_new(out, path.stem, extraction, taken_names)
        _emit(_as_json(extraction, pretty=len(files) == 1) if as_json else printing.summary(path, extraction))
    raise typer.Exit(UNREADABLE if failed else 0)


@commands.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATHS…", help="PDF files, or folders of them.")],
) -> None:
    """Stores PDFs in the database and reads them; bytes that are known are left alone."""
    with _office() as office:
        failed = False
        for path in _pdfs_in(paths):
            taken = _take(office, path)
            if taken is None:
                failed = True
            elif taken.known:
                _emit(printing.known(path, taken.document))
            else:
                outcome = office.runner.run(taken.document)
                failed |= outcome.error is not None
                _emit(printing.outcome(outcome, office.settings.lang))
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
            _emit(printing.outcome(outcome, office.settings.lang))
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
    _log_to_stderr()
    uvicorn.run(create_app(settings), host=host, port=port, log_config=None, server_header=False)


@commands.command()
def worker(
    once: Annotated[bool, typer.Option("--once", help="End when the queue is empty.")] = False,
) -> None:
    """Reads queued documents until stopped."""
    _log_to_stderr()
    with _office() as office:
        if once:
            office.runner.recover()
            while outcome := office.runner.run_next():
                _emit(printing.outcome(outcome, office.settings.lang))
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        office.runner.work(stop, lambda outcome: _emit(printing.outcome(outcome, office.settings.lang)))


@commands.command()
def findings(
    files: Files,
    every: Annotated[bool, typer.Option("--all", help="Also matters of form and 尾差.")] = False,
    out: Out = None,
) -> None:
    """Reads PDFs and writes a clerk's list of their problems (问题台账) as CSV. Exit 3 as `extract`."""
    settings = _settings()
    reader = _reader(settings)
    found: list[Problem] = []
    failed = False
    for path in files:
        try:
            found += problems_of(_read(reader, path), settings.lang, every=every)
        except YusuanError as error:
            _complain(error, settings)
            failed = True
    with _target(out) as file:
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
    with _office() as office, _target(out) as file:
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
        _emit(printing.cost(lines, office.settings.lang))


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
        _emit(printing.recorded(folder, done, settings.lang))
    raise typer.Exit(0 if complete else UNREADABLE)


@commands.command()
def doctor() -> None:
    """Checks that everything is there that the service needs; of a model by three or four tiny calls."""
    settings = _settings()
    results = diagnosis.examine(settings)
    for result in results:
        _emit(diagnosis.line(result, settings.lang))
    raise typer.Exit(0 if all(result.ok for result in results) else 1)


@commands.command()
def schema() -> None:
    """Prints the JSON Schema of an extraction."""
    _emit(_as_json(Extraction.model_json_schema(mode="serialization"), pretty=True))


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


def _read(reader: Here, path: Path) -> Json:
    if not path.exists():
        raise MissingFile(name=path)
    return reader.read(path, clean_name(path.name))


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


def _pdfs_in(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(found for found in path.rglob("*") if found.suffix.lower() == ".pdf")
        else:
            yield path


def _write_new(folder: Path, stem: str, extraction: Json, taken: set[str]) -> None:
    """Writes <stem>.json; files of one call that share a stem get numbers."""
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name)
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{name}.json.part"
    partial.write_text(_as_json(extraction, pretty=True) + "\n", encoding="utf-8")
    partial.replace(folder / f"{name}.json")


@contextmanager
def _target(out: Path | None) -> Iterator[IO[str]]:
    """Standard output, or a file that has its name only when it is whole."""
    if out is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr] # a text stream
        yield sys.stdout
        return
    partial = out.with_name(f"{out.name}.part")
    with partial.open("w", encoding="utf-8", newline="\n") as file:
        yield file
    partial.replace(out)


def _as_json(content: Json, *, pretty: bool) -> str:
    return json.dumps(
        content,
        ensure_ascii=False,
        indent=2 if pretty else None,
        separators=None if pretty else (",", ":"),
    )


def _emit(text: str) -> None:
    """Prints to standard output in UTF-8, whatever the terminal says it can show."""
    typer.echo(text.encode("utf-8", errors="replace"))


def _complain(error: YusuanError, settings: Settings) -> None:
    typer.echo(error.message(settings.lang), err=True)


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(WRONG_USAGE)


def _log_to_stderr() -> None:
    level = logging.INFO
    logging.basicConfig(
        stream=sys.stderr, level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)
