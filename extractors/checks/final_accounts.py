"""Final accounts: how much of a budget was spent, which budget that is, and whether it was more or less.

支出年初预算为0万元，全年预算为321.02万元，支出决算为307.82万元，完成年初预算的95.89%。决算数小于预算数的主要原因：…
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from extractors.checking.registry import Objection, check, inspection
from extractors.checking.tie import figure, percentage, tie, total_of
from extractors.model.amounts import Amount, parse_decimal
from extractors.model.document import Passage
from extractors.model.facts import Disclosure, NarrativeFact
from extractors.model.findings import Relation, Severity, Term, TieOut, Verdict

_RELATIONS = {"大于": Relation.AT_LEAST, "小于": Relation.AT_MOST, "等于": Relation.EQUAL}
_NAMED = re.compile(r"完成(?:了)?(?P<basis>年初|全年|调整后?|当年|本年)预算(?:数)?的?$")
_PRINTED = re.compile(
    r"(?P<basis>年初|全年|调整后?|当年|本年)预算(?:数)?(?:为|是)?(?P<figure>\d[\d,]*(?:\.\d+)?)万?元"
)
_ITEM = re.compile(r"[（(]项[)）]$")
_BEFORE = 20  # characters in front of a rate that name what it is a rate of


@check("other/completion")
def completion(disclosure: Disclosure) -> Iterator[TieOut]:
    """完成率 ＝ 决算数 ÷ 预算数。"""
    for fact in disclosure.narrative_facts:
        if fact.completion_pct is not None and fact.amount is not None and fact.budget_amount is not None:
            yield _rate(fact, fact.budget_amount)


@check("other/completion-direction")
def direction(disclosure: Disclosure) -> Iterator[TieOut]:
    """决算数大于、小于、等于预算数的说法与两数相符。"""
    for fact in disclosure.narrative_facts:
        said = fact.stated_direction.printed if fact.stated_direction else None
        if said in _RELATIONS and fact.amount is not None and fact.budget_amount is not None:
            subject = fact.subject.printed
            yield tie(
                "other/completion-direction",
                f"{subject}：决算数{said}预算数",
                figure(f"{subject}决算数", fact.amount),
                figure(f"{subject}预算数", fact.budget_amount),
                _RELATIONS[said],
            )


@check("other/completed-in-full", accuses=False)
def completed_in_full(disclosure: Disclosure) -> Iterator[TieOut]:
    """决算数与预算数持平（或未说明增减）的，两数相等。"""
    for fact in disclosure.narrative_facts:
        is_less = fact.stated_direction is not None and fact.stated_direction.printed != "等于"
        if fact.amount is not None and fact.budget_amount is not None and not is_less:
            subject = fact.subject.printed
            yield tie(
                "other/completed-in-full",
                f"{subject}的决算数 ＝ 预算数",
                figure(f"{subject}决算数", fact.amount),
                figure(f"{subject}预算数", fact.budget_amount),
            )


@check("other/budgets-by-item", accuses=False)
def budgets_by_item(disclosure: Disclosure) -> Iterator[TieOut]:
    """文中各项（项级科目）预算数之和 ＝ 支出预算数；各项决算数之和 ＝ 支出决算数。"""
    for facts in disclosure.facts_by_heading:
        yield from _by_item(facts)


@inspection("other/completion-basis", Severity.ERROR)
def completion_basis(disclosure: Disclosure) -> Iterator[Objection]:
    """完成率所称的预算（年初预算、全年预算）就是算得出该比率的那个预算。"""
    for fact in disclosure.narrative_facts:
        if fact.completion_pct is not None and fact.amount is not None:
            found = _stands_in(disclosure, fact.completion_pct)
            objection = _wrong_basis(fact.completion_pct, fact.amount, *found) if found else None
            if objection is not None:
                yield objection


def _wrong_basis(rate: Amount, spent: Amount, passage: Passage, at: int) -> Objection | None:
    """An objection where the rate is not that of the budget it names, but that of the other one."""
    named = _NAMED.search(passage.plain, max(0, at - _BEFORE), at)
    budgets = _budgets(passage, at)
    true = [basis for basis, budget in budgets.items() if _is_rate_of(rate, spent, budget)]
    basis = named["basis"] if named else None
    if named is None or basis is None or basis not in budgets or basis in true or len(true) != 1:
        return None
    printed = f"完成{basis}预算的{rate.printed}%"
    return Objection(
        printed=printed,
        expected=f"完成{true[0]}预算的{rate.printed}%",
        why=f"“{printed}”：{basis}预算印为 {budgets[basis].printed}，"
        f"{rate.printed}% 是对{true[0]}预算 {budgets[true[0]].printed} 的完成率。",
        evidence=passage.evidence(named.start(), at + len(rate.printed)),
    )


def _rate(fact: NarrativeFact, budget: Amount) -> TieOut:
    subject = fact.subject.printed
    return tie(
        "other/completion",
        f"{subject}的完成率 ＝ 决算数 ÷ 预算数",
        figure(f"{subject}完成率", fact.completion_pct),
        percentage(
            "决算数 ÷ 预算数", figure(f"{subject}决算数", fact.amount), figure(f"{subject}预算数", budget)
        ),
    )


def _by_item(facts: Sequence[NarrativeFact]) -> Iterator[TieOut]:
    """The whole is the part's first fact with a budget; the items are those named down to 项."""
    whole = next((fact for fact in facts if fact.budget_amount is not None), None)
    items = [fact for fact in facts if fact.budget_amount is not None and _ITEM.search(fact.subject.printed)]
    if whole is None or whole in items or not items:
        return
    subject = whole.subject.printed
    budgets = [Term(f.subject.printed, f.budget_amount) for f in items if f.budget_amount is not None]
    finals = [Term(f.subject.printed, f.amount) for f in items if f.amount is not None]
    for what, amount, terms in (("预算数", whole.budget_amount, budgets), ("决算数", whole.amount, finals)):
        if terms:
            yield tie(
                "other/budgets-by-item",
                f"{subject}的{what} ＝ 各项{what}之和",
                figure(f"{subject}{what}", amount),
                total_of(f"各项{what}之和", terms),
            )


def _stands_in(disclosure: Disclosure, rate: Amount) -> tuple[Passage, int] | None:
    """The passage that a figure stands in, and where in it."""
    for passage in disclosure.document.passages:
        at = passage.plain.find(rate.printed)
        while at >= 0:
            if passage.evidence(at, at + len(rate.printed)) == rate.place:
                return passage, at
            at = passage.plain.find(rate.printed, at + 1)
    return None


def _budgets(passage: Passage, end: int) -> Mapping[str, Amount]:
    """The budgets that the sentence prints, by what it calls them (年初, 全年), the last of each."""
    found: dict[str, Amount] = {}
    start = passage.plain.rfind("。", 0, end) + 1
    for match in _PRINTED.finditer(passage.plain, start, end):
        value = parse_decimal(match["figure"])
        if value is not None:
            unit = "万元" if passage.plain[match.end("figure")] == "万" else "元"
            place = passage.evidence(*match.span("figure"))
            found[match["basis"]] = Amount(printed=match["figure"], place=place, value=value, unit=unit)
    return found


def _is_rate_of(rate: Amount, spent: Amount, budget: Amount) -> bool:
    ratio = percentage("完成率", figure("决算数", spent), figure("预算数", budget))
    verdict = tie("other/completion", "完成率 ＝ 决算数 ÷ 预算数", figure("完成率", rate), ratio).verdict
    return verdict in (Verdict.HOLDS, Verdict.ROUNDING)
