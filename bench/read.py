"""How long reading takes, in multiples of what PyMuPDF takes to read the words and nothing else.

python -m bench.read                                the golden documents
python -m bench.read some/folder --rounds 9         all PDFs below a folder
python -m bench.read --readers layout whole         some readers only

Seconds of a machine say little; ratios measured in turn on one core say much. Every reader has a process of
its own, and reads all documents once each round, after the words. The table gives the median over the
rounds. `find_tables` and `pdfplumber` are other readers of tables, for comparison; the latter only where it
is installed.
"""

import argparse
import importlib
import importlib.util
import io
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import pymupdf

from bench.golden import GOLDEN
from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.pipeline import read_document

Reader = Callable[[bytes], object]


def words(data: bytes) -> None:
    """The words of all pages: what everything is measured by."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        for page in document:
            page.get_text("words")


def layout(data: bytes) -> None:
    """Pages with their grids, running text, sections, tables joined over pages."""
    read_layout(data, "measured.pdf", Limits())


def whole(data: bytes) -> None:
    """Everything without a model: layout, built-in readers, checks, judgement."""
    read_document(data, "measured.pdf", limits=Limits(), model=None)


def find_tables(data: bytes) -> None:
    """PyMuPDF's own tables, as called by default, with the texts of their cells."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        for page in document:
            for table in page.find_tables().tables:
                table.extract()


def pdfplumber(data: bytes) -> None:
    """The tables of pdfplumber by drawn lines, with the texts of their cells."""
    library = importlib.import_module("pdfplumber")
    with library.open(io.BytesIO(data)) as document:
        for page in document.pages:
            for table in page.find_tables():
                table.extract()


READERS: dict[str, Reader] = {reader.__name__: reader for reader in (layout, whole, find_tables, pdfplumber)}


@dataclass(frozen=True, slots=True)
class Measured:
    """One reader over all documents: median seconds of the processor, its ratio to the words, peak memory."""

    seconds: float
    ratio: float
    megabytes: float


def measure(name: str, paths: Sequence[Path], rounds: int) -> Measured:
    """Runs in a process of its own, so that its memory is its own."""
    documents = [path.read_bytes() for path in paths]
    reader = READERS[name]
    for read in (words, reader):
        _seconds(read, documents)  # fonts, caches, imports
    pairs = [(_seconds(words, documents), _seconds(reader, documents)) for _ in range(rounds)]
    return Measured(
        seconds=median(took for _, took in pairs),
        ratio=median(took / bare for bare, took in pairs),
        megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def _seconds(reader: Reader, documents: Sequence[bytes]) -> float:
    started = time.process_time()
    for data in documents:
        reader(data)
    return time.process_time() - started


def row(name: str, measured: Measured, pages: int) -> str:
    """A line of the table."""
    milliseconds = f"{1000 * measured.seconds / pages:.1f}"
    return f"| {name} | {milliseconds} | {measured.ratio:.2f} | {measured.megabytes:.0f} |"


def _pages(path: Path) -> int:
    with pymupdf.open(path) as document:
        return int(document.page_count)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a table in Markdown."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.read",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", nargs="?", type=Path, default=GOLDEN, help="where the PDFs are")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="readings of every document")
    parser.add_argument("--readers", nargs="+", choices=READERS, default=list(READERS), metavar="READER")
    chosen = parser.parse_args(arguments)
    paths = sorted(chosen.folder.rglob("*.pdf"))
    if not paths or chosen.rounds < 1:
        parser.error("a folder with PDFs and at least one round are needed")
    pages = sum(map(_pages, paths))
    print(f"{len(paths)} documents, {pages} pages, median of {chosen.rounds} rounds\n")
    print("| reader | ms a page | × words | peak MB |\n|---|---|---|---|")
    for name in chosen.readers:
        if name == pdfplumber.__name__ and importlib.util.find_spec(name) is None:
            print(f"| {name} | not installed | | |")
            continue
        with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as own:
            print(row(name, own.submit(measure, name, paths, chosen.rounds).result(), pages), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
