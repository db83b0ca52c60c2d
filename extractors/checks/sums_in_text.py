"""Sums within the narrative that no 其中 announces: classes and whole, personnel and public expenses."""

from collections.abc import Iterator

from extractors.checking.registry import check
from extractors.checking.said import amounts_of
from extractors.checking.tie import figure, tie, total_of
from extractors.model.facts import Disclosure, Level
from extractors.model.findings import TieOut

_WHOLE = ("财政拨款收支总预算", "财政拨款收支预算")
_BASIC = "基本支出"
_PARTS = ("人员经费", "公用经费")
_INCOME = "收入预算/"
_OPERATING_COST = "机关运行经费"


@check("other/basic-parts")
def basic_parts(disclosure: Disclosure) -> Iterator[TieOut]:
    """文中的基本支出 ＝ 人员经费 ＋ 公用经费。"""
    for facts in disclosure.facts_by_heading:
        whole = next((f for f in facts if f.amount and f.subject.printed.endswith(_BASIC)), None)
        parts = [next((f for f in facts if f.amount and f.subject.printed == name), None) for name in _PARTS]
        found = [part for part in parts if part is not None]
        if whole is not None and len(found) == len(_PARTS):
            subject = whole.subject.printed
            yield tie(
                "other/basic-parts",
                f"文中{subject} ＝ 人员经费 ＋ 公用经费",
                figure(f"文中{subject}", whole.amount),
                total_of("人员经费 ＋ 公用经费", amounts_of(found)),
            )


@check("other/classes", accuses=False)
def classes(disclosure: Disclosure) -> Iterator[TieOut]:
    """文中的财政拨款收支总预算 ＝ 所列各收入之和 ＝ 所列各类支出之和。"""
    known = _categories(disclosure)
    for facts in disclosure.facts_by_heading:
        whole = next((f for f in facts if f.amount and f.subject.printed.endswith(_WHOLE)), None)
        if whole is None:
            continue
        income = [f for f in facts if f.amount and f.subject.printed.startswith(_INCOME)]
        spent = {f.subject.printed.rpartition("/")[2]: f for f in reversed(facts) if f.amount}
        expenditure = [spent[name] for name in spent if name in known][::-1]
        for what, parts in (("收入", income), ("各类支出", expenditure)):
            if parts:
                yield tie(
                    "other/classes",
                    f"文中{whole.subject.printed} ＝ 所列{what}之和",
                    figure(f"文中{whole.subject.printed}", whole.amount),
                    total_of(f"所列{what}之和", amounts_of(parts)),
                )


@check("text-vs-table/operating-cost", accuses=False)
def operating_cost(disclosure: Disclosure) -> Iterator[TieOut]:
    """机关运行经费 ＝ 一般公共预算基本支出的公用经费（行政单位和参公单位）。"""
    table = disclosure.table("general_public_basic_expenditure")
    public = table.amount("total", "public") or table.amount("public_total", "total") if table else None
    for fact in disclosure.narrative_facts:
        if fact.amount is not None and _OPERATING_COST in fact.subject.printed and public is not None:
            yield tie(
                "text-vs-table/operating-cost",
                f"{fact.subject.printed} ＝ 公用经费",
                figure(fact.subject.printed, fact.amount),
                figure("公用经费", public),
            )


@check("other/only-part", accuses=False)
def only_part(disclosure: Disclosure) -> Iterator[TieOut]:
    """只列出一个组成部分的，该部分 ＝ 其总数。"""
    for facts in disclosure.facts_by_heading:
        priced = [fact for fact in facts if fact.amount is not None]
        parted = [fact.subject.printed for fact in priced if "/" in fact.subject.printed]
        parents = {subject[:at] for subject in parted for at, c in enumerate(subject) if c == "/"}
        for index, whole in enumerate(priced if parted else ()):
            subject = whole.subject.printed
            if subject not in parents:
                continue
            parts = [f for f in priced[index + 1 :] if f.subject.printed.startswith(f"{subject}/")]
            if len(parts) == 1:
                yield tie(
                    "other/only-part",
                    f"{parts[0].subject.printed} ＝ {subject}",
                    figure(parts[0].subject.printed, parts[0].amount),
                    figure(subject, whole.amount),
                )


def _categories(disclosure: Disclosure) -> frozenset[str]:
    """The names of the classes (类) that the expenditure table prints."""
    table = disclosure.table("expenditure")
    entries = (entry for block in table.blocks for entry in block.entries) if table else ()
    return frozenset(entry.name for entry in entries if entry.level is Level.CATEGORY)
