"""Narratives in the wording of other places (wordings/): silent where they agree, told where not."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from extractors import pipeline
from extractors.model.agreement import Agreements
from extractors.model.findings import Finding, Severity, Verdict
from tests.builders import document_from

WORDINGS = sorted((Path(__file__).parent / "wordings").glob("*.txt"))


def judged(text: str) -> tuple[Sequence[Finding], int]:
    """What is accused in a narrative, and how many comparisons hold."""
    disclosure = pipeline.read_sections(document_from(text.removeprefix("#")))
    judgement = pipeline.judge(disclosure, Agreements(), disclosure.gaps)
    accused = [f for f in judgement.findings if f.severity is not Severity.INFO]
    return accused, sum(tie_out.verdict is Verdict.HOLDS for tie_out in judgement.tie_outs)


@pytest.mark.parametrize("path", WORDINGS, ids=lambda path: path.stem)
def test_nothing_is_accused_where_all_figures_agree(path: Path) -> None:
    accused, n_holds = judged(path.read_text(encoding="utf-8"))
    assert [finding.message for finding in accused] == []
    assert n_holds >= 6


@pytest.mark.parametrize(
    ("name", "printed", "instead"),
    [
        ("beijing", "预算55.00万元减少5.00万元", "预算54.00万元减少5.00万元"),
        ("central", "公务接待费10.00万元", "公务接待费15.00万元"),
        ("chongqing", "政府采购服务预算150.00万元；", "政府采购服务预算160.00万元；"),
        ("final", "占本年支出合计的88.89%", "占本年支出合计的89.88%"),
        ("gansu", "基本支出1,121.09万元，占57.71%", "基本支出1,121.09万元，占57.17%"),
        ("guangdong", "增长6.62%，主要原因是人员增加；", "增长6.26%，主要原因是人员增加；"),
        ("guangxi", "占基本支出预算 17.99%", "占基本支出预算 19.77%"),
        ("hunan", "社会保障和就业支出200.00万元，卫生", "社会保障和就业支出220.00万元，卫生"),
        ("jiangsu", "拟采购货物支出200.00万元", "拟采购货物支出250.00万元"),
        ("sichuan", "较2024年的2190万元", "较2024年的2109万元"),
    ],
)
def test_a_changed_figure_is_told(name: str, printed: str, instead: str) -> None:
    text = next(path for path in WORDINGS if path.stem == name).read_text(encoding="utf-8")
    assert printed in text
    accused, _ = judged(text.replace(printed, instead))
    assert accused
