"""Providers are data: what goes over the wire for each mode, and what an operator's own file may say."""

import json
from pathlib import Path
from typing import Any

import pytest
import respx

from extractors.llm.client import Question, connect
from extractors.llm.prompts import Prompt
from extractors.llm.providers import Mode, UnknownProvider, provider, provider_at, providers
from extractors.tasks.reading import Reply
from tests.llm.server import URL, completion, profile, reply

PATH = f"{URL}/chat/completions"


class Answer(Reply):
    """A small reply."""

    amount: str
    unit: str | None = None


QUESTION = Question(Prompt("cover", 1, "试", "照抄金额，输出 JSON。\n", "0" * 64), "预算77.00万元", Answer)
GOOD = {"amount": "77.00万元", "unit": None}


async def sent(**changes: Any) -> dict[str, Any]:
    """The body of the request that an endpoint with these settings gets."""
    with respx.mock as server:
        answer = reply(GOOD)
        if changes["provider"].mode is Mode.TOOLS:
            call = {
                "id": "1",
                "type": "function",
                "function": {"name": "Answer", "arguments": json.dumps(GOOD)},
            }
            answer = completion(None, tool_calls=[call], finish="tool_calls")
        route = server.post(PATH).mock(return_value=answer)
        client = connect(profile(**changes))
        assert (await client.ask(QUESTION, lambda _usage: None)).amount == "77.00万元"
        await client.close()
        body: dict[str, Any] = json.loads(route.calls.last.request.content)
        return body


def mode(name: str, **changes: Any) -> Any:
    """The unknown provider in another mode."""
    return provider("unknown").model_copy(update={"mode": Mode(name), **changes})


async def test_json_schema() -> None:
    body = await sent(provider=mode("json_schema"))
    assert body["response_format"]["type"] == "json_schema"
    assert "strict" not in body["response_format"]["json_schema"]
    assert body["temperature"] == 0


async def test_json_schema_strict_wants_every_key() -> None:
    shape = (await sent(provider=mode("json_schema", strict=True)))["response_format"]["json_schema"]
    assert (shape["strict"], shape["name"]) == (True, "Answer")
    assert shape["schema"]["required"] == ["amount", "unit"]
    assert shape["schema"]["additionalProperties"] is False


async def test_tools() -> None:
    body = await sent(provider=mode("tools"))
    assert body["tool_choice"] == {"type": "function", "function": {"name": "Answer"}}
    assert "response_format" not in body
    strict = await sent(provider=mode("tools", strict=True))
    assert strict["tools"][0]["function"]["strict"] is True


async def test_json_states_the_schema_in_the_prompt() -> None:
    body = await sent(provider=mode("json"))
    assert body["response_format"] == {"type": "json_object"}
    assert '"amount"' in body["messages"][0]["content"]


async def test_grammar_goes_where_the_server_wants_it() -> None:
    flat = await sent(provider=mode("grammar", grammar_field="json_schema"))
    assert flat["json_schema"]["properties"].keys() == {"amount", "unit"}
    assert "response_format" not in flat
    deep = await sent(provider=mode("grammar", grammar_field="structured_outputs.json"))
    assert deep["structured_outputs"] == {"json": flat["json_schema"]}


async def test_a_model_may_have_its_own_parameters() -> None:
    plain = await sent(provider=provider("openai"), model="gpt-4.1")
    assert (plain["temperature"], plain["max_completion_tokens"]) == (0, 8192)
    assert "max_tokens" not in plain
    assert "temperature" not in await sent(provider=provider("openai"), model="gpt-5-mini")
    assert provider("openai").for_model("gpt-5-mini").max_output == 32768


@pytest.mark.parametrize("name", ["openai", "deepseek", "qwen", "vllm", "llama.cpp", "unknown"])
async def test_each_provider_can_be_asked(name: str) -> None:
    body = await sent(provider=provider(name))
    assert body[provider(name).limit_field] <= provider(name).max_output


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://api.openai.com/v1", "openai"),
        ("https://api.deepseek.com", "deepseek"),
        ("https://dashscope.aliyuncs.com/compatible-mode/v1", "qwen"),
        ("http://127.0.0.1:8000/v1", "unknown"),
        ("https://api.openai.com.example.org/v1", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_a_provider_is_known_by_its_host(url: str, name: str) -> None:
    assert provider_at(url).name == name


def test_a_file_is_called_what_it_is_about() -> None:
    assert set(providers()) == {"openai", "deepseek", "qwen", "vllm", "llama.cpp", "unknown"}


def test_an_operator_may_have_a_file_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(
        'name = "ours"\nmode = "tools"\n[[prices]]\nmatch = "qwen-*"\ncurrency = "CNY"\n'
        'input = "0.8"\noutput = "2"\nsource = "contract 7"\nsince = 2026-01-01\n',
        encoding="utf-8",
    )
    found = provider(str(path))
    assert (found.mode, found.prices[0].currency) == (Mode.TOOLS, "CNY")


@pytest.mark.parametrize(
    "source",
    ['mode = "tools"', 'name = "ours"\nmode = "magic"', 'name = "ours"\nspeed = 9', "name = ["],
    ids=["no-name", "no-such-mode", "no-such-key", "no-toml"],
)
def test_a_file_that_says_nonsense_is_refused(tmp_path: Path, source: str) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(source, encoding="utf-8")
    with pytest.raises(UnknownProvider, match=r"ours\.toml"):
        provider(str(path))


def test_nobody_else_is_known() -> None:
    with pytest.raises(UnknownProvider, match="deepseek"):
        provider("nobody")
    with pytest.raises(UnknownProvider, match="No such file"):
        provider("nobody.toml")
