"""What is accepted of a golden document."""

from bench.acceptance import report
from bench.golden import golden_documents


def test_amounts_are_accepted_by_kind_and_none_is_wrong() -> None:
    document = next(golden for golden in golden_documents() if golden.name == "hejing-2025")
    head, tables, narrative, _, wrong, *reasons = report(document, 3)
    assert head.split()[0] == "hejing-2025"
    assert float(tables.split("%", maxsplit=1)[0].split()[-1]) >= 98
    assert float(narrative.split("%", maxsplit=1)[0].split()[-1]) >= 95
    assert "accepted: 0 of" in wrong
    assert len(reasons) == 3
