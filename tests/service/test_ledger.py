"""The books: every attempt a row, an answer never paid for twice, and what it all has cost."""

import asyncio
import json
from dataclasses import replace
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx
from sqlalchemy import create_engine, text

from extractors.llm.client import Question, Usage, connect
from extractors.llm.prices import ListedPrice
from extractors.llm.prompts import Prompt
from extractors.llm.providers import provider
from extractors.model.errors import Language, ModelUnavailable, ReplyRejected
from service import printing
from service.jobs.costs import spent, totals
from service.jobs.ledger import StoredLedger
from service.jobs.reading import Here
from service.settings import Settings
from service.storage.database import Database
from tests.llm.server import KEY, URL, completion, profile, reply, serving
from tests.service.conftest import Running
from tests.service.one_question import GOOD, QUESTION, Answer
from tests.service.pdfs import golden
from tests.service.test_cli import run

PATH = f"{URL}/chat/completions"
PRICED = provider("unknown").model_copy(
    update={"prices": (ListedPrice(match="*", currency="CNY", input="2", output="8", source="contract"),)}
)


class Killed(BaseException):
    """The program ends here."""


async def ask(database: Database, question: Question[Answer] = QUESTION, **changes: Any) -> list[Usage]:
    """Asks with new connections, as another run does; what was booked."""
    ask_again = changes.pop("ask_again", False)
    client = connect(profile(**changes), ledger=StoredLedger(database, ask_again=ask_again))
    booked: list[Usage] = []
    try:
        assert (await client.ask(question, booked.append)).amount == "77.00万元"
    finally:
        await client.close()
    return booked


