"""What tokens cost: the own table, then genai-prices, else unknown; and a budget that is not exceeded."""

import asyncio
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from extractors.llm.client import Question, Usage, connect
from extractors.llm.prices import ListedPrice, Price, price_of
from extractors.llm.prompts import Prompt
from extractors.llm.providers import provider
from extractors.llm.tokens import at_most, tokens_of
from extractors.model.errors import BudgetSpent, Language
from extractors.tasks.reading import Reply
from tests.llm.server import completion, profile

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def listed(match: str = "qwen-*", money: str = "0.8", **changes: Any) -> ListedPrice:
    """A line of the own table: 0.8 in, 2 out, 0.16 cached, unless said otherwise."""
    line = {"match": match, "currency": "CNY", "input": money, "output": "2", "cached": "0.16", "source": "c"}
    return ListedPrice(**{**line, **changes})


def test_the_own_table_goes_first_and_its_newest_line() -> None:
    table = (listed(since=date(2026, 1, 1)), listed(money="0.5", since=date(2026, 6, 1)))
    assert price_of("qwen-plus", table, None, NOW) == table[1].price
    assert price_of("qwen-plus", table, None, datetime(2026, 3, 1, tzinfo=UTC)) == table[0].price
    assert price_of("qwen-plus", table, None, datetime(2025, 3, 1, tzinfo=UTC)) is None
    own = price_of("gpt-4.1", (listed("gpt-4.1"),), "openai", NOW)
    assert own is not None
    assert own.currency == "CNY"


def test_published_prices_come_second() -> None:
    found = price_of("gpt-4.1", (listed(),), "openai", NOW)
    assert found is not None
    assert (found.currency, found.source) == ("USD", "genai-prices: openai")
    assert found.input > (found.cached or 0) > 0
    assert found.output > found.input


@pytest.mark.parametrize(
    ("model", "published"), [("nonsense", "openai"), ("qwen-max", None), ("m", "nobody")]
)
def test_what_nobody_knows_is_unknown(model: str, published: str | None) -> None:
    assert price_of(model, (), published, NOW) is None


def test_a_price_of_nothing_may_be_stated_but_not_a_negative_one() -> None:
    assert listed(money="0").price.of(1_000_000, 0) == 0
    with pytest.raises(ValidationError):
        listed(money="-1")


def test_money_is_exact() -> None:
    price = listed().price
    assert price.of(1_000_001, 3, 1) == Decimal("0.80000616")
    assert Price(**{**price.model_dump(), "cached": None}).of(10, 0, 10) == Decimal("0.000008")


def test_one_formula_counts_tokens() -> None:
    assert tokens_of("预算安排") == 3
    assert tokens_of("77.00万元") == 4  # 2 × 0.75 + 5 × 0.40 = 3.5
    assert at_most("预" * 100) == 90
    assert tokens_of("") == 0


class Answer(Reply):
    """A small reply."""

    amount: str


def question(number: int) -> Question[Answer]:
    return Question(Prompt("cover", 1, "试", "照抄。\n", "0" * 64), f"预算{number}万元", Answer)


DEAR = provider("unknown").model_copy(
    update={"output": 1000, "max_output": 1000, "prices": (listed("*", money="1000", output="1000"),)}
)


async def spend(budget: str, calls: int, **changes: Any) -> tuple[list[Usage], list[BaseException]]:
    """What that many questions cost at 1000 CNY a million tokens, and the errors of those not asked."""

    async def answer(_: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.001)
        return completion('{"amount": "7"}', tokens=(100, 100))

    spent: list[Usage] = []
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http_client:
        settings = {"provider": DEAR, "budget": Decimal(budget), **changes}
        client = connect(profile(**settings), http_client)
        asked = (client.ask(question(n), spent.append) for n in range(calls))
        results = await asyncio.gather(*asked, return_exceptions=True)
    return spent, [result for result in results if isinstance(result, BaseException)]


async def test_a_budget_stops_before_it_is_exceeded() -> None:
    # At most about 1.3 CNY a call (its 1000 tokens of output), in the end 0.2.
    spent, errors = await spend("1.6", 9)
    total = sum((usage.cost or Decimal(0) for usage in spent), Decimal(0))
    assert Decimal("0.2") <= total <= Decimal("1.6")
    assert errors
    assert len(spent) + len(errors) == 9
    assert all(isinstance(error, BudgetSpent) for error in errors)


async def test_a_budget_that_is_enough_stops_nothing() -> None:
    spent, errors = await spend("4", 9)
    assert (len(spent), errors) == (9, [])
    assert sum(spent, Usage()).cost == Decimal("1.8")
    assert sum(spent, Usage()).currency == "CNY"


async def test_with_a_budget_nothing_of_unknown_price_is_sent() -> None:
    spent, errors = await spend("100", 2, provider=provider("unknown"))
    assert spent == []
    assert isinstance(errors[0], BudgetSpent)
    assert "价格未知" in errors[0].message(Language.ZH)


def test_unknown_and_known_make_unknown() -> None:
    known = Usage(calls=1, cost=Decimal(1), currency="CNY")
    assert (known + Usage(calls=1, cost=None)).cost is None
    assert (Usage() + known) == known
