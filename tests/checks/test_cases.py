"""Every check on its cases: cases/<kind>.yaml holds, for each check id, small disclosures and verdicts.

A case names the verdicts that its check must reach on it, one for each comparison, in order; of an
inspection, what is printed where it objects.
"""

from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractors import checks
from extractors.checking.registry import Check, Inspection, all_checks, all_inspections
from extractors.model.findings import Verdict
from tests.disclosures import disclosure_of, load

CASES = Path(__file__).parent / "cases"
CHECKS = {check.id: check for check in all_checks(checks)}
INSPECTIONS = {inspection.id: inspection for inspection in all_inspections(checks)}


@cache
def _all_cases() -> tuple[tuple[str, str, dict[str, Any]], ...]:
    """Every case with its check and its name; YAML is read slowly, and every check asks for them."""
    files = [load(path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*.yaml"))]
    return tuple(
        (identifier, name, case)
        for file in files
        for identifier, cases in file.items()
        for name, case in cases.items()
    )


def _cases(ids: Collection[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    return (case for case in _all_cases() if case[0] in ids)


def _params(ids: Collection[str]) -> list[Any]:
    return [pytest.param(*case, id=f"{case[0]}: {case[1]}") for case in _cases(ids)]


@pytest.mark.parametrize(("check_id", "name", "case"), _params(CHECKS))
def test_case(check_id: str, name: str, case: dict[str, Any]) -> None:
    tie_outs = list(CHECKS[check_id].tie_outs(disclosure_of(case["given"])))
    assert [t.verdict.value for t in tie_outs] == case["verdicts"], [t.basis for t in tie_outs]
    assert {t.check for t in tie_outs} <= {check_id}


@pytest.mark.parametrize(("inspection_id", "name", "case"), _params(INSPECTIONS))
def test_inspection(inspection_id: str, name: str, case: dict[str, Any]) -> None:
    findings = list(INSPECTIONS[inspection_id].findings(disclosure_of(case["given"])))
    assert [f.printed for f in findings] == case["objects_to"], [f.message for f in findings]
    assert all(f.evidence and not f.rounding_only for f in findings)


@pytest.mark.parametrize("inspection", INSPECTIONS.values(), ids=INSPECTIONS)
def test_every_inspection_has_cases(inspection: Inspection) -> None:
    """Each is seen to object, and not to."""
    objected = [bool(case["objects_to"]) for _, _, case in _cases((inspection.id,))]
    assert {True, False} == set(objected)


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_every_check_has_cases(check: Check) -> None:
    """Each check is seen to hold, to break, and to be unable to compare or to find nothing to compare.

    One that does not accuse is seen not to.
    """
    seen = {verdict for _, _, case in _cases((check.id,)) for verdict in case["verdicts"] or ["nothing"]}
    assert Verdict.HOLDS.value in seen
    assert (Verdict.BROKEN.value in seen) is check.accuses
    assert seen & {Verdict.NOT_COMPARABLE.value, "nothing"}


def test_every_case_file_is_of_a_kind_and_every_id_exists() -> None:
    for path in CASES.glob("*.yaml"):
        for check_id in load(path.read_text(encoding="utf-8")):
            assert check_id in CHECKS | INSPECTIONS
            assert check_id.split("/")[0] == path.stem.replace("_", "-")
