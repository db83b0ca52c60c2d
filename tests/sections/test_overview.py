"""Functions, offices and units as printed."""

import pytest

from extractors.model.document import RuledTable
from extractors.model.facts import Disclosure, Overview
from extractors.sections.overview import overview
from tests.builders import document_from, table_from


def _read(text: str, *tables: RuledTable) -> Overview:
    return overview.read(Disclosure(document_from(text, tables))).overview


def test_each_duty_is_a_function() -> None:
    read = _read("""
第一部分2025年部门概况
一、主要职能
1．主要职能
（一）贯彻实施国家、自治区医疗保险、生育保险等医疗保障制度。
（二）贯彻落实医保支付医药服务价格动态调整措施，贯彻落实
市场主导的社会医药服务价格机制。
（三）完成县委、县人民政府交办的其他任务。
二、机构设置及人员情况
某局无下属预算单位，下设2个科室，分别是：办公室，财务室。
""")
    assert [function.printed for function in read.functions] == [
        "（一）贯彻实施国家、自治区医疗保险、生育保险等医疗保障制度。",
        "（二）贯彻落实医保支付医药服务价格动态调整措施，贯彻落实市场主导的社会医药服务价格机制。",
        "（三）完成县委、县人民政府交办的其他任务。",
    ]


@pytest.mark.parametrize(
    ("sentence", "offices"),
    [
        ("某局下设3个科室，分别是：办公室、档案管理科、医疗征缴科。", ["办公室", "档案管理科", "医疗征缴科"]),
        ("下设 2 个科室，分别是：和硕县服务中心，财务室。其余不变。", ["和硕县服务中心", "财务室"]),
        ("内设机构包括：1.办公室；另有其他", ["办公室"]),
        ("内设三个股室：办公室、财务股、业务股，编制20名。", ["办公室", "财务股", "业务股"]),
        ("某局内设3个股室，局下设1个事业单位。", []),
        ("内设办公室、财务处、节能处和机关党委。", ["办公室", "财务处", "节能处和机关党委"]),
        ("局机关内设办公室。", []),
        ("下设县医疗保险经办中心1个事业单位，经费统一管理。", []),
        ("无下属预算单位。", []),
    ],
)
def test_offices(sentence: str, offices: list[str]) -> None:
    read = _read(f"第一部分部门概况\n二、机构设置及人员情况\n{sentence}\n")
    assert [office.printed for office in read.offices] == offices


def test_units_in_a_sentence() -> None:
    read = _read("第一部分部门概况\n二、机构设置\n下属预算单位2个，分别是：某县第一中学、某县第二中学。\n")
    assert [unit.printed for unit in read.units] == ["某县第一中学", "某县第二中学"]


def test_units_in_a_ruled_list() -> None:
    listed = table_from([["序号", "单位名称", "备注"], ["1", "某部（本级）", ""], ["2", "某服务\n中心", ""]])
    budget = table_from([["单位名称", "金额"], ["某部", "307.82"]])
    read = _read("第一部分某部概况\n", listed, budget)
    assert [unit.printed for unit in read.units] == ["某部（本级）", "某服务中心"]
