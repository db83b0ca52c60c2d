"""What is read from print: texts, dates and figures, each with its place and its printed form.

A figure is copied, never computed: `parse_decimal` accepts exactly the printed forms of numbers and
refuses everything else (`None`), so that "2940 05" is no number rather than a wrong one.
"""

import datetime
import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from extractors.model.evidence import Place, Reader
from extractors.model.lazy import lazy
from extractors.model.records import record

YUAN = "元"
WAN_YUAN = "万元"
YI_YUAN = "亿元"
PERCENT = "%"
MONEY_UNITS = {YUAN: Decimal(1), WAN_YUAN: Decimal(10_000), YI_YUAN: Decimal(100_000_000)}
"""Units of money and what one of them is in 元."""

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "﹣": "-"})
_EXACT_PLACES_OF_YUAN = 2
_ONE = Decimal(1)
_CENT = Decimal("0.01")


def parse_decimal(printed: str) -> Decimal | None:
    """The number that is printed, or None where the text is not wholly one number.

    Accepts 1254.76, 1,254.76, full-width digits, a leading minus in any printed form, and (12.00) or
    （12.00） for a negative. Thousands separators must stand at thousands.
    """
    text = printed
    if _NUMBER.fullmatch(text) is None:  # as it stands, as most figures are
        text = unicodedata.normalize("NFKC", "".join(printed.split())).translate(_MINUS)
        if text.startswith("(") and text.endswith(")"):
            text = "-" + text[1:-1]
        if _NUMBER.fullmatch(text) is None:
            return None
    return Decimal(text.replace(",", ""))


@record()
class Read:
    """Something read from print: the printed characters (white space removed), where, and by whom."""

    printed: str
    place: Place = ()
    reader: Reader = Reader.BUILT_IN


@record()
class Text(Read):
    """Words, as printed."""


@record(kw_only=True)
class Day(Read):
    """A calendar day."""

    value: datetime.date


@record(slots=False, kw_only=True)
class Amount(Read):
    """A figure with its unit: money (元, 万元, 亿元), a percentage (%), or a count (人, 辆, 平方米 …).

    `unit` is None where no unit is printed for it.
    """

    value: Decimal
    unit: str | None = None

    @property
    def places(self) -> int:
        """Decimal places as printed."""
        if self.value.same_quantum(_CENT):  # as most are; to take a Decimal apart is slow
            return 2
        exponent = self.value.as_tuple().exponent
        assert isinstance(exponent, int)  # noqa: S101 - printed numbers are finite
        return max(0, -exponent)

    @property
    def factor(self) -> Decimal:
        """What one unit is in the base unit of its kind (元 for money, itself otherwise)."""
        return _factor(self.unit)

    @property
    def dimension(self) -> str | None:
        """What kind of thing it counts: 元 for all money, else its own unit, None where unknown."""
        return self.measure[2]

    @lazy
    def measure(self) -> tuple[Decimal, Decimal, str | None]:
        """`in_base`, `half_unit` and `dimension` at once: what every comparison asks for."""
        factor, half_unit, dimension = _measure(self.unit, self.places)
        return self.value * factor, half_unit, dimension

    @property
    def in_base(self) -> Decimal:
        """The value in the base unit of its kind, exactly."""
        return self.measure[0]

    @property
    def half_unit(self) -> Decimal:
        """Half a unit of the last printed place, in the base unit (the rounding rule of docs/checks.md).

        Zero for what is printed exactly: money in 元 with 分, and whole counts (persons, vehicles, times).
        """
        return self.measure[1]

    @property
    def half_place(self) -> Decimal:
        """Half of the last printed place, in the base unit, whether or not the print is exact."""
        return _half_place(self.unit, self.places)


@lru_cache(maxsize=256)
def _measure(unit: str | None, places: int) -> tuple[Decimal, Decimal, str | None]:
    """What one of a unit is in the base unit, half a unit of a printed place in it, and what it counts."""
    dimension = YUAN if unit in MONEY_UNITS else unit
    return _factor(unit), _half_unit(unit, places), dimension


def _half_unit(unit: str | None, places: int) -> Decimal:
    is_measure = unit is None or unit in MONEY_UNITS or unit == PERCENT
    is_counted = not is_measure and places == 0
    if is_counted or (unit == YUAN and places >= _EXACT_PLACES_OF_YUAN):
        return Decimal(0)
    return _half_place(unit, places)


@lru_cache(maxsize=256)
def _half_place(unit: str | None, places: int) -> Decimal:
    return _factor(unit) * _ONE.scaleb(-places) / 2


def _factor(unit: str | None) -> Decimal:
    return MONEY_UNITS.get(unit or "", _ONE)
