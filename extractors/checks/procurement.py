"""Government procurement: what is kept for small and medium enterprises, what they won, the whole.

Small and micro enterprises are some of the small and medium ones.
"""

from collections.abc import Iterator, Mapping, Sequence

from extractors.checking.registry import check
from extractors.checking.tie import figure, tie, total_of
from extractors.model.facts import Disclosure, NarrativeFact
from extractors.model.findings import Relation, Term, TieOut
from extractors.templates.other_matters import subjects

_AT_MOST = (
    (("reserved_medium",), "procurement_planned"),
    (("reserved_small",), "reserved_medium"),
    (("awarded_medium_reserved", "awarded_medium_other"), "procurement_spent"),
    (("awarded_medium",), "procurement_spent"),
    (("awarded_small",), "awarded_medium"),
)
_EQUAL = (
    ("reserved_small", "reserved_medium"),
    ("awarded_medium_reserved", "reserved_medium"),
    ("awarded_small_reserved", "reserved_small"),
    ("reserved_medium", "procurement_planned"),
    ("awarded_small", "awarded_medium"),
    ("awarded_medium", "procurement_spent"),
)
Matters = Mapping[str, NarrativeFact]


@check("other/procurement")
def procurement(disclosure: Disclosure) -> Iterator[TieOut]:
    """面向中小企业预留的、授予中小企业的采购金额不大于采购总额；小微企业的不大于中小企业的。"""
    for matters in _matters(disclosure):
        for parts, whole in _AT_MOST:
            if whole not in matters or not all(part in matters for part in parts):
                continue
            total = matters[whole]
            names = " ＋ ".join(matters[part].subject.printed for part in parts)
            terms = _terms(matters, parts)
            yield tie(
                "other/procurement",
                f"{names} ≤ {total.subject.printed}",
                total_of(names, terms),
                figure(total.subject.printed, total.amount),
                Relation.AT_MOST,
            )


@check("other/procurement-all", accuses=False)
def procurement_all(disclosure: Disclosure) -> Iterator[TieOut]:
    """全部预留给（授予）小微企业时，其数 ＝ 中小企业的数；全部预留时，其数 ＝ 采购总额。"""
    for matters in _matters(disclosure):
        for one, other in _EQUAL:
            if one in matters and other in matters:
                left, right = matters[one], matters[other]
                yield tie(
                    "other/procurement-all",
                    f"{left.subject.printed} ＝ {right.subject.printed}",
                    figure(left.subject.printed, left.amount),
                    figure(right.subject.printed, right.amount),
                )


def _terms(matters: Matters, parts: Sequence[str]) -> list[Term]:
    facts = (matters[part] for part in parts)
    return [Term(fact.subject.printed, fact.amount) for fact in facts if fact.amount is not None]


def _matters(disclosure: Disclosure) -> Iterator[Matters]:
    """The facts of each part by what they are; one that is printed twice is left out."""
    names = {name for pair in _AT_MOST for name in (*pair[0], pair[1])} | {n for pair in _EQUAL for n in pair}
    known = {name: subjects()[name] for name in names}
    for facts in disclosure.facts_by_heading:
        priced = [fact for fact in facts if fact.amount is not None]
        said = "\n".join([fact.subject.printed for fact in priced])
        found = {
            name: [fact for fact in priced if words.fits(fact.subject.printed)]
            for name, words in known.items()
            if words.may_fit(said)
        }
        if any(found.values()):
            yield {name: listed[0] for name, listed in found.items() if len(listed) == 1}
