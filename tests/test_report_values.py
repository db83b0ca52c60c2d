"""What every part of an extraction is made of."""

from decimal import Decimal

import pytest
from pydantic import TypeAdapter

from extractors.model.amounts import Amount, Text
from extractors.model.evidence import Box, Evidence, Match
from extractors.model.extraction import CellOut, Extraction
from extractors.report_values import decimal_string, place_out, told

LINE = Evidence(3, Box(1.0, 2.0, 3.0, 4.0), "办公费")


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        (Decimal("1254.76"), "1254.76"),
        (Decimal("-0.50"), "-0.50"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.00000001"), "0.00000001"),
        (Decimal("0E-8"), "0.00000000"),
    ],
)
def test_a_decimal_has_no_exponent(value: Decimal, digits: str) -> None:
    assert decimal_string(value) == digits


def test_only_what_was_read_is_told() -> None:
    amount = Amount(printed="6.08", place=(LINE,), value=Decimal("6.08"), unit="万元")
    keys = told([("name", Text(printed="办公费")), ("amount", amount), ("reason", None)], {})
    assert keys.keys() == {"name", "amount", "fields"}
    assert (keys["name"], keys["amount"]) == ("办公费", "6.08")
    assert {key: field.evidence for key, field in keys["fields"].items()} == {
        "name": None,
        "amount": place_out((LINE,)),
    }


def test_a_quote_that_was_not_found_has_no_place() -> None:
    absent = LINE._replace(match=Match.NOT_FOUND)
    assert place_out((absent,)) is None
    assert place_out((absent, LINE)) == place_out((LINE,))


def test_json_may_leave_out_what_says_nothing() -> None:
    cell = TypeAdapter(CellOut).validate_json(
        '{"status": "accepted", "confidence": 0.5, "reader": "table", "text": "办公费"}'
    )
    assert cell == CellOut(None, "accepted", 0.5, "table", "", "", "办公费", None, None)


def test_the_schema_says_which_mappings_are_empty_by_default() -> None:
    parts = Extraction.model_json_schema(mode="serialization")["$defs"]
    defaults = {
        (part, key): parts[part]["properties"][key]["default"]
        for part in ("NarrativeFactOut", "IndicatorOut", "ProjectOut")
        for key in ("fields", "wording", "units")
        if key in parts[part]["properties"]
    }
    assert len(defaults) == 5
    assert set(map(str, defaults.values())) == {"{}"}
