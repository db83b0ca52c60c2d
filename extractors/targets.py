"""The target of an indicator: operator, figure and unit.

>=118.88万人  ＞=95%  ≤2万元  <=7.03元/人/年  100%  不少于4次  30人以上  上访率<1%
No figure: 2025年12月15日, 12月底前, 每月20日之前, 80%-90%, 有效提升, ≤预算 (an operator without a figure).
"""

import re
from functools import cache

from extractors.model.amounts import PERCENT, Amount, parse_decimal
from extractors.model.document import Passage
from extractors.model.evidence import Reader
from extractors.templates.performance import vocabulary

Target = tuple[str | None, Amount | None]

_FIGURE = r"(?P<figure>-?\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d<>=]*)"


def target_of(passage: Passage) -> Target:
    """The operator in its normal form and the figure with its unit, each None where there is none."""
    words = vocabulary()
    found = _pattern().fullmatch(passage.plain)
    if found is None:
        return None, None
    printed = found["operator"] or ""
    operator = words.operators.get(printed)
    # Only a sign is an operator behind other words: 不应大于 says the contrary of 大于.
    if found["lead"] and printed.isalpha():
        return None, None
    if found["figure"] is None:
        return operator, None
    unit, closing = _without_ending(found["unit"])
    is_date = not printed and unit.startswith(words.dates) and (found["lead"] or not closing)
    if is_date or (found["lead"] and not printed and not closing):
        return None, None
    operator = operator or closing
    start = found.start("unit")
    unit = passage.text[start : start + len(unit)].replace("％", PERCENT)
    return operator, _amount(passage, *found.span("figure"), unit)


@cache
def _pattern() -> re.Pattern[str]:
    """Words, an operator, a figure with its unit, each of which may be missing."""
    operators = "|".join(re.escape(form) for form in vocabulary().operators)
    return re.compile(rf"(?P<lead>[^\d<>=]*?)(?:(?P<operator>{operators})[^\d<>=]*?)?(?:{_FIGURE})?")


def _without_ending(unit: str) -> tuple[str, str | None]:
    """The unit without 以上 and the like, and the operator that such an ending stands for."""
    for form, normal in vocabulary().endings:
        if unit.endswith(form):
            return unit.removesuffix(form), normal
    return unit, None


def _amount(passage: Passage, start: int, end: int, unit: str) -> Amount | None:
    value = parse_decimal(passage.plain[start:end])
    if value is None:
        return None
    return Amount(
        printed=passage.text[start:end],
        place=passage.evidence(start, end),
        reader=Reader.TABLE,
        value=value,
        unit=unit or None,
    )
