"""Accuracy against what people read: of the built-in reader, or with the recorded answers of a model.

python -m bench.accuracy                                    every golden document that has a truth
python -m bench.accuracy golden/hejing-2025 --misses 5      one, with the first misses of each part
python -m bench.accuracy --recorded                         the same with the answers in responses/ beside it
python -m bench.accuracy golden/hejing-2025 --extraction reading.json      what was read before
python -m bench.accuracy --floors > tests/golden/floors.toml               raise the floors to what is reached

A folder holds document.pdf and truth.json; it may lie anywhere.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import Any

from bench.golden import GoldenDocument, golden_documents
from bench.scoring import Report, score
from extractors.layout.limits import Limits
from extractors.llm.prompts import newest
from extractors.llm.recorded import replaying
from extractors.pipeline import read_document


def extract(document: GoldenDocument) -> dict[str, Any]:
    """What the built-in reader makes of a golden document."""
    extraction = read_document(document.pdf.read_bytes(), document.pdf.name, limits=Limits(), model=None)
    return extraction.model_dump(mode="json")


def extract_recorded(document: GoldenDocument) -> dict[str, Any]:
    """What the built-in reader and the recorded answers of a model make of it together."""
    client, _ = replaying(document.folder / "responses")
    prompts = newest(resources.files("prompts"))
    data = document.pdf.read_bytes()
    extraction = read_document(data, document.pdf.name, limits=Limits(), model=client, prompts=prompts)
    return extraction.model_dump(mode="json")


def table(name: str, report: Report, misses: int = 0) -> str:
    """The report of one document as a table for people."""
    lines = [f"{name:<12}{'recall':>8}{'precision':>11}{'right':>7}{'expected':>10}{'given':>7}"]
    for part, tally in report.parts.items():
        figures = f"{_share(tally.recall):>8}{_share(tally.precision):>11}"
        counts = f"{tally.right:>7}{tally.expected:>10}{tally.given:>7}"
        if part == "alarms":
            figures, counts = f"  {report.false_alarms} false of {tally.expected} errors and warnings", ""
        lines.append(f"{part:<12}{figures}{counts}")
        lines += [f"    {miss}" for miss in tally.misses[:misses]]
    return "\n".join(lines)


def floors(name: str, report: Report) -> str:
    """The report as floors for tests/golden/floors.toml."""
    lines = [
        f"{part} = {{ right = {tally.right}, wrong = {tally.wrong} }}" for part, tally in report.parts.items()
    ]
    return "\n".join([f"[{name}]", *lines]) + "\n"


def _share(share: Fraction | None) -> str:
    """Four decimals, rounded, but 1.0000 means all and 0.0000 nothing."""
    if share is None:
        return "—"
    shown = round(share * 10_000)
    if 0 < share < 1:
        shown = min(max(shown, 1), 9_999)
    return f"{shown / 10_000:.4f}"


def _read_before(path: Path) -> dict[str, Any]:
    extraction: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return extraction


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a table for each document."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.accuracy",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--misses", type=int, default=0, metavar="N", help="print the first N misses of a part"
    )
    parser.add_argument(
        "--extraction", type=Path, help="score this JSON instead of reading the (one) document"
    )
    parser.add_argument(
        "--recorded", action="store_true", help="with a model: its answers in responses/, all replayed"
    )
    parser.add_argument(
        "--floors", action="store_true", help="print the counts as tests/golden/floors.toml has them"
    )
    chosen = parser.parse_args(arguments)
    documents = [GoldenDocument(folder) for folder in chosen.folders] or golden_documents()
    measured = [document for document in documents if document.has_truth]
    if len(measured) < len(chosen.folders) or (chosen.extraction and len(measured) != 1):
        parser.error("each folder needs a truth.json, and --extraction one folder")
    read = extract_recorded if chosen.recorded else extract
    for document in measured:
        started = time.perf_counter()
        extraction = _read_before(chosen.extraction) if chosen.extraction else read(document)
        seconds = time.perf_counter() - started
        report = score(extraction, document.truth, document.pages)
        if chosen.floors:
            print(floors(document.name, report))
        else:
            print(f"{table(document.name, report, chosen.misses)}\n{seconds:.1f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
