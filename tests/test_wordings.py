"""Narratives in the wording of other places (wordings/): silent where they agree, told where not."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from extractors import pipeline
from extractors.model.agreement import Agreements
from extractors.model.document import Document, RuledTable
from extractors.model.facts import Disclosure
from extractors.model.findings import Finding, Judgement, Severity, Status, Verdict
from tests.builders import document_from
from tests.ruled import grid, line

WORDINGS = sorted((Path(__file__).parent / "wordings").glob("*.txt"))


WITH_TABLES = [path for path in WORDINGS if path.with_suffix(".tables").exists()]


def judged(text: str) -> tuple[Sequence[Finding], int]:
    """What is accused in a narrative, and how many comparisons hold."""
    _, judgement = judgement_of(document_from(text.removeprefix("#")))
    return accused_in(judgement), sum(t.verdict is Verdict.HOLDS for t in judgement.tie_outs)


def judgement_of(document: Document) -> tuple[Disclosure, Judgement]:
    disclosure = pipeline.read_sections(document)
    return disclosure, pipeline.judge(disclosure, Agreements(), disclosure.gaps)


def accused_in(judgement: Judgement) -> Sequence[Finding]:
    return [finding for finding in judgement.findings if finding.severity is not Severity.INFO]


def tables_of(path: Path) -> Iterator[RuledTable]:
    """Tables parted by blank lines, each on a page of its own: caption lines behind #, cells between |."""
    for page, block in enumerate(path.read_text(encoding="utf-8").strip().split("\n\n"), start=1):
        lines = block.splitlines()
        caption = [text.removeprefix("# ") for text in lines if text.startswith("# ")]
        rows = [[cell.strip() for cell in row.split("|")] for row in lines[len(caption) :]]
        above = tuple(line(text, page, at) for at, text in enumerate(caption))
        yield RuledTable(parts=(grid(rows, page),), caption=above)


def whole(path: Path) -> Document:
    """The narrative with its tables."""
    tables = tuple(tables_of(path.with_suffix(".tables")))
    document = document_from(path.read_text(encoding="utf-8").removeprefix("#"), tables)
    pages = [replace(document.pages[0], number=t.pages[0], grids=t.parts) for t in tables]
    return replace(document, pages=tuple(pages))


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
        ("henan", "政府采购预算安排3.40万元", "政府采购预算安排4.70万元"),
        ("hubei", "完成年初预算的104.79%", "完成年初预算的107.49%"),
        ("hunan", "社会保障和就业支出200.00万元，卫生", "社会保障和就业支出220.00万元，卫生"),
        ("jiangsu", "拟采购货物支出200.00万元", "拟采购货物支出250.00万元"),
        ("liaoning", "占收入总计的96.06%", "占收入总计的90.66%"),
        ("shandong", "较2022年增加10.00万元，增长5.26%", "较2022年增加10.00万元，增长5.62%"),
        ("sichuan", "较2024年的2190万元", "较2024年的2109万元"),
        ("yunnan", "项目支出216.75万元，占总支出的15.73%", "项目支出216.75万元，占总支出的17.53%"),
        ("zhejiang", "卫生健康支出200.00万元，占4.33%", "卫生健康支出200.00万元，占3.43%"),
    ],
)
def test_a_changed_figure_is_told(name: str, printed: str, instead: str) -> None:
    text = next(path for path in WORDINGS if path.stem == name).read_text(encoding="utf-8")
    assert printed in text
    accused, _ = judged(text.replace(printed, instead))
    assert accused


@pytest.mark.parametrize("path", WITH_TABLES, ids=lambda path: path.stem)
def test_tables_and_text_of_another_template_agree(path: Path) -> None:
    disclosure, judgement = judgement_of(whole(path))
    assert [finding.message for finding in accused_in(judgement)] == []
    cells = [cell for t in disclosure.tables for row in t.rows for cell in row.cells if cell and cell.amount]
    accepted = [c for c in cells if judgement.standings[c.text.place].status is Status.ACCEPTED]
    assert len(disclosure.tables) == len(list(tables_of(path.with_suffix(".tables"))))
    assert len(accepted) >= 0.95 * len(cells) > 100


def test_a_figure_of_the_text_that_its_table_contradicts_is_told() -> None:
    document = whole(next(path for path in WITH_TABLES if path.stem == "jiangsu"))
    printed, instead = "政府采购支出预算总额500.00万元", "政府采购支出预算总额550.00万元"
    text = next(path for path in WORDINGS if path.stem == "jiangsu").read_text(encoding="utf-8")
    changed = document_from(text.replace(printed, instead).removeprefix("#"))
    _, judgement = judgement_of(replace(document, sections=changed.sections))
    assert any("政府采购" in finding.message for finding in accused_in(judgement))
