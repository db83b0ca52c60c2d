"""Values that a document has by the thousand, made cheaply (docs/decisions/0004)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

_T = TypeVar("_T")

made = tuple.__new__
"""Makes a named tuple of a tuple of all its fields, where there is one for every word, cell or value of a
document: its own constructor is a function of Python and takes twice the time.
"""


@dataclass_transform(frozen_default=True)
def record(*, slots: bool = True, kw_only: bool = False, eq: bool = True) -> Callable[[type[_T]], type[_T]]:
    """A frozen dataclass, compared and hashed by its fields; without `eq` each is equal to itself alone.

    That nobody changes one is seen to by the type checker: to have Python see to it doubles what making one
    costs.
    """
    return dataclass(slots=slots, kw_only=kw_only, eq=eq, unsafe_hash=eq)
