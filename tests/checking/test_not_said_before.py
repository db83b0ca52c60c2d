"""What a model names is left out where a rule's finding already speaks of all its places."""

from extractors.checking.findings import not_said_before
from extractors.model.evidence import Box, Evidence
from extractors.model.findings import Finding, FindingKind, Severity


def finding(*rows: int) -> Finding:
    """A finding whose evidence stands in rows of page 1."""
    places = tuple(Evidence(1, Box(0, 20 * row, 50, 20 * row + 10), "字") for row in rows)
    return Finding("wording/differ", FindingKind.WORDING, Severity.INFO, False, "", "", "", "", None, places)


def test_both_places_known_is_said_before() -> None:
    assert list(not_said_before([finding(1, 2)], [finding(3), finding(2, 1, 5)])) == []


def test_one_new_place_is_news() -> None:
    new = finding(1, 2)
    assert list(not_said_before([new], [finding(1), finding(2), finding(1, 3)])) == [new]


def test_another_page_is_another_place() -> None:
    known = finding(1)
    page_two = tuple(e._replace(page=2) for e in known.evidence)
    elsewhere = Finding(
        "wording/differ", FindingKind.WORDING, Severity.INFO, False, "", "", "", "", None, page_two
    )
    assert list(not_said_before([elsewhere], [known])) == [elsewhere]
