"""What the columns of a table hold, by the words of their header and by what is printed in them.

Samples: 类 / 功能科目编码; 科目名称 / 项目; 预算数（万元）; 数量 / 人数; 增减率（%）; 备注 / 项目简介; 行次.
"""

import re
from collections.abc import Sequence
from enum import Enum, auto

from extractors.model.amounts import MONEY_UNITS, PERCENT
from extractors.model.facts import Column

CODE_HEADER = re.compile(r"^(?:类|款|项|.*编码|.*代码|.*编号)$")
NAME_HEADER = re.compile(r"名称|^项目$|内容|功能分类|科目|经济分类|单位$|^部门$")
_NOTE_HEADER = re.compile(r"备注|说明|简介|依据|理由|用途|时间|日期|型号|规格|^注$|是否|方式|形式")
_INDEX_HEADER = re.compile(r"^(?:行次|栏次|序号|编号)$")
_COUNT_HEADER = re.compile(
    r"数量|(?:人|户|辆|台|批|次|组|团|件|套|个)[次数]+(?:\(.*\))?$|^面积|编制数|保有量|购置数|\((?:人|辆|台|批|个|次|人次|套|件|平方米|㎡)\)$"
)
_PERCENT_HEADER = re.compile(r"%|％|增减率|增长率|完成率|执行率|占比|比例|比重|百分比|幅度")
_UNIT = re.compile(r"[(:](?P<unit>亿元|万元|元)\)?")
_UNIT_OF_COUNT = re.compile(r"\((?P<unit>人|辆|台|批|个|次|人次|套|件|平方米|㎡)\)$")
_NUMBER = re.compile(r"[-−－–—(（]?\d[\d,.，]*[)）]?[%％]?")
_SHORT_CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")
NIL = frozenset(["-", "--", "—", "——", "–", "－", "/", "／", "\\", "无", "…", "*"])
"""What is printed where there is nothing."""


class Kind(Enum):
    """What a column holds."""

    CODE = auto()
    NAME = auto()
    AMOUNT = auto()
    COUNT = auto()
    PERCENT = auto()
    NOTE = auto()
    INDEX = auto()


def kinds_of(columns: Sequence[Column], rows: Sequence[Sequence[str | None]]) -> list[Kind]:
    """What each column holds. Texts behind the amounts that are no names are notes."""
    texts = zip(*rows, strict=True) if rows else [()] * len(columns)
    kinds = [_kind(column, printed) for column, printed in zip(columns, texts, strict=True)]
    met_amount = False
    for index, kind in enumerate(kinds):
        met_amount = met_amount or kind is Kind.AMOUNT
        if kind is Kind.NAME and met_amount and not NAME_HEADER.search(_leaf(columns[index])):
            kinds[index] = Kind.NOTE
    return kinds


def _leaf(column: Column) -> str:
    return column.path[-1] if column.path else ""


def _kind(column: Column, texts: Sequence[str | None]) -> Kind:
    leaf = _leaf(column)
    printed = [text for text in texts if text and text not in NIL]
    if _INDEX_HEADER.match(leaf):
        return Kind.INDEX
    if CODE_HEADER.match(leaf) or _holds_codes(leaf, printed):
        return Kind.CODE
    if not printed:
        return _by_header(leaf)
    numbers = [text for text in printed if _NUMBER.fullmatch(text)]
    if 2 * len(numbers) >= len(printed):
        return _of_numbers(leaf)
    return Kind.NOTE if _NOTE_HEADER.search(leaf) or _COUNT_HEADER.search(leaf) else Kind.NAME


def _holds_codes(leaf: str, printed: Sequence[str]) -> bool:
    if not NAME_HEADER.search(leaf):
        return False
    codes = [text for text in printed if _SHORT_CODE.fullmatch(text)]
    return len(codes) > 1 and 2 * len(codes) > len(printed)


def _of_numbers(leaf: str) -> Kind:
    if _PERCENT_HEADER.search(leaf):
        return Kind.PERCENT
    return Kind.COUNT if _COUNT_HEADER.search(leaf) else Kind.AMOUNT


def _by_header(leaf: str) -> Kind:
    """What a column without any print would hold."""
    if _NOTE_HEADER.search(leaf):
        return Kind.NOTE
    return Kind.NAME if NAME_HEADER.search(leaf) else _of_numbers(leaf)


def unit_of_column(column: Column, kind: Kind, of_table: str | None) -> str | None:
    """The unit of a column's figures: its own, where its header prints one, or that of the table."""
    if kind is Kind.PERCENT:
        return PERCENT
    if kind is Kind.COUNT:
        found = _UNIT_OF_COUNT.search(_leaf(column))
        return found["unit"] if found else None
    return money_unit_of(column) or of_table


def money_unit_of(column: Column) -> str | None:
    """The unit of money that a header path prints, the lowest cell first: 预算数(万元)."""
    for text in reversed(column.path):
        if (found := _UNIT.search(text)) is not None and found["unit"] in MONEY_UNITS:
            return found["unit"]
    return None
