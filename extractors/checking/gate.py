"""Decides of each value whether its reading stands, and of the document whether it is accepted.

The decision judges the reading; whether what is printed holds together is the findings' matter.
Which values count, and every rule below in words: docs/how-it-decides.md.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, partial

from extractors.checking.tiers import Tier, Trust, observed_on_golden
from extractors.checking.values import Value
from extractors.model.agreement import Agreements
from extractors.model.amounts import Amount, Read
from extractors.model.evidence import Match, Place, Reader
from extractors.model.facts import UNKNOWN_KIND, Disclosure
from extractors.model.findings import (
    Decision,
    DecisionStatus,
    Gap,
    Relation,
    Standing,
    Status,
    TieOut,
    Verdict,
)

_Word = tuple[Tier, Status, str]
"""The tier of a value, its status, and the reason of the latter."""

# What most of the thousands of values of a document come to. To look a member of an enum up takes longer than
# all else that is asked of a value.
_PROVEN_TWICE: _Word = (Tier.PROVEN_TWICE, Status.ACCEPTED, "")
_PROVEN_ONCE: _Word = (Tier.PROVEN_ONCE, Status.ACCEPTED, "")
_WITHIN_ROUNDING: _Word = (Tier.WITHIN_ROUNDING, Status.ACCEPTED, "")
_COPIED: _Word = (Tier.COPIED, Status.ACCEPTED, "")
_IN_NO_IDENTITY: _Word = (Tier.UNPROVEN, Status.REVIEW, "没有可以核对它的勾稽关系")
_NOT_FOUND, _OCR, _MODEL = Match.NOT_FOUND, Match.OCR, Reader.MODEL

_RELIED_ON = (Status.ACCEPTED, Status.PRINTED_SO)
_SURE_MATCHES = {Match.EXACT, Match.NORMALISED}
_IN_PRINT = _SURE_MATCHES | {Match.OCR}
_TWO_PROOFS = 2
_SURE_SCORE = 0.8
_FAULTY_GRID = "所在表格的格线不全或有错，没有恰好成立的勾稽关系证明它在这一格"
_BESIDE_BLANKS = "合计与下级各项之中有一方未印数，只有一项勾稽关系支持它在这一栏"
_INFERRED = "由表样推断的合计关系在它这里不成立，支持它的勾稽关系不足两项"
_NO_NUMBER = "金额栏里印的不是数字"


@dataclass(slots=True)
class _Proofs:
    """What the comparisons say of one place: ids of the checks that hold exactly, to rounding, not at all.

    `needs_two` is the reason why one proof is not enough, where there is one.
    """

    exact: set[str] = field(default_factory=set)
    rounded: set[str] = field(default_factory=set)
    broken: list[TieOut] = field(default_factory=list)
    needs_two: str = ""


def standings_of(
    disclosure: Disclosure,
    values: Iterable[Value],
    tie_outs: Sequence[TieOut],
    agreements: Agreements,
    trust: Trust | None = None,
) -> Mapping[Place, Standing]:
    """The standing of every value of a disclosure, by its place.

    Without `trust` the tiers count as they were observed on the golden documents; no accuracy is asked for.
    """
    proofs, doubts = _proofs_by_place(tie_outs), _doubts_of_tables(disclosure)
    reads = {value.read.place: value.read for value in values}
    # Most values of a document stand alike.
    standing = cache(partial(_standing, trust or Trust(observed_on_golden())))
    return {
        place: standing(_judged(read, proofs.get(place), agreements, doubts.get(place)))
        for place, read in reads.items()
    }


def _doubts_of_tables(disclosure: Disclosure) -> Mapping[Place, str]:
    """Cells that nothing but an exact proof can clear, with the reason.

    In a table with faults words copied exactly may be in the wrong cell; print in an amount column that is
    no number is a figure that could not be read.
    """
    doubts: dict[Place, str] = {}
    for table in disclosure.tables:
        if table.faults:
            cells = (cell for row in table.rows for cell in row.cells if cell is not None)
            doubts |= dict.fromkeys((cell.text.place for cell in cells), _FAULTY_GRID)
        doubts |= dict.fromkeys(table.unread_places, _NO_NUMBER)
    return doubts


def _proofs_by_place(tie_outs: Iterable[TieOut]) -> Mapping[Place, _Proofs]:
    proofs: dict[Place, _Proofs] = defaultdict(_Proofs)
    holds, broken, not_comparable = Verdict.HOLDS, Verdict.BROKEN, Verdict.NOT_COMPARABLE
    for tie_out in tie_outs:
        # A figure that is not surely in the print may be doubted by others, but proves none of them.
        if tie_out.verdict is broken:
            for term in tie_out.doubted:
                proofs[term.amount.place].broken.append(tie_out)
        elif tie_out.verdict is not_comparable:
            for term in tie_out.accused:
                proofs[term.amount.place].needs_two = _INFERRED if tie_out.is_inferred else _BESIDE_BLANKS
        elif tie_out.relation is Relation.EQUAL and _can_prove([t.amount for t in tie_out.terms]):
            for side in (tie_out.left, tie_out.right):
                # A percentage has fewer digits than its operands: it proves those only up to rounding.
                is_exact = tie_out.verdict is holds and not side.is_ratio
                for term in side.terms:
                    proof = proofs[term.amount.place]
                    (proof.exact if is_exact else proof.rounded).add(tie_out.check)
    return proofs


def _can_prove(amounts: Sequence[Amount]) -> bool:
    """Whether an identity over these figures says anything about how they were read.

    Two pictures of the same digits are misread alike: that they agree proves neither.
    """
    places = [amount.place for amount in amounts]
    matches = {evidence.match for place in places for evidence in place}
    if not matches <= _IN_PRINT or not all(places):
        return False
    if _OCR not in matches or not all(map(_is_from_picture, amounts)):
        return True
    return len({amount.value.normalize().as_tuple().digits for amount in amounts if amount.value}) > 1


def _is_from_picture(read: Read) -> bool:
    return any(evidence.match is _OCR for evidence in read.place)


def _is_unsure(read: Read) -> bool:
    """Whether a recogniser was in doubt over one of its characters."""
    return any(evidence.score is not None and evidence.score < _SURE_SCORE for evidence in read.place)


def _standing(trust: Trust, word: _Word) -> Standing:
    tier, status, reason = word
    shortfall = trust.shortfall(tier) if status in _RELIED_ON else ""
    if shortfall:
        status = Status.REVIEW if status is Status.ACCEPTED else Status.CONTRADICTED
        reason = "；".join(filter(None, (reason, shortfall)))
    return Standing(status, trust.confidence(tier), tier.value, reason)


def _judged(read: Read, proofs: _Proofs | None, agreements: Agreements, doubt: str | None) -> _Word:
    matches = {evidence.match for evidence in read.place}
    if not matches or _NOT_FOUND in matches:
        return Tier.NOT_FOUND, Status.REVIEW, "在原文中找不到这段文字"
    is_copied = matches <= _SURE_MATCHES
    if proofs is None and doubt is None and not agreements.compared:
        return _as_read(read, is_copied=is_copied)
    return _weighed(read, proofs or _Proofs(), agreements, doubt, is_copied=is_copied)


def _weighed(
    read: Read, proofs: _Proofs, agreements: Agreements, doubt: str | None, *, is_copied: bool
) -> _Word:
    """What is said for and against a value, the weightiest first."""
    if proofs.broken:
        return _doubted(proofs, readers_agree=is_copied and agreements.agree(read.place))
    if agreements.rivals(read.place):
        return Tier.DOUBTED, Status.REVIEW, "两种读法不一致"
    if len(proofs.exact) >= _TWO_PROOFS:
        return _PROVEN_TWICE
    if proofs.needs_two:
        return Tier.UNPROVEN, Status.REVIEW, proofs.needs_two
    if proofs.exact and not _is_unsure(read):
        return _PROVEN_ONCE
    # What a model is shown of a picture is what the recogniser made of it: no second reading of the print.
    if is_copied and agreements.agree(read.place):
        return Tier.READERS_AGREE, Status.ACCEPTED, ""
    if doubt is not None:
        return Tier.UNPROVEN, Status.REVIEW, doubt
    return _unproven(read, proofs, is_copied=is_copied)


def _unproven(read: Read, proofs: _Proofs, *, is_copied: bool) -> _Word:
    if proofs.exact:
        return Tier.UNPROVEN, Status.REVIEW, "只有一项勾稽关系支持，而图片中的字识别得没有把握"
    if proofs.rounded and is_copied:
        return _WITHIN_ROUNDING
    if proofs.rounded:
        return Tier.UNPROVEN, Status.REVIEW, "只在尾差以内核对得上，而文字不是逐字取得的"
    return _as_read(read, is_copied=is_copied)


def _as_read(read: Read, *, is_copied: bool) -> _Word:
    """A value of which nothing is said: words that are copied stand, a figure does not."""
    if isinstance(read, Amount):
        return _IN_NO_IDENTITY
    if read.reader is _MODEL:
        return Tier.UNPROVEN, Status.REVIEW, "只有模型读出这段文字"
    if is_copied:
        return _COPIED
    return Tier.UNPROVEN, Status.REVIEW, "文字不是逐字取得的"


def _doubted(proofs: _Proofs, *, readers_agree: bool) -> _Word:
    """A broken identity is the document's own where the reading is shown right another way.

    That is: two identities unlike each other hold over the value, or two unlike readers agree on it.
    """
    basis = proofs.broken[0].basis
    if len(proofs.exact) >= _TWO_PROOFS:
        return Tier.PROVEN_TWICE, Status.PRINTED_SO, f"原文如此：{basis}，不成立"
    if readers_agree:
        return Tier.READERS_AGREE, Status.PRINTED_SO, f"两种读法一致，原文如此：{basis}，不成立"
    return Tier.DOUBTED, Status.CONTRADICTED, f"{basis}，不成立"


def decide(
    disclosure: Disclosure, values: Iterable[Value], standings: Mapping[Place, Standing], gaps: Sequence[Gap]
) -> Decision:
    """The decision on the whole reading of a disclosure with its values, its reasons in words."""
    if _is_no_disclosure(disclosure):
        reason = "没有找到预算表、单位名称和年度：这不是一份预算或决算公开文件"
        return Decision(DecisionStatus.REJECTED, Decimal(0), (reason,))
    counting = [(value, standings[value.read.place]) for value in values if value.counts]
    reasons = tuple(_reasons(counting, gaps))
    certain = sum(1 for _, standing in counting if standing.status in (Status.ACCEPTED, Status.PRINTED_SO))
    confidence = (Decimal(certain) / max(1, len(counting))).quantize(Decimal("0.0001"))
    status = DecisionStatus.REVIEW if reasons else DecisionStatus.ACCEPTED
    return Decision(status, confidence, reasons or ("应计入的数值全部得到证实",))


def _is_no_disclosure(disclosure: Disclosure) -> bool:
    if any(page.faults and not page.words for page in disclosure.document.pages):
        return False  # it cannot be told what stands on a page that was not read
    head = disclosure.head
    known = [table for table in disclosure.tables if table.kind != UNKNOWN_KIND]
    return not known and not disclosure.narrative_facts and (head.issuer is None or head.fiscal_year is None)


def _reasons(counting: Sequence[tuple[Value, Standing]], gaps: Sequence[Gap]) -> Iterator[str]:
    """The weightiest first: contradictions, what is missing, what nothing proves."""
    if not counting:
        yield "没有读出任何数值"
    contradicted = [value for value, standing in counting if standing.status is Status.CONTRADICTED]
    if contradicted:
        yield f"{len(contradicted)} 个数值与别处矛盾，须核对读数（如 {_example(contradicted)}）"
    for gap in gaps:
        yield f"缺少：{gap.reason}" + (f"（第 {gap.page} 页）" if gap.page else "")
    unproven = Counter(s.reason for _, s in counting if s.status is Status.REVIEW)
    for reason, count in unproven.most_common():
        yield f"{count} 个数值待人工确认：{reason}"


def _example(values: Sequence[Value]) -> str:
    first = values[0].read
    return f"第 {first.place[0].page} 页“{first.printed}”"
