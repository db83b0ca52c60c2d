"""Recording golden documents from an endpoint: complete, resumable, and never more than was asked for."""

from pathlib import Path

import httpx
import pytest

from extractors.layout.limits import Limits
from extractors.llm import recorded
from extractors.model.errors import MissingFile
from extractors.pipeline import read_document
from service.jobs.reading import prompts
from service.jobs.recording import Recorded, record
from tests.llm.server import KEY, completion, profile, serving
from tests.service.pdfs import golden
from tests.service.test_cli import run

REFUSED = httpx.Response(503, json={"error": {"message": "nobody here"}})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A golden document without recordings."""
    folder = tmp_path / "bazhou-2025"
    folder.mkdir()
    (folder / "document.pdf").write_bytes(golden("bazhou-2025").read_bytes())
    return folder


def recorded_from(folder: Path, answer: httpx.Response, *, refresh: bool = False) -> Recorded:
    """Records from a server on this machine that says one thing to all."""
    with serving(answer) as url:
        asked = profile(base_url=url, model="one-model", resends=0, re_asks=0)
        return record(folder, asked, prompts(), Limits(), refresh=refresh)


def asked_of_it() -> set[str]:
    """The prompts that the document is asked with: none of its forms has an unsound grid."""
    return {prompt.name for section, prompt in prompts().items() if section != "indicators"}


def names(folder: Path) -> set[str]:
    return {path.name for path in (folder / "responses").glob("*.json")}


def test_what_a_server_cannot_answer_is_said_and_leaves_what_is_there(folder: Path) -> None:
    (folder / "responses").mkdir()
    (folder / "responses/old.json").write_text("{}")
    done = recorded_from(folder, REFUSED)
    assert (done.made, done.kept, done.removed) == (0, 0, 0)
    assert {one.prompt for one in done.unanswered} == asked_of_it()
    assert "nobody here" in str(done.unanswered[0].error)
    assert names(folder) == {"old.json"}


def test_an_answer_of_any_kind_is_written_down_and_stands(folder: Path) -> None:
    first = recorded_from(folder, completion("{}"))
    assert first.made > 0
    found = list(recorded.all_in(folder / "responses"))
    assert {one.content for one in found} == {"{}"}
    assert {(one.origin, one.about["model"], one.about["provider"]) for one in found} == {
        ("recorded", "one-model", "unknown")
    }
    assert {one.about["prompt"] for one in found} == asked_of_it()
    again = recorded_from(folder, completion('{"other": 1}'))
    assert (again.made, again.kept) == (0, first.made)
    assert {one.content for one in recorded.all_in(folder / "responses")} == {"{}"}
    recorded_from(folder, completion('{"other": 1}'), refresh=True)
    assert {one.content for one in recorded.all_in(folder / "responses")} == {'{"other": 1}'}


def test_a_recorded_document_is_read_again_without_a_server(folder: Path) -> None:
    recorded_from(folder, completion("{}"))
    client, replay = recorded.replaying(folder / "responses", lambda one: one.saying('{"projects": []}'))
    data = (folder / "document.pdf").read_bytes()
    extraction = read_document(data, "document.pdf", limits=Limits(), model=client, prompts=prompts())
    assert extraction.provenance.model == "one-model"
    assert extraction.provenance.llm.calls > 1  # asked again, it says the same
    assert replay.unused() == ()


def test_the_key_is_not_written_down(folder: Path) -> None:
    recorded_from(folder, completion("{}"))
    assert all(KEY not in (folder / "responses" / name).read_text() for name in names(folder))


def test_a_folder_without_a_document_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match=r"document\.pdf"):
        recorded_from(tmp_path, REFUSED)


def test_the_command_wants_a_model(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("record", folder)
    assert result.exit_code == 2
    assert "YUSUAN_LLM_BASE_URL" in result.stderr
    with serving(REFUSED) as url:
        monkeypatch.setenv("YUSUAN_LLM_BASE_URL", url)
        monkeypatch.setenv("YUSUAN_LLM_MODEL", "one-model")
        result = run("record", folder)
    assert result.exit_code == 3
    assert "没有回答" in result.stdout
    assert names(folder) == set()
