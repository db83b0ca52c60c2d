"""The smallest explanation: the one figure whose change mends most of the identities that are broken.

A wrong leaf of a table breaks the sum of its row, that of its column and the sentence that repeats it. Each
of the three doubts all its figures; only the leaf stands in all of them, and one value for it mends them all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from extractors.model.amounts import Amount
from extractors.model.evidence import Place
from extractors.model.findings import Explanation, Relation, Side, Term, TieOut, Verdict

_SEVERAL = 2
_BROKEN = Verdict.BROKEN
_Figure = tuple[Place, str]
"""A figure by where it stands and what is printed: a goal's sentence holds several in one place."""


class _Change(NamedTuple):
    """One figure changed: its new value in its own unit, and the indices of the broken identities it mends.

    `exact` is how many of them it mends without any rounding.
    """

    figure: _Figure
    term: Term
    value: Decimal
    mended: frozenset[int]
    exact: int

    @property
    def rank(self) -> tuple[int, int]:
        """The more it mends the better, and the more of that exactly."""
        return len(self.mended), self.exact


def explanations(tie_outs: Sequence[TieOut]) -> Mapping[int, Explanation]:
    """For each broken identity, by its index, the figure that explains it together with others.

    A change explains if it mends two equations or more, most of those over its figure that are broken, and
    breaks none that holds. Where another figure explains as much of the same, nothing is said.
    """
    broken = {i for i, t in enumerate(tie_outs) if t.verdict is _BROKEN}
    if len(broken) < _SEVERAL:
        return {}
    by_figure = _by_figure(tie_outs, broken)
    changes = [c for figure, at in by_figure.items() if (c := _best_change(figure, at, tie_outs)) is not None]
    found: dict[int, Explanation] = {}
    for change in changes:
        if not any(_is_rival(other, change) for other in changes):
            found |= dict.fromkeys(change.mended, _said(change, tie_outs))
    return found


def _by_figure(tie_outs: Sequence[TieOut], broken: Iterable[int]) -> Mapping[_Figure, list[int]]:
    """The comparisons that were made over each figure that several broken identities doubt."""
    doubts: dict[_Figure, int] = defaultdict(int)
    for index in broken:
        for figure in {_figure(term) for term in tie_outs[index].doubted if term.amount.place}:
            doubts[figure] += 1
    by_figure: dict[_Figure, list[int]] = {figure: [] for figure, n in doubts.items() if n >= _SEVERAL}
    for index, tie_out in enumerate(tie_outs if by_figure else ()):
        if tie_out.difference is not None:
            for term in tie_out.terms:
                at = by_figure.get(_figure(term))
                if at is not None and index not in at[-1:]:
                    at.append(index)
    return by_figure


def _best_change(figure: _Figure, at: Sequence[int], tie_outs: Sequence[TieOut]) -> _Change | None:
    """The one value of a figure that mends most; None where none does, or two do equally well."""
    over = {i: tie_outs[i] for i in at}
    doubting = {
        i: t
        for i, t in over.items()
        if t.verdict is Verdict.BROKEN and figure in {_figure(term) for term in t.doubted}
    }
    values = {v for t in doubting.values() for v in _mending_values(figure, t)}
    changes = [c for v in sorted(values) if (c := _change(figure, v, over, doubting)) is not None]
    changes.sort(key=lambda change: change.rank, reverse=True)
    is_tied = len(changes) > 1 and changes[0].rank == changes[1].rank
    return changes[0] if changes and not is_tied else None


def _mending_values(figure: _Figure, tie_out: TieOut) -> Iterator[Decimal]:
    """What the figure would have to be, in its unit and places, for the equation to hold."""
    weight = _weight(figure, tie_out)
    if weight and tie_out.relation is Relation.EQUAL and tie_out.difference is not None:
        amount = _term(figure, tie_out).amount
        should = (amount.in_base - tie_out.difference / weight) / amount.factor
        value = should.quantize(Decimal(1).scaleb(-amount.places), ROUND_HALF_UP)
        if value >= 0 or amount.value < 0:
            yield value


def _change(
    figure: _Figure, value: Decimal, over: Mapping[int, TieOut], doubting: Mapping[int, TieOut]
) -> _Change | None:
    after = {i: left for i, t in over.items() if (left := _difference_with(figure, value, t)) is not None}
    if any(not _stands(over[i], left) for i, left in after.items() if over[i].verdict is not Verdict.BROKEN):
        return None
    mended = frozenset(
        i
        for i, left in after.items()
        if i in doubting and over[i].relation is Relation.EQUAL and _stands(over[i], left)
    )
    if len(mended) < _SEVERAL or 2 * len(mended) <= len(doubting):
        return None
    exact = sum(1 for i in mended if not after[i])
    return _Change(figure, _term(figure, over[min(mended)]), value, mended, exact)


def _difference_with(figure: _Figure, value: Decimal, tie_out: TieOut) -> Decimal | None:
    """Left minus right if the figure had that value; None where it takes part in a ratio or a product."""
    weight = _weight(figure, tie_out)
    if weight is None or tie_out.difference is None:
        return None
    amount = _term(figure, tie_out).amount
    return tie_out.difference + weight * (value * amount.factor - amount.in_base)


def _stands(tie_out: TieOut, difference: Decimal) -> bool:
    assert tie_out.allowance is not None  # noqa: S101 - what has a difference has one
    if tie_out.relation is Relation.AT_MOST:
        return difference <= tie_out.allowance
    if tie_out.relation is Relation.AT_LEAST:
        return -difference <= tie_out.allowance
    return abs(difference) <= tie_out.allowance


def _weight(figure: _Figure, tie_out: TieOut) -> int | None:
    """How often the figure counts in left minus right; None where a side with it is no plain sum."""
    weight = 0
    for side, direction in ((tie_out.left, 1), (tie_out.right, -1)):
        signs = [term.sign for term in side.terms if _figure(term) == figure]
        if signs and not _is_sum(side):
            return None
        weight += direction * sum(signs)
    return weight


def _is_sum(side: Side) -> bool:
    return side.value == sum((term.sign * term.amount.in_base for term in side.terms), Decimal(0))


def _is_rival(other: _Change, change: _Change) -> bool:
    """Whether the change of another figure mends as much, some of it the same."""
    is_as_good = len(other.mended) >= len(change.mended)
    return other.figure != change.figure and is_as_good and bool(other.mended & change.mended)


def _said(change: _Change, tie_outs: Sequence[TieOut]) -> Explanation:
    labels = (_term(change.figure, tie_outs[i]).label for i in sorted(change.mended))
    return Explanation(
        label="、".join(dict.fromkeys(labels)),
        printed=change.term.amount,
        expected=f"{change.value:f}",
        mends=len(change.mended),
    )


def _figure(term: Term) -> _Figure:
    amount: Amount = term.amount
    return amount.place, amount.printed


def _term(figure: _Figure, tie_out: TieOut) -> Term:
    return next(term for term in tie_out.terms if _figure(term) == figure)
