"""How often values of each tier of evidence are right, on the golden documents with truth.

`python -m bench.tiers` prints what was observed; `--write` puts it into extractors/checking/tiers.toml, from
which the confidence of every value comes. Observed are the cells of budget tables and the figures of the
narrative that the truth has a counterpart for; a figure whose subject the truth states otherwise is wrong.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.golden import GoldenDocument, golden_documents
from bench.scoring.facts import FIGURES
from bench.scoring.pairing import Item, paired
from bench.scoring.tables import cell_text, row_partners, table_likeness
from bench.scoring.text import likeness, number, same, squash
from extractors.checking.tiers import Observations, Observed, Tier, observations_out
from extractors.layout.limits import Limits
from extractors.pipeline import read_document

FILE = Path(__file__).parent.parent / "extractors" / "checking" / "tiers.toml"
_SAME_SUBJECT = 0.8
Observation = tuple[str, bool]
"""A value's tier, and whether it was right."""


def observed(extraction: Item, truth: Item) -> Iterator[Observation]:
    """The tier of every value that the truth can judge, and whether it is right."""
    for tier, _, right in judged(extraction, truth):
        yield tier, right


def judged(extraction: Item, truth: Item) -> Iterator[tuple[str, str, bool]]:
    """Tier and status of every value that the truth can judge, and whether it is right."""
    yield from _cells(extraction, truth)
    yield from _facts(extraction, truth)


def _cells(extraction: Item, truth: Item) -> Iterator[tuple[str, str, bool]]:
    for table, reading in paired(truth["tables"], extraction["tables"], table_likeness):
        rows = reading["rows"] if reading else ()
        printed = [[squash(cell) for cell in row] for row in table["rows"]]
        read = [[cell_text(cell) for cell in row["cells"]] for row in rows]
        for i, j in row_partners(printed, read).items():
            for cell, want in zip(rows[j]["cells"], printed[i], strict=False):
                if cell is not None:
                    yield cell["tier"], cell.get("status", ""), same(want, cell["text"])


def _facts(extraction: Item, truth: Item) -> Iterator[tuple[str, str, bool]]:
    """A figure is right when the truth states it of that subject, wrong when it states another one."""
    for fact in _stated_and_mentioned(extraction):
        stated = [t for t in truth["narrative_facts"] if _is_same_statement(t, fact)]
        for name in FIGURES:
            value = number(fact.get(name))
            others = [number(t.get(name)) for t in stated if t.get(name) is not None]
            if value is not None and others:
                field = fact["fields"][name]
                yield field["tier"], field.get("status", ""), value in others


def _stated_and_mentioned(extraction: Item) -> Iterator[Item]:
    """The statements, and what their reasons mention, which stands in the same section."""
    for fact in extraction["narrative_facts"]:
        yield fact
        for figure in fact.get("reason_figures", ()):
            yield {**figure, "section": fact["section"]}


def _is_same_statement(truth: Item, fact: Item) -> bool:
    return (
        likeness(truth["subject"], fact["subject"]) >= _SAME_SUBJECT
        and likeness(truth.get("section"), fact.get("section")) >= _SAME_SUBJECT
    )


def observe(documents: tuple[GoldenDocument, ...]) -> Observations:
    """Values and wrong ones of each tier, over the documents with truth."""
    seen: Counter[Observation] = Counter()
    for document in documents:
        if document.has_truth:
            reading = read_document(document.pdf.read_bytes(), document.pdf.name, limits=Limits())
            seen.update(observed(reading.model_dump(mode="json"), document.truth))
    return {tier: Observed(seen[tier, True] + seen[tier, False], seen[tier, False]) for tier in Tier}


def main() -> int:
    """Prints what was observed, or writes it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    found = observe(golden_documents())
    for tier, seen in found.items():
        print(f"{tier:<16} {seen.values:>6} values  {seen.wrong:>4} wrong  confidence {seen.interval[0]}")
    if write:
        FILE.write_text(observations_out(found, "the golden documents", "make tiers"), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
