"""The part that a figure plays in its statement, by the words before it.

占76.14%                  share            年初预算为0万元        budget
比上年预算减少25.17万元    change amount     完成年初预算的95.89%  completion
下降7.57%                 change percentage 上年预算数100万元      previous amount
"""

import re
from enum import StrEnum
from typing import NamedTuple

from extractors.sections.narrative.figures import Figure
from extractors.sections.narrative.subjects import YEAR, Names, Span, is_nameless
from extractors.templates.narrative import any_of, says_against, words

INCREASE = "增加"
DECREASE = "减少"
STEADY = "持平"


class Role(StrEnum):
    """What a figure says of its subject. The values are fields of `NarrativeFact`."""

    AMOUNT = "amount"
    SHARE = "share"
    CHANGE_AMOUNT = "change_amount"
    CHANGE_PCT = "change_pct"
    PREVIOUS = "previous_amount"
    BUDGET = "budget_amount"
    COMPLETION = "completion_pct"


# An attribute of an enumeration takes five times as long as a name, and every figure asks for many.
AMOUNT, SHARE, CHANGE_AMOUNT, CHANGE_PCT, PREVIOUS, BUDGET, COMPLETION = Role


class Reading(NamedTuple):
    """A figure's role, the words that may name its subject, and its direction word with its meaning.

    `label` is what a budget figure is called (年初预算). A change may be one from the year before, as
    usual, or, in final accounts, one `against` the budget (比预算减少1万元); `yearly` are the words that
    name the year before (比上年预算), `is_compared` says that they name anything that it is against.
    `whole` is what a share is said to be one of (占支出总预算的…).
    """

    role: Role
    subject: Span
    direction: Span | None = None
    label: Span | None = None
    against: Span | None = None
    yearly: Span | None = None
    is_compared: bool = False
    whole: Span | None = None


_TO = r"(?P<to>到|至)"
_TAIL = r"(?:了|额|数|幅度|幅|率|比例|的金额|金额|约|为|共计|合计|共|:)*"
_DIRECTION = re.compile(rf"(?P<word>{any_of('increases', 'decreases')}){_TAIL}{_TO}?{_TAIL}$")
_EITHER_WAY = re.compile(rf"(?:增(?:加|长)?/?\(?减(?:少)?\)?)(?:变动|变化)?{_TAIL}$")  # 比上年增（减）0万元
_BEFORE_DIRECTION = re.compile(r"(?:同比|环比|总体|净|均|共|预计|将|又|再|分别|相应|各|,)*$")
_COMPARED = re.compile(
    rf"(?:比|较|与|同|和|相比|对比)(?:{any_of('comparisons')}|{YEAR})(?:度)?"
    rf"(?:{any_of('comparisons', 'nameless', 'nameless_after_subject')}|的|水平)*"
    rf"(?:\d[\d,.]*)?(?:相比较|相比|对比|比较|比)?[,]?$"
)
_AGAINST = re.compile(
    rf"(?:比|较|与|同)(?P<year>{YEAR})?(?:年初|全年|调整后|调整|本年|当年)?预算(?:数|安排)?"
    r"(?:相比较|相比|对比|比较|比)?,?$"
)
_SHARE = re.compile(r"所?占(?P<whole>[^占]*?)的?(?:比例|比重|比)?(?:约|为|达到|达|:)*$")
_COMPLETION = re.compile(r"(?:完成(?:了)?[^,。]*|(?:完成|执行)率(?:为|达到|达|:)*)$")
_BUDGET = re.compile(
    r"(?P<label>(?:年初|全年|年度|调整后|调整|当年|本年)?预算)(?:数|安排|金额)?(?:为|是|:)*$"
)
_DIFFERENCE = re.compile(rf"^{any_of('differences')}(?:为|是|:)*$")
_FROM = ("从", "由")  # 从100万元增加到120万元
_RATE = re.compile(r"每[人户生年月天日]|人均|标准(?:为|是)?$|分别[^占]*$")
_FINAL = re.compile(r"决算(?:数|支出)?(?:为|是|:)*\d")


def role_of(figure: Figure, phrase: Span, names: Names) -> Reading | None:
    """The role of a figure by the phrase before it; None for rates and for percentages of other things."""
    plain = phrase.plain
    if _RATE.search(plain):
        return None
    if figure.is_percentage:
        if found := _COMPLETION.search(plain):
            return Reading(COMPLETION, phrase.part(phrase.start, phrase.start + found.start()))
        if found := _SHARE.search(plain):
            start, end = (phrase.start + at for at in found.span("whole"))
            named = phrase.part(phrase.start, phrase.start + found.start())
            whole = names.subject(phrase.part(start, end), keep_year=False)
            is_named = not is_nameless(whole.plain, after_subject=False)  # 占本年支出合计的, not 占总数的
            return Reading(SHARE, named, whole=whole if is_named else None)
    changed = _EITHER_WAY.search(plain) or _DIRECTION.search(plain)
    if changed:
        return _change(figure, phrase, changed, names)
    if figure.is_percentage:
        return None
    return _level(figure, phrase, names)


