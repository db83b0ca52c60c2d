"""Every check on its cases: cases/<kind>.yaml holds, for each check id, small disclosures and verdicts.

A case names the verdicts that its check must reach on it, one for each comparison, in order.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractors import checks
from extractors.checking.registry import Check, all_checks
from extractors.model.findings import Verdict
from tests.disclosures import disclosure_of, load

CASES = Path(__file__).parent / "cases"
CHECKS = {check.id: check for check in all_checks(checks)}


def _cases() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path in sorted(CASES.glob("*.yaml")):
        for check_id, cases in load(path.read_text(encoding="utf-8")).items():
            for name, case in cases.items():
                yield check_id, name, case


@pytest.mark.parametrize(
    ("check_id", "name", "case"), [pytest.param(*c, id=f"{c[0]}: {c[1]}") for c in _cases()]
)
def test_case(check_id: str, name: str, case: dict[str, Any]) -> None:
    tie_outs = list(CHECKS[check_id].tie_outs(disclosure_of(case["given"])))
    assert [t.verdict.value for t in tie_outs] == case["verdicts"], [t.basis for t in tie_outs]
    assert {t.check for t in tie_outs} <= {check_id}


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_every_check_has_cases(check: Check) -> None:
    """Each check is seen to hold, to break, and to be unable to compare or to find nothing to compare.

    One that does not accuse is seen not to.
    """
    seen = {
        verdict
        for check_id, _, case in _cases()
        if check_id == check.id
        for verdict in case["verdicts"] or ["nothing"]
    }
    assert Verdict.HOLDS.value in seen
    assert (Verdict.BROKEN.value in seen) is check.accuses
    assert seen & {Verdict.NOT_COMPARABLE.value, "nothing"}


def test_every_case_file_is_of_a_kind_and_every_id_exists() -> None:
    for path in CASES.glob("*.yaml"):
        for check_id in load(path.read_text(encoding="utf-8")):
            assert check_id in CHECKS
            assert check_id.split("/")[0] == path.stem.replace("_", "-")
