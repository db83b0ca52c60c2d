"""Confidence is what was observed."""

from decimal import Decimal

import pytest

from extractors.checking.tiers import Tier, confidences, wilson_lower


@pytest.mark.parametrize(
    ("right", "values", "lower"),
    # Wilson 1927; 10 of 10 and 90 of 100 as tables of the interval give them
    [(10, 10, "0.7225"), (90, 100, "0.8256"), (0, 10, "0.0000"), (0, 0, "0"), (3838, 3838, "0.9990")],
)
def test_the_lower_end_of_the_interval(right: int, values: int, lower: str) -> None:
    assert wilson_lower(right, values) == Decimal(lower)


def test_every_tier_has_its_confidence() -> None:
    assert set(confidences()) == set(Tier)
    assert all(0 <= confidence <= 1 for confidence in confidences().values())
