"""How much is accepted, by kind of value, why the rest is not, and whether what is accepted is right.

    python -m bench.acceptance                  the golden documents
    python -m bench.acceptance golden/hejing-2025 --reasons 20

Table amounts, figures of the narrative, and all other values that count. `wrong` counts accepted values that
the truth has otherwise (documents without a truth: not judged).
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.golden import GoldenDocument, golden_documents
from bench.tiers import judged
from extractors.checking.values import values_of
from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.losses import with_losses
from extractors.model.agreement import Agreements
from extractors.model.findings import Status
from extractors.pipeline import judge, read_sections
from extractors.report import ModelUse, extraction_of

_KINDS = {"tables": "table amounts", "narrative_facts": "narrative"}
_OTHERS = "others"


def report(document: GoldenDocument, reasons: int) -> Iterator[str]:
    """The lines of one document."""
    reading = read_sections(read_layout(document.pdf.read_bytes(), document.name, Limits()))
    gaps = with_losses(reading, reading.gaps)
    judgement = judge(reading, Agreements(), gaps)
    counted: Counter[tuple[str, str]] = Counter()
    why: Counter[tuple[str, str, str]] = Counter()
    for value in values_of(reading):
        standing = judgement.standings[value.read.place]
        if value.counts:
            kind = _KINDS.get(value.path.split("/")[0], _OTHERS)
            counted[kind, standing.status.value] += 1
            if standing.status is not Status.ACCEPTED:
                why[kind, standing.status.value, standing.reason] += 1
    others = [status.value for status in Status if status is not Status.ACCEPTED]
    yield f"{document.name:<16}{'values':>8}{'accepted':>10}" + "".join(f"{name:>14}" for name in others)
    for kind in (*_KINDS.values(), _OTHERS):
        values = sum(n for (of, _), n in counted.items() if of == kind)
        share = 100 * counted[kind, Status.ACCEPTED] / max(1, values)
        rest = "".join(f"{counted[kind, name]:>14}" for name in others)
        yield f"  {kind:<14}{values:>8}{share:>9.2f}%{rest}"
    extraction = extraction_of(reading, judgement, gaps, ModelUse()).model_dump(mode="json")
    yield f"  wrong among the accepted: {_wrong(extraction, document)}"
    for (kind, status, reason), times in why.most_common(reasons):
        yield f"    {times:>3} {kind}, {status}: {reason}"


def _wrong(extraction: dict[str, Any], document: GoldenDocument) -> str:
    if not document.has_truth:
        return "not judged, no truth"
    accepted = [right for _, status, right in judged(extraction, document.truth) if status == Status.ACCEPTED]
    return f"{accepted.count(False)} of {len(accepted)} that the truth can judge"


def main() -> int:
    """Prints a table for each document."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--reasons", type=int, default=8, metavar="N", help="the N most frequent reasons")
    chosen = parser.parse_args()
    for document in [GoldenDocument(folder) for folder in chosen.folders] or golden_documents():
        print("\n".join(report(document, chosen.reasons)), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
