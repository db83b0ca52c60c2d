"""Ties two printed quantities out: sides, the one rounding rule, the verdict. No other module judges.

The rule (docs/checks.md): half a unit of the last printed place for every printed figure that takes part.
- a sum of printed addends against a printed total: the half units of all of them; blanks are no addends;
- the same quantity printed twice: one unit of the coarser print;
- a share or percentage: one unit of the print, and the half units of its operands, propagated;
- a product: half a unit of the standard times the count, and half a unit of the total;
- money in 元 with 分, and counts: exact.
Nothing is relative, and nothing is a float.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from extractors.model.amounts import PERCENT, Amount
from extractors.model.findings import Relation, Side, Term, TieOut, Verdict
from extractors.model.records import made

_ZERO, _HUNDRED = Decimal(0), Decimal(100)
_HOLDS, _BROKEN = Verdict.HOLDS, Verdict.BROKEN  # to look a member up takes as long as to subtract
_AGREE = (Verdict.HOLDS, Verdict.ROUNDING)
# A document has some thousand comparisons, nearly all of them of one figure with another or with a sum: their
# tuples are made directly, which takes half as long as their constructors do.


def figure(label: str, amount: Amount | None) -> Side:
    """A single printed figure; where it is None the comparison cannot be made."""
    if amount is None:
        return Side(label, (), None, missing=f"缺少{label}")
    in_base, half_unit, dimension = amount.measure
    terms = (made(Term, (label, amount, 1)),)
    return made(Side, (label, terms, in_base, half_unit, dimension, None, False, False))


def constant(label: str, value: Decimal, dimension: str | None) -> Side:
    """A figure that no document prints: 100%."""
    return Side(label, (), value, dimension=dimension)


def unread(label: str, what: str) -> Side:
    """A side with a figure in it that is printed but could not be read as a number."""
    return Side(label, (), None, missing=f"{what}印的不是数字")


def total_of(label: str, terms: Iterable[Term]) -> Side:
    """The sum of printed figures, each with its sign; without any figure it cannot be had."""
    held = tuple(terms)
    if not held:
        return Side(label, (), None, missing=f"缺少{label}")
    value, slack, dimension = _ZERO, _ZERO, held[0].amount.measure[2]
    for _, amount, sign in held:  # one plain loop: the sums of a document have a thousand terms
        in_base, half_unit, its_dimension = amount.measure
        if its_dimension != dimension:
            return Side(label, held, None, missing="单位不同")
        value = value + in_base if sign == 1 else value + sign * in_base
        slack += half_unit
    return made(Side, (label, held, value, slack, dimension, None, False, False))


def percentage(label: str, part: Side, whole: Side) -> Side:
    """part / whole in percent, with the half units of both propagated."""
    terms = part.terms + whole.terms
    missing = part.missing or whole.missing
    if part.value is None or whole.value is None:
        return Side(label, terms, None, missing=missing)
    if part.dimension != whole.dimension:
        return Side(label, terms, None, missing="单位不同")
    if not whole.value:
        return Side(label, terms, None, missing=f"{whole.label}为零")
    ratio = part.value / whole.value
    slack = _HUNDRED * (part.slack + abs(ratio) * whole.slack) / abs(whole.value)
    return Side(label, terms, _HUNDRED * ratio, slack, PERCENT, is_ratio=True)


def product(label: str, count: Amount, standard: Amount) -> Side:
    """A count times a standard; only the standard is rounded, also where it is printed in 元 with 分."""
    terms = (Term(count.printed, count), Term(standard.printed, standard))
    slack = standard.half_place * abs(count.value)
    return Side(label, terms, count.value * standard.in_base, slack, standard.dimension, is_product=True)


def tie(check: str, basis: str, left: Side, right: Side, relation: Relation = Relation.EQUAL) -> TieOut:
    """The comparison of two sides, judged."""
    if left.missing or right.missing or left.dimension != right.dimension:
        reason = _why_not_comparable(left, right)
        return TieOut(check, basis, left, right, relation, Verdict.NOT_COMPARABLE, reason=reason)
    assert left.value is not None and right.value is not None  # noqa: S101, PT018 - told by the line above
    difference = left.value - right.value
    allowance = allowance_of(left, right)
    verdict = _verdict(left, right, difference, allowance, relation) if difference else _HOLDS
    return made(TieOut, (check, basis, left, right, relation, verdict, difference, allowance, None, ()))


def if_certain(tie_out: TieOut, is_certain: bool, *, casts_doubt: bool = False) -> TieOut:
    """A comparison whose identity is only inferred: it may prove, but it cannot accuse.

    Where it `casts_doubt` when it fails, its figures need two other proofs.
    """
    if is_certain or tie_out.verdict is not _BROKEN:
        return tie_out
    reason = "这一关系是由表样推断的，不成立时不作结论"
    return tie_out._replace(
        verdict=Verdict.NOT_COMPARABLE,
        difference=None,
        allowance=None,
        reason=reason,
        accused=tie_out.terms if casts_doubt else (),
    )


def attested(tie_outs: Sequence[TieOut]) -> Iterator[TieOut]:
    """Comparisons of one inferred kind: that it is rightly inferred shows in most, at least two, agreeing."""
    agree = how_many_agree(tie_outs)
    for tie_out in tie_outs:
        yield if_certain(tie_out, agree > 1 and 2 * agree > len(tie_outs))


def how_many_agree(tie_outs: Iterable[TieOut]) -> int:
    """The comparisons that hold, be it within rounding."""
    return len([t for t in tie_outs if t.verdict in _AGREE])


def _why_not_comparable(left: Side, right: Side) -> str:
    missing = left.missing or right.missing
    return missing or f"单位不同：{left.dimension or '未注明'}、{right.dimension or '未注明'}"


def allowance_of(left: Side, right: Side) -> Decimal:
    """How far the two sides may lie apart by rounding alone, in base units."""
    if left.is_ratio or right.is_ratio:
        return left.slack * (1 if left.is_ratio else 2) + right.slack * (1 if right.is_ratio else 2)
    if len(left.terms) == len(right.terms) == 1:
        return 2 * max(left.slack, right.slack)
    return left.slack + right.slack


def _verdict(left: Side, right: Side, difference: Decimal, allowance: Decimal, relation: Relation) -> Verdict:
    """Of two sides that differ."""
    if (relation is Relation.AT_MOST and difference < 0) or (
        relation is Relation.AT_LEAST and difference > 0
    ):
        return _HOLDS
    if _rounds_to_print(left, right):
        return _HOLDS
    return Verdict.ROUNDING if abs(difference) <= allowance else _BROKEN


def _rounds_to_print(left: Side, right: Side) -> bool:
    """A percentage that rounds to what is printed differs from it in no printed place."""
    for computed, printed in ((left, right), (right, left)):
        if computed.is_ratio and not printed.is_ratio and len(printed.terms) == 1:
            place = Decimal(1).scaleb(-printed.terms[0].amount.places)
            assert computed.value is not None  # noqa: S101 - comparable sides have values
            return computed.value.quantize(place, ROUND_HALF_UP) == printed.value
    return False


def is_rounded_print(left: Side, right: Side) -> bool:
    """Whether one figure is the other one printed with fewer places: 2.68 万元 and 26849.64 元.

    They tie out within rounding, since the coarser one does not prove the last places of the finer one; but
    there is nothing between them to point at.
    """
    if len(left.terms) != 1 or len(right.terms) != 1 or left.is_ratio or right.is_ratio:
        return False
    coarse, fine = sorted((left, right), key=lambda side: side.terms[0].amount.half_place, reverse=True)
    amount = coarse.terms[0].amount
    assert fine.value is not None  # noqa: S101 - a figure has a value
    place = Decimal(1).scaleb(-amount.places)
    return (fine.value / amount.factor).quantize(place, ROUND_HALF_UP) == amount.value


def working(side: Side) -> str:
    """How a side comes about, as it reads: 53.49 + 570.20 - 0.01; 131367 × 7.03; 548.13 ÷ 661.27."""
    printed = [term.amount.printed for term in side.terms]
    if side.is_product:
        return " × ".join(printed)
    if side.is_ratio:
        return " ÷ ".join(printed)
    signed = [("- " if term.sign < 0 else "+ ") + term.amount.printed for term in side.terms]
    return " ".join(signed).removeprefix("+ ")
