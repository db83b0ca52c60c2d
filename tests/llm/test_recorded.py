"""Recordings: found by what was asked, never by accident, and never silently missing."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx
from pydantic import Field

from extractors.llm import recorded
from extractors.llm.client import Question, Usage, connect
from extractors.llm.prompts import Prompt
from extractors.llm.providers import provider
from extractors.llm.recorded import Recorder, RecordingMissing, Replay
from extractors.tasks.reading import Reply
from tests.llm.server import KEY, URL, profile, reply

PROMPT = Prompt("cover", 1, "试", "照抄金额。\n", "ab" * 32)


class Answer(Reply):
    """A small reply."""

    amount: str


class Shorter(Reply):
    """The same with a bound."""

    amount: str = Field(max_length=9)


OTHER = provider("unknown").model_copy(update={"output": 9, "request": {"temperature": 0, "seed": 1}})
QUESTION = Question(PROMPT, "预算（77.00）万元①", Answer)
GOOD = {"amount": "（77.00）万元"}


async def record(folder: Path, *answers: httpx.Response) -> None:
    """Asks once, writing down every answer."""
    waiting = iter(answers)
    inner = httpx.MockTransport(lambda _request: next(waiting))
    recorder = Recorder(folder, inner, {"document_sha256": "cd" * 32}, (PROMPT,))
    async with httpx.AsyncClient(transport=recorder) as http_client:
        await connect(profile(), http_client).ask(QUESTION, lambda _usage: None)


async def ask(replay: Replay, question: Question[Any] = QUESTION, **changes: Any) -> Any:
    """Asks a folder of recordings."""
    async with httpx.AsyncClient(transport=replay) as http_client:
        return await connect(profile(**changes), http_client).ask(question, lambda _usage: None)


async def test_what_was_recorded_is_replayed(tmp_path: Path) -> None:
    await record(tmp_path, reply(GOOD))
    replay = Replay(tmp_path)
    assert (await ask(replay)).amount == "（77.00）万元"
    assert replay.unused() == ()


async def test_a_recording_says_what_it_is(tmp_path: Path) -> None:
    await record(tmp_path, reply(GOOD))
    (path,) = tmp_path.iterdir()
    found = recorded.load(path)
    assert found.name == path.stem
    assert found.origin == recorded.RECORDED
    assert found.about["prompt"] == "cover/v1"
    assert found.about["prompt_sha256"] == PROMPT.sha256
    assert found.about["document_sha256"] == "cd" * 32
    text = path.read_text(encoding="utf-8")
    assert "（77.00）万元①" in text  # as it came: neither escaped nor folded
    assert KEY not in text
    assert "authorization" not in text.lower()
    assert URL not in text


async def test_each_attempt_is_recorded(tmp_path: Path) -> None:
    await record(tmp_path, reply({"sum": "77.00"}), reply(GOOD))
    assert len(list(tmp_path.iterdir())) == 2
    replay = Replay(tmp_path)
    assert (await ask(replay)).amount == "（77.00）万元"
    assert replay.unused() == ()


async def test_the_address_and_the_key_do_not_matter(tmp_path: Path) -> None:
    await record(tmp_path, reply(GOOD))
    answer = await ask(Replay(tmp_path), base_url="http://other.invalid/api", api_key="another")
    assert answer.amount == "（77.00）万元"


@pytest.mark.parametrize(
    ("question", "changes", "named"),
    [
        (
            Question(PROMPT, "预算78.00万元", Answer),
            {},
            r"differs in text .*\n(?s:.*)-预算（77.00）万元①\n\+预算78.00万元",
        ),
        (
            Question(Prompt("cover", 2, "试", "改了。\n", "0" * 64), QUESTION.text, Answer),
            {},
            r"made with cover/v1\) differs in prompt .*\n(?s:.*)-照抄金额。\n\+改了。",
        ),
        (Question(PROMPT, QUESTION.text, Shorter), {}, r"differs in schema \(response_format\)"),
        (QUESTION, {"model": "other-model"}, r"differs in model\. "),
        (QUESTION, {"provider": OTHER}, r"differs in max_tokens, seed\. "),
    ],
    ids=["text", "prompt", "schema", "model", "parameter"],
)
async def test_a_miss_is_loud_and_names_what_changed(
    tmp_path: Path, question: Question[Any], changes: dict[str, Any], named: str
) -> None:
    await record(tmp_path, reply(GOOD))
    with pytest.raises(RecordingMissing, match=named):
        await ask(Replay(tmp_path), question, **changes)


async def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(RecordingMissing, match="holds none"):
        await ask(Replay(tmp_path))


async def test_a_recording_that_nobody_used_is_reported(tmp_path: Path) -> None:
    await record(tmp_path, reply(GOOD))
    replay = Replay(tmp_path)
    assert [f"{key}.json" for key in replay.unused()] == [path.name for path in tmp_path.iterdir()]


@respx.mock
async def test_replay_serves_as_a_side_effect_of_respx(tmp_path: Path) -> None:
    await record(tmp_path, reply(GOOD))
    route = respx.post(f"{URL}/chat/completions").mock(side_effect=Replay(tmp_path).answer)
    client = connect(profile())
    spent: list[Usage] = []
    assert (await client.ask(QUESTION, spent.append)).amount == "（77.00）万元"
    assert route.call_count == 1
    assert spent[0].input_tokens == 100
    await client.close()


async def test_an_edited_recording_is_refused(tmp_path: Path) -> None:
    await record(tmp_path, reply(GOOD))
    (path,) = tmp_path.iterdir()
    document = json.loads(path.read_text(encoding="utf-8"))
    document["request"]["model"] = "other-model"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(ValueError, match="make the recording anew"):
        recorded.load(path)


@pytest.mark.parametrize(
    "trouble",
    [httpx.Response(500, headers={"retry-after-ms": "1"}), httpx.Response(200, text="<html>")],
    ids=["500", "html"],
)
async def test_trouble_of_the_day_is_not_recorded(tmp_path: Path, trouble: httpx.Response) -> None:
    await record(tmp_path, trouble, reply(GOOD))
    recordings = list(map(recorded.load, tmp_path.iterdir()))
    assert [recording.response["id"] for recording in recordings] == ["chatcmpl-1"]
