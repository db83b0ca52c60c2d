"""What does not hold together, said so that a finance clerk can act on it."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from extractors.checking.tie import printed_sum
from extractors.model.findings import Finding, FindingKind, Relation, Severity, Side, TieOut, Verdict


def findings_of(tie_outs: Iterable[TieOut]) -> Iterator[Finding]:
    """A finding for each broken identity, and one marked as rounding for each 尾差."""
    for tie_out in tie_outs:
        if tie_out.verdict is Verdict.BROKEN or (tie_out.verdict is Verdict.ROUNDING and tie_out.difference):
            yield _finding(tie_out)


def _finding(tie_out: TieOut) -> Finding:
    printed, expected = _sides(tie_out)
    is_rounding = tie_out.verdict is Verdict.ROUNDING
    difference = _in_unit_of(printed, printed.value, expected.value, tie_out)
    should = _expected(printed, expected)
    explained = "在尾差允许范围内" if is_rounding else "超出尾差允许范围"
    working = (
        f"（{printed_sum(expected.terms)}）" if len(expected.terms) > 1 and not expected.is_ratio else ""
    )
    sign = "＝" if tie_out.relation is Relation.EQUAL else "≤"
    return Finding(
        check=tie_out.check,
        kind=FindingKind(tie_out.check.split("/", 1)[0]),
        severity=Severity.INFO if is_rounding else Severity.ERROR,
        rounding_only=is_rounding,
        message=f"{printed.label}印为 {_printed(printed)}，按“{tie_out.basis}”应{sign} {should}{working}，"
        f"相差 {difference}，{explained}。",
        basis=tie_out.basis,
        printed=_printed(printed),
        expected=should,
        difference=difference,
        evidence=tuple(e for term in (*printed.terms, *expected.terms) for e in term.amount.place),
    )


def _sides(tie_out: TieOut) -> tuple[Side, Side]:
    """The side that is printed as one figure, and the side that says what it should be."""
    if len(tie_out.left.terms) == 1 and not tie_out.left.is_ratio:
        return tie_out.left, tie_out.right
    return tie_out.right, tie_out.left


def _printed(side: Side) -> str:
    return side.terms[0].amount.printed if len(side.terms) == 1 else printed_sum(side.terms)


def _factor(side: Side) -> Decimal:
    return side.terms[0].amount.factor if not side.is_ratio else Decimal(1)


def _places(printed: Side, expected: Side) -> int:
    """As many places as the finest figure shows; a computed share as many as the printed one."""
    terms = printed.terms if expected.is_ratio else (*printed.terms, *expected.terms)
    finest = min(term.amount.factor * Decimal(1).scaleb(-term.amount.places) for term in terms)
    exponent = (finest / _factor(printed)).normalize().as_tuple().exponent
    return max(0, -int(exponent))


def _expected(printed: Side, expected: Side) -> str:
    assert expected.value is not None  # noqa: S101 - a finding has two values
    value = expected.value / _factor(printed)
    return str(value.quantize(Decimal(1).scaleb(-_places(printed, expected))))


def _in_unit_of(printed: Side, left: Decimal | None, right: Decimal | None, tie_out: TieOut) -> str:
    assert left is not None and right is not None, tie_out  # noqa: S101, PT018 - a finding has two values
    return f"{(left - right) / _factor(printed):f}"
