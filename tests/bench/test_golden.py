"""How our output is written down, and what the accuracy command prints."""

import json
from fractions import Fraction

import pytest

from bench.accuracy import floors, table
from bench.golden import written
from bench.scoring import Report, Tally


def test_what_fits_on_a_line_stands_on_one() -> None:
    extraction = {"tables": [{"title": "收入" * 80, "cells": [["1,254.76"] * 3] * 9}], "empty": []}
    text = written(extraction)
    assert json.loads(text) == extraction
    assert text.count('["1,254.76", "1,254.76", "1,254.76"]') == 9
    assert max(map(len, text.splitlines())) <= 320
    assert text.splitlines()[0] == "{"


def test_provenance_is_left_out() -> None:
    assert json.loads(written({"document": {}, "provenance": {"pipeline_version": "0.1.0"}})) == {
        "document": {}
    }


@pytest.mark.parametrize(
    ("right", "expected", "shown"),
    [
        (2, 3, "0.6667"),
        (99_999, 100_000, "0.9999"),
        (3, 3, "1.0000"),
        (1, 99_999, "0.0001"),
        (0, 3, "0.0000"),
    ],
)
def test_shares_are_rounded_but_only_all_is_one(right: int, expected: int, shown: str) -> None:
    tally = Tally(right=right, expected=expected, given=0)
    lines = table("some-2025", Report({"cells": tally, "alarms": Tally()})).splitlines()
    assert lines[1].split() == ["cells", shown, "—", str(right), str(expected), "0"]
    assert lines[2].split() == ["alarms", "0", "false", "of", "0", "errors", "and", "warnings"]


def test_misses_are_printed_up_to_the_number_asked_for() -> None:
    tally = Tally()
    for miss in ("one", "two"):
        tally.add(ok=False, miss=miss)
    assert (
        table("some-2025", Report({"cells": tally, "alarms": Tally()}), misses=1).splitlines()[2] == "    one"
    )


def test_floors_count_what_is_right_and_what_is_wrong() -> None:
    report = Report({"cells": Tally(right=4, expected=5, given=6)})
    assert report["cells"].recall == Fraction(4, 5)
    assert floors("some-2025", report) == "[some-2025]\ncells = { right = 4, wrong = 2 }\n"
