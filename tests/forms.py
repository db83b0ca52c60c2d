"""A project's performance form in ruled cells, and how its reading is looked at in tests."""

from collections.abc import Sequence

from extractors.model.document import Document, RuledTable
from extractors.model.facts import Disclosure
from extractors.model.performance import Indicator, IndicatorTable
from extractors.sections.performance import performance
from tests.ruled import Rows, ruled

CAPTION = ["项目支出绩效目标表", "（2025年）"]

HEAD = [
    ["预算单位", "<", "某县某局", "<", "<", "<", "<"],
    ["项目名称", "<", "甲项目\n（上年结转）", "<", "<", "项目负责人", "张三"],
    ["项目资金\n（万元）", "<", "年度预算总额：", "4.00", "其中：\n财政拨款", "4.00", ""],
    ["项目总体\n目标", "<", "目标1：印制手册；\n目标2：开展宣传。", "<", "<", "<", "<"],
]
HEADER = [["一级\n指标", "二级\n指标", "三级指标", "指标值", "指标值设置依据", "上年完成值", "指标分值权重"]]
BODY = [
    ["产出指标", "数量指标", "印制宣传册数量", ">=20000份", "计划标准", "-", "8"],
    ["^", "^", "宣传活动次数", "＞\n=4次", "计划标准", "3次", "8.5"],
    ["^", "质量指标", "参保覆盖率", "≥95%", "计划标准", "", "8"],
    ["效益指标", "社会效益指标", "减轻负担", "有效\n减轻", "计划标准", "-", "10分"],
]


def disclosure_with(*ruled_tables: RuledTable) -> Disclosure:
    """A document of these tables, nothing read from it yet."""
    return Disclosure(Document(sha256="0" * 64, file_name="form.pdf", pages=(), tables=ruled_tables))


def read_form(rows: Rows, caption: Sequence[str] = CAPTION, more: Rows = ()) -> IndicatorTable:
    """The one form that a ruled table is, nothing in doubt."""
    disclosure = performance.read(disclosure_with(ruled(rows, caption, more=more)))
    assert disclosure.gaps == ()
    (form,) = disclosure.indicator_tables
    return form


def words(thing: object, *names: str) -> list[str | None]:
    """What is printed for some fields."""
    reads = [getattr(thing, name) for name in names]
    return [read.printed if read else None for read in reads]


def levels(indicators: Sequence[Indicator]) -> list[list[str | None]]:
    """The levels of each indicator."""
    return [words(i, "level1", "level2", "level3") for i in indicators]
