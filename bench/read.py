"""How long reading takes, in multiples of what PyMuPDF takes to read the words and nothing else.

python -m bench.read                                the golden documents
python -m bench.read some/folder --rounds 9         all PDFs below a folder
python -m bench.read --readers layout whole         some readers only
python -m bench.read --readers layout find_tables --find-tables-python other/bin/python
python -m bench.read --readers --processes --ocr    two processes against one; seconds for a scanned page

Seconds of a machine say little; ratios measured in turn on one core say much. Every reader has a process of
its own, and reads all documents once each round, after the words. The table gives the median over the
rounds. `find_tables` and `pdfplumber` are other readers of tables, for comparison; the latter only where it
is installed. `find_tables` is that of the PyMuPDF that is installed here, or of another Python's.

Two processes and OCR are measured by the clock on the wall, on all cores: on a busy machine they say nothing.
"""

import argparse
import importlib
import importlib.util
import io
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import pymupdf

from bench import bare
from bench.bare import Measured, Reader, find_tables
from bench.golden import GOLDEN
from extractors.layout.limits import Limits
from extractors.layout.ocr_process import OcrProcess
from extractors.layout.page import laid_out
from extractors.layout.pdf import open_pdf
from extractors.layout.read import document_of, page_of, read_layout
from extractors.layout.scanned import parts_of, read_pictures
from extractors.model.document import Document
from extractors.pipeline import read_document, reading_of
from service.garbage import collect_seldom

_NAME = "measured.pdf"
_SHARES = 4  # times that all documents are read by a pool, so that its processes end at about the same time


def pages(data: bytes) -> None:
    """Each page for itself with its grids and lines, its text believed."""
    with open_pdf(data, _NAME, Limits()) as pdf:
        for number in range(1, pdf.page_count + 1):
            laid_out(number, pdf.page(number), pdf.exact)


def layout_believed(data: bytes) -> None:
    """Pages with their grids, running text, sections, tables joined over pages; their text believed."""
    _believed(data)


def layout(data: bytes) -> None:
    """The same, and whether what the text says is seen on the page: hidden text, fonts that lie."""
    read_layout(data, _NAME, Limits())


def whole_believed(data: bytes) -> None:
    """Everything without a model, the text believed: layout, built-in readers, checks, judgement."""
    reading_of(_believed(data))


def whole(data: bytes) -> None:
    """The same, and whether what the text says is seen on the page."""
    read_document(data, _NAME, limits=Limits())


def _believed(data: bytes) -> Document:
    with open_pdf(data, _NAME, Limits()) as pdf:
        laid = [page_of(pdf, number, pdf.page(number)) for number in range(1, pdf.page_count + 1)]
    return document_of(data, _NAME, laid)


def pdfplumber(data: bytes) -> None:
    """The tables of pdfplumber by drawn lines, with the texts of their cells."""
    library = importlib.import_module("pdfplumber")
    with library.open(io.BytesIO(data)) as document:
        for page in document.pages:
            for table in page.find_tables():
                table.extract()


_ALL: Sequence[Reader] = (pages, layout_believed, layout, whole_believed, whole, find_tables, pdfplumber)
READERS: dict[str, Reader] = {reader.__name__: reader for reader in _ALL}


def measure(name: str, paths: Sequence[Path], rounds: int) -> Measured:
    """Runs in a process of its own, so that its memory is its own, and which is set up to read."""
    collect_seldom()
    return bare.measure(READERS[name], [path.read_bytes() for path in paths], rounds)


def measure_elsewhere(python: Path, paths: Sequence[Path], rounds: int) -> tuple[str, Measured]:
    """`find_tables` of another Python's PyMuPDF, and which that is."""
    command = [str(python), bare.__file__, find_tables.__name__, str(rounds), *map(str, paths)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - the Python that the user names
    found = json.loads(done.stdout)
    return found.pop("version"), Measured(**found)


def speed_up(paths: Sequence[Path], rounds: int) -> float:
    """How many times as fast two processes read the documents as one: median, by the clock on the wall."""
    work = sorted(paths, key=lambda path: path.stat().st_size, reverse=True) * _SHARES
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=collect_seldom) as pool:
        list(pool.map(_read, work))  # starts the processes
        return median([_wall(_one_by_one, pool, work) / _wall(_at_once, pool, work) for _ in range(rounds)])


