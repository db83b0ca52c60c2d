"""Decides of each value whether its reading stands, and of the document whether it is accepted.

The decision judges the reading; whether what is printed holds together is the findings' matter.
Which values count, and every rule below in words: docs/how-it-decides.md.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

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
_HOLDS, _BROKEN, _NOT_COMPARABLE, _EQUAL = (
    Verdict.HOLDS,
    Verdict.BROKEN,
    Verdict.NOT_COMPARABLE,
    Relation.EQUAL,
)
_REVIEW, _CONTRADICTED = Status.REVIEW, Status.CONTRADICTED

_RELIED_ON = (Status.ACCEPTED, Status.PRINTED_SO)
_SURE_MATCHES = (Match.EXACT, Match.NORMALISED)
_IN_PRINT = {*_SURE_MATCHES, Match.OCR}
_SURE_SCORE = 0.8
_FAULTY_GRID = "所在表格的格线不全或有错，没有恰好成立的勾稽关系证明它在这一格"
_BESIDE_BLANKS = "合计与下级各项之中有一方未印数，只有一项勾稽关系支持它在这一栏"
_INFERRED = "由表样推断的合计关系在它这里不成立，支持它的勾稽关系不足两项"
_NO_NUMBER = "金额栏里印的不是数字"


class _Proofs:
    """What the comparisons say of one place.

    `exact` is a check that holds over it exactly, `are_two` whether another one does; `is_rounded` whether
    one holds within rounding; `broken` is the first comparison that is broken; `needs_two` the reason why one
    proof is not enough, where there is one.
    """

    exact: str = ""
    are_two: bool = False
    is_rounded: bool = False
    broken: TieOut | None = None
    needs_two: str = ""


class _Standings(dict[_Word, Standing]):
    """The standing that each word comes to; most of the thousands of values of a document stand alike."""

    def __init__(self, trust: Trust) -> None:
        super().__init__()
        self._trust = trust

    def __missing__(self, word: _Word) -> Standing:
        self[word] = _standing(self._trust, word)
        return self[word]


def standings_of(
    disclosure: Disclosure,
    values: Iterable[Value],
    tie_outs: Iterable[TieOut],
    agreements: Agreements,
    trust: Trust | None = None,
) -> Mapping[Place, Standing]:
    """The standing of every value of a disclosure, by its place.

    Without `trust` the tiers count as they were observed on the golden documents; no accuracy is asked for.
    """
    proofs, doubts = _proofs_by_place(tie_outs), _doubts_of_tables(disclosure)
    standings = _Standings(trust or Trust(observed_on_golden()))
    found: dict[Place, Standing] = {}
    for _, _, read, _ in values:
        place = read.place
        doubt = doubts.get(place) if doubts else None
        found[place] = standings[_judged(read, proofs.get(place), agreements, doubt)]
    return found


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
    for tie_out in tie_outs:
        # A figure that is not surely in the print may be doubted by others, but proves none of them.
        if tie_out.verdict is _BROKEN:
            for term in tie_out.doubted:
                proof = proofs[term.amount.place]
                proof.broken = proof.broken or tie_out
        elif tie_out.verdict is _NOT_COMPARABLE:
            for term in tie_out.accused:
                proofs[term.amount.place].needs_two = _INFERRED if tie_out.is_inferred else _BESIDE_BLANKS
        elif tie_out.relation is _EQUAL and _can_prove(tie_out):
            _prove(tie_out, proofs)
    return proofs


def _prove(tie_out: TieOut, proofs: Mapping[Place, _Proofs]) -> None:
    check, holds = tie_out.check, tie_out.verdict is _HOLDS
    for side in (tie_out.left, tie_out.right):
        # A percentage has fewer digits than its operands: it proves those only up to rounding.
        is_exact = holds and not side.is_ratio
        for _, amount, _ in side.terms:
            proof = proofs[amount.place]
            if not is_exact:
                proof.is_rounded = True
            elif not proof.exact:
                proof.exact = check
            elif proof.exact != check:  # two of one check are one proof
                proof.are_two = True


def _can_prove(tie_out: TieOut) -> bool:
    """Whether an identity says anything about how its figures were read."""
    for side in (tie_out.left, tie_out.right):
        for _, amount, _ in side.terms:
            if not _is_copied(amount.place):
                return _can_pictures_prove([term.amount for term in tie_out.terms])
    return True


def _can_pictures_prove(amounts: Sequence[Amount]) -> bool:
    """The same of figures of which not all are copied.

    Two pictures of the same digits are misread alike: that they agree proves neither.
    """
    places = [amount.place for amount in amounts]
    matches = {evidence.match for place in places for evidence in place}
    if not matches <= _IN_PRINT or not all(places):
        return False
    if _OCR not in matches or not all(map(_is_from_picture, amounts)):
        return True
    return len({amount.value.normalize().as_tuple().digits for amount in amounts if amount.value}) > 1


def _is_copied(place: Place) -> bool:
    """Whether all of a value was copied to the letter."""
    for evidence in place:  # a plain loop, asked of every value and of every figure that is compared
        if evidence.match not in _SURE_MATCHES:
            return False
    return bool(place)


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
    is_copied = _is_copied(read.place)
    if not is_copied and (not read.place or any(e.match is _NOT_FOUND for e in read.place)):
        return Tier.NOT_FOUND, Status.REVIEW, "在原文中找不到这段文字"
    if proofs is None and doubt is None and not agreements.compared:
        return _as_read(read, is_copied=is_copied)
    return _weighed(read, proofs or _Proofs(), agreements, doubt, is_copied=is_copied)


def _weighed(
    read: Read, proofs: _Proofs, agreements: Agreements, doubt: str | None, *, is_copied: bool
) -> _Word:
    """What is said for and against a value, the weightiest first."""
    if proofs.broken is not None:
        agree = is_copied and agreements.agree(read.place)
        return _doubted(proofs.broken, are_two=proofs.are_two, readers_agree=agree)
    if agreements.rivals(read.place):
        return Tier.DOUBTED, Status.REVIEW, "两种读法不一致"
    if proofs.are_two:
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
    if proofs.is_rounded and is_copied:
        return _WITHIN_ROUNDING
    if proofs.is_rounded:
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


def _doubted(broken: TieOut, *, are_two: bool, readers_agree: bool) -> _Word:
    """A broken identity is the document's own where the reading is shown right another way.

    That is: two identities unlike each other hold over the value, or two unlike readers agree on it.
    """
    basis = broken.basis
    if are_two:
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
    counting = [value for value in values if value.counts]
    given = [standings[value.read.place] for value in counting]
    open_ones = [pair for pair in zip(counting, given, strict=True) if pair[1].status not in _RELIED_ON]
    reasons = tuple(_reasons(open_ones, gaps))
    if not counting:
        reasons = ("没有读出任何数值", *reasons)
    certain = len(counting) - len(open_ones)
    confidence = (Decimal(certain) / max(1, len(counting))).quantize(Decimal("0.0001"))
    status = DecisionStatus.REVIEW if reasons else DecisionStatus.ACCEPTED
    return Decision(status, confidence, reasons or ("应计入的数值全部得到证实",))


def _is_no_disclosure(disclosure: Disclosure) -> bool:
    if any(page.faults and not page.words for page in disclosure.document.pages):
        return False  # it cannot be told what stands on a page that was not read
    head = disclosure.head
    known = [table for table in disclosure.tables if table.kind != UNKNOWN_KIND]
    return not known and not disclosure.narrative_facts and (head.issuer is None or head.fiscal_year is None)


def _reasons(open_ones: Sequence[tuple[Value, Standing]], gaps: Sequence[Gap]) -> Iterator[str]:
    """The weightiest first: contradictions, what is missing, what nothing proves."""
    contradicted = [value for value, standing in open_ones if standing.status is _CONTRADICTED]
    if contradicted:
        yield f"{len(contradicted)} 个数值与别处矛盾，须核对读数（如 {_example(contradicted)}）"
    for gap in gaps:
        yield f"缺少：{gap.reason}" + (f"（第 {gap.page} 页）" if gap.page else "")
    unproven = Counter([standing.reason for _, standing in open_ones if standing.status is _REVIEW])
    for reason, count in unproven.most_common():
        yield f"{count} 个数值待人工确认：{reason}"


def _example(values: Sequence[Value]) -> str:
    first = values[0].read
    return f"第 {first.place[0].page} 页“{first.printed}”"
