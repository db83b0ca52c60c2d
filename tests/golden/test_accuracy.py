"""The built-in reader (model off) against what people read.

Two bars for each part of each document: what a release must reach (`REQUIRED`), and what has been reached
(floors.toml, exact counts): a part that drops by one value fails.
"""

import tomllib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bench.golden import GoldenDocument, golden_documents
from bench.scoring import Report, score

ALL = Fraction(1)
REQUIRED = {
    "document": {"recall": ALL},
    "tables": {"recall": ALL},
    "cells": {"recall": ALL, "precision": ALL},
    "evidence": {"recall": ALL},
    "projects": {"recall": Fraction("0.95")},
    "refs": {"recall": ALL},
    "forms": {"recall": Fraction("0.98"), "precision": Fraction("0.98")},
    "indicators": {"recall": Fraction("0.98"), "precision": Fraction("0.98")},
    "facts": {"recall": Fraction("0.97"), "precision": Fraction("0.97")},
}
FLOORS: dict[str, dict[str, dict[str, int]]] = tomllib.loads(
    Path(__file__).with_name("floors.toml").read_text(encoding="utf-8")
)

WITH_TRUTH = [document for document in golden_documents() if document.has_truth]
every_document = pytest.mark.parametrize("document", WITH_TRUTH, ids=lambda d: d.name)


@pytest.fixture(scope="session")
def report_of(
    extraction_of: Callable[[GoldenDocument], dict[str, Any]],
) -> Callable[[GoldenDocument], Report]:
    """The scores of a golden document, counted once."""
    reports: dict[str, Report] = {}

    def counted(document: GoldenDocument) -> Report:
        if document.name not in reports:
            reports[document.name] = score(extraction_of(document), document.truth, document.pages)
        return reports[document.name]

    return counted


@every_document
@pytest.mark.parametrize("part", REQUIRED)
def test_a_part_is_as_good_as_required(
    document: GoldenDocument, part: str, report_of: Callable[[GoldenDocument], Report]
) -> None:
    tally = report_of(document)[part]
    misses = "\n".join(tally.misses[:10])
    for figure, bar in REQUIRED[part].items():
        reached = getattr(tally, figure)
        assert reached is not None
        assert reached >= bar, (
            f"{document.name} {part}: {figure} {float(reached):.4f}, {bar} required\n{misses}"
        )


@every_document
def test_there_is_no_false_alarm(
    document: GoldenDocument, report_of: Callable[[GoldenDocument], Report]
) -> None:
    alarms = report_of(document)["alarms"]
    assert alarms.wrong == 0, "\n".join(alarms.misses)


@every_document
def test_no_part_drops(document: GoldenDocument, report_of: Callable[[GoldenDocument], Report]) -> None:
    floors = FLOORS[document.name]
    report = report_of(document)
    assert floors.keys() == report.parts.keys()
    dropped = []
    for part, tally in report.parts.items():
        now = {"right": tally.right, "wrong": tally.wrong}
        if tally.right < floors[part]["right"] or tally.wrong > floors[part]["wrong"]:
            dropped += [f"{part}: {floors[part]} before, {now} now", *tally.misses[:10]]
    assert not dropped, "\n".join(dropped)


def test_every_document_with_a_truth_has_floors() -> None:
    assert [document.name for document in WITH_TRUTH] == sorted(FLOORS)
