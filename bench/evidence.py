"""Whether the boxes of values hold just what is said to be printed there: a sample with a fixed seed.

python -m bench.evidence                        200 values of the golden documents
python -m bench.evidence some/folder --values 1000 --seed 7 --misses

The page is read apart from the project's own layout code, character by character; a character is inside
where its middle is. Pages that are pictures are left out.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pymupdf

from bench.golden import GOLDEN
from bench.scoring.text import squash
from extractors.checking.values import values_of
from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.model.evidence import Box, Evidence, Match
from extractors.pipeline import read_sections

VALUES, SEED = 200, 20250101

Character = tuple[Box, str]


class Looked(NamedTuple):
    """A place of a value: where it is, what is said to be printed there, what is."""

    document: str
    path: str
    evidence: Evidence
    inside: str

    @property
    def is_right(self) -> bool:
        """Whether the box holds just that."""
        return squash(self.evidence.text) == self.inside


def characters_of(page: pymupdf.Page) -> list[Character]:
    """The characters of a page, with their boxes as displayed."""
    found: list[Character] = []
    for block in page.get_text("rawdict")["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                for one in span["chars"]:
                    box = pymupdf.Rect(one["bbox"]) * page.rotation_matrix
                    found.append((Box(*box), one["c"]))
    return found


def inside(characters: Sequence[Character], box: Box) -> str:
    """What is printed in a box, line by line, left to right; white space left out."""
    within = [(own, c) for own, c in characters if box.holds((own.x0 + own.x1) / 2, (own.y0 + own.y1) / 2)]
    lines: list[list[Character]] = []
    for own, c in sorted(within, key=lambda entry: entry[0].y0 + entry[0].y1):
        first = lines[-1][0][0] if lines else None
        if first is not None and (own.y0 + own.y1) / 2 < first.y1:
            lines[-1].append((own, c))
        else:
            lines.append([(own, c)])
    ordered = (sorted(line, key=lambda entry: entry[0].x0) for line in lines)
    return squash("".join(c for line in ordered for _, c in line))


def sample(folder: Path, values: int = VALUES, seed: int = SEED) -> Iterator[Looked]:
    """Values of all PDFs below a folder, drawn at random, one place of each looked at."""
    drawn = random.Random(seed)  # noqa: S311 - a sample, no secret
    every = [entry for path in sorted(folder.rglob("*.pdf")) for entry in _places(path)]
    pages: dict[tuple[Path, int], list[Character]] = {}
    for path, name, evidence in drawn.sample(every, min(values, len(every))):
        key = (path, evidence.page)
        if key not in pages:
            with pymupdf.open(path) as document:
                pages[key] = characters_of(document[evidence.page - 1])
        yield Looked(path.parent.name, name, evidence, inside(pages[key], evidence.box))


def _places(path: Path) -> Iterator[tuple[Path, str, Evidence]]:
    """A place of each value that is no picture: the last, whose box ends where the value ends."""
    disclosure = read_sections(read_layout(path.read_bytes(), path.name, Limits()))
    for value in values_of(disclosure):
        if value.read.place and value.read.place[-1].match is not Match.OCR:
            yield path, value.path, value.read.place[-1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints how many of how many are right."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.evidence",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", nargs="?", type=Path, default=GOLDEN)
    parser.add_argument("--values", type=int, default=VALUES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--misses", action="store_true", help="print what is not right")
    chosen = parser.parse_args(arguments)
    looked = list(sample(chosen.folder, chosen.values, chosen.seed))
    right = sum(one.is_right for one in looked)
    print(f"{right} of {len(looked)} boxes hold just what is printed ({right / max(1, len(looked)):.2%})")
    for one in looked if chosen.misses else ():
        if not one.is_right:
            where = f"{one.document} p{one.evidence.page} {one.path}"
            print(f"  {where}: {one.evidence.text!r}, inside {one.inside!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
