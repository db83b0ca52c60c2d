"""What a clause says in words alone: nothing is budgeted, nothing changed, a reason follows.

政府性基金预算未安排                           absence, 未安排
2025年没有使用政府性基金预算拨款安排的支出      absence, 没有使用
较上年持平、与上年相同                         change, 持平
决算数小于全年预算数的主要原因：               direction 小于, and a reason begins
主要是人员减少                                 a reason begins
"""

import re
from typing import NamedTuple

from extractors.model.amounts import Text
from extractors.sections.narrative.subjects import YEAR, Span
from extractors.templates.narrative import any_of, words

NOT_BUDGETED = "未安排"
NOT_USED = "没有使用"

_CHANGE_NOUN = r"(?:变动|变化|增减|增加|减少|增长|下降|上升|差异)?的?"
_REASON = re.compile(
    rf"{_CHANGE_NOUN}(?:主要)?{_CHANGE_NOUN}原因(?:主要|分别)*(?:是由于|是因为|是|为|在于|如下|系)?"
    r"(?:主要是)*"
)
_MAINLY = re.compile(r"(?:,)?主要(?:是由于|是因为|是|系|由于|因为|因)(?!用于|包括|指|为)")
_ORDINAL = re.compile(r"(?:[二三四五六七八九]是|\([二三四五六2-6]\)|[②-⑥]|其[二三四])")
_BEFORE_ABSENCE = rf"(?:{YEAR}|20\d\d|部门|单位|{any_of('nameless')}|均|也|暂|[,的])*+"
_ABSENT = re.compile(any_of("not_budgeted", "not_used"))
_ABSENT_AFTER = re.compile(
    rf"(?P<subject>.{{2,}}?)(?:均|暂)?(?P<word>{any_of('not_budgeted')}|没有使用|未使用|未发生)"
)
_ABSENT_BEFORE = re.compile(
    rf"{_BEFORE_ABSENCE}(?P<word>{any_of('not_budgeted', 'not_used')})(?P<subject>.+?)"
    r"(?:安排)?(?:的(?:支出|收支))?"
)
_STEADY = re.compile(
    rf"(?P<subject>.*?)(?P<compared>(?:比|较|与|同|和)(?P<with>{any_of('comparisons')}|{YEAR}|(?:年初|全年)?预算).*?)?(?P<word>{any_of('steady')})"
)
_STATED = (
    (re.compile(r"决算数?.{0,6}?((?<![未不])(?:大于|高于|超过))(?=.{0,6}预算)"), "大于"),
    (re.compile(r"决算数?.{0,6}?((?<![未不])(?:小于|低于))(?=.{0,6}预算)"), "小于"),
    (re.compile(r"决算数?.{0,6}?(等于)(?=.{0,6}预算)|决算数?与.{0,8}预算数?(持平|相等|一致|相同)"), "等于"),
)


class Said(NamedTuple):
    """What is said of a subject: the word as the model of facts has it, at its place of print.

    `against_budget` says that the subject is compared with the budget, not with the year before.
    """

    subject: Span
    word: Text
    against_budget: bool = False


def reason_in(span: Span, *, after_change: bool) -> tuple[int, int] | None:
    """Where the words stand that announce a reason (positions in the passage).

    主要是 alone announces one only after a change; else it says what the thing consists of.
    """
    plain = span.passage.plain
    mainly = _MAINLY.match(plain, span.start, span.end) if after_change else None
    if mainly is None and "原因" not in span.plain:
        return None
    found = mainly or _REASON.search(plain, span.start, span.end)
    return found.span() if found else None


def continues_list(span: Span) -> bool:
    """Whether a clause is a further point of a list (二是…)."""
    return _ORDINAL.match(span.plain) is not None


def absence_in(span: Span) -> Said | None:
    """That nothing is budgeted or used, if the clause says so of something that costs money."""
    if _ABSENT.search(span.plain) is None:
        return None
    for pattern in (_ABSENT_AFTER, _ABSENT_BEFORE):
        found = pattern.fullmatch(span.plain)
        if found and any(word in found["subject"] for word in words()["money_words"]):
            is_budget = found["word"] in words()["not_budgeted"]
            return _said(span, found, NOT_BUDGETED if is_budget else NOT_USED)
    return None


def steadiness_in(span: Span, word: str) -> Said | None:
    """That nothing changed, if the clause says so; `word` is how the model of facts calls it."""
    found = _STEADY.fullmatch(span.plain) if span.plain.endswith(words()["steady"]) else None
    if found is None or (found["compared"] is None and found["subject"]):
        return None
    said = _said(span, found, word)
    return said._replace(against_budget="预算" in (found["with"] or ""))


def stated_direction_in(span: Span) -> Text | None:
    """How the final amount stands to the budget, if the clause says so: 大于, 小于 or 等于."""
    for pattern, word in _STATED if "决算" in span.plain else ():
        if found := pattern.search(span.plain):
            start, end = next(found.span(group) for group in (1, 2) if found[group])
            return _at(span, start, end, word)
    return None


def _said(span: Span, found: re.Match[str], word: str) -> Said:
    start, end = found.span("subject")
    return Said(span.part(span.start + start, span.start + end), _at(span, *found.span("word"), word))


def _at(span: Span, start: int, end: int, word: str) -> Text:
    return span.part(span.start + start, span.start + end).saying(word)
