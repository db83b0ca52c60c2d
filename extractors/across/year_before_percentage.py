"""A percentage of change that stands without its amount, against the document of the year before."""

from collections.abc import Iterator

from extractors.checking.across import Compared, Kinship, across
from extractors.checking.tie import figure, percentage, tie, total_of
from extractors.model.extraction import Extraction
from extractors.model.findings import Term
from extractors.relatives import figure_of, item_figure, speaks_of_year_before, stated, statement_key

_ID = "change/year-before-percentage"
_SIGNS = {"增加": 1, "减少": -1}


@across(_ID, Kinship.YEAR_BEFORE)
def percentage_of_year_before(ours: Extraction, theirs: Extraction) -> Iterator[Compared]:
    """只印增减率的：增减率 ＝ （本年数 － 上年文件所印的数）÷ 上年文件所印的数。"""
    before = stated(theirs)
    for fact in ours.narrative_facts:
        key, sign = statement_key(fact, ours.document), _SIGNS.get(fact.change or "")
        amount, rate = figure_of(fact, "amount"), figure_of(fact, "change_pct")
        if key is None or sign is None or amount is None or rate is None or fact.change_amount is not None:
            continue
        found = before.get(key) or item_figure(theirs, fact)
        words = fact.wording.get("change_pct", "")
        if found is not None and speaks_of_year_before(words, ours.document):
            last = Term(fact.subject, found.amount)
            change = total_of("增减额", (Term("本年数", amount.amount, sign), last._replace(sign=-sign)))
            ratio = percentage("（本年数 － 上年数）÷ 上年数", change, total_of("上年数", (last,)))
            basis = f"{fact.subject}的增减率 ＝ （本年数 － 上年数）÷ 上年数"
            left = figure(f"{fact.subject}的增减率", rate.amount)
            yield Compared(tie(_ID, basis, left, ratio), last)
