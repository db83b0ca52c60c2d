"""What every part of an extraction is made of: places, standings, the shape of JSON.

Parts of which a document has thousands are plain dataclasses: they are made many times as fast as models,
and their JSON and its schema are the same.
"""

from dataclasses import field
from typing import Annotated, Literal, TypeVar, dataclass_transform

from pydantic import ConfigDict, Field, with_config

from extractors.model.records import record

DecimalString = Annotated[str, Field(pattern=r"^-?\d+(\.\d+)?$")]
MatchName = Literal["exact", "normalised", "fuzzy", "ocr", "not_found"]
LevelName = Literal["类", "款", "项", "total", "of_which", "other"]
OperatorName = Literal[">=", "<=", "=", ">", "<"]
StatusName = Literal["accepted", "printed_so", "review", "contradicted"]

NULL, BLANK = Field(default=None), Field(default="")
"""What JSON may leave out, and what that says. Who makes such a part in Python says all of it."""

EMPTY = Field(json_schema_extra={"default": {}})
"""Tells the schema of a part that a mapping is empty by default: it does not see what a factory makes."""

CONFIG = ConfigDict(frozen=True, extra="forbid")


_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def part(cls: type[_T]) -> type[_T]:
    """A part of which a document has thousands."""
    return with_config(CONFIG)(record(kw_only=True)(cls))


@dataclass_transform(frozen_default=True)
def part_of_value(cls: type[_T]) -> type[_T]:
    """A part of which there is one for every value: made by position, in half the time of keywords."""
    return with_config(CONFIG)(record()(cls))


@part_of_value
class EvidenceOut:
    """Where a value is printed: page from 1, box in PDF points of the page as displayed, origin top left."""

    page: int
    bbox: tuple[float, float, float, float]
    text: str
    match: MatchName = "exact"


EvidenceRef = EvidenceOut | tuple[EvidenceOut, ...] | None


@part_of_value
class FieldOut:
    """The standing of one value that was read."""

    evidence: Annotated[EvidenceRef, NULL]
    status: StatusName
    confidence: float
    reader: str
    tier: Annotated[str, BLANK]
    reason: Annotated[str, BLANK]


@part
class FieldedPart:
    """A part whose plain values have their standing beside them."""

    fields: Annotated[dict[str, FieldOut], EMPTY] = field(default_factory=dict)
