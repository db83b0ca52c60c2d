"""What counts as right and as wrong when tiers are observed."""

from typing import Any

from bench.tiers import observed


def extraction(cell: str, amount: str) -> dict[str, Any]:
    rows = [{"cells": [{"text": "合计", "tier": "copied"}, {"text": cell, "tier": "proven-once"}, None]}]
    fact = {
        "section": "二、收入预算情况说明",
        "subject": "一般公共预算",
        "amount": amount,
        "fields": {"amount": {"tier": "unproven"}},
    }
    return {"tables": [{"title": "收入表", "pages": [5], "rows": rows}], "narrative_facts": [fact]}


TRUTH = {
    "tables": [{"title": "收入表", "page": 5, "rows": [["合计", "1,020.11", None]]}],
    "narrative_facts": [{"section": "二、收入预算情况说明", "subject": "一般公共预算", "amount": "911.66"}],
}


def test_right_values() -> None:
    assert list(observed(extraction("1,020.11", "911.66"), TRUTH)) == [
        ("copied", True),
        ("proven-once", True),
        ("unproven", True),
    ]


def test_a_digit_changed_is_wrong() -> None:
    assert ("proven-once", False) in list(observed(extraction("1,020.17", "911.66"), TRUTH))
    assert ("unproven", False) in list(observed(extraction("1,020.11", "917.66"), TRUTH))


def test_what_the_truth_does_not_state_is_not_observed() -> None:
    reading = extraction("1,020.11", "911.66")
    reading["narrative_facts"][0]["subject"] = "办公家具价值"
    assert [tier for tier, _ in observed(reading, TRUTH)] == ["copied", "proven-once"]
