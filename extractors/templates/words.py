"""Known words: how titles, headers and headings are recognised."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A text fits when it holds every word of one list of `any_of` and no word of `none_of`."""

    any_of: tuple[tuple[str, ...], ...] = ()
    none_of: tuple[str, ...] = ()

    @classmethod
    def of(cls, any_of: Iterable[Iterable[str]], none_of: Iterable[str] = ()) -> "Words":
        """From the lists of a data file."""
        return cls(tuple(map(tuple, any_of)), tuple(none_of))

    def strength(self, text: str) -> int:
        """How many characters of known words the text holds, 0 where it does not fit."""
        if any(word in text for word in self.none_of):
            return 0
        fits = (words for words in self.any_of if all(word in text for word in words))
        return max((sum(map(len, words)) for words in fits), default=0)

    def fits(self, text: str) -> bool:
        """Whether the text fits."""
        return self.strength(text) > 0

    def allows(self, text: str) -> bool:
        """Whether the text fits; where `any_of` asks for nothing, whether nothing of `none_of` is in it."""
        if self.any_of:
            return self.strength(text) > 0
        return not any(word in text for word in self.none_of)
