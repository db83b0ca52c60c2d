"""Cell by cell against pdfplumber, which knows nothing of our code: box and text of every ruled grid.

python -m bench.variants.second_reader                    every page of the golden documents
python -m bench.variants.second_reader FILE.pdf …         of others; prints each difference

White space does not count. Pages without text (scans) are left out.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pdfplumber

from bench.golden import golden_documents
from bench.scoring.text import squash
from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.model.document import Page
from extractors.model.evidence import Box

_NEAR = 3.0  # points between the edges that two readers see


class SeenCell(NamedTuple):
    """A cell as a reader sees it."""

    box: Box
    text: str


class Agreement(NamedTuple):
    """Pages with grids, their cells, and what the two readers see differently."""

    pages: int
    cells: int
    differences: tuple[str, ...]


def compared(pdf: Path, pages: Sequence[int] | None = None) -> Agreement:
    """Both readings of the ruled grids of a document; of some pages (from 1), or all."""
    document = read_layout(pdf.read_bytes(), pdf.name, Limits())
    chosen = [page for page in document.pages if pages is None or page.number in pages]
    ruled = [page for page in chosen if _ruled_cells(page)]
    differences: list[str] = []
    cells = 0
    with pdfplumber.open(pdf) as other:
        for page in chosen if pages is None else ruled:
            if not page.words:
                continue
            ours, theirs = _ruled_cells(page), list(_theirs(other.pages[page.number - 1]))
            cells += len(ours)
            differences += [f"page {page.number}: {text}" for text in _differences(ours, theirs)]
    return Agreement(len(ruled), cells, tuple(differences))


def ruled_pages(pdf: Path) -> list[int]:
    """The pages on which we see ruled grids."""
    document = read_layout(pdf.read_bytes(), pdf.name, Limits())
    return [page.number for page in document.pages if page.words and _ruled_cells(page)]


def _ruled_cells(page: Page) -> list[SeenCell]:
    return [SeenCell(cell.box, squash(cell.text)) for grid in page.grids for cell in grid.cells]


def _theirs(page: pdfplumber.page.Page) -> Iterator[SeenCell]:
    for table in page.filter(_is_no_area).find_tables():
        for row, texts in zip(table.rows, table.extract(), strict=True):
            for box, text in zip(row.cells, texts, strict=True):
                if box is not None:
                    yield SeenCell(Box(*box), squash(text))
    page.close()


def _is_no_area(thing: dict[str, Any]) -> bool:
    """Areas without a border are no rules: spreadsheets print white ones under each title."""
    is_area = thing["object_type"] == "rect" and min(thing["width"], thing["height"]) > _NEAR
    return not is_area or bool(thing["stroke"])


def _differences(ours: Sequence[SeenCell], theirs: Sequence[SeenCell]) -> Iterator[str]:
    left = list(theirs)
    for cell in ours:
        found = next((other for other in left if _is_near(cell.box, other.box)), None)
        if found is None:
            yield f"only we see a cell at {cell.box.rounded()}: {cell.text!r}"
            continue
        left.remove(found)
        if found.text != cell.text:
            yield f"at {cell.box.rounded()} we read {cell.text!r}, pdfplumber {found.text!r}"
    for other in left:
        yield f"only pdfplumber sees a cell at {other.box.rounded()}: {other.text!r}"


def _is_near(one: Box, other: Box) -> bool:
    return all(abs(a - b) <= _NEAR for a, b in zip(one, other, strict=True))


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a line for each document, and its differences."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.variants.second_reader",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE.pdf")
    files = parser.parse_args(arguments).files or [document.pdf for document in golden_documents()]
    is_same = True
    for file in files:
        found = compared(file)
        name = file.parent.name if file.name == "document.pdf" else file.name
        print(f"{name}: {found.pages} pages, {found.cells} cells, {len(found.differences)} differences")
        for difference in found.differences:
            print(f"    {difference}")
        is_same = is_same and not found.differences
    return int(not is_same)


if __name__ == "__main__":
    sys.exit(main())
