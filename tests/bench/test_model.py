"""The bench of asking a model: calls together, nothing twice, tokens by the formula."""

import re
import shutil
from pathlib import Path

import pytest

from bench import accuracy
from bench.accuracy import extract_recorded
from bench.golden import GOLDEN, GoldenDocument, golden_documents
from bench.model import main, measured
from extractors.layout.limits import Limits
from service.jobs.reading import prompts
from service.jobs.recording import record
from tests.llm.server import completion, profile, serving

HEJING = GoldenDocument(GOLDEN / "hejing-2025")
MOST_SENT, MOST_INPUT, MOST_TIMES = 0.65, 1.5, 2  # of the tokens of a document; how often a text is sent


def test_calls_are_in_flight_together_and_a_second_reading_sends_none() -> None:
    measured(HEJING, 0.0, only_needed=False)  # loads what is loaded once
    found = measured(HEJING, 0.5, only_needed=False)
    assert found.calls > 3
    assert found.again == 0
    assert found.asking < 0.5 * (found.calls - 1)  # one after the other they would take `calls` times as long
    assert 0 < found.unique < 1
    assert found.input > found.unique
    assert found.most_often >= 1


@pytest.mark.parametrize("document", golden_documents(), ids=lambda document: document.name)
def test_little_of_a_document_is_sent(document: GoldenDocument) -> None:
    everything, needed = (measured(document, 0.0, only_needed=only) for only in (False, True))
    assert everything.unique <= MOST_SENT
    assert everything.input <= MOST_INPUT
    assert everything.most_often <= MOST_TIMES
    assert (needed.unique, needed.input) < (everything.unique, everything.input)


def test_accuracy_can_be_measured_with_recorded_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "hejing-2025"
    folder.mkdir()
    for name in ("document.pdf", "truth.json"):
        shutil.copy(HEJING.folder / name, folder / name)
    with serving(completion("{}")) as url:
        done = record(folder, profile(base_url=url), prompts(), Limits())
    assert len(done.unanswered) == done.made / 2  # each was asked twice, and recorded twice
    assert accuracy.main(["--recorded", str(folder)]) == 0
    assert "hejing-2025" in capsys.readouterr().out
    assert extract_recorded(GoldenDocument(folder))["provenance"]["llm"]["calls"] == done.made


def test_two_tables_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(HEJING.folder), "--seconds", "0"]) == 0
    printed = capsys.readouterr().out
    assert re.findall(r"^asked: (.*)$", printed, re.MULTILINE) == ["everything", "what is needed"]
    assert len(re.findall(r"^\| hejing-2025 \|", printed, re.MULTILINE)) == 2
