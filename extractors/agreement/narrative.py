"""The statements of both readers, figure by figure.

What one reader makes two facts of (an amount, its change in the next sentence) the other may make one of:
so a figure is looked for wherever the built-in reader has it, under its own name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from extractors.agreement.compare import Notes, meet, same
from extractors.align import folded
from extractors.checking.mentions import paths_of
from extractors.checking.values import FACT_FIGURES, FACT_TEXTS
from extractors.model.agreement import Accord
from extractors.model.amounts import Amount, Read, Text
from extractors.model.evidence import Place
from extractors.model.facts import NarrativeFact

_FIGURES = tuple(FACT_FIGURES)
_WORDS = tuple(name for name in FACT_TEXTS if name != "subject")
_KEYS = {**FACT_FIGURES, **FACT_TEXTS}


class _Figure(NamedTuple):
    """A figure of the built-in reader: the index of its fact, its field, itself."""

    fact: int
    name: str
    amount: Amount


def facts(
    notes: Notes, built_in: Sequence[NarrativeFact], by_model: Sequence[NarrativeFact]
) -> tuple[NarrativeFact, ...]:
    """The facts of both: those of the built-in reader with what the model adds, then the model's own."""
    comparison = _Comparison(notes, built_in)
    for fact in by_model:
        comparison.compare(fact)
    comparison.note_silence()
    comparison.write_notes()
    return tuple(comparison.facts)


class _Comparison:
    """Goes through the model's facts; `facts` are the built-in reader's, growing."""

    def __init__(self, notes: Notes, built_in: Sequence[NarrativeFact]) -> None:
        self.facts = list(built_in)
        self._notes = notes
        self._seen: set[Place] = set()
        self._found: list[tuple[int, str, Accord, tuple[Read, ...]]] = []
        self._by_page: dict[int, list[_Figure]] = {}
        for index, fact in enumerate(built_in):
            for name in _FIGURES:
                amount: Amount | None = getattr(fact, name)
                for page in {e.page for e in amount.place} if amount else ():
                    assert amount is not None  # noqa: S101 - only then has it pages
                    self._by_page.setdefault(page, []).append(_Figure(index, name, amount))

    def compare(self, other: NarrativeFact) -> None:
        """One fact of the model's: each value compared, filled in, or kept as a fact of its own."""
        index = self._counterpart(other)
        left: dict[str, Any] = {}
        for name in _FIGURES:
            said: Amount | None = getattr(other, name)
            if said is not None and not self._is_known(name, said, other):
                left[name] = said
        if index is None:
            self._keep(other, left)
            return
        self._fill(index, other, left)

    def _counterpart(self, other: NarrativeFact) -> int | None:
        """The built-in fact that shares most figures with it; else one with its subject at its place."""
        shared: dict[int, int] = {}
        for name in _FIGURES:
            said: Amount | None = getattr(other, name)
            for figure in self._at(said) if said is not None else ():
                shared[figure.fact] = shared.get(figure.fact, 0) + 1
        if shared:
            return max(shared, key=lambda index: (shared[index], -index))
        return next((i for i, fact in enumerate(self.facts) if _is_same_subject(fact, other)), None)

    def _at(self, said: Read) -> Iterator[_Figure]:
        pages = {e.page for e in said.place}
        return (f for page in pages for f in self._by_page.get(page, ()) if meet(f.amount, said))

    def _is_known(self, name: str, said: Amount, other: NarrativeFact) -> bool:
        """Whether the built-in reader has the figure: under that name and subject, they agree."""
        known = list(self._at(said))
        for figure in known:
            fact = self.facts[figure.fact]
            agree = (
                figure.name == name and same(figure.amount, said) and _is_alike(fact.subject, other.subject)
            )
            self._note(
                figure.fact, figure.name, Accord.AGREE if agree else Accord.DIFFER, figure.amount, said
            )
        return bool(known)

    def _fill(self, index: int, other: NarrativeFact, figures: dict[str, Any]) -> None:
        """Puts to a fact what only the model says of its subject."""
        fact = self.facts[index]
        said = {**figures, **{name: getattr(other, name) for name in _WORDS}}
        added: dict[str, Any] = {}
        for name, value in said.items():
            mine: Read | None = getattr(fact, name)
            if value is None:
                continue
            if mine is None:
                added[name] = value
                self._note(index, name, Accord.ONE_SIDED, value)
            else:
                self._note(index, name, Accord.AGREE if same(mine, value) else Accord.DIFFER, mine, value)
        if _is_alike(fact.subject, other.subject) and meet(fact.subject, other.subject):
            self._note(index, "subject", Accord.AGREE, fact.subject, other.subject)
        compared = other.is_compared if "change_amount" in added else fact.is_compared
        self.facts[index] = replace(fact, **added, cause=other.cause or fact.cause, is_compared=compared)

    def _keep(self, other: NarrativeFact, left: dict[str, Any]) -> None:
        """A fact that the built-in reader does not have, with the figures that it does not have."""
        index = len(self.facts)
        figures: dict[str, Any] = {name: left.get(name) for name in _FIGURES}
        alone = replace(other, **figures)
        self.facts.append(alone)
        for name in ("subject", *_FIGURES, *_WORDS):
            value: Read | None = getattr(alone, name)
            if value is not None:
                self._note(index, name, Accord.ONE_SIDED, value)

    def note_silence(self) -> None:
        """What the model was asked for and did not say."""
        if not self._notes.silence_speaks:
            return
        for index, fact in enumerate(self.facts):
            for name in (*_FIGURES, *_WORDS):
                value: Read | None = getattr(fact, name)
                if value is not None and value.place not in self._seen:
                    self._note(index, name, Accord.ONE_SIDED, value)

    def _note(self, index: int, name: str, accord: Accord, *readings: Read) -> None:
        self._seen.add(readings[0].place)
        self._found.append((index, name, accord, readings))

    def write_notes(self) -> None:
        """Notes all that was found, now that it is known where each fact stands."""
        paths = paths_of(self.facts)
        for index, name, accord, readings in self._found:
            self._notes.note(f"{paths[index]}/{_KEYS[name]}", accord, *readings)


def _is_same_subject(one: NarrativeFact, other: NarrativeFact) -> bool:
    return one.section == other.section and meet(one.subject, other.subject)


def _is_alike(one: Text, other: Text) -> bool:
    """Whether two subjects may name one thing: one holds the other (车辆价值, 价值), or they share print."""
    short, long = sorted((folded(one.printed), folded(other.printed)), key=len)
    return short in long or meet(one, other)
