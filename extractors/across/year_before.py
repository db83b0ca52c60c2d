"""What the narrative says of the year before, against the document of that year."""

from collections.abc import Iterator

from extractors.checking.across import Compared, Kinship, across
from extractors.checking.tie import figure, tie, total_of
from extractors.model.extraction import Extraction, NarrativeFactOut
from extractors.model.findings import Side, Term
from extractors.relatives import (
    Figure,
    figure_of,
    item_figure,
    names_stage,
    speaks_of_year_before,
    stated,
    statement_key,
)

_ID = "change/year-before"
_SIGNS = {"增加": -1, "减少": 1}


@across(_ID, Kinship.YEAR_BEFORE)
def year_before(ours: Extraction, theirs: Extraction) -> Iterator[Compared]:
    """文中的上年数（印出的，或由本年数与增减额得出的）＝ 上年文件中同一事项的数。"""
    amounts, before = stated(ours), stated(theirs)
    for fact in ours.narrative_facts:
        key = statement_key(fact, ours.document)
        found = None if key is None else before.get(key) or item_figure(theirs, fact)
        if key is None or found is None:
            continue
        right = figure(fact.subject, found.amount)
        basis = f"{fact.subject}的上年数 ＝ 上年文件所印的数"
        printed = figure_of(fact, "previous_amount")
        words = fact.wording.get("previous_amount", "")
        if printed is not None and speaks_of_year_before(words, ours.document):
            is_named = printed.stands and names_stage(words, ours.document)
            left = figure(f"{fact.subject}的上年数", printed.amount)
            yield Compared(tie(_ID, basis, left, right), right.terms[0], is_named)
        if speaks_of_year_before(fact.wording.get("change_amount", ""), ours.document):
            implied = _implied(fact, figure_of(fact, "amount") or amounts.get(key))
            if implied is not None:
                yield Compared(tie(_ID, basis, implied, right), right.terms[0])


def _implied(fact: NarrativeFactOut, amount: Figure | None) -> Side | None:
    """The year before, from this year's figure and the change; no document prints it."""
    change, sign = figure_of(fact, "change_amount"), _SIGNS.get(fact.change or "")
    if amount is None or change is None or sign is None:
        return None
    terms = Term("本年数", amount.amount), Term("增减额", change.amount, sign)
    return total_of(f"{fact.subject}的上年数", terms)