def _one_by_one(pool: Executor, work: Sequence[Path]) -> None:
    for path in work:
        pool.submit(_read, path).result()


def _at_once(pool: Executor, work: Sequence[Path]) -> None:
    list(pool.map(_read, work))


def _wall(run: Callable[[Executor, Sequence[Path]], None], pool: Executor, work: Sequence[Path]) -> float:
    started = time.monotonic()
    run(pool, work)
    return time.monotonic() - started


def _read(path: Path) -> None:
    whole(path.read_bytes())


def ocr_seconds(paths: Sequence[Path]) -> Iterator[float]:
    """How long each page that is a picture, or has one, takes by the clock on the wall."""
    ocr = OcrProcess()
    for path in paths:
        with open_pdf(path.read_bytes(), path.name, Limits()) as pdf:
            for number in range(1, pdf.page_count + 1):
                raw = pdf.page(number)
                if parts_of(raw):
                    read_pictures(pdf, number, raw, ocr)  # starts the recogniser
                    started = time.monotonic()
                    read_pictures(pdf, number, raw, ocr)
                    yield time.monotonic() - started
    ocr.close()


def row(name: str, measured: Measured, count: int, layout: Measured | None) -> str:
    """A line of the table; beside the words, a reader is measured by our layout."""
    milliseconds = f"{1000 * measured.seconds / count:.1f}"
    by_layout = f"{measured.ratio / layout.ratio:.1f}" if layout else ""
    return f"| {name} | {milliseconds} | {measured.ratio:.2f} | {by_layout} | {measured.megabytes:.0f} |"


def _pages(path: Path) -> int:
    with pymupdf.open(path) as document:
        return int(document.page_count)


def _print_readers(chosen: argparse.Namespace, paths: Sequence[Path]) -> None:
    count = sum(map(_pages, paths))
    print(f"{len(paths)} documents, {count} pages, median of {chosen.rounds} rounds")
    # One that is built with profile and link-time optimisation reads a tenth quicker, beside the same C.
    print(f"Python {' '.join(sys.version.split())}\n")
    print("| reader | ms a page | × words | × layout | peak MB |\n|---|---|---|---|---|")
    ours: Measured | None = None
    for name in chosen.readers:
        title = name
        if name == pdfplumber.__name__ and importlib.util.find_spec(name) is None:
            print(f"| {name} | not installed | | | |")
            continue
        if name == find_tables.__name__ and chosen.find_tables_python:
            version, measured = measure_elsewhere(chosen.find_tables_python, paths, chosen.rounds)
            title = f"{name} of PyMuPDF {version}"
        else:
            with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as own:
                measured = own.submit(measure, name, paths, chosen.rounds).result()
        ours = measured if name == layout.__name__ else ours
        print(row(title, measured, count, ours), flush=True)


def _print_ocr(paths: Sequence[Path]) -> None:
    taken = list(ocr_seconds(paths))
    if not taken:
        print("\nOCR: no page is a picture")
        return
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"\nOCR: {len(taken)} pages, {median(taken):.1f} s a page (longest {max(taken):.1f}), {memory:.0f} MB"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a table in Markdown."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.read",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", nargs="?", type=Path, default=GOLDEN, help="where the PDFs are")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="readings of every document")
    parser.add_argument("--readers", nargs="*", choices=READERS, default=list(READERS), metavar="READER")
    parser.add_argument("--find-tables-python", type=Path, metavar="PATH", help="whose PyMuPDF finds tables")
    parser.add_argument("--processes", action="store_true", help="two processes against one")
    parser.add_argument("--ocr", action="store_true", help="seconds for a scanned page")
    chosen = parser.parse_args(arguments)
    paths = sorted(chosen.folder.rglob("*.pdf"))
    if not paths or chosen.rounds < 1:
        parser.error("a folder with PDFs and at least one round are needed")
    busy = os.getloadavg()[0]
    if chosen.readers:
        _print_readers(chosen, paths)
    if chosen.processes:
        print(f"\nTwo processes read {speed_up(paths, chosen.rounds):.2f} times as fast as one")
    if chosen.ocr:
        _print_ocr(paths)
    print(f"\nload before {busy:.1f}, after {os.getloadavg()[0]:.1f}, of {os.cpu_count()} cores")
    return 0


if __name__ == "__main__":
    sys.exit(main())
