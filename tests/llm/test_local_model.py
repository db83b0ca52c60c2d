"""A real model on a real llama.cpp server, over HTTP: `make test-model`, not part of `make test`.

SmolLM2-135M knows next to no Chinese. That is the point: its replies fit the schema, because the server's
grammar lets nothing else through, and what they say is wrong, which must stop no later than at the gate.
"""

import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from pydantic import Field

from extractors.checking.gate import standings_of
from extractors.checking.values import values_of
from extractors.llm.client import ModelClient, Profile, Question, Usage, connect
from extractors.llm.probe import Finding, probe
from extractors.llm.prompts import Prompt
from extractors.llm.providers import Mode, provider
from extractors.model.agreement import Agreements
from extractors.model.evidence import Match
from extractors.model.facts import Disclosure, Project
from extractors.model.findings import Status
from extractors.tasks.reading import Quote, Reply, Scope, amount, text
from tests.printed import passage_from, set_document

pytestmark = pytest.mark.real_model

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-model/bin/python"
SERVER = Path(__file__).with_name("llama_server.py")
MODEL = "SmolLM2-135M-Instruct"
LLAMA = provider("llama.cpp").model_copy(update={"output": 128, "max_output": 128})

TEXT = "村道养护由某某镇人民政府承担。"


class Invented(Reply):
    """What the text cannot say: it holds no figure, and the schema wants one."""

    name: str = Field(min_length=1, max_length=8)
    amount: str = Field(pattern=r"^[1-9][0-9]{0,3}\.[0-9]{2}万元$")


QUESTION = Question(
    Prompt("local", 1, "试", "逐字照抄项目名称和金额，输出 JSON。\n", "0" * 64), TEXT, Invented
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A running server."""
    with subprocess.Popen(  # noqa: S603 - our own script
        [PYTHON, SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        found = server.stdout.readline().strip()
        assert found, "the server did not start: run make test-model"
        yield f"{found}/v1"
        server.stdin.close()


@pytest.fixture(params=[Mode.GRAMMAR, Mode.JSON_SCHEMA], ids=str)
async def client(address: str, request: pytest.FixtureRequest) -> AsyncIterator[ModelClient]:
    """A client in each mode that llama.cpp holds a reply to the schema in."""
    settings = LLAMA.model_copy(update={"mode": request.param})
    made = connect(Profile(address, MODEL, "", provider=settings, timeout=300.0))
    yield made
    await made.close()


async def test_a_reply_fits_the_schema_and_what_it_says_is_left_to_a_person(client: ModelClient) -> None:
    spent: list[Usage] = []
    said = await client.ask(QUESTION, spent.append)
    assert isinstance(said, Invented)
    (usage,) = spent  # at the first attempt
    assert usage.input_tokens > 0
    assert 0 < usage.output_tokens <= 128

    passage = passage_from(TEXT)
    scope = Scope(passage, passage)
    figure = amount(Quote(before=None, printed=said.amount), scope)
    name = text(Quote(before=None, printed=said.name), scope)
    assert figure is not None
    assert name is not None
    assert {e.match for e in figure.place} == {Match.NOT_FOUND}
    disclosure = Disclosure(set_document(TEXT), projects=(Project(name=name, amount=figure),))
    standings = standings_of(disclosure, values_of(disclosure), (), Agreements())
    assert standings[figure.place].status is Status.REVIEW
    if any(e.match is Match.NOT_FOUND for e in name.place):
        assert standings[name.place].status is Status.REVIEW


async def test_doctor_finds_out_what_the_server_can_do(address: str) -> None:
    found = await probe(Profile(address, MODEL, "", provider=LLAMA, timeout=300.0))
    assert found[Finding.ANSWERS].ok
    assert found[Finding.JSON_SCHEMA].ok
    assert found[Finding.USAGE].ok
    assert found[Finding.CONTEXT].value == "8192"
