"""Confidence is what was observed."""

from decimal import Decimal

import pytest

from extractors.checking.tiers import (
    ACCEPTING,
    Observed,
    Tier,
    Trust,
    observations_in,
    observations_out,
    observed_on_golden,
    wilson_lower,
)


@pytest.mark.parametrize(
    ("right", "values", "lower"),
    # Wilson 1927; 10 of 10 and 90 of 100 as tables of the interval give them
    [(10, 10, "0.7225"), (90, 100, "0.8256"), (0, 10, "0.0000"), (0, 0, "0"), (3838, 3838, "0.9990")],
)
def test_the_lower_end_of_the_interval(right: int, values: int, lower: str) -> None:
    assert wilson_lower(right, values) == Decimal(lower)


def test_every_tier_has_its_confidence() -> None:
    trust = Trust(observed_on_golden())
    assert all(0 <= trust.confidence(tier) <= 1 for tier in Tier)


def test_the_interval_holds_what_was_observed() -> None:
    assert Observed(100, 10).interval == (Decimal("0.8256"), Decimal("0.9448"))
    assert Observed(0, 0).interval == (Decimal(0), Decimal(1))


SEEN = dict.fromkeys(Tier, Observed(0, 0)) | {
    Tier.PROVEN_TWICE: Observed(1000, 0),
    Tier.PROVEN_ONCE: Observed(100, 1),
    Tier.UNPROVEN: Observed(100, 0),
}


def test_without_a_target_no_tier_falls_short() -> None:
    assert [tier for tier in Tier if Trust(SEEN).shortfall(tier)] == []
    assert Trust(SEEN).accepted_share == Decimal("0.9167")


def test_a_tier_that_may_lie_below_the_target_falls_short_and_says_by_what_sample() -> None:
    trust = Trust(SEEN, Decimal("0.99"))
    assert [tier for tier in ACCEPTING if not trust.shortfall(tier)] == [Tier.PROVEN_TWICE]
    assert trust.shortfall(Tier.PROVEN_ONCE) == (
        "证据等级 proven-once 未达到所要求的准确率 99%：观察 100 个值，错 1 个，95% 区间 94.55% 至 99.82%"
    )
    assert "观察 0 个值，错 0 个，95% 区间 0% 至 100%" in trust.shortfall(Tier.COPIED)
    assert trust.accepted_share == Decimal("0.8333")


def test_the_threshold_follows_the_target() -> None:
    accepted = [
        sum(not Trust(SEEN, Decimal(target)).shortfall(tier) for tier in ACCEPTING)
        for target in ("0.9", "0.95", "0.999")
    ]
    assert accepted == [2, 1, 0]


def test_a_table_is_written_and_read() -> None:
    text = observations_out(SEEN, "some documents", "a command")
    assert observations_in(text) == SEEN
    assert "some documents" in text


@pytest.mark.parametrize("text", ["", "[copied]\nvalues = 1\nwrong = 0\n", "nonsense", "copied = 3"])
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"tiers|Expected|Invalid"):
        observations_in(text)


def test_more_wrong_values_than_values_are_refused() -> None:
    with pytest.raises(ValueError, match="more wrong"):
        observations_in(observations_out(SEEN | {Tier.COPIED: Observed(1, 2)}, "x", "y"))
