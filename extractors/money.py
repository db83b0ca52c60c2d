"""Sums of money in running text: 77.00万元, 6.08元, 1,254.76万元; 50万 at the end of a clause is 万元.

No sums of money are 3.8万人, 50万元以上 (a threshold), 10元/人 (a rate is still money, its unit is 元).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.model.amounts import WAN_YUAN, Amount, parse_decimal
from extractors.model.document import Passage

_MONEY = re.compile(
    r"(?<![\d.])(?P<value>\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元|元|万(?=$|[,.;:。；、)]))(?!以[上下内])"
)


class Money(NamedTuple):
    """A sum of money and the span of figure and unit in its passage."""

    amount: Amount
    start: int
    end: int


def money_in(passage: Passage) -> Iterator[Money]:
    """The sums of money that a passage names, in their order."""
    for match in _MONEY.finditer(passage.plain):
        start, end = match.span("value")
        value = parse_decimal(match["value"])
        if value is not None:
            amount = Amount(
                printed=passage.text[start:end],
                place=passage.evidence(start, end),
                value=value,
                unit=WAN_YUAN if match["unit"] == "万" else match["unit"],
            )
            yield Money(amount, match.start(), match.end())
