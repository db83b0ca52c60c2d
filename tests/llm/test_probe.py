"""What an endpoint can do, found out by small calls."""

import json
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from extractors.llm.client import Profile
from extractors.llm.probe import Finding, Probed, probe
from extractors.llm.providers import provider
from service.cli import commands
from tests.llm.server import KEY, completion, profile, serving

RIGHT = '{"zq7": "甲"}'


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What doctor looks at lies in a folder of the test's own."""
    monkeypatch.setenv("YUSUAN_DATA_DIR", str(tmp_path))


class Server:
    """An endpoint that knows some modes, and tells what it is told to tell."""

    def __init__(self, *modes: str, models: object = None, props: object = None, refuses: int = 400) -> None:
        self.modes, self.models, self.props, self.refuses = modes, models, props, refuses
        self.asked: list[dict[str, object]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """The answer to any request."""
        told = {"/v1/models": self.models, "/props": self.props}.get(request.url.path)
        if request.method == "GET":
            return httpx.Response(200, json=told) if told else httpx.Response(404)
        body = json.loads(request.content)
        self.asked.append(body)
        kind = (body.get("response_format") or {}).get("type", "tools" if "tools" in body else "grammar")
        if kind not in self.modes:
            return httpx.Response(self.refuses, json={"error": {"message": f"no {kind} here"}})
        return completion(RIGHT)


async def found_at(server: Server, asked: Profile) -> dict[Finding, Probed]:
    async with httpx.AsyncClient(transport=httpx.MockTransport(server)) as http_client:
        return dict(await probe(asked, http_client))


async def test_what_works_and_what_does_not() -> None:
    server = Server("json_schema", "json_object")
    found = await found_at(server, profile())
    assert found[Finding.ANSWERS].ok
    assert found[Finding.JSON_SCHEMA].ok
    assert found[Finding.JSON].ok
    assert "no tools here" in str(found[Finding.TOOLS].error)
    assert Finding.GRAMMAR not in found
    assert found[Finding.USAGE] == Probed(True, "200 + 40")
    assert (found[Finding.CONTEXT].ok, found[Finding.PRICE].ok) == (False, False)
    assert len(server.asked) == 3
    assert all(body["max_tokens"] == 64 for body in server.asked)


async def test_a_grammar_is_tried_where_the_provider_has_one() -> None:
    found = await found_at(Server("grammar"), profile(provider=provider("llama.cpp")))
    assert found[Finding.GRAMMAR].ok
    assert not found[Finding.JSON_SCHEMA].ok


@pytest.mark.parametrize(
    ("models", "props", "length"),
    [
        (
            {"data": [{"id": "x", "max_model_len": 1}, {"id": "chat-model", "max_model_len": 4096}]},
            None,
            "4096",
        ),
        ({"data": [{"id": "file.gguf"}]}, {"default_generation_settings": {"n_ctx": 8192}}, "8192"),
        ({"data": "nonsense"}, ["nonsense"], ""),
        (None, None, ""),
    ],
    ids=["vllm", "llama.cpp", "nonsense", "nothing"],
)
async def test_the_context_length_is_what_the_server_tells(
    models: object, props: object, length: str
) -> None:
    found = await found_at(Server("json_schema", models=models, props=props), profile())
    assert found[Finding.CONTEXT] == Probed(bool(length), length)


async def test_a_server_that_ignores_the_schema_is_seen_through() -> None:
    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda _: completion('{"等于": true}'))) as c:
        found = await probe(profile(), c)
    assert found[Finding.ANSWERS].ok
    assert not found[Finding.JSON_SCHEMA].ok


async def test_a_server_that_refuses_everything_does_not_answer() -> None:
    found = await found_at(Server(refuses=401), profile())
    assert not found[Finding.ANSWERS].ok
    assert "401" in str(found[Finding.ANSWERS].error)


@pytest.mark.parametrize(
    ("language", "says", "advises"),
    [("zh", "可用（使用中）", "价格：未知"), ("en", "works (in use)", "price: unknown")],
)
def test_doctor_says_it_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, language: str, says: str, advises: str
) -> None:
    with serving(completion(RIGHT)) as url:
        settings = {"LANG": language, "LLM_BASE_URL": url, "LLM_MODEL": "one-model", "LLM_API_KEY": KEY}
        for name, value in settings.items():
            monkeypatch.setenv(f"YUSUAN_{name}", value)
        result = CliRunner().invoke(commands, ["doctor"])
    assert result.exit_code == 0, result.stdout
    assert says in result.stdout
    assert advises in result.stdout
    assert KEY not in result.stdout


def test_doctor_finds_fault_with_a_mode_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(completion("Yes.")) as url:
        monkeypatch.setenv("YUSUAN_LLM_BASE_URL", url)
        monkeypatch.setenv("YUSUAN_LLM_MODEL", "one-model")
        result = CliRunner().invoke(commands, ["doctor"])
    assert result.exit_code == 1
    assert "不可用（使用中）" in result.stdout
    assert "YUSUAN_LLM_PROVIDER" in result.stdout


def test_doctor_says_that_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSUAN_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("YUSUAN_LLM_MODEL", "one-model")
    result = CliRunner().invoke(commands, ["doctor"])
    assert result.exit_code == 1
    assert "无法连接" in result.stdout
