"""The figure in a cell: printed forms, units of its own, and what stands where there is nothing.

Samples: 1,254.76 / －12.00 / （12.00） / 12.5% / 12.50万元; no figures are - / — / 2940 05.
"""

import re

from extractors.model.amounts import PERCENT, Amount, Text, parse_decimal
from extractors.model.facts import TableCell

_WITH_UNIT = re.compile(r"(?P<figure>.*\d[)）]?)(?P<unit>亿元|万元|元|[%％])")
_ENDS_OF_UNITS = frozenset("元%％")


def cell_of(text: Text, unit: str | None) -> TableCell:
    """A cell with its figure, if its text is wholly one; a unit printed in the cell outweighs the given."""
    found = _WITH_UNIT.fullmatch(text.printed) if text.printed[-1:] in _ENDS_OF_UNITS else None
    figure = found["figure"] if found else text.printed
    value = parse_decimal(figure)
    if value is None:
        return TableCell(text)
    if found:
        unit = PERCENT if found["unit"] in "%％" else found["unit"]
    return TableCell(
        text, Amount(printed=text.printed, place=text.place, reader=text.reader, value=value, unit=unit)
    )
