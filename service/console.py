"""What the commands read and write: files, standard output, the log."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import typer

from service.storage.records import Json


def pdfs_in(paths: list[Path]) -> Iterator[Path]:
    """The files, and the PDFs in the folders."""
    for path in paths:
        if path.is_dir():
            yield from sorted(found for found in path.rglob("*") if found.suffix.lower() == ".pdf")
        else:
            yield path


def write_new(folder: Path, stem: str, extraction: Json, taken: set[str]) -> None:
    """Writes <stem>.json; files of one call that share a stem get numbers."""
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name)
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{name}.json.part"
    partial.write_text(as_json(extraction, pretty=True) + "\n", encoding="utf-8")
    partial.replace(folder / f"{name}.json")


@contextmanager
def target(out: Path | None) -> Iterator[IO[str]]:
    """Standard output, or a file that has its name only when it is whole."""
    if out is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr] # a text stream
        yield sys.stdout
        return
    partial = out.with_name(f"{out.name}.part")
    with partial.open("w", encoding="utf-8", newline="\n") as file:
        yield file
    partial.replace(out)


def as_json(content: Json, *, pretty: bool) -> str:
    """A part of an extraction as JSON."""
    return json.dumps(
        content,
        ensure_ascii=False,
        indent=2 if pretty else None,
        separators=None if pretty else (",", ":"),
    )


def emit(text: str) -> None:
    """Prints to standard output in UTF-8, whatever the terminal says it can show."""
    typer.echo(text.encode("utf-8", errors="replace"))


def log_to_stderr() -> None:
    """Sends the log to standard error."""
    level = logging.INFO
    logging.basicConfig(
        stream=sys.stderr, level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)
