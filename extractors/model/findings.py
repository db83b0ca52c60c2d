"""What is concluded from a reading: comparisons, their verdicts, findings, gaps, the decision."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from extractors.model.amounts import Amount
from extractors.model.evidence import Evidence, Place


class Verdict(StrEnum):
    """The outcome of one comparison."""

    HOLDS = "holds"
    ROUNDING = "rounding"
    BROKEN = "broken"
    NOT_COMPARABLE = "not_comparable"


class Relation(StrEnum):
    """What a comparison asserts of its left and right side."""

    EQUAL = "="
    AT_MOST = "<="
    AT_LEAST = ">="


class Term(NamedTuple):
    """One printed figure that takes part in a comparison, with its label and its sign in a sum."""

    label: str
    amount: Amount
    sign: int = 1


class Side(NamedTuple):
    """One side of a comparison: what it is, the figures in it, its value in base units and its slack.

    `slack` is the half units of the printed figures, propagated (base units). `value` is None where it
    cannot be had; `missing` then says why. `dimension` is what it measures (元, %, 人 …; None: not
    printed). `is_ratio` marks a computed share or percentage, `is_product` a count times a standard.
    """

    label: str
    terms: tuple[Term, ...]
    value: Decimal | None
    slack: Decimal = Decimal(0)
    dimension: str | None = None
    missing: str | None = None
    is_ratio: bool = False
    is_product: bool = False


class TieOut(NamedTuple):
    """One comparison of two printed quantities (勾稽关系), kept whatever its verdict.

    `difference` is left minus right in base units, `allowance` what rounding may explain; both None where
    the sides cannot be compared, for which `reason` says why. `basis` is the identity in words. `accused`
    are the figures that alone can be wrong if it is broken, where that is known; empty: any of them. Those of
    a comparison that cannot be made for a blank side stand where nothing should, those of a sum that is only
    inferred and fails may stand in another row: they need two other proofs.
    """

    check: str
    basis: str
    left: Side
    right: Side
    relation: Relation
    verdict: Verdict
    difference: Decimal | None = None
    allowance: Decimal | None = None
    reason: str | None = None
    accused: tuple[Term, ...] = ()

    @property
    def doubted(self) -> tuple[Term, ...]:
        """The figures that a broken comparison casts doubt on."""
        return self.accused or self.terms

    @property
    def terms(self) -> tuple[Term, ...]:
        """All figures that take part."""
        return self.left.terms + self.right.terms

    @property
    def is_inferred(self) -> bool:
        """Whether it has both sides and is not compared all the same: its identity is only inferred."""
        is_left_out = self.verdict is Verdict.NOT_COMPARABLE
        return is_left_out and self.left.value is not None and self.right.value is not None


class FindingKind(StrEnum):
    """Kinds of contradiction; the first part of a check's id is one of them."""

    TABLE_SUM = "table-sum"
    CROSS_TABLE = "cross-table"
    TEXT_VS_TABLE = "text-vs-table"
    SHARE = "share"
    CHANGE = "change"
    UNIT = "unit"
    WEIGHT_SUM = "weight-sum"
    POLICY_REF = "policy-ref"
    STAFFING = "staffing"
    PROJECT = "project"
    COMPLETENESS = "completeness"
    WORDING = "wording"
    OTHER = "other"


class Severity(StrEnum):
    """error: two printed figures cannot both be true; warning: probable; info: form and 尾差."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Explanation:
    """The one figure whose change mends several broken identities: what it should be, in its own unit."""

    label: str
    printed: Amount
    expected: str
    mends: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the document that does not hold together."""

    check: str
    kind: FindingKind
    severity: Severity
    rounding_only: bool
    message: str
    basis: str
    printed: str
    expected: str
    difference: str | None
    evidence: tuple[Evidence, ...]
    explained_by: Explanation | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that should be there and could not be read; `page` is None where it has no one page."""

    section: str
    reason: str
    page: int | None = None


class Status(StrEnum):
    """Whether a value's *reading* may be relied on (docs/how-it-decides.md)."""

    ACCEPTED = "accepted"
    PRINTED_SO = "printed_so"
    REVIEW = "review"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True)
class Standing:
    """The gate's word on one value: its status, how sure (0 to 1), and why. Many values share one."""

    status: Status
    confidence: Decimal
    tier: str
    reason: str = ""

    @cached_property
    def as_float(self) -> float:
        """The confidence as it is written down."""
        return float(self.confidence)


class DecisionStatus(StrEnum):
    """What becomes of a whole reading."""

    ACCEPTED = "accepted"
    REVIEW = "review"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision on a reading, with its reasons in words, the weightiest first."""

    status: DecisionStatus
    confidence: Decimal
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Judgement:
    """All conclusions on one disclosure. `standings` is keyed by the place of a value."""

    tie_outs: tuple[TieOut, ...]
    findings: tuple[Finding, ...]
    standings: Mapping[Place, Standing]
    decision: Decision

    @property
    def verdicts(self) -> Counter[Verdict]:
        """How many comparisons ended in which verdict."""
        return Counter(tie_out.verdict for tie_out in self.tie_outs)
