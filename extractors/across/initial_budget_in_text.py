"""年初预算 in the narrative of final accounts, against the budget that was published for the year."""

import re
from collections.abc import Iterator

from extractors.checking.across import Compared, Kinship, across
from extractors.checking.tie import figure, tie
from extractors.model.extraction import Extraction, NarrativeFactOut
from extractors.relatives import Figure, FigureName, figure_of, general_total, item_figure, plain

_ID = "text-vs-table/initial-budget"
_FIGURES: tuple[FigureName, ...] = ("amount", "budget_amount")
_WHOLE = re.compile(r"一般公共预算(?:财政拨款)?支出(?:/年初预算)?")


@across(_ID, Kinship.BUDGET)
def initial_budget_in_text(ours: Extraction, theirs: Extraction) -> Iterator[Compared]:
    """文中的年初预算 ＝ 同年预算文件一般公共预算支出表中该科目的合计。"""
    for fact in ours.narrative_facts:
        for name in _FIGURES:
            stated, found = figure_of(fact, name), _in_budget(fact, theirs)
            if stated is not None and found is not None and "年初预算" in fact.wording.get(name, ""):
                subject = fact.subject.removesuffix("/年初预算")
                right = figure(subject, found.amount)
                left = figure(f"{subject}的年初预算", stated.amount)
                basis = f"{subject}的年初预算 ＝ 同年预算文件一般公共预算支出表的合计"
                yield Compared(tie(_ID, basis, left, right), right.terms[0], stated.stands)


def _in_budget(fact: NarrativeFactOut, budget: Extraction) -> Figure | None:
    if _WHOLE.fullmatch(plain(fact.subject)):
        return general_total(budget)
    return item_figure(budget, fact)
