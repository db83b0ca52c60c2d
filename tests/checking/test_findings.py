"""What a clerk is told."""

from decimal import Decimal

import pytest

from extractors import checks
from extractors.checking.findings import findings_of
from extractors.checking.registry import all_checks, run
from extractors.checking.tie import constant, tie, total_of
from extractors.model.amounts import Amount
from extractors.model.findings import Finding, FindingKind, Severity, Term
from tests.disclosures import disclosure_of, load


def findings(text: str) -> list[Finding]:
    return list(findings_of(run(all_checks(checks), disclosure_of(load(text)))))


def test_a_broken_sum_says_what_is_printed_what_it_should_be_and_why() -> None:
    (finding,) = findings("""
    tables:
      - kind: expenditure
        unit: 万元
        header: [科目编码, 科目名称, 支出/合计]
        rows: [["210", 卫生健康支出, 10.00], ["21011", 医疗, 4.00], ["21015", 事务, 6.50]]
    """)
    assert (finding.check, finding.kind) == ("table-sum/rows", FindingKind.TABLE_SUM)
    assert (finding.severity, finding.rounding_only) == (Severity.ERROR, False)
    assert (finding.printed, finding.expected, finding.difference) == ("10.00", "10.50", "-0.50")
    assert "4.00 + 6.50" in finding.message
    assert "超出尾差允许范围" in finding.message
    assert len(finding.evidence) == 3


def test_rounding_is_said_to_be_rounding() -> None:
    (finding,) = findings("""
    tables:
      - kind: expenditure
        unit: 万元
        header: [科目编码, 科目名称, 支出/合计]
        rows: [["210", 卫生健康支出, 10.00], ["21011", 医疗, 4.00], ["21015", 事务, 6.01]]
    """)
    assert (finding.severity, finding.rounding_only) == (Severity.INFO, True)
    assert (finding.expected, finding.difference) == ("10.01", "-0.01")
    assert "在尾差允许范围内" in finding.message


def test_a_wrong_percentage_is_set_against_the_computed_one() -> None:
    (finding,) = findings("""
    facts: [{subject: 甲, amount: 307.49 万元, change: 增加, change_amount: 25.17 万元, change_pct: 7.57 %}]
    """)
    assert (finding.kind, finding.printed, finding.expected) == (FindingKind.CHANGE, "7.57", "8.92")


def test_a_unit_misprint_is_named_with_its_item() -> None:
    (finding,) = findings("""
    projects:
      - {name: 甲, amount: 77.00 万元, items: [[其他, 6 万元], [办公费, 6.08 元], [委托费, 64.92 万元]]}
    """)
    assert finding.kind is FindingKind.UNIT
    assert finding.printed == "6.08"
    assert finding.message.startswith("办公费6.08元")


def test_what_holds_is_no_finding() -> None:
    assert not findings("staffing: {实有: 20, 在职: 17, 退休: 3}")


def test_a_product_is_shown_as_one() -> None:
    (finding,) = findings("""
    projects: [{name: 甲, amount: 92.36 万元, head_count: 131367人, standard: 每人7.03元}]
    """)
    assert "131367 × 7.03" in finding.message
    assert finding.rounding_only


def test_a_sum_against_a_figure_that_no_document_prints() -> None:
    (finding,) = findings("""
    facts:
      - {subject: 甲, amount: 50.00 万元, share: 50.01 %}
      - {subject: 乙, amount: 50.00 万元, share: 50.01 %}
    """)
    assert (finding.printed, finding.expected, finding.difference) == ("100.02", "100.00", "0.02")


@pytest.mark.parametrize("constant_first", [True, False])
def test_the_printed_side_is_the_one_with_figures(constant_first: bool) -> None:
    weights = total_of(
        "权重合计", [Term(f"指标{n}", Amount(printed="30", value=Decimal(30))) for n in range(3)]
    )
    full = constant("100 分", Decimal(100), None)
    sides = (full, weights) if constant_first else (weights, full)
    (finding,) = findings_of([tie("weight-sum/form", "权重合计 ＝ 100", *sides)])
    assert (finding.printed, finding.expected, finding.difference) == ("90", "100", "-10")


def test_a_figure_printed_with_fewer_places_elsewhere_is_nothing_to_point_at() -> None:
    text = """
    tables:
      - kind: general_public_expenditure
        unit: 元
        header: [科目编码, 科目名称, 合计]
        rows: [["2101501", 行政运行, "2357560.00"]]
    facts: [{subject: 行政运行（2101501）, amount: %s 万元}]
    """
    assert findings(text % "235.76") == []
    (finding,) = findings(text % "235.75")
    assert finding.rounding_only


def test_a_relation_is_said_from_the_printed_side() -> None:
    """Too much below a whole: the whole should be at least that, not at most."""
    (finding,) = findings("""
    projects: [{name: 甲, amount: 2.00 万元, items: [[差旅费, 0.70 万元], [办公费, 1.80 万元]]}]
    """)
    assert (finding.printed, finding.expected) == ("2.00", "2.50")
    assert "应＝ 2.50" in finding.message
    (finding,) = findings("""
    facts:
      - {subject: 政府采购金额, amount: 2.00 万元}
      - {subject: 授予中小企业合同金额, amount: 3.00 万元}
      - {subject: 授予小微企业合同金额, amount: 1.00 万元}
    """)
    assert (finding.printed, finding.expected) == ("3.00", "2.00")
    assert "应≤ 2.00" in finding.message
