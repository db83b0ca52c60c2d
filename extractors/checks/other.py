"""Parts of a breakdown in a sentence against their whole: 政府采购预算, 车辆, 三公经费 …"""

from collections.abc import Iterator, Sequence

from extractors.checking.registry import check
from extractors.checking.said import amounts_of
from extractors.checking.tie import figure, tie, total_of
from extractors.model.amounts import MONEY_UNITS
from extractors.model.facts import Disclosure, NarrativeFact
from extractors.model.findings import Relation, TieOut, Verdict
from extractors.templates.whole_lists import is_whole_list


@check("other/breakdown")
def breakdown(disclosure: Disclosure) -> Iterator[TieOut]:
    """文中“其中”各项之和不大于其总数，列全时相等。"""
    facts = [fact for fact in disclosure.narrative_facts if fact.amount is not None]
    parents = tuple({parent for f in facts if (parent := f.subject.printed.rpartition("/")[0])})
    for index, whole in enumerate(facts):
        if whole.subject.printed.startswith(parents):  # else nothing is named below it
            parts = list(_parts(whole, facts[index + 1 :]))
            if len(parts) > 1:
                yield from _ties(whole, parts)


def _ties(whole: NarrativeFact, parts: Sequence[NarrativeFact]) -> Iterator[TieOut]:
    """The whole against its parts; where these are listed twice (by kind, by source), against each list."""
    tie_out = _tie(whole, parts)
    end = _end_of_list(whole, parts) if tie_out.verdict is Verdict.BROKEN else None
    lists = (parts,) if end is None else (parts[:end], parts[end:])
    yield from (_tie(whole, listed) for listed in lists)


def _end_of_list(whole: NarrativeFact, parts: Sequence[NarrativeFact]) -> int | None:
    """How many of the parts are all of the whole, where the others are all of it once more.

    Of counts, one or two may be so by chance.
    """
    if not all(part.amount is not None and part.amount.unit in MONEY_UNITS for part in parts):
        return None
    ends = range(2, len(parts))
    lists = ((end, (parts[:end], parts[end:])) for end in ends if _has_several(parts[:end]))
    return next((end for end, both in lists if all(_is_all(whole, listed) for listed in both)), None)


def _has_several(parts: Sequence[NarrativeFact]) -> bool:
    return sum(1 for part in parts if part.amount is not None and part.amount.value) > 1


def _is_all(whole: NarrativeFact, parts: Sequence[NarrativeFact]) -> bool:
    return _equality(whole, parts).verdict is Verdict.HOLDS


def _parts(whole: NarrativeFact, following: Sequence[NarrativeFact]) -> Iterator[NarrativeFact]:
    """The facts named below the whole, up to where the same subject is stated anew."""
    subject = whole.subject.printed
    for fact in following:
        if fact.section != whole.section or fact.subsection != whole.subsection:
            return
        name = fact.subject.printed
        if name == subject:
            return
        if _is_part(name, subject) and _dimension(fact) == _dimension(whole):
            yield fact


def _is_part(name: str, whole: str) -> bool:
    """车辆/一般公务用车 is a part of 车辆, and 车辆/一般公务用车价值 of 车辆价值."""
    parent, _, last = name.rpartition("/")
    if not parent:
        return False
    return parent == whole or (whole.startswith(parent) and last.endswith(whole.removeprefix(parent)))


def _dimension(fact: NarrativeFact) -> str | None:
    return fact.amount.dimension if fact.amount else None


def _tie(whole: NarrativeFact, parts: Sequence[NarrativeFact]) -> TieOut:
    equal = _equality(whole, parts)
    # A list may name only the larger items: too little accuses nobody then; too much cannot be.
    is_less = equal.verdict is Verdict.BROKEN and equal.difference is not None and equal.difference > 0
    if is_less and not is_whole_list(whole.subject.printed, [_last(part) for part in parts]):
        basis = f"{whole.subject.printed} ≥ 所列各项之和"
        return tie("other/breakdown", basis, equal.right, equal.left, Relation.AT_MOST)
    return equal


def _last(part: NarrativeFact) -> str:
    return part.subject.printed.rpartition("/")[2]


def _equality(whole: NarrativeFact, parts: Sequence[NarrativeFact]) -> TieOut:
    subject = whole.subject.printed
    total, items = figure(subject, whole.amount), total_of("所列各项之和", amounts_of(parts))
    return tie("other/breakdown", f"{subject} ＝ 所列各项之和", total, items)
