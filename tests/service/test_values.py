"""Paths that survive a new reading, and the difference between two."""

import copy
from pathlib import Path
from typing import Any

import pytest

from extractors.layout.limits import Limits
from service.jobs.changes import changes_between, same_reading
from service.jobs.reading import Here
from service.jobs.values import NEEDS_PERSON, open_values, table_values, values_of
from tests.service.pdfs import golden


@pytest.fixture(scope="module")
def extraction() -> Any:
    return Here(Limits()).read(golden("hejing-2025"), "document.pdf")


def first_table(extraction: Any) -> Any:
    return extraction["tables"][0]


def test_every_value_has_a_path_of_its_own(extraction: Any) -> None:
    paths = [value.path for value in values_of(extraction)]
    assert len(paths) == len(set(paths))
    cells = [c for t in extraction["tables"] for r in t["rows"] for c in r["cells"] if c is not None]
    assert len(list(table_values(extraction))) == len(cells)


def test_values_beside_tables_are_found_too(extraction: Any) -> None:
    paths = {value.path: value.value for value in values_of(extraction)}
    assert paths["/document/issuer"] == "和静县医疗保障局"
    assert any(path.startswith("/narrative_facts/") for path in paths)
    assert any(path.startswith("/projects/") for path in paths)


def test_open_values_stand_in_the_order_of_the_pages(extraction: Any) -> None:
    found = open_values(extraction)
    assert {value.status for value in found} <= set(NEEDS_PERSON)
    assert len(found) == sum(value.status in NEEDS_PERSON for value in values_of(extraction))
    pages = [value.places[0]["page"] for value in found if value.places]
    assert pages == sorted(pages)
    assert all(len(value.id) == 24 for value in found)


def test_a_row_that_is_read_for_the_first_time_moves_no_other(extraction: Any) -> None:
    other = copy.deepcopy(extraction)
    row = copy.deepcopy(first_table(other)["rows"][0]) | {"name": "新读出的一行"}
    first_table(other)["rows"].insert(0, row)
    before = {value.id for value in open_values(extraction)}
    assert before <= {value.id for value in open_values(other)}
    kinds = {change.kind for change in changes_between(extraction, other)}
    assert kinds == {"added"}


def test_differences_are_told_as_a_person_reads_them(extraction: Any) -> None:
    other = copy.deepcopy(extraction)
    other["document"]["issuer"] = "另一个局"
    del other["projects"][0]
    other["decision"]["status"] = "rejected"
    changes = changes_between(extraction, other)
    by_kind = {kind: [c.what for c in changes if c.kind == kind] for kind in ("changed", "gone", "added")}
    assert "/document/issuer" in by_kind["changed"]
    assert "/decision" in by_kind["changed"]
    assert by_kind["gone"]
    assert not by_kind["added"]


def test_what_it_cost_is_no_difference(extraction: Any) -> None:
    other = copy.deepcopy(extraction)
    other["provenance"]["llm"]["calls"] = 7
    assert same_reading(extraction, other)
    other["gaps"].append({"section": "x", "page": None, "reason": "y"})
    assert not same_reading(extraction, other)


def test_an_id_depends_on_the_file_the_path_and_the_print(extraction: Any, tmp_path: Path) -> None:
    other = copy.deepcopy(extraction)
    other["document"]["sha256"] = "0" * 64
    assert not {v.id for v in open_values(extraction)} & {v.id for v in open_values(other)}
