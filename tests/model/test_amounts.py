"""Printed numbers: what is one, and how exact it is."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model.amounts import Amount, parse_decimal


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1254.76", "1254.76"),
        ("1,254.76", "1254.76"),
        ("4567178.00", "4567178.00"),
        ("１２.５", "12.5"),
        ("－3.00", "-3.00"),
        ("−3.00", "-3.00"),
        ("–3.00", "-3.00"),
        ("（3.00）", "-3.00"),
        ("(1,003.00)", "-1003.00"),
        ("-2,469.00", "-2469.00"),
        ("0", "0"),
        (" 7. 17 ", "7.17"),
    ],
)
def test_numbers_in_their_printed_forms(printed: str, value: str) -> None:
    assert str(parse_decimal(printed)) == value


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "-",
        "—",
        "※",
        "2940 05,",
        "1,25.76",
        "12,3456",
        "1.2.3",
        "3=1+2",
        "12万元",
        "7.57%",
        "一",
        "1e5",
        "--3",
        ".",
    ],
)
def test_what_is_not_wholly_a_number_is_none(printed: str) -> None:
    assert parse_decimal(printed) is None


@settings(deadline=None)  # the machine may be busy
@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_every_printed_decimal_is_read_as_it_is(value: Decimal) -> None:
    assert parse_decimal(f"{value:,.2f}") == value


@pytest.mark.parametrize(
    ("printed", "unit", "half_unit"),
    [
        ("7.17", "万元", "50"),
        ("34", "万元", "5000"),
        ("26849.64", "元", "0"),
        ("26849", "元", "0.5"),
        ("76.14", "%", "0.005"),
        ("20", "人", "0"),
        ("1.25", "亿元", "500000"),
        ("12.5", "平方米", "0.05"),
        ("7.17", None, "0.005"),
    ],
)
def test_half_a_unit_of_the_last_printed_place(printed: str, unit: str | None, half_unit: str) -> None:
    amount = Amount(printed=printed, value=Decimal(printed), unit=unit)
    assert amount.half_unit == Decimal(half_unit)