def rows(url: str) -> list[dict[str, Any]]:
    """All rows of the books."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [
            dict(row) for row in connection.execute(text("SELECT * FROM llm_call ORDER BY id")).mappings()
        ]
    engine.dispose()
    return found


@respx.mock
async def test_an_answer_is_paid_for_once(database: Database, url: str) -> None:
    route = respx.post(PATH).mock(return_value=reply(GOOD))
    assert await ask(database, provider=PRICED) == [
        Usage(1, 0, 100, 20, cost=Decimal("0.00036"), currency="CNY")
    ]
    assert await ask(Database(url), replace(QUESTION, document="e" * 64)) == [Usage(1, 1)]
    assert route.call_count == 1
    (row,) = rows(url)
    expected = {
        "document": "d" * 64,
        "section": "cover",
        "prompt": "cover/v1",
        "prompt_sha256": "ab" * 32,
        "provider": "unknown",
        "model": "chat-model",
        "outcome": "answered",
        "input_tokens": 100,
        "output_tokens": 20,
        "currency": "CNY",
        "picos": 360_000_000,
    }
    assert {key: row[key] for key in expected} == expected
    assert json.loads(row["price"])["source"] == "contract"
    assert row["seconds"] >= 0
    assert KEY not in str(row)


@respx.mock
async def test_another_model_address_or_prompt_is_another_request(database: Database) -> None:
    other = "http://other.invalid/v1"
    respx.post(PATH).mock(return_value=reply(GOOD))
    respx.post(f"{other}/chat/completions").mock(return_value=reply(GOOD))
    prompt = Prompt("cover", 2, "试", "抄。\n", "cd" * 32)
    for question, changes in (
        (QUESTION, {}),
        (QUESTION, {"model": "other"}),
        (QUESTION, {"base_url": other}),
        (replace(QUESTION, prompt=prompt), {}),
    ):
        assert [usage.cached_calls for usage in await ask(database, question, **changes)] == [0]


@respx.mock
async def test_an_answer_outlives_a_crash_right_after_it(database: Database, url: str) -> None:
    def die(_: object) -> None:
        raise Killed

    respx.post(PATH).mock(return_value=reply(GOOD))
    with pytest.raises(Killed):
        await ask(database, replace(QUESTION, check=die))
    respx.post(PATH).mock(side_effect=httpx.ConnectError("nobody may be asked"))
    assert await ask(Database(url)) == [Usage(1, 1)]


@respx.mock
async def test_a_crash_before_the_answer_is_said_to_have_cost_perhaps(database: Database) -> None:
    async def die(_: httpx.Request) -> httpx.Response:
        raise Killed

    respx.post(PATH).mock(side_effect=die)
    with pytest.raises(Killed):
        await ask(database)
    (line,) = spent(database)
    assert (line.attempts, line.answered, line.unfinished) == (1, 0, 1)
    assert "可能已计费" in printing.cost([line], Language.ZH)
    assert "may have been charged" in printing.cost([line], Language.EN)


@respx.mock
async def test_every_attempt_is_a_row_and_a_second_reading_sends_nothing(
    database: Database, url: str
) -> None:
    answers = [httpx.Response(500), completion("{"), reply(GOOD)]
    route = respx.post(PATH).mock(side_effect=answers)
    assert len(await ask(database, resends=1)) == 2
    assert [row["outcome"] for row in rows(url)] == ["server-error", "malformed", "answered"]
    again = await ask(Database(url))
    assert [usage.cached_calls for usage in again] == [1, 1]
    assert route.call_count == 3


@respx.mock
async def test_answers_that_were_no_good_are_asked_for_again_on_request(database: Database) -> None:
    route = respx.post(PATH).mock(return_value=completion("{"))
    for _ in range(2):
        with pytest.raises(ReplyRejected):
            await ask(database)
    assert route.call_count == 2  # the first time; the second time nothing was sent
    route.mock(return_value=reply(GOOD))
    assert [usage.cached_calls for usage in await ask(database, ask_again=True)] == [0]
    assert await ask(database) == [Usage(1, 1)]


@respx.mock
async def test_trouble_of_the_day_is_no_answer(database: Database) -> None:
    route = respx.post(PATH).mock(return_value=httpx.Response(503))
    with pytest.raises(ModelUnavailable):
        await ask(database, resends=0)
    route.mock(return_value=reply(GOOD))
    assert [usage.cached_calls for usage in await ask(database)] == [0]


@respx.mock
async def test_the_same_question_twice_at_once_is_sent_once(database: Database) -> None:
    route = respx.post(PATH).mock(return_value=reply(GOOD))
    client = connect(profile(), ledger=StoredLedger(database))
    answers = await asyncio.gather(*(client.ask(QUESTION, lambda _: None) for _ in range(2)))
    assert [answer.amount for answer in answers] == ["77.00万元"] * 2
    assert route.call_count == 1
    await client.close()


@respx.mock
async def test_what_was_spent_by_document_section_and_model(database: Database) -> None:
    respx.post(PATH).mock(return_value=reply(GOOD))
    with database.writing() as work:
        work.documents.add("d" * 64, "某局.pdf", 1)
    await ask(database, provider=PRICED)
    await ask(database, replace(QUESTION, text="预算7万元"), provider=PRICED)
    await ask(database, model="other")
    priced, unpriced = spent(database)
    assert (priced.file_name, priced.section, priced.model, priced.answered) == (
        "某局.pdf",
        "cover",
        "chat-model",
        2,
    )
    assert (priced.cost, priced.currency, priced.unpriced) == (Decimal("0.00072"), "CNY", 0)
    assert (unpriced.model, unpriced.currency, unpriced.unpriced) == ("other", None, 1)
    printed = printing.cost(spent(database, 1), Language.ZH)
    assert "0.00072" in printed
    assert "1 次价格未知" in printed
    assert printing.cost((), Language.EN) == "No model was called."


def test_a_document_that_is_read_twice_is_asked_about_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = golden("bazhou-2025")
    with serving(completion("{}")) as url:
        for name, value in (("BASE_URL", url), ("MODEL", "one-model"), ("API_KEY", KEY)):
            monkeypatch.setenv(f"YUSUAN_LLM_{name}", value)
        monkeypatch.setenv("YUSUAN_DATA_DIR", str(tmp_path))
        monkeypatch.setenv("YUSUAN_LANG", "en")
        first = json.loads(run("extract", pdf, "--json").stdout)["provenance"]["llm"]
    # The server is gone: whatever is sent now would fail.
    second = json.loads(run("extract", pdf, "--json").stdout)["provenance"]["llm"]
    assert first["cached_calls"] == 0
    assert first["cost"] is None
    assert second["calls"] == second["cached_calls"] == first["calls"] > 0
    assert second["cost"] == "0"
    printed = run("cost").stdout
    assert "of unknown price" in printed
    assert "one-model" in printed
    assert run("cost", "9").exit_code == 2


def test_a_budget_of_a_run_is_for_all_its_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each answer costs 0.38 and may cost 0.5 at least; two of a document would pass, were it alone."""
    named = tmp_path / "dear.toml"
    price = {"match": "*", "currency": "CNY", "input": "20", "output": "120", "source": "contract"}
    lines = "\n".join(f'{key} = "{value}"' for key, value in price.items())
    plain = (resources.files("extractors.llm.providers") / "unknown.toml").read_text(encoding="utf-8")
    named.write_text(f"{plain}\n[[prices]]\n{lines}\n", encoding="utf-8")
    with serving(completion("{", tokens=(1000, 3000))) as url:
        settings = {"BASE_URL": url, "MODEL": "m", "PROVIDER": named, "RUN_BUDGET": "3", "AT_ONCE": 1}
        for name, value in settings.items():
            monkeypatch.setenv(f"YUSUAN_LLM_{name}", str(value))
        monkeypatch.setenv("YUSUAN_DATA_DIR", str(tmp_path))
        result = run("extract", golden("hejing-2025"), golden("tekesi-2025"), "--json")
    first, second = [json.loads(line) for line in result.stdout.splitlines()]
    (total,) = totals(spent(Database(f"sqlite:///{tmp_path / 'yusuan.sqlite3'}")))
    assert Decimal(first["provenance"]["llm"]["cost"]) == total.cost
    assert Decimal("0.38") <= total.cost <= Decimal(3)
    assert second["provenance"]["llm"]["calls"] == 0
    assert second["tables"]
    for extraction in (first, second):
        assert any("YUSUAN_LLM_RUN_BUDGET" in gap["reason"] for gap in extraction["gaps"])


async def test_the_service_tells_what_was_spent(settings: Settings, running: Running) -> None:
    async with running(settings) as client:
        assert (await client.get("/v1/cost")).json() == {"lines": [], "totals": []}
        database = Database(settings.database)
        with respx.mock(assert_all_mocked=False) as server:
            server.post(PATH).mock(return_value=reply(GOOD))
            await ask(database, provider=PRICED)
        found = (await client.get("/v1/cost")).json()
        assert (await client.get("/v1/cost?document=7")).status_code == 404
    assert found["lines"][0]["cost"] == "0.00036"
    assert found["totals"] == [
        {
            "currency": "CNY",
            "answered": 1,
            "input_tokens": 100,
            "cached_tokens": 0,
            "output_tokens": 20,
            "cost": "0.00036",
            "unpriced": 0,
            "unfinished": 0,
        }
    ]


def test_a_reader_does_not_show_where_its_books_are() -> None:
    settings = Settings(_env_file=None, database_url="postgresql://user:secret@host/db")
    assert "secret" not in repr(Here.of(settings))
