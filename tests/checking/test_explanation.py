"""Which one figure explains several findings, and when nobody is named."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import count

import pytest

from extractors import checks
from extractors.checking.explanation import explanations
from extractors.checking.findings import findings_of
from extractors.checking.registry import all_checks, run
from extractors.checking.tie import figure, percentage, tie, total_of
from extractors.model.amounts import Amount
from extractors.model.evidence import Box, Evidence
from extractors.model.findings import Finding, Relation, Severity, Term, TieOut
from tests.disclosures import disclosure_of, load

HEADER = "[科目编码, 科目名称, 合计, 基本支出, 项目支出]"
HEALTH = '["210", 卫生健康支出, 8.00, 5.00, 3.00]'
OTHER = '["208", 社会保障和就业支出, 2.00, 1.00, 1.00]'
MORE = '["229", 其他支出, 0.30, 0.30, ~]'
NOTHING = '["229", 其他支出, 0.00, 0.00, ~]'
SECTION = "五、一般公共预算当年拨款情况说明"


def table(*rows: str) -> str:
    return f"""
tables:
  - kind: general_public_expenditure
    unit: 万元
    header: {HEADER}
    rows: [{", ".join(rows)}]
facts:
  - {{section: {SECTION}, subject: 一般公共预算拨款合计, amount: 12.00 万元}}
  - {{section: {SECTION}, subject: 基本支出, amount: 8.00 万元}}
  - {{section: {SECTION}, subject: 住房保障支出（类）, amount: 2.00 万元}}
"""


def broken(text: str) -> list[Finding]:
    tie_outs = run(all_checks(checks), disclosure_of(load(text)))
    return [finding for finding in findings_of(tie_outs) if finding.severity is Severity.ERROR]


TOTAL = "[~, 合计, 12.00, 8.00, 4.00]"
HOUSING = '["221", 住房保障支出, 2.60, 2.00, ~]'


def test_a_wrong_cell_breaks_its_row_its_column_and_the_text_and_is_named_in_all_three() -> None:
    found = broken(table(TOTAL, HEALTH, OTHER, HOUSING))
    assert sorted(f.check for f in found) == ["table-sum/columns", "table-sum/rows", "text-vs-table/part"]
    for finding in found:
        assert finding.explained_by is not None
        assert finding.explained_by.printed.printed == "2.60"
        assert (finding.explained_by.expected, finding.explained_by.mends) == ("2.00", 3)
        assert finding.message.endswith("改为 2.00 即全部消除。")


def test_where_the_row_and_the_column_want_different_figures_nobody_is_named() -> None:
    found = broken(table(TOTAL, HEALTH, OTHER, '["221", 住房保障支出, 2.00, 2.60, ~]', MORE))
    assert sorted(f.check for f in found) == ["table-sum/columns", "table-sum/rows", "table-sum/rows"]
    assert not any(finding.explained_by or "同出一处" in finding.message for finding in found)


def test_two_wrong_cells_that_have_nothing_in_common_are_named_each() -> None:
    found = broken(table(TOTAL, HEALTH.replace("3.00", "3.50"), OTHER, HOUSING, NOTHING))
    assert {(f.explained_by.printed.printed, f.explained_by.expected) for f in found if f.explained_by} == {
        ("3.50", "3.00"),
        ("2.60", "2.00"),
    }
    assert all(finding.explained_by for finding in found)


_numbers = count()


def amount(printed: str, unit: str = "万元") -> Amount:
    n = float(next(_numbers))
    place = (Evidence(1, Box(n, 0.0, n + 1.0, 1.0), printed),)
    return Amount(printed=printed, place=place, value=Decimal(printed), unit=unit)


def same(one: Amount, other: Amount, relation: Relation = Relation.EQUAL) -> TieOut:
    return tie("cross-table/x", "甲 ＝ 乙", figure("甲", one), figure("乙", other), relation)


def said(tie_outs: Sequence[TieOut]) -> set[tuple[str, str, int]]:
    return {(e.printed.printed, e.expected, e.mends) for e in explanations(tie_outs).values()}


def test_the_figure_that_two_others_contradict_is_named() -> None:
    wrong = amount("4.00")
    assert said([same(wrong, amount("5.00")), same(amount("5.00"), wrong)]) == {("4.00", "5.00", 2)}


def test_one_broken_identity_explains_nothing() -> None:
    assert said([same(amount("4.00"), amount("5.00"))]) == set()


def test_where_two_figures_explain_as_much_nobody_is_named() -> None:
    one, other = amount("4.00"), amount("5.00")
    assert said([same(one, other), same(other, one)]) == set()


def test_a_change_that_breaks_what_holds_is_no_explanation() -> None:
    printed = amount("4.00")
    doubts = [same(printed, amount("5.00")), same(printed, amount("5.00"))]
    assert said([*doubts, same(printed, amount("4.00"))]) == set()
    assert said([*doubts, same(printed, amount("4.50"), Relation.AT_MOST)]) == set()
    assert said([*doubts, same(printed, amount("9.00"), Relation.AT_MOST)]) == {("4.00", "5.00", 2)}


def test_most_of_what_is_broken_over_the_figure_must_be_mended() -> None:
    printed = amount("4.00")
    doubts = [same(printed, amount("5.00")), same(printed, amount("5.00"))]
    assert said([*doubts, same(printed, amount("6.00"))]) == {("4.00", "5.00", 2)}
    assert said([*doubts, same(printed, amount("6.00")), same(printed, amount("7.00"))]) == set()


def test_what_is_expected_is_in_the_unit_and_places_of_the_figure() -> None:
    wrong = amount("4.0")
    assert said([same(wrong, amount("51200", "元")), same(wrong, amount("5.14"))]) == {("4.0", "5.1", 2)}


def test_a_figure_that_is_subtracted_is_changed_the_other_way() -> None:
    wrong = amount("1.00")
    minus = total_of("余额", (Term("甲", amount("9.00")), Term("乙", wrong, -1)))
    tie_outs = [tie("other/x", "余额", figure("余额", amount("6.00")), minus), same(wrong, amount("3.00"))]
    assert said(tie_outs) == {("1.00", "3.00", 2)}


@pytest.mark.parametrize("share", ["50.00", "90.00"])
def test_a_share_neither_names_a_figure_nor_clears_it(share: str) -> None:
    """A share is too coarse to say what its operand should be."""
    wrong = amount("4.00")
    ratio = percentage("占比", figure("甲", wrong), figure("总计", amount("8.00")))
    compared = tie("share/x", "占比", figure("占比", amount(share, "%")), ratio)
    assert said([compared, same(wrong, amount("5.00"))]) == set()
