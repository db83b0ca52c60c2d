"""Every check between documents on its cases: cases/<kind>.yaml holds, by check id, two small disclosures.

`ours` and `theirs` (theirs: what our document has to be compared with) as tests/disclosures.py has them;
`verdicts` of the comparisons in their order, `severities` of the findings.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractors import across
from extractors.checking.across import AcrossCheck, all_across, compare
from extractors.model.findings import Verdict
from extractors.relatives import relatives_of
from tests.across.stored import reading_of
from tests.disclosures import load

CASES = Path(__file__).parent / "cases"
CHECKS = {check.id: check for check in all_across(across)}


def _cases() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path in sorted(CASES.glob("*.yaml")):
        for identifier, cases in load(path.read_text(encoding="utf-8")).items():
            for name, case in cases.items():
                yield identifier, name, case


@pytest.mark.parametrize(
    ("check_id", "case"), [pytest.param(i, case, id=f"{i}: {name}") for i, name, case in _cases()]
)
def test_case(check_id: str, case: dict[str, Any]) -> None:
    ours, theirs = reading_of(case["ours"], "ours.pdf"), reading_of(case["theirs"], "theirs.pdf")
    check = CHECKS[check_id]
    relatives = [r for r in relatives_of(ours, [theirs]) if r.kinship is check.kinship]
    made = [c.tie_out for relative in relatives for c in check.compare(ours, relative.reading)]
    assert [t.verdict.value for t in made] == case["verdicts"], [t.basis for t in made]
    findings = [f for relative in relatives for f in compare([check], ours, relative).findings]
    assert [f.severity for f in findings] == case.get("severities", []), [f.message for f in findings]
    for finding in findings:
        assert finding.evidence, finding.message
        assert {place.file_name for place in finding.elsewhere} == {"theirs.pdf"}, finding.message
        assert "theirs.pdf" in finding.message
        assert "theirs.pdf" in finding.basis


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_every_check_has_cases(check: AcrossCheck) -> None:
    """Each is seen to hold, to break, and to find nothing to compare."""
    seen = {
        v
        for identifier, _, case in _cases()
        if identifier == check.id
        for v in case["verdicts"] or ["nothing"]
    }
    assert {Verdict.HOLDS.value, Verdict.BROKEN.value, "nothing"} <= seen


def test_every_case_file_is_of_a_kind_and_every_id_exists() -> None:
    for path in CASES.glob("*.yaml"):
        for check_id in load(path.read_text(encoding="utf-8")):
            assert check_id in CHECKS
            assert check_id.split("/")[0] == path.stem.replace("_", "-")
