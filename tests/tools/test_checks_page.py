"""docs/checks.md says what the checks are; their catalogue names only checks that there are."""

from collections.abc import Mapping
from typing import Any

import pytest

from extractors import across, checks
from extractors.checking.across import all_across
from extractors.checking.registry import all_checks, all_inspections
from tools.checks_page import FILE, catalogue, page

IDS = {
    *(one.id for one in all_checks(checks)),
    *(one.id for one in all_inspections(checks)),
    *(one.id for one in all_across(across)),
}
ENTRIES = [*catalogue()["family"], *catalogue()["peer"]]


def test_the_page_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == page(), "run: make docs"


def test_it_names_a_check_with_its_sentences() -> None:
    assert (
        "| `table-sum/of-which` | “其中”各项之和不大于所属项。 | "
        "The lines after 其中 are at most their parent. | 列为问题 finding |" in page()
    )


def test_every_check_is_said_in_english() -> None:
    assert set(catalogue()["english"]) == IDS, "extractors/checks/catalogue.toml, [english]"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.get("what") or entry["rule"])
def test_each_family_and_rule_is_adopted_or_refused(entry: Mapping[str, Any]) -> None:
    assert ("refused" in entry) != ("ids" in entry)
    assert set(entry.get("ids", ())) <= IDS
