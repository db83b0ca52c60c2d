"""The built-in reader together with the recorded answers of a model, against what people read.

A second reader may prove more; it may neither spoil a part nor raise a false alarm nor get a wrong value
accepted.
"""

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bench.accuracy import extract_recorded
from bench.golden import GoldenDocument, golden_documents
from bench.scoring import score
from bench.tiers import judged
from extractors.model.findings import Status

FLOORS: dict[str, dict[str, dict[str, int]]] = tomllib.loads(
    Path(__file__).with_name("floors.toml").read_text(encoding="utf-8")
)
REQUIRED = {
    "projects": Fraction("0.98"),
    "refs": Fraction(1),
    "forms": Fraction("0.99"),
    "indicators": Fraction("0.99"),
    "facts": Fraction("0.99"),
}
WITH_TRUTH = [document for document in golden_documents() if document.has_truth]


@pytest.fixture(scope="module", params=WITH_TRUTH, ids=lambda document: document.name)
def read(request: pytest.FixtureRequest) -> tuple[GoldenDocument, dict[str, Any]]:
    """A golden document with a truth, read with the answers that lie beside it."""
    return request.param, extract_recorded(request.param)


def test_answers_spoil_nothing(read: tuple[GoldenDocument, dict[str, Any]]) -> None:
    document, extraction = read
    report = score(extraction, document.truth, document.pages)
    for part, floor in FLOORS[document.name].items():
        tally = report[part]
        assert tally.right >= floor["right"], "\n".join(tally.misses[:10])
        assert tally.wrong <= floor["wrong"], "\n".join(tally.misses[:10])
    for part, bar in REQUIRED.items():
        assert min(report[part].recall or 0, report[part].precision or 0) >= bar, part


def test_no_wrong_value_is_accepted(read: tuple[GoldenDocument, dict[str, Any]]) -> None:
    document, extraction = read
    accepted = [
        (tier, right)
        for tier, status, right in judged(extraction, document.truth)
        if status == Status.ACCEPTED
    ]
    assert len(accepted) > 600
    assert [tier for tier, right in accepted if not right] == []


def test_all_that_counts_is_proven(read: tuple[GoldenDocument, dict[str, Any]]) -> None:
    _, extraction = read
    assert extraction["decision"]["status"] == "accepted"
