"""Changed figures, and what the gate says of them."""

import random
from decimal import Decimal
from itertools import islice

import pytest

from bench.mutations import (
    CAUGHT,
    REVIEW,
    ROUNDING,
    Mutation,
    digit,
    mutations,
    outcome,
    replaced,
    sign,
    with_print,
)
from extractors.model.amounts import Amount
from extractors.model.facts import Disclosure
from tests.disclosures import disclosure_of

TABLE = {
    "kind": "expenditure",
    "unit": "万元",
    "header": ["科目编码", "科目名称", "支出/合计", "支出/基本支出", "支出/项目支出"],
    "rows": [
        [None, "合计", "12.00", "8.00", "4.00"],
        ["210", "卫生健康支出", "10.00", "6.00", "4.00"],
        ["221", "住房保障支出", "2.00", "2.00", None],
    ],
}


@pytest.fixture
def disclosure() -> Disclosure:
    return disclosure_of({"tables": [TABLE], "facts": [{"subject": "办公家具价值", "amount": "25.11 万元"}]})


def total(disclosure: Disclosure) -> Amount:
    amount = disclosure.tables[0].blocks[0].entries[0].amounts[0]
    assert amount is not None
    return amount


def test_a_change_is_made_wherever_the_figure_stands(disclosure: Disclosure) -> None:
    old = total(disclosure)
    changed = replaced(disclosure, {old.place: with_print(old, "13.00")})
    cell = changed.tables[0].rows[0].cells[2]
    assert cell is not None
    assert cell.amount == total(changed)
    assert total(changed).value == Decimal("13.00")
    assert replaced(disclosure, {}) is disclosure


@pytest.mark.parametrize(("printed", "result"), [("13.00", CAUGHT), ("12.01", ROUNDING), ("-12.00", CAUGHT)])
def test_a_figure_in_identities(disclosure: Disclosure, printed: str, result: str) -> None:
    old = total(disclosure)
    assert outcome(disclosure, Mutation("digit", {old.place: with_print(old, printed)})).result == result


def test_a_figure_in_none(disclosure: Disclosure) -> None:
    old = disclosure.narrative_facts[0].amount
    assert old is not None
    assert outcome(disclosure, Mutation("digit", {old.place: with_print(old, "26.11")})).result == REVIEW


def test_changes_change_something_and_are_the_same_for_the_same_seed(disclosure: Disclosure) -> None:
    once, again = (list(islice(mutations(disclosure, random.Random(7)), 50)) for _ in range(2))  # noqa: S311 - no secret
    assert once == again
    amounts = {a.place: a for e in disclosure.tables[0].blocks[0].entries for a in e.amounts if a}
    changed = [(place, new) for m in once for place, new in m.changed.items() if place in amounts]
    assert changed
    assert all(new.value != amounts[place].value for place, new in changed)


def test_a_digit_and_a_sign() -> None:
    amount = Amount(printed="1,254.76", value=Decimal("1254.76"))
    new = digit(amount, random.Random(1))  # noqa: S311 - no secret
    assert sum(a != b for a, b in zip(amount.printed, new.printed, strict=True)) == 1
    assert sign(amount, random.Random(1)).value == Decimal("-1254.76")  # noqa: S311 - no secret
