"""What does not hold together, said so that a finance clerk can act on it."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from extractors.checking.explanation import explanations
from extractors.checking.tie import is_rounded_print, working
from extractors.model.evidence import Evidence
from extractors.model.findings import (
    Explanation,
    Finding,
    FindingKind,
    Relation,
    Severity,
    Side,
    TieOut,
    Verdict,
)

_TWO = 2
_DIFFERS = (Verdict.BROKEN, Verdict.ROUNDING)
_SIGNS = {Relation.EQUAL: "＝", Relation.AT_MOST: "≤", Relation.AT_LEAST: "≥"}
_TURNED = {Relation.AT_MOST: Relation.AT_LEAST, Relation.AT_LEAST: Relation.AT_MOST}


def findings_of(tie_outs: Iterable[TieOut]) -> Iterator[Finding]:
    """A finding for each broken identity, and one marked as rounding for each 尾差."""
    made = tuple(tie_outs)
    explained = explanations(made)
    for index, tie_out in enumerate(made):
        if tie_out.verdict in _DIFFERS and (tie_out.verdict is Verdict.BROKEN or _is_difference(tie_out)):
            yield _finding(tie_out, explained.get(index))


def _is_difference(tie_out: TieOut) -> bool:
    """Whether two prints differ that are equal but for rounding; one may be the other with fewer places."""
    return bool(tie_out.difference) and not is_rounded_print(tie_out.left, tie_out.right)


def not_said_before(findings: Iterable[Finding], before: Sequence[Finding]) -> Iterator[Finding]:
    """Those of which no finding before speaks: none whose places meet all of theirs."""
    for finding in findings:
        if not any(all(_meets(e, known) for e in finding.evidence) for known in before):
            yield finding


def _meets(evidence: Evidence, finding: Finding) -> bool:
    return any(evidence.page == e.page and evidence.box.meets(e.box) for e in finding.evidence)


def _finding(tie_out: TieOut, explanation: Explanation | None) -> Finding:
    printed, expected = _sides(tie_out)
    is_turned = printed is not tie_out.left
    relation = _TURNED.get(tie_out.relation, tie_out.relation) if is_turned else tie_out.relation
    scale = Scale(printed, expected)
    is_rounding = tie_out.verdict is Verdict.ROUNDING
    said, should, difference = _said(printed, scale), scale.show(_value(expected)), scale.difference()
    explained = "在尾差允许范围内" if is_rounding else "超出尾差允许范围"
    return Finding(
        check=tie_out.check,
        kind=FindingKind(tie_out.check.split("/", 1)[0]),
        severity=Severity.INFO if is_rounding else Severity.ERROR,
        rounding_only=is_rounding,
        message=f"{printed.label}{_working(printed)}印为 {said}，"
        f"按“{tie_out.basis}”应{_SIGNS[relation]} {should}{_working(expected)}，"
        f"相差 {difference}，{explained}。{_explained(explanation)}",
        basis=tie_out.basis,
        printed=said,
        expected=should,
        difference=difference,
        evidence=tuple(e for term in (*printed.terms, *expected.terms) for e in term.amount.place),
        explained_by=explanation,
    )


def _explained(explanation: Explanation | None) -> str:
    if explanation is None:
        return ""
    one = explanation
    return (
        f"若 {one.mends} 项不符同出一处，应是第 {one.printed.place[0].page} 页的 {one.printed.printed}"
        f"（{one.label}）：改为 {one.expected} 即全部消除。"
    )


def _sides(tie_out: TieOut) -> tuple[Side, Side]:
    """The side that is printed, if possible as one figure, and the side that says what it should be."""
    left, right = tie_out.left, tie_out.right
    return (right, left) if _plainness(right) > _plainness(left) else (left, right)


def _plainness(side: Side) -> int:
    """2 for one printed figure, 1 for several or a ratio of them, 0 for what no document prints."""
    return 2 if len(side.terms) == 1 and not side.is_ratio else min(1, len(side.terms))


def _value(side: Side) -> Decimal:
    assert side.value is not None  # noqa: S101 - a finding has two values
    return side.value


def _said(side: Side, scale: "Scale") -> str:
    return side.terms[0].amount.printed if len(side.terms) == 1 else scale.show(_value(side))


def _working(side: Side) -> str:
    """The sum behind a figure that is not printed itself."""
    is_plain_ratio = side.is_ratio and len(side.terms) == _TWO
    return f"（{working(side)}）" if len(side.terms) > 1 and (is_plain_ratio or not side.is_ratio) else ""


class Scale:
    """The unit of the printed side, and as many places as the finest figure of both sides has."""

    def __init__(self, printed: Side, expected: Side) -> None:
        self._printed, self._expected = printed, expected
        self._factor = printed.terms[0].amount.factor
        # What a share is computed from says nothing of how many places a share is printed with.
        terms = printed.terms if expected.is_ratio else (*printed.terms, *expected.terms)
        finest = 2 * min([term.amount.half_place for term in terms]) / self._factor
        self._place = min(Decimal(1), Decimal(1).scaleb(finest.adjusted()))

    def show(self, value: Decimal) -> str:
        """A value in base units as it would be printed here."""
        return f"{(value / self._factor).quantize(self._place):f}"

    def difference(self) -> str:
        """What is printed less what is expected."""
        return self.show(_value(self._printed) - _value(self._expected))
