"""Every golden folder is whole, and golden/README.md speaks of it."""

import json

import pytest

from bench.golden import GOLDEN, GoldenDocument, golden_documents

KNOWN = {"document.pdf", "truth.json", "expected.json", "responses"}
TRUTH_KEYS = {
    "doc_id",
    "issuer",
    "fiscal_year",
    "kind",
    "pages",
    "staffing",
    "tables",
    "projects",
    "indicator_tables",
    "narrative_facts",
    "inconsistencies",
}

every_document = pytest.mark.parametrize("document", golden_documents(), ids=lambda d: d.name)


def test_there_are_golden_documents() -> None:
    assert [d.name for d in golden_documents() if d.has_truth] == [
        "bazhou-2025",
        "hejing-2025",
        "heshuo-2024",
    ]
    assert len(golden_documents()) >= 5


@every_document
def test_the_folder_is_complete(document: GoldenDocument) -> None:
    assert document.pdf.read_bytes().startswith(b"%PDF-")
    assert document.expected.exists(), "make golden writes it; read it against the pages, then commit it"


@every_document
def test_nothing_unknown_lies_in_the_folder(document: GoldenDocument) -> None:
    assert {found.name for found in document.folder.iterdir()} <= KNOWN


@every_document
def test_the_readme_speaks_of_it(document: GoldenDocument) -> None:
    readme = (GOLDEN / "README.md").read_text(encoding="utf-8")
    assert f"| {document.name} |" in readme
    assert f"| {len(document.pages)} | {'yes' if document.has_truth else 'no'} |" in next(
        line for line in readme.splitlines() if line.startswith(f"| {document.name} |")
    )


@every_document
def test_the_truth_is_of_this_document(document: GoldenDocument) -> None:
    if document.has_truth:
        assert document.truth.keys() >= TRUTH_KEYS
        assert document.truth["doc_id"] == document.name
        assert document.truth["pages"] == len(document.pages)


def test_a_response_says_where_it_comes_from() -> None:
    for response in sorted(GOLDEN.glob("*/responses/*.json")):
        origin = json.loads(response.read_text(encoding="utf-8"))["origin"]
        assert origin in ("recorded", "hand-written"), response
