"""Known words: how titles, headers and headings are recognised."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property


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
        most = 0
        for words in self.any_of:  # plain loops: asked ten thousand times a document
            for word in words:
                if word not in text:
                    break
            else:
                most = max(most, sum(map(len, words)))
        return 0 if most and any(word in text for word in self.none_of) else most

    def fits(self, text: str) -> bool:
        """Whether the text fits."""
        return self.strength(text) > 0

    def may_fit(self, texts: str) -> bool:
        """Whether any of several texts, joined, can fit: to pass over many of which none does."""
        for words in self.any_of:
            for word in words:
                if word not in texts:
                    break
            else:
                return True
        return False

    def allows(self, text: str) -> bool:
        """Whether the text fits; where `any_of` asks for nothing, whether nothing of `none_of` is in it."""
        if self.any_of:
            return self.strength(text) > 0
        return not any(word in text for word in self.none_of)


@dataclass(frozen=True)
class Roles:
    """The words that each of several roles is known by."""

    words: Mapping[str, Words] = field(default_factory=dict)

    def best(self, text: str) -> str | None:
        """The role whose words fit best (a longer name outweighs a shorter); None where none fit."""
        for first, words, none_of, role in self._longest_first:
            if first not in text:  # so it ends for nearly all
                continue
            if all(word in text for word in words) and not any(word in text for word in none_of):
                return role
        return None

    @cached_property
    def _longest_first(self) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...], str], ...]:
        """Each list of words with its first word, with what must not be in the text, and its role."""
        lists = (
            (words[0], words, known.none_of, role)
            for role, known in self.words.items()
            for words in known.any_of
        )
        return tuple(sorted(lists, key=lambda one: -sum(map(len, one[1]))))
