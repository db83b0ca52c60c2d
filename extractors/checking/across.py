"""Registers checks between two documents, and says what they found.

Such a check takes two readings, ours and that of a relative, and yields every comparison that it made. It
concludes nothing about how either was read: a difference is a finding that names both places, and changes the
status of no value.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import ModuleType
from typing import NamedTuple

from extractors.checking.findings import Scale
from extractors.checking.tie import is_rounded_print, working
from extractors.model.evidence import Evidence
from extractors.model.extraction import DocumentOut, ElsewhereOut, Extraction, FindingOut
from extractors.model.extraction_parts import EvidenceOut
from extractors.model.findings import FindingKind, Severity, Term, TieOut, Verdict
from extractors.registry import registered


class Kinship(StrEnum):
    """What another document is to ours."""

    YEAR_BEFORE = "year-before"  # the same issuer's document of the same kind, a year earlier
    BUDGET = "budget"  # the budget of the year whose final accounts ours are
    DEPARTMENT = "department"  # that of the department to which ours belongs as a unit, same year and stage


class Relative(NamedTuple):
    """A document that ours can be compared with."""

    kinship: Kinship
    reading: Extraction


class Compared(NamedTuple):
    """One comparison: what is ours on the left; `theirs` is the figure that the relative prints.

    `is_named` says that both documents print one figure by one name for one year: they cannot both be right.
    """

    tie_out: TieOut
    theirs: Term
    is_named: bool = False


Comparisons = Callable[[Extraction, Extraction], Iterable[Compared]]


@dataclass(frozen=True, slots=True)
class AcrossCheck:
    """A check between documents: stable id, its sentence in Chinese, for which relatives, its function."""

    id: str
    title: str
    kinship: Kinship
    compare: Comparisons

    @property
    def kind(self) -> FindingKind:
        """What kind of contradiction it finds."""
        return FindingKind(self.id.split("/", 1)[0])


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that was compared with one relative: how many comparisons ended how, and what to say of them."""

    kinship: Kinship
    relative: DocumentOut
    verdicts: Counter[Verdict]
    findings: tuple[FindingOut, ...]


def across(identifier: str, kinship: Kinship) -> Callable[[Comparisons], AcrossCheck]:
    """Registers a function as the check of that id (kind/what) between a document and a relative of it."""

    def register(compare: Comparisons) -> AcrossCheck:
        lines = (compare.__doc__ or "").strip().splitlines()
        if not lines:
            raise ValueError(f"{identifier} has no sentence")
        return AcrossCheck(identifier, lines[0], kinship, compare)

    return register


def all_across(package: ModuleType) -> tuple[AcrossCheck, ...]:
    """The checks between documents of a package, by id."""
    return tuple(sorted(registered(package, AcrossCheck), key=lambda c: c.id))


def compare(checks: Sequence[AcrossCheck], ours: Extraction, relative: Relative) -> Comparison:
    """What the checks for such a relative find."""
    made = [
        c for one in checks if one.kinship is relative.kinship for c in one.compare(ours, relative.reading)
    ]
    document = relative.reading.document
    return Comparison(
        kinship=relative.kinship,
        relative=document,
        verdicts=Counter(compared.tie_out.verdict for compared in made),
        findings=tuple(finding for compared in made for finding in _findings(compared, document)),
    )


def _findings(compared: Compared, relative: DocumentOut) -> Iterator[FindingOut]:
    tie_out = compared.tie_out
    is_rounding = tie_out.verdict is Verdict.ROUNDING and bool(tie_out.difference)
    is_difference = is_rounding and not is_rounded_print(tie_out.left, tie_out.right)
    if tie_out.verdict is Verdict.BROKEN or is_difference:
        yield _finding(compared, relative)


def _finding(compared: Compared, relative: DocumentOut) -> FindingOut:
    tie_out, theirs = compared.tie_out, compared.theirs
    left, right = tie_out.left, tie_out.right
    assert left.value is not None and right.value is not None  # noqa: S101, PT018 - a finding has two values
    scale = Scale(left, right)
    said, should, difference = scale.show(left.value), scale.show(right.value), scale.difference()
    where = (
        f"“{relative.file_name}”第 {'、'.join(dict.fromkeys(str(e.page) for e in theirs.amount.place))} 页"
    )
    printed = theirs.amount.printed.replace(",", "")
    is_rounding = tie_out.verdict is Verdict.ROUNDING
    severity = Severity.ERROR if compared.is_named and not is_rounding else Severity.INFO
    sums = f"（{working(left)}）" if len(left.terms) > 1 else ""
    return FindingOut(
        check=tie_out.check,
        kind=FindingKind(tie_out.check.split("/", 1)[0]).value,
        severity=severity.value,
        rounding_only=is_rounding,
        message=f"{left.label}为 {said}{sums}，{where}所印的{theirs.label}为 {theirs.amount.printed}"
        f"{'' if should == printed else f'，按此应为 {should}'}，相差 {difference}，"
        f"{_remark(severity, is_rounding=is_rounding)}",
        basis=f"{tie_out.basis}（{where}）",
        printed=said,
        expected=should,
        difference=difference,
        evidence=tuple(
            _own(e) for term in tie_out.terms if term.amount is not theirs.amount for e in term.amount.place
        ),
        elsewhere=tuple(_elsewhere(e, relative) for e in theirs.amount.place),
    )


def _remark(severity: Severity, *, is_rounding: bool) -> str:
    if is_rounding:
        return "在尾差允许范围内。"
    if severity is Severity.ERROR:
        return "两处所印是同一年度的同一个数，超出尾差允许范围。"
    return "超出尾差允许范围；也可能因预算调整、机构变动而口径不同，请核对。"


def _own(place: Evidence) -> EvidenceOut:
    return EvidenceOut(page=place.page, bbox=place.box, text=place.text, match=place.match.value)


def _elsewhere(place: Evidence, relative: DocumentOut) -> ElsewhereOut:
    return ElsewhereOut(
        sha256=relative.sha256,
        file_name=relative.file_name,
        page=place.page,
        bbox=place.box,
        text=place.text,
    )
