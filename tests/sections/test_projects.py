"""Projects of 项目支出情况说明 from their labelled paragraphs."""

import datetime
from decimal import Decimal

import pytest

from extractors.model.amounts import Read
from extractors.model.facts import Disclosure, Project
from extractors.sections.cover import cover
from extractors.sections.projects import projects
from tests.builders import document_from

_HEADING = "七、关于某县医疗保障局2025年一般公共预算项目支出情况说明\n"

_FULL = """
（一）项目名称：2025年自治区财政人身意外伤害保险补助资金巴财社[2024]94 号
设立的政策依据：为推进社保惠民，决定实施普惠政策。立项依据：新人社发[2016]140 号《关于建立保险的通知》
预算安排规模：92.36 万元
项目承担单位：和静县医疗保障局
资金分配情况：用于保障131367 人/每 人 7.03 元，共计 92.36 万元县级配套资金及时归集。保障被保险人。
资金执行时间：2025 年 1 月 1日—2025 年 12 月 31 日
"""


def _read(text: str) -> tuple[Project, ...]:
    return projects.read(Disclosure(document_from(_HEADING + text))).projects


def _printed(value: Read | None) -> str | None:
    return value.printed if value is not None else None


def test_all_that_is_printed_of_a_project() -> None:
    (project,) = _read(_FULL)
    assert project.name.printed == "2025年自治区财政人身意外伤害保险补助资金巴财社[2024]94号"
    assert _printed(project.policy_basis) == (
        "为推进社保惠民，决定实施普惠政策。立项依据：新人社发[2016]140号《关于建立保险的通知》"
    )
    assert [ref.canonical for ref in project.policy_refs] == ["巴财社〔2024〕94号", "新人社发〔2016〕140号"]
    assert [ref.where for ref in project.policy_refs] == ["项目名称", "设立的政策依据"]
    assert project.amount is not None
    assert (project.amount.printed, project.amount.unit) == ("92.36", "万元")
    assert [e.text for e in project.amount.place] == ["92.36"]
    assert _printed(project.responsible) == "和静县医疗保障局"
    assert _printed(project.head_count) == "131367人"
    assert _printed(project.standard) == "每人7.03元"
    assert _printed(project.purpose) == "用于保障131367人/每人7.03元，共计92.36万元县级配套资金及时归集。"
    assert project.start is not None
    assert project.end is not None
    assert (project.start.value, project.end.value) == (
        datetime.date(2025, 1, 1),
        datetime.date(2025, 12, 31),
    )
    assert _printed(project.execution_text) == "2025年1月1日—2025年12月31日"


def test_each_name_begins_a_project() -> None:
    text = """
（一）项目名称：甲
预算安排规模：1.00万元
(二)项目名称：乙
预算安排规模：2.00万元
八、关于某县医疗保障局2025年政府性基金预算拨款情况说明
预算安排规模：3.00万元
"""
    found = [(p.name.printed, p.amount and p.amount.value) for p in _read(text)]
    assert found == [("甲", Decimal("1.00")), ("乙", Decimal("2.00"))]


def test_forms_are_no_projects() -> None:
    text = "九、项目支出绩效目标情况说明\n项目名称：甲\n"
    assert projects.read(Disclosure(document_from(text))).projects == ()


def test_subsidies_have_more_labels() -> None:
    (project,) = _read("""
（一）项目名称：2024年城乡居民医疗保险县级补助
资金来源：县级财政一般公共预算资金
补贴人数：按照缴纳城乡居民医疗保险3.8万人补贴
补贴标准：按照每人每年180.00元标准补助
补贴范围：我县缴纳2024年城乡居民医疗保险人员
补贴方式：财政部门直接将专项资金上缴专户
发放程序：县级财政部门按照核实后数据代列。
受益人群和社会效益：缴纳城乡居民医疗保险人员。
""")
    assert _printed(project.funding_source) == "县级财政一般公共预算资金"
    assert _printed(project.head_count) == "按照缴纳城乡居民医疗保险3.8万人补贴"
    assert _printed(project.standard) == "按照每人每年180.00元标准补助"
    assert _printed(project.beneficiaries) == "缴纳城乡居民医疗保险人员。"


@pytest.mark.parametrize(
    ("allocation", "items"),
    [
        (
            "主要用于差旅费0.7万元、办公费6.08元。",  # a misprinted unit stays
            [("差旅费", "0.7", "万元"), ("办公费", "6.08", "元")],
        ),
        (
            "按照缴纳保险3.8万人补贴，按照每人每年180.00元标准补助，共计补贴684万元。",
            [("共计补贴", "684", "万元")],
        ),
        (
            "开展工作人数16人，工作经费2.48万元；购买复印机1台，复印机成本0.52万元。",
            [("工作经费", "2.48", "万元"), ("复印机成本", "0.52", "万元")],
        ),
        ("保障人数3.7万人，人均财政筹资标准10元", []),
        (
            "其中2万元用于政策法规、经办流程等内容的宣传资料印制，剩余2万元用于办公经费，合计4万元。",
            [("政策法规、经办流程等内容的宣传资料印制", "2", "万元"), ("办公经费", "2", "万元")],
        ),
        (
            "1.住院救助：预计人次1520人，平均待遇支出800.58元，总住院支出121.73万元。",
            [("总住院支出", "121.73", "万元")],
        ),
        (
            "1.添加燃料服务4000元。2.其他印刷服务12,000元。",
            [("添加燃料服务", "4000", "元"), ("其他印刷服务", "12000", "元")],
        ),
        ("和静县宣传经费3万，购置50万元以上设备0台", [("和静县宣传经费", "3", "万元")]),
    ],
)
def test_allocation_items(allocation: str, items: list[tuple[str, str, str]]) -> None:
    (project,) = _read(f"（一）项目名称：甲\n资金分配情况：{allocation}\n")
    found = [(i.item.printed, str(i.amount.value), i.amount.unit) for i in project.allocation_items]
    assert found == items


