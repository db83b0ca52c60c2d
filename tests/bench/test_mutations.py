"""Changed figures, and what the gate says of them."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from bench.golden import golden_documents
from bench.mutations import (
    CAUGHT,
    ESCAPED,
    KINDS,
    REVIEW,
    ROUNDING,
    Mutation,
    Outcome,
    Subject,
    digit,
    outcome,
    sign,
    unit,
    with_print,
)
from bench.places import replaced
from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.model.amounts import Amount
from extractors.model.facts import Disclosure
from extractors.pipeline import read_sections
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
    reading = replaced(disclosure, {old.place: with_print(old, "13.00")})
    cell = reading.tables[0].rows[0].cells[2]
    assert cell is not None
    assert cell.amount == total(reading)
    assert total(reading).value == Decimal("13.00")
    assert replaced(disclosure, {}) is disclosure


def changed(disclosure: Disclosure, old: Amount, printed: str) -> Outcome:
    reading = replaced(disclosure, {old.place: with_print(old, printed)})
    mutation = Mutation("digit", reading, (old.place,), printed)
    return outcome(Subject.of("甲", disclosure), mutation)


@pytest.mark.parametrize(("printed", "result"), [("13.00", CAUGHT), ("12.01", ROUNDING), ("-12.00", CAUGHT)])
def test_a_figure_in_identities(disclosure: Disclosure, printed: str, result: str) -> None:
    assert changed(disclosure, total(disclosure), printed).result == result


def test_a_figure_in_none(disclosure: Disclosure) -> None:
    old = disclosure.narrative_facts[0].amount
    assert old is not None
    assert changed(disclosure, old, "26.11").result == REVIEW


def test_a_value_that_is_gone_has_escaped(disclosure: Disclosure) -> None:
    mutation = Mutation("column", replace(disclosure, tables=()), (total(disclosure).place,), "12.00")
    assert outcome(Subject.of("甲", disclosure), mutation).result == ESCAPED


def test_changes_change_something_and_are_the_same_for_the_same_seed(disclosure: Disclosure) -> None:
    # The table of a case has no grid behind it: changes that need one are of the golden documents.
    kinds = ("digit", "sign", "unit", "swap")
    subject = Subject.of("甲", disclosure)
    once, again = (
        [KINDS[kind](subject, random.Random(7)) for kind in kinds]  # noqa: S311 - no secret
        for _ in range(2)
    )
    assert once == again
    assert [m.reading != disclosure for m in once if m] == [True] * len(kinds)


def test_shifts_of_a_golden_table() -> None:
    golden = next(g for g in golden_documents() if g.name == "hejing-2025")
    reading = read_sections(read_layout(golden.pdf.read_bytes(), golden.name, Limits()))
    subject = Subject.of(golden.name, reading)
    dice = random.Random(3)  # noqa: S311 - no secret
    for kind in ("column", "row"):
        made = (KINDS[kind](subject, dice) for _ in range(30))
        mutation = next(m for m in made if m is not None)
        assert mutation.reading.tables != reading.tables
        assert outcome(subject, mutation).result in (CAUGHT, REVIEW)


def test_a_digit_a_sign_and_a_unit() -> None:
    dice = random.Random(1)  # noqa: S311 - no secret
    amount = Amount(printed="1,254.76", value=Decimal("1254.76"), unit="万元")
    new = digit(amount, dice)
    assert sum(a != b for a, b in zip(amount.printed, new.printed, strict=True)) == 1
    assert sign(amount, dice).value == Decimal("-1254.76")
    assert unit(amount, dice).unit in ("元", "亿元")
    count = replace(amount, unit="辆")
    assert unit(count, dice) is count
