"""The document's own particulars, with a cover and without."""

import datetime

import pytest

from extractors.model.amounts import Read
from extractors.model.facts import Disclosure, Head
from extractors.sections.cover import cover
from tests.builders import document_from


def _head(text: str, lines: tuple[str, ...] = ()) -> Head:
    return cover.read(Disclosure(document_from(text, lines=lines))).head


def _printed(value: Read | None) -> str | None:
    return value.printed if value is not None else None


@pytest.mark.parametrize(
    ("cover_lines", "title", "issuer", "year", "kind"),
    [
        (
            "巴音郭楞蒙古自治州医疗保障局\n2025年部门预算公开",
            "巴音郭楞蒙古自治州医疗保障局2025年部门预算公开",
            "巴音郭楞蒙古自治州医疗保障局",
            "2025",
            "部门预算",
        ),
        (
            "中共上海市普陀区委\n社会工作部2024 年度\n部门决算",
            "中共上海市普陀区委社会工作部2024年度部门决算",
            "中共上海市普陀区委社会工作部",
            "2024",
            "部门决算",
        ),
        (
            "附件：\n2023年度歙县教育局单位决算公开说明",
            "2023年度歙县教育局单位决算公开说明",
            "歙县教育局",
            "2023",
            "单位决算",
        ),
    ],
)
def test_a_cover_says_all(cover_lines: str, title: str, issuer: str, year: str, kind: str) -> None:
    head = _head(f"{cover_lines}\n第一部分部门概况\n一、主要职能\n")
    assert _printed(head.title) == title
    assert _printed(head.issuer) == issuer
    assert _printed(head.fiscal_year) == year
    assert _printed(head.kind) == kind


def test_without_a_cover_the_headings_say_it() -> None:
    head = _head("""
第一部分2025 年和静县医疗保障局单位概况
第二部分2025 年单位预算公开表
第三部分2025 年单位预算情况说明
一、关于和静县医疗保障局 2025 年收支预算情况总体说明
2025年部门预算未安排购置车辆经费。
第四部分名词解释
和静县医疗保障局
2025 年 2 月 7日
""")
    assert head.title is None
    assert _printed(head.issuer) == "和静县医疗保障局"
    assert _printed(head.fiscal_year) == "2025"
    assert _printed(head.kind) == "单位预算"
    assert head.published_on is not None
    assert head.published_on.value == datetime.date(2025, 2, 7)


def test_of_several_names_the_most_frequent_is_the_issuer() -> None:
    lines = ("编制单位：某县教育局", "编制单位：某县第一中学", "编制单位：某县第一中学")
    assert _printed(_head("一、主要职能\n", lines).issuer) == "某县第一中学"


def test_lines_above_tables_name_issuer_and_superior() -> None:
    lines = ("编制单位：某县第一中学 单位：万元", "主管部门：某县教育局", "编制单位：某县第一中学 单位：万元")
    head = _head("第一部分 部门概况\n一、主要职能\n", lines)
    assert _printed(head.issuer) == "某县第一中学"
    assert _printed(head.superior) == "某县教育局"


@pytest.mark.parametrize(
    "heading", ["第一部分 部门职责概况", "第一部分 单位基本情况", "第一部分2025年部门概况"]
)
def test_a_name_that_says_nothing_is_no_issuer(heading: str) -> None:
    head = _head(f"{heading}\n一、关于本部门2025年收支预算情况说明\n")
    assert head.issuer is None
    assert _printed(head.fiscal_year) == "2025"


@pytest.mark.parametrize(
    ("end", "day"),
    [
        ("某县医疗保障局\n2025年2月12日", "2025-02-12"),
        ("某县医疗保障局2024年01月25日", "2024-01-25"),
        ("二〇二五年二月十二日", "2025-02-12"),
        ("截至2024年12月31日。", None),  # no signature
        ("资金执行时间：2025年1月1日-2025年12月31日", None),
        ("某县医疗保障局", None),
    ],
)
def test_the_date_at_the_end(end: str, day: str | None) -> None:
    head = _head(f"第四部分名词解释\n八、机关运行经费：指办公费及其他费用。\n{end}\n")
    assert (head.published_on.value.isoformat() if head.published_on else None) == day


@pytest.mark.parametrize(
    ("issuer", "region"),
    [
        ("和静县医疗保障局", "和静县"),
        ("巴音郭楞蒙古自治州医疗保障局", "巴音郭楞蒙古自治州"),
        ("中共上海市普陀区委社会工作部", "上海市普陀区"),
        ("安徽省黄山市歙县教育局", "安徽省黄山市歙县"),
        ("乌鲁木齐市城市管理局", "乌鲁木齐市"),
        ("新疆维吾尔自治区市场监督管理局", "新疆维吾尔自治区"),
        ("喀什地区疏勒县财政局", "喀什地区疏勒县"),
        ("乌鲁木齐市经济技术开发区管理委员会", "乌鲁木齐市"),
        ("自治区财政厅机关服务中心", None),
        ("国家税务总局和静县税务局", None),
        ("徐州医科大学附属医院", None),
    ],
)
def test_the_region_is_the_beginning_of_the_name(issuer: str, region: str | None) -> None:
    head = _head(f"{issuer}\n2025年部门预算公开\n第一部分部门概况\n")
    assert _printed(head.issuer) == issuer
    assert _printed(head.region) == region
    assert "".join(e.text for e in head.region.place) == region if head.region else region is None
