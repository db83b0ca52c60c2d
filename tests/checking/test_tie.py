"""The one rounding rule, at its bounds."""

from decimal import Decimal

import pytest

from extractors.checking.tie import figure, if_certain, percentage, product, tie, total_of
from extractors.model.amounts import Amount
from extractors.model.findings import Relation, Side, Term, Verdict


def amount(printed: str, unit: str | None = "万元") -> Amount:
    return Amount(printed=printed, value=Decimal(printed), unit=unit)


def one(printed: str, unit: str | None = "万元") -> Side:
    return figure(printed, amount(printed, unit))


def many(*printed: str, unit: str | None = "万元") -> Side:
    return total_of("和", [Term(p, amount(p, unit)) for p in printed])


def verdict(left: Side, right: Side, relation: Relation = Relation.EQUAL) -> Verdict:
    return tie("other/test", "左 ＝ 右", left, right, relation).verdict


def test_a_sum_may_miss_by_half_a_unit_for_each_figure() -> None:
    # n = 9 addends: (9 + 1) × 0.005 = 0.05
    addends = ["1.00"] * 9
    assert verdict(one("9.00"), many(*addends)) is Verdict.HOLDS
    assert verdict(one("9.05"), many(*addends)) is Verdict.ROUNDING
    assert verdict(one("8.95"), many(*addends)) is Verdict.ROUNDING
    assert verdict(one("9.06"), many(*addends)) is Verdict.BROKEN


def test_the_same_quantity_twice_may_differ_by_a_unit_of_the_coarser_print() -> None:
    assert verdict(one("337.34"), one("337.35")) is Verdict.ROUNDING
    assert verdict(one("337.33"), one("337.35")) is Verdict.BROKEN
    assert verdict(one("34"), one("34.00")) is Verdict.HOLDS
    assert verdict(one("34"), one("35.00")) is Verdict.ROUNDING
    assert verdict(one("34"), one("35.01")) is Verdict.BROKEN


def test_units_of_money_are_converted_and_others_are_not_compared() -> None:
    assert verdict(one("71716.00", "元"), one("7.17")) is Verdict.ROUNDING
    assert verdict(one("456.72", "元"), one("456.72")) is Verdict.BROKEN
    assert verdict(one("3", "人"), one("3", "辆")) is Verdict.NOT_COMPARABLE
    assert verdict(one("3", None), one("3", "万元")) is Verdict.NOT_COMPARABLE
    assert verdict(one("3", None), one("3", None)) is Verdict.HOLDS


def test_counts_and_money_in_yuan_are_exact() -> None:
    assert verdict(one("20", "人"), many("17", "4", unit="人")) is Verdict.BROKEN
    assert verdict(one("10.01", "元"), many("4.00", "6.00", unit="元")) is Verdict.BROKEN


def test_a_share_holds_when_it_rounds_to_what_is_printed() -> None:
    share = percentage("份额", one("548.13"), one("661.27"))
    assert verdict(one("82.89", "%"), share) is Verdict.HOLDS
    assert verdict(one("82.90", "%"), share) is Verdict.ROUNDING
    assert verdict(one("82.91", "%"), share) is Verdict.BROKEN


def test_a_share_of_coarse_figures_has_the_slack_of_its_operands() -> None:
    # 3 of 7, each ± 0.5: 42.86 ± (0.5 + 0.4286 × 0.5) / 7 × 100 = ± 10.2
    share = percentage("份额", one("3"), one("7"))
    assert verdict(one("50", "%"), share) is Verdict.ROUNDING
    assert verdict(one("55", "%"), share) is Verdict.BROKEN


def test_a_share_of_nothing_or_of_another_unit_is_not_comparable() -> None:
    assert verdict(one("100", "%"), percentage("份额", one("1.00"), one("0.00"))) is Verdict.NOT_COMPARABLE
    mixed = percentage("份额", one("1", "人"), one("2"))
    assert verdict(one("50", "%"), mixed) is Verdict.NOT_COMPARABLE


def test_a_product_has_the_slack_of_its_standard() -> None:
    # 131367 人 × 7.03 元 = 923510.01 元; ± 131367 × 0.005 = 656.84, and 50 of the total in 万元
    total = product("人数 × 标准", amount("131367", "人"), amount("7.03", "元"))
    assert verdict(one("92.36"), total) is Verdict.ROUNDING
    assert verdict(one("92.42"), total) is Verdict.ROUNDING
    assert verdict(one("92.43"), total) is Verdict.BROKEN


def test_at_most_breaks_only_above_the_allowance() -> None:
    assert verdict(one("1.00"), one("2.00"), Relation.AT_MOST) is Verdict.HOLDS
    assert verdict(one("2.01"), one("2.00"), Relation.AT_MOST) is Verdict.ROUNDING
    assert verdict(one("2.02"), one("2.00"), Relation.AT_MOST) is Verdict.BROKEN


def test_at_least_breaks_only_below_the_allowance() -> None:
    assert verdict(one("3", "次"), one("2", "次"), Relation.AT_LEAST) is Verdict.HOLDS
    assert verdict(one("1", "次"), one("2", "次"), Relation.AT_LEAST) is Verdict.BROKEN
    assert verdict(one("1.99"), one("2.00"), Relation.AT_LEAST) is Verdict.ROUNDING


@pytest.mark.parametrize("missing", [figure("总计", None), total_of("各项之和", [])])
def test_a_missing_side_is_said_never_passed_over(missing: Side) -> None:
    result = tie("other/test", "左 ＝ 右", one("1.00"), missing)
    assert result.verdict is Verdict.NOT_COMPARABLE
    assert result.reason == f"缺少{missing.label}"
    assert result.difference is None


def test_an_inferred_identity_proves_but_does_not_accuse() -> None:
    held = tie("other/test", "左 ＝ 右", one("1.00"), one("1.00"))
    broken = tie("other/test", "左 ＝ 右", one("1.00"), one("9.00"))
    assert if_certain(held, is_certain=False) is held
    assert if_certain(broken, is_certain=True) is broken
    assert if_certain(broken, is_certain=False).verdict is Verdict.NOT_COMPARABLE
