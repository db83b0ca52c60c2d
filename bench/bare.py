"""PyMuPDF alone: the words, by which reading is measured, and the tables that it finds itself.

python bench/bare.py find_tables ROUNDS FILE...

prints what one of its readers takes as JSON. It needs PyMuPDF and nothing else, so that a version other than
the locked one can be measured, with the Python of an environment of its own.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import pymupdf

Reader = Callable[[bytes], object]


def words(data: bytes) -> None:
    """The words of all pages: what everything is measured by."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        for page in document:
            page.get_text("words")


def find_tables(data: bytes) -> None:
    """PyMuPDF's own tables, as called by default, with the texts of their cells."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        for page in document:
            for table in page.find_tables().tables:
                table.extract()


@dataclass(frozen=True)
class Measured:
    """One reader over all documents: median seconds of the processor, its ratio to the words, peak memory."""

    seconds: float
    ratio: float
    megabytes: float


def measure(reader: Reader, documents: Sequence[bytes], rounds: int) -> Measured:
    """Reads all documents once each round, each after its words; the first document once more before.

    Document by document: the clock of a processor moves within seconds, by half and more.
    """
    for read in (words, reader):
        read(documents[0])  # fonts, caches, imports
    pairs = [_seconds(reader, documents) for _ in range(rounds)]
    return Measured(
        seconds=median(took for _, took in pairs),
        ratio=median(took / bare for bare, took in pairs),
        megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def _seconds(reader: Reader, documents: Sequence[bytes]) -> tuple[float, float]:
    """What the words of all documents take, and what the reader takes."""
    bare = took = 0.0
    for data in documents:
        started = time.process_time()
        words(data)
        between = time.process_time()
        reader(data)
        bare, took = bare + between - started, took + time.process_time() - between
    return bare, took


def main(name: str, rounds: str, *paths: str) -> None:
    """Measures `find_tables`, or `words` by themselves."""
    readers: dict[str, Reader] = {reader.__name__: reader for reader in (words, find_tables)}
    documents = [Path(path).read_bytes() for path in paths]
    with redirect_stdout(sys.stderr):  # PyMuPDF prints advice
        measured = measure(readers[name], documents, int(rounds))
    print(json.dumps({"version": pymupdf.__version__, **asdict(measured)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
