"""Commands that work on the stored documents."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractors.model.errors import YusuanError
from service import console
from service.cli.office import UNREADABLE, Files, Out, open_office, stop, take

if TYPE_CHECKING:
    from service.jobs.office import Office
    from service.jobs.runner import Outcome
    from service.storage.records import Document


class Format(StrEnum):
    """The formats of `export`."""

    JSONL = "jsonl"
    CSV = "csv"
    FINDINGS = "findings"


def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATHS…", help="PDF files, or folders of them.")],
) -> None:
    """Stores PDFs in the database and reads them; bytes that are known are left alone."""
    from service import printing

    with open_office() as office:
        failed = False
        for path in console.pdfs_in(paths):
            taken = take(office, path)
            if taken is None:
                failed = True
            elif taken.known:
                console.emit(printing.known(path, taken.document))
            else:
                outcome = office.runner.run(taken.document)
                failed |= outcome.error is not None
                console.emit(printing.outcome(outcome, office.settings.lang))
    raise typer.Exit(UNREADABLE if failed else 0)


def reprocess(
    ids: Annotated[list[int] | None, typer.Argument(metavar="[ID…]", help="Documents to read again.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All documents.")] = False,
    ask_again: Annotated[
        bool, typer.Option("--ask-again", help="Ask the model again where its answers were no good.")
    ] = False,
) -> None:
    """Reads stored documents again and prints which values changed."""
    from service import printing
    from service.jobs import batch

    if bool(ids) == every:
        raise typer.BadParameter("name documents by their ids, or use --all")
    with open_office(ask_again=ask_again) as office:
        documents = batch.all_documents(office.database) if every else _chosen(office, ids or [])
        failed = False
        for outcome in batch.reprocess(office.runner, documents):
            failed |= outcome.error is not None
            console.emit(printing.outcome(outcome, office.settings.lang))
    raise typer.Exit(UNREADABLE if failed else 0)


def demo(files: Files) -> None:
    """Reads sample PDFs, prints one line for each, keeps them for the review pages, and ends."""
    from service import printing

    outcomes: list[tuple[Path, Outcome]] = []
    with open_office() as office:
        failed = False
        for path in files:
            taken = take(office, path)
            if taken is None:
                failed = True
                continue
            outcomes.append((path, office.runner.run(taken.document)))
        with office.database.reading() as work:
            waiting = sum(work.reviews.open_counts().values())
        printing.demo(outcomes, waiting, office.settings)
    failed |= any(outcome.error for _, outcome in outcomes)
    raise typer.Exit(UNREADABLE if failed else 0)


def export(
    kind: Annotated[
        Format,
        typer.Option("--format", help="jsonl: extractions; csv: amounts of tables; findings: 问题台账, CSV."),
    ] = Format.JSONL,
    out: Out = None,
) -> None:
    """Writes the newest extraction of every document."""
    from service.jobs.export import write_csv, write_jsonl
    from service.jobs.problems import stored_problems, write_problems

    with open_office() as office, console.target(out) as file:
        if kind is Format.FINDINGS:
            language = office.settings.lang
            count = write_problems(stored_problems(office.database, language), file, language)
        else:
            write = write_csv if kind is Format.CSV else write_jsonl
            count = write(office.database, file)
    if out is not None:
        typer.echo(f"{out}: {count}", err=True)


def cost(
    document: Annotated[int | None, typer.Argument(metavar="[ID]", help="Only of this document.")] = None,
) -> None:
    """Prints what calls of models have cost: tokens and money by document, section and model."""
    from service import printing
    from service.jobs.costs import spent

    with open_office() as office:
        try:
            lines = spent(office.database, document)
        except YusuanError as error:
            stop(error.message(office.settings.lang))
        console.emit(printing.cost(lines, office.settings.lang))


def _chosen(office: "Office", ids: list[int]) -> Iterator["Document"]:
    from service.jobs.batch import chosen_documents

    try:
        return iter(chosen_documents(office.database, ids))
    except YusuanError as error:
        stop(error.message(office.settings.lang))
