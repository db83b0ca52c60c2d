"""The official classifications and the crosswalk: lookups, judgements, and that the data hold together."""

import json
from pathlib import Path

import pytest

from extractors.templates.classifications import (
    Classification,
    Verdict,
    classification_of,
    classifications,
    folded,
)
from extractors.templates.cofog import Cofog, crosswalk

GOLDEN = Path(__file__).parents[2] / "golden"
BY_TITLE = {classification.title: classification for classification in classifications()}
FUNCTION = BY_TITLE["支出功能分类"]


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("2101501", "支出功能分类"),
        ("301", "部门预算支出经济分类"),
        ("50101", "政府预算支出经济分类"),
        ("101", None),
        ("406001", None),
        ("21", None),
        ("2x1", None),
        ("", None),
    ],
)
def test_a_code_tells_its_classification_by_its_form(code: str, title: str | None) -> None:
    found = classification_of(code)
    assert (found.title if found else None) == title


@pytest.mark.parametrize(
    ("code", "name", "year", "verdict"),
    [
        ("210", "卫生健康支出", 2025, Verdict.AGREES),
        ("210", "医疗卫生与计划生育支出", 2025, Verdict.AGREES),
        ("20103", "政府办公厅(室)及 相关机构事务", 2025, Verdict.AGREES),
        ("2101101", "事业单位医疗", 2025, Verdict.OTHER_CODE),
        ("2101101", "单位医疗", 2025, Verdict.NOT_COMPARABLE),
        ("2101101", "行政事业单位医疗", 2025, Verdict.NOT_COMPARABLE),
        ("2101101", "事业单位医疗", 2012, Verdict.NOT_COMPARABLE),
        ("2101101", "事业单位医疗", 2040, Verdict.NOT_COMPARABLE),
        ("2109876", "事业单位医疗", 2025, Verdict.NOT_COMPARABLE),
    ],
)
def test_a_printed_name_is_judged(code: str, name: str, year: int, verdict: Verdict) -> None:
    assert FUNCTION.judge(code, name, year).verdict is verdict


def test_a_judgement_names_the_official_entry_and_whose_name_it_is() -> None:
    judged = FUNCTION.judge("2101101", "事业单位医疗", 2025)
    assert judged.official is not None
    assert judged.official.name == "行政单位医疗"
    assert [owner.code for owner in judged.owners] == ["2101102"]


def test_the_name_in_force_is_that_of_the_year() -> None:
    names = [entry.name for year in (2019, 2020, 2025) if (entry := _widened().official("20805", year))]
    assert names == ["行政事业单位离退休", "行政事业单位养老支出", "行政事业单位养老支出"]


def _widened() -> Classification:
    return Classification("", "", "2", (2010, 2025), FUNCTION.entries)


@pytest.mark.parametrize("classification", BY_TITLE.values(), ids=BY_TITLE)
def test_codes_are_of_their_classification_and_have_a_parent_and_one_name_in_force(
    classification: Classification,
) -> None:
    in_force = [entry.code for entry in classification.entries if entry.until is None]
    assert len(in_force) == len(set(in_force))
    for entry in classification.entries:
        assert classification_of(entry.code) is classification
        assert len(entry.code) == 3 or entry.code[:-2] in in_force
        assert folded(entry.name)


@pytest.mark.parametrize("classification", BY_TITLE.values(), ids=BY_TITLE)
def test_what_is_said_to_be_printed_is_printed_by_as_many_samples(classification: Classification) -> None:
    seen = [_printed(path) for path in sorted(GOLDEN.glob("*/expected.json"))]
    for entry in classification.entries:
        count = sum((entry.code, folded(entry.name)) in one for one in seen)
        assert count >= entry.printed, entry


def _printed(path: Path) -> frozenset[tuple[str, str]]:
    tables = json.loads(path.read_text("utf-8"))["tables"]
    rows = (row for table in tables for row in table["rows"] if row["code"] and row["name"])
    return frozenset((row["code"], folded(row["name"])) for row in rows)


def test_every_class_in_force_is_in_the_crosswalk_mapped_or_with_a_reason() -> None:
    walk = crosswalk()
    classes = {entry.code for entry in FUNCTION.entries if len(entry.code) == 3}
    assert set(walk.classes) == classes
    for cofog in walk.classes.values():
        assert cofog.division in walk.divisions or (cofog.division is None and cofog.note)
        assert cofog.group is None or (cofog.group in walk.groups and cofog.group[:2] == cofog.division)
        assert cofog.fit in ({"whole", "mostly"} if cofog.division else {None})
        assert cofog.fit != "mostly" or cofog.note


@pytest.mark.parametrize(
    ("code", "division"), [("205", "09"), ("2050202", "09"), ("221", None), ("2210201", None), ("299", None)]
)
def test_a_code_falls_where_its_class_does(code: str, division: str | None) -> None:
    assert crosswalk().of(code).division == division


def test_what_is_not_known_is_unmapped() -> None:
    assert crosswalk().of("299") == Cofog()
