"""No check is dead: each compares something in a golden document, or the catalogue says why not."""

from bench.golden import golden_documents
from extractors import checks
from extractors.checking.registry import all_checks, run
from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.model.findings import Verdict
from extractors.pipeline import read_sections
from tools.checks_page import catalogue


def test_each_check_compares_something_or_says_why_not() -> None:
    compared = set()
    for golden in golden_documents():
        reading = read_sections(read_layout(golden.pdf.read_bytes(), golden.name, Limits()))
        tie_outs = run(all_checks(checks), reading)
        compared |= {t.check for t in tie_outs if t.verdict is not Verdict.NOT_COMPARABLE}
    idle = {check.id for check in all_checks(checks)} - compared
    assert idle == set(catalogue()["not_run"]), "extractors/checks/catalogue.toml, [not_run]"
