"""Our output is what it was when somebody last looked at it (golden/*/expected.json)."""

import difflib
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench.golden import GoldenDocument, golden_documents, written

UPDATE_GOLDEN = "--update-golden"
_SHOWN = 40


class ReadTheDiff(AssertionError):
    """A golden file was written in this run, so the run fails: somebody has to read it before it counts."""


def compare(document: GoldenDocument, text: str, *, update: bool) -> None:
    """Fails where the text is not the expected one, and where it was just written."""
    last = document.expected.read_text(encoding="utf-8") if document.expected.exists() else None
    where = f"golden/{document.name}/expected.json"
    if update or last is None:
        document.expected.write_text(text, encoding="utf-8")
        if last is None:
            raise ReadTheDiff(f"{where} was missing and is written now; read it against the pages, run again")
        changed = "changed" if text != last else "is as it was"
        raise ReadTheDiff(f"{where} {changed}; read `git diff golden/`, then run without {UPDATE_GOLDEN}")
    if text != last:
        diff = difflib.unified_diff(last.splitlines(), text.splitlines(), where, "read now", lineterm="", n=1)
        shown = "\n".join(line[:240] for line in itertools.islice(diff, _SHOWN))
        raise AssertionError(f"the output drifted; if that is meant: make golden, read the diff\n{shown}\n…")


@pytest.mark.parametrize("document", golden_documents(), ids=lambda d: d.name)
def test_the_output_is_as_expected(
    document: GoldenDocument,
    extraction_of: Callable[[GoldenDocument], dict[str, Any]],
    request: pytest.FixtureRequest,
) -> None:
    compare(document, written(extraction_of(document)), update=request.config.getoption(UPDATE_GOLDEN))


def test_the_switch_is_not_left_on(request: pytest.FixtureRequest) -> None:
    """Neither given by habit (pyproject.toml, PYTEST_ADDOPTS) nor on in a run that should measure."""
    assert not request.config.getoption(UPDATE_GOLDEN), (
        "this run wrote golden files: read the diff, run again"
    )


class TestCompare:
    """The machinery itself, on a folder of its own."""

    def test_the_same_passes(self, tmp_path: Path) -> None:
        document = self.document(tmp_path, "old\n")
        compare(document, "old\n", update=False)

    def test_another_output_fails_and_is_shown(self, tmp_path: Path) -> None:
        document = self.document(tmp_path, "old\n")
        with pytest.raises(AssertionError, match=r"(?s)drifted.*-old.*\+new"):
            compare(document, "new\n", update=False)
        assert document.expected.read_text() == "old\n"

    def test_a_missing_file_is_written_and_fails(self, tmp_path: Path) -> None:
        document = self.document(tmp_path, None)
        with pytest.raises(ReadTheDiff, match="was missing"):
            compare(document, "new\n", update=False)
        assert document.expected.read_text() == "new\n"

    @pytest.mark.parametrize(("last", "says"), [("old\n", "changed"), ("new\n", "as it was")])
    def test_the_run_that_writes_fails(self, tmp_path: Path, last: str, says: str) -> None:
        document = self.document(tmp_path, last)
        with pytest.raises(ReadTheDiff, match=says):
            compare(document, "new\n", update=True)
        assert document.expected.read_text() == "new\n"

    def document(self, folder: Path, expected: str | None) -> GoldenDocument:
        document = GoldenDocument(folder)
        if expected is not None:
            document.expected.write_text(expected)
        return document