def _change(figure: Figure, phrase: Span, found: re.Match[str], names: Names) -> Reading | None:
    before = phrase.plain[: found.start()]
    spare = _BEFORE_DIRECTION.search(before)
    subject = named = phrase.part(phrase.start, phrase.start + (spare.start() if spare else len(before)))
    against = against_budget(named, names)
    if named.plain:
        subject = named.part(named.start, against.start) if against else without_comparison(named)
    yearly = named.part(subject.end, named.end) if against is None and subject.end < named.end else None
    is_either_way = found.re is _EITHER_WAY
    if not is_either_way and found["to"]:
        return None if figure.is_percentage else Reading(AMOUNT, subject)
    role = CHANGE_PCT if figure.is_percentage else CHANGE_AMOUNT
    direction = None  # where the template's 增(减) was left as it is
    if not is_either_way:
        start, end = found.span("word")
        direction = phrase.part(phrase.start + start, phrase.start + end)
    is_compared = bool(before) and says_against().search(before) is not None
    return Reading(role, subject, direction, None, against, yearly, is_compared)


def against_budget(span: Span, names: Names) -> Span | None:
    """The words at the end of a phrase that compare with the budget of the year itself: 比预算."""
    found = _AGAINST.search(span.plain) if "预算" in span.plain else None
    if found is None or (found["year"] and names.year and not found["year"].startswith(names.year)):
        return None
    return span.part(span.start + found.start(), span.end).trimmed()


def without_comparison(span: Span) -> Span:
    """A phrase without 比上年预算 at its end."""
    found = _COMPARED.search(span.plain)
    return span.part(span.start, span.start + found.start()) if found else span


def _level(figure: Figure, phrase: Span, names: Names) -> Reading:
    """An amount, unless the words say that it is the budget of an account or of the year before."""
    if names.is_previous(phrase.plain) or _is_compared_with(figure, phrase):
        return Reading(PREVIOUS, phrase.part(phrase.start, phrase.start), yearly=phrase)
    if _DIFFERENCE.search(phrase.plain):
        nothing = phrase.part(phrase.start, phrase.start)
        return Reading(CHANGE_AMOUNT, nothing, against=names.subject(phrase, keep_year=False))
    against = against_budget(phrase, names)
    if against is not None and against.start == phrase.start:
        return Reading(BUDGET, phrase.part(phrase.start, phrase.start), against=against)
    if phrase.plain.endswith(_FROM):
        return Reading(PREVIOUS, phrase.part(phrase.start, phrase.end - 1))
    found = _BUDGET.search(phrase.plain) if "预算" in phrase.plain else None
    if found is None:
        return Reading(AMOUNT, phrase)
    start, end = (phrase.start + at for at in found.span("label"))
    label = phrase.part(start, end)
    if _FINAL.search(_rest_of_statement(phrase)):
        return Reading(BUDGET, phrase.part(phrase.start, start), label=label)
    return Reading(AMOUNT, phrase, label=label)


def budget_beside(reading: Reading) -> Reading:
    """Read behind an account, what is called 年初预算 is its budget: 支出2.05万元，年初预算为2.95万元."""
    label = reading.label.plain if reading.label else ""
    if reading.role is AMOUNT and reading.subject.plain == label not in ("", "预算"):
        return reading._replace(role=BUDGET, subject=reading.subject.part(0, 0))
    return reading


def _rest_of_statement(phrase: Span) -> str:
    plain = phrase.passage.plain
    stops = [at for at in (plain.find("。", phrase.end), plain.find(";", phrase.end)) if at >= 0]
    return plain[phrase.end : min(stops, default=len(plain))]


_WITH_YEAR = re.compile(rf"(?:比|较|与|同)(?:{any_of('comparisons')}|{YEAR})")
_CHANGES = re.compile(rf"(?:相比较|相比|对比|比较)?,?(?:总体|净|共|分别)?{any_of('increases', 'decreases')}")


def _is_compared_with(figure: Figure, phrase: Span) -> bool:
    """Whether a change follows on what stands between: 比2024年“三公”经费预算55.00万元减少5.00万元."""
    plain = phrase.passage.plain
    return bool(_WITH_YEAR.match(phrase.plain) and _CHANGES.match(plain, figure.unit_end))


def meaning(direction: str) -> str:
    """增加 or 减少 for any word that says so."""
    return INCREASE if direction in words()["increases"] else DECREASE


_VERB = re.compile(any_of("increases", "decreases"))


def verb_first(reading: Reading) -> Reading:
    """An amount after a verb that governs it states a change: 增加人员经费3.2万元."""
    subject = reading.subject
    found = _VERB.match(subject.plain)
    if reading.role is not AMOUNT or found is None or found.end() == len(subject.plain):
        return reading
    verb = subject.part(subject.start, subject.start + found.end())
    return Reading(CHANGE_AMOUNT, subject.part(verb.end, subject.end), verb)
