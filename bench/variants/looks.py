"""How a variant looks: its producer, its rules, its print, its pages."""

import unicodedata
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bench.variants.content import AMOUNT, Sheet

Producer = Literal["drawn", "story", "reportlab", "chromium", "writer", "calc"]
PRODUCERS: tuple[Producer, ...] = ("drawn", "story", "reportlab", "chromium", "writer", "calc")
WITHOUT_SYSTEM_PACKAGES: tuple[Producer, ...] = ("drawn", "story", "reportlab")

Rules = Literal[
    "thin", "thick", "double", "dashed", "cells", "filled", "white", "one_path",
    "open", "inner", "fills", "across", "three_line", "none",
]  # fmt: skip
RULED: frozenset[Rules] = frozenset(
    {"thin", "thick", "double", "dashed", "cells", "filled", "white", "one_path", "open", "inner", "fills"}
)
"""The rest have no rules down: their columns show in the alignment only."""

MARGIN = 36.0
A4 = (595.0, 842.0)
_SHORT_SIDE, _LONG_SIDE = A4
_WIDE = 8  # columns that want a landscape page


class Scan(NamedTuple):
    """A picture of the page instead of its text: skew in degrees, noise as the spread of grey levels."""

    dpi: int
    skew: float
    noise: float


@dataclass(frozen=True)
class Look:
    """One way to print tables. `turn` is /Rotate with upright print, `sideways` print turned on the page."""

    producer: Producer
    rules: Rules = "thin"
    size: float = 10.0
    font: int = 0
    landscape: bool = False
    turn: int = 0
    sideways: int = 0
    repeats_header: bool = True
    splits_rows: bool = False
    title_inside: bool = False
    number_row: bool = False
    centred: bool = False
    scan: Scan | None = None


@dataclass(frozen=True)
class Variant:
    """Tables in one look. `family` is what the figures are grouped by."""

    name: str
    family: str
    look: Look
    sheets: tuple[Sheet, ...] = field(repr=False)

    @property
    def page(self) -> tuple[float, float]:
        """Width and height of its pages."""
        is_wide = self.look.landscape or any(len(sheet.columns) > _WIDE for sheet in self.sheets)
        return (_LONG_SIDE, _SHORT_SIDE) if is_wide else A4


class Fit(NamedTuple):
    """The size of the print and the widths of the columns that fit on the page."""

    size: float
    widths: tuple[float, ...]


_PADDING = 0.9  # em of a column's width that no text may use
_LEAST_LABEL, _MOST_LABEL = 4.0, 16.0


def fit(sheet: Sheet, look: Look, page_width: float) -> Fit:
    """Columns as wide as their longest amount, words wrapped; smaller print where the page is too narrow."""
    columns = [
        [*(cell.text for cell in sheet.header if cell.column_span == 1 and cell.column == c),
         *(row[c] for row in sheet.rows)]
        for c in range(len(sheet.columns))
    ]  # fmt: skip
    least = [_PADDING + max(_least(text) for text in texts) for texts in columns]
    wanted = [_PADDING + max(min(_MOST_LABEL, _ems(text)) for text in texts) for texts in columns]
    room = page_width - 2 * MARGIN
    size = min(look.size, room / sum(least))
    spare = room / size - sum(least)
    more = [max(0.0, w - n) for w, n in zip(wanted, least, strict=True)]
    share = min(1.0, spare / sum(more)) if sum(more) else 0.0
    return Fit(size, tuple(size * (n + share * m) for n, m in zip(least, more, strict=True)))


def _ems(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.62 for c in text)


def _least(text: str) -> float:
    if AMOUNT.fullmatch(text) or text.isdigit():
        return _ems(text)
    return min(_LEAST_LABEL, _ems(text))


def caption(sheet: Sheet) -> tuple[str, str, str]:
    """The lines over the table: its number, its title, who and in what unit."""
    return sheet.number, sheet.title, f"编制单位：{sheet.issuer} 金额单位：{sheet.unit}"