@pytest.mark.parametrize(
    ("printed", "start", "end"),
    [
        ("2025年1月1日-2025年12月31日", "2025-01-01", "2025-12-31"),
        ("2025 年 01 月 01 日至 2025 年 12 月 31 日", "2025-01-01", "2025-12-31"),
        ("2025年1月1日至12月31日", "2025-01-01", "2025-12-31"),
        ("2025.1.1—2025.12.20", "2025-01-01", "2025-12-20"),
        ("2025年12月31日前", None, "2025-12-31"),
        ("2025年1月1日起", "2025-01-01", None),
        ("2025年2月1日至2025年2月30日", "2025-02-01", None),  # no such day
        ("2025年1月至12月", None, None),  # no day is printed
    ],
)
def test_execution_time(printed: str, start: str | None, end: str | None) -> None:
    (project,) = _read(f"（一）项目名称：甲\n资金执行时间：{printed}\n")
    days = [day and day.value.isoformat() for day in (project.start, project.end)]
    assert days == [start, end]
    assert _printed(project.execution_text) == "".join(printed.split())


def test_a_value_runs_on_to_the_next_label() -> None:
    (project,) = _read("""
（一）项目名称：2025年医疗保障基金专项行动和全民参保征缴服
务
设立的政策依据：第一段。
文件依据：第二段新财社〔2024〕1号。
项目承担单位：某局
某段没有标签的文字
""")
    assert project.name.printed == "2025年医疗保障基金专项行动和全民参保征缴服务"
    assert _printed(project.policy_basis) == "第一段。文件依据：第二段新财社〔2024〕1号。"
    assert _printed(project.responsible) == "某局"
    assert [e.text for e in project.name.place] == ["2025年医疗保障基金专项行动和全民参保征缴服", "务"]


def test_several_labels_in_one_paragraph() -> None:
    (project,) = _read("""
项目名称：甲；预算安排规模（万元）：1,077.00；项目承担单位：某局。资金来源：县级财政。
""")
    assert project.name.printed == "甲"
    assert project.amount is not None
    assert (project.amount.value, project.amount.unit) == (Decimal("1077.00"), "万元")
    assert _printed(project.responsible) == "某局"
    assert _printed(project.funding_source) == "县级财政。"


def test_a_label_is_met_though_its_paragraph_was_joined_to_the_one_before() -> None:
    (project,) = _read("（一）项目名称：甲\n预算安排规模：77.00万元项目承担单位：某局\n")
    assert _printed(project.amount) == "77.00"
    assert _printed(project.responsible) == "某局"


def test_a_heading_between_projects_belongs_to_neither() -> None:
    first, second = _read("""
（一）项目名称：甲
资金分配情况：差旅费0.7万元
（二）自治区项目
项目名称：乙
""")
    assert _printed(first.allocation) == "差旅费0.7万元"
    assert second.name.printed == "乙"


@pytest.mark.parametrize(
    ("allocation", "purpose"),
    [
        (
            "为确保开展，其中2万元用于印制，剩余2万元用于办公。促进公平。",
            "2万元用于印制，剩余2万元用于办公。",
        ),
        ("差旅费0.7万元、办公费1.8万元。", "差旅费0.7万元、办公费1.8万元。"),
    ],
)
def test_the_purpose_is_what_the_money_is_used_for(allocation: str, purpose: str) -> None:
    (project,) = _read(f"（一）项目名称：甲\n资金分配情况：{allocation}\n")
    assert _printed(project.purpose) == purpose


def test_headings_name_projects_whose_fields_are_headings_too() -> None:
    found = _read("""
（一）智慧社区建设
1.项目概述
建设平台。
2.立项依据
《社区条例》
3.年度预算安排
2025年安排50万元。
（二）宣传经费
1.项目概述
印制手册。
""")
    assert [p.name.printed for p in found] == ["智慧社区建设", "宣传经费"]
    assert [_printed(p.purpose) for p in found] == ["建设平台。", "印制手册。"]
    assert found[0].amount is not None
    assert found[0].amount.printed == "50"
    assert [ref.printed.printed for ref in found[0].policy_refs] == ["《社区条例》"]


def test_a_list_that_looks_like_headings_stays_in_its_field() -> None:
    (project,) = _read("""
（一）项目名称：甲
资金分配情况：
（一）差旅费0.7万元
（二）办公费1.8万元
资金来源：县级财政
""")
    assert [i.item.printed for i in project.allocation_items] == ["差旅费", "办公费"]


def test_a_project_without_a_name_is_a_gap() -> None:
    read = projects.read(Disclosure(document_from(_HEADING + "预算安排规模：1.00万元\n")))
    assert read.projects == ()
    assert [(gap.section, gap.page) for gap in read.gaps] == [("projects", 1)]


def test_a_year_after_the_fiscal_year_is_suspect() -> None:
    document = document_from(
        f"某县医疗保障局\n2025年部门预算公开\n{_HEADING}（一）项目名称：甲新财社〔2026〕1号\n"
    )
    (project,) = projects.read(cover.read(Disclosure(document))).projects
    assert project.policy_refs[0].suspect == "年份2026晚于2025年"
