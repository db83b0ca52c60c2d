"""Two places of a document that a reader of its words takes to contradict each other."""

from dataclasses import dataclass
from enum import StrEnum

from extractors.model.amounts import Text


class Matter(StrEnum):
    """What the two places are at odds over."""

    NAME = "name"  # one thing, called by two names
    NUMBER = "number"  # one quantity, two figures
    REASON = "reason"  # a change, and a reason that would make the opposite
    WORDING = "wording"  # anything else in words


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two quotes that a model takes to contradict each other. What it takes them for is not proven."""

    matter: Matter
    first: Text
    second: Text
