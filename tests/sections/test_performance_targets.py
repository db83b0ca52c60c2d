"""Targets of indicators: operator, figure and unit, in every printed form."""

import pytest

from extractors.targets import target_of
from tests.builders import passage


def _target(text: str) -> tuple[str | None, str | None, str | None]:
    operator, value = target_of(passage(text))
    return operator, str(value.value) if value else None, value.unit if value else None


@pytest.mark.parametrize(
    ("text", "target"),
    [
        (">=118.88万人", (">=", "118.88", "万人")),
        ("≥95%", (">=", "95", "%")),
        ("＞=95％", (">=", "95", "%")),
        ("＜ =200元/次", ("<=", "200", "元/次")),
        ("≤2万元", ("<=", "2", "万元")),
        ("<=7.03元/人/年", ("<=", "7.03", "元/人/年")),
        ("＝100%", ("=", "100", "%")),
        (">1,000人", (">", "1000", "人")),
        ("不少于4次", (">=", "4", "次")),
        ("不得超过5%", ("<=", "5", "%")),
        ("不应大于5%", (None, None, None)),
        ("30人以上", (">=", "30", "人")),
        ("控制在5%以内", ("<=", "5", "%")),
        ("上访率<1%", ("<", "1", "%")),
        ("＞=2152.65", (">=", "2152.65", None)),
        ("100%", (None, "100", "%")),
        ("20人", (None, "20", "人")),
        ("=0人", ("=", "0", "人")),
        ("≤15日", ("<=", "15", "日")),
        ("≤预算", ("<=", None, None)),
        ("2025年12月15日", (None, None, None)),
        ("≤2025年12月15日", (None, None, None)),
        ("2025年", (None, None, None)),
        ("12月底前", (None, None, None)),
        ("每月20日之前", (None, None, None)),
        ("每月20日以内", (None, None, None)),
        ("2025年第一季度", (None, None, None)),
        ("80%-90%", (None, None, None)),
        ("1.2.3万元", (None, None, None)),
        ("有效提升", (None, None, None)),
    ],
)
def test_targets(text: str, target: tuple[str | None, str | None, str | None]) -> None:
    assert _target(text) == target
