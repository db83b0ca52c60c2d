"""Assets, procurement and operating cost by their headings; mentions; what two readers read unlike."""

from decimal import Decimal

from extractors.checking.gate import standings_of
from extractors.checking.values import values_of
from extractors.model.agreement import Accord, Agreements, TwoReadings
from extractors.model.amounts import Amount
from extractors.model.evidence import Box, Evidence, Match, Reader
from extractors.pipeline import judge
from extractors.report import ModelUse, extraction_of
from extractors.report_matters import alternatives_out, stated_out
from tests.disclosures import disclosure_of

GIVEN = """
第三部分情况说明
十二、其他重要事项的情况说明
（一）机关运行经费情况
机关运行经费12.10万元，比上年增加0.13万元。
（二）政府采购情况
政府采购预算11.3万元，其中：政府采购货物预算3万元。
（三）国有资产占用使用情况
2.车辆2辆，价值15.00万元。
（四）预算绩效情况
涉及预算金额403.85万元。
"""


def test_each_matter_by_its_heading_with_units_as_printed() -> None:
    disclosure = disclosure_of({"narrative": GIVEN})
    standings = standings_of(disclosure, values_of(disclosure), (), Agreements())
    assert {role: {k: v for k, v in stated_out(disclosure, role, standings).items() if k != "fields"}
            for role in ("operating_cost", "procurement", "assets")} == {
        "operating_cost": {"机关运行经费": "12.10万元"},
        "procurement": {"政府采购预算": "11.3万元", "政府采购预算/政府采购货物预算": "3万元"},
        "assets": {"车辆": "2辆", "车辆价值": "15.00万元"},
    }  # fmt: skip
    fields = stated_out(disclosure, "assets", standings)["fields"]
    assert isinstance(fields, dict)
    assert fields.keys() == {"车辆", "车辆价值"}


def test_a_matter_that_is_not_there_is_empty() -> None:
    assert stated_out(disclosure_of({"narrative": "一、主要职能\n管钱。"}), "assets", {}) == {}


def test_what_differs_is_listed_with_what_the_other_reader_says() -> None:
    def read(printed: str, reader: Reader, match: Match = Match.EXACT) -> Amount:
        place = (Evidence(1, Box(0, 0, 9, 9), printed, match),)
        return Amount(printed=printed, place=place, reader=reader, value=Decimal(printed), unit="万元")

    mine, other = read("30.50", Reader.BUILT_IN), read("30.80", Reader.MODEL, Match.NOT_FOUND)
    agreed = TwoReadings("projects/0/name", (mine, mine), Accord.AGREE)
    differing = TwoReadings("projects/0/amount", (mine, other), Accord.DIFFER)
    (out,) = alternatives_out(Agreements((agreed, differing)))
    assert (out.path, out.value, out.unit, out.reader, out.evidence) == (
        "projects/0/amount",
        "30.80",
        "万元",
        "model",
        None,
    )


def test_a_figure_that_a_reason_mentions_stands_under_the_statement() -> None:
    given = "项目支出96.36万元，比上年减少7.44万元，主要原因是甲项目增加5万元，乙项目比上年减少1万元。"
    disclosure = disclosure_of({"narrative": f"第三部分情况说明\n二、支出预算情况说明\n{given}"})
    judgement = judge(disclosure, Agreements(), ())
    whole, other = extraction_of(disclosure, judgement, (), ModelUse()).narrative_facts
    assert (whole.subject, other.subject, other.reason_figures) == ("项目支出", "乙项目", ())
    (mentioned,) = whole.reason_figures
    assert mentioned.model_dump(exclude={"fields"}) == {
        "subject": "甲项目",
        "amount": None,
        "change": "增加",
        "change_amount": "5",
        "unit": "万元",
    }
    assert mentioned.fields.keys() == {"subject", "change", "change_amount"}
    assert mentioned.fields["change_amount"].status == "review"
