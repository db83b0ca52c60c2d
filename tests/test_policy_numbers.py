"""文号 as they are printed, and what is made of them."""

import pytest

from extractors.policy_numbers import find, issuer_code, parse


@pytest.mark.parametrize(
    ("text", "printed", "canonical"),
    [
        ("新财社〔2024〕181号", "新财社〔2024〕181号", "新财社〔2024〕181号"),
        ("新材社【2024】181号", "新材社【2024】181号", "新材社〔2024〕181号"),
        ("巴财社[2024]94 号", "巴财社[2024]94 号", "巴财社〔2024〕94号"),
        ("新人社发{2022}117号", "新人社发{2022}117号", "新人社发〔2022〕117号"),
        ("新财社〔2014 〕70 号", "新财社〔2014 〕70 号", "新财社〔2014〕70号"),
        ("国办发（2014）45号", "国办发（2014）45号", "国办发〔2014〕45号"),
        ("国发﹝２０１４﹞４５号", "国发﹝２０１４﹞４５号", "国发〔2014〕45号"),
        ("（新财社〔2023〕201号）", "新财社〔2023〕201号", "新财社〔2023〕201号"),
        ("立项依据：新人社发[2016]140号《关于…》", "新人社发[2016]140号", "新人社发〔2016〕140号"),
        ("补助资金巴财社[2024]94号", "巴财社[2024]94号", "巴财社〔2024〕94号"),
        ("根据新材社【2024】181号、", "新材社【2024】181号", "新材社〔2024〕181号"),
        ("…补助资金，伊州财社【2023】90，2024年自治区…", "伊州财社【2023】90", "伊州财社〔2023〕90号"),
        ("自治区人民政府办公厅新政办发〔2020〕5号", "新政办发〔2020〕5号", "新政办发〔2020〕5号"),
    ],
)
def test_a_number_is_found_and_normalised(text: str, printed: str, canonical: str) -> None:
    (number,) = find(text)
    assert number.printed == printed == text[number.start : number.end]
    assert number.canonical == canonical


@pytest.mark.parametrize(
    "text",
    [
        "基本支出（2024）10万元",
        "项目支出【2024】10.5万元",
        "项目支出【2024】90,000元",
        "行政运行（2101501）235.76万元",
        "（2025年度）",
        "截至（2024）12月31日",
        "《办法》〔2024〕",
        "国办发（2014）45",  # round brackets hold many things: without 号 nothing shows a number
    ],
)
def test_what_looks_like_a_number_and_is_none(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    ("run", "code"),
    [
        ("新财社", "新财社"),
        ("年自治区财政人身意外伤害保险补助资金巴财社", "巴财社"),
        ("兵发改项目发", "兵发改项目发"),  # 项目 ends no word here: one character would be left
        ("巴依委办发", "巴依委办发"),
        ("乌体局办发", "乌体局办发"),
        ("某某州医疗保障事业发展处伊州财社", "伊州财社"),
        ("乌鲁木齐市体育局办发", "乌鲁木齐市体育局办发"),  # 办发 is nobody's code
    ],
)
def test_where_an_issuer_code_begins(run: str, code: str) -> None:
    assert issuer_code(run) == code


@pytest.mark.parametrize(
    ("text", "suspect"),
    [
        ("新财社〔2024〕181号", None),
        ("巴财社[2024]94号", None),  # brackets are form, and normalised
        ("伊州财社【2023】90", "缺“号”字"),
        ("新财社〔2024〕第18号", "序号前加了“第”字"),
        ("新财社〔2024〕018号", "序号018编了虚位"),
        ("新财社〔2024】18号", "括号不成对：〔】"),
        ("新财社〔2026〕18号", "年份2026晚于2025年"),
        ("一二三四五六七八九〔2024〕1号", "机关代字“一二三四五六七八九”过长，起点不明"),
    ],
)
def test_what_is_unusual_is_said(text: str, suspect: str | None) -> None:
    (number,) = find(text)
    assert number.suspect(latest_year=2025) == suspect


def test_leading_zeros_and_the_ordinal_mark_are_no_part_of_the_standard_form() -> None:
    assert [n.canonical for n in find("新财社〔2024〕第018号")] == ["新财社〔2024〕18号"]


def test_several_numbers_in_their_order() -> None:
    numbers = find("根据新材社【2024】181号、巴财社【2024】99号-关于提前下达")
    assert [n.canonical for n in numbers] == ["新材社〔2024〕181号", "巴财社〔2024〕99号"]


def test_a_number_printed_elsewhere_shows_where_one_begins() -> None:
    text = "人身意外伤害保险补助资伊州财社【2024】93号"  # 金 is missing in print
    assert find(text)[0].issuer == "资伊州财社"
    assert find(text, frozenset({"伊州财社〔2024〕93号"}))[0].issuer == "伊州财社"
    assert find(text, frozenset({"伊州财社〔2024〕94号"}))[0].issuer == "资伊州财社"


def test_parse_takes_a_whole_number_only() -> None:
    number = parse(" 新财社〔2024〕181号 ")
    assert number is not None
    assert (number.issuer, number.year, number.serial) == ("新财社", 2024, 181)
    assert parse("根据新财社〔2024〕181号") is None
    assert parse("新财社2024年181号") is None
