"""What the narrative says, as checks need it: signed changes, the year before, reasons."""

import re
from collections.abc import Iterable, Sequence

from extractors.checking.tie import figure, total_of
from extractors.model.amounts import Amount
from extractors.model.evidence import Place
from extractors.model.facts import NarrativeFact
from extractors.model.findings import Side, Term
from extractors.model.plain import plain

_UP, _DOWN = "增加", "减少"
_YEAR = re.compile(r"(20\d{2})年度?")
_LEVEL_MARK = re.compile(r"[（(][类款项][)）]")
_NUMBERING = re.compile(r"(?:其中:)?(?:安排(?=.{3}))?(?:[一二三四五六七八九十]+、|\d+[.、])?")
_ENDINGS = ("支出", "资金", "预算", "拨款", "费用", "经费", "费")
_ENDING = re.compile(rf"(?:{'|'.join(_ENDINGS)})+$")


def signed_change(fact: NarrativeFact) -> Term:
    """The change of a fact that has one; a decrease is subtracted."""
    assert fact.change_amount is not None  # noqa: S101 - callers hold facts with a change
    sign = -1 if fact.change is not None and fact.change.printed == _DOWN else 1
    return Term(fact.subject.printed, fact.change_amount, sign)


def amounts_of(facts: Iterable[NarrativeFact]) -> list[Term]:
    """The amounts of those facts that have one, as addends."""
    return [Term(fact.subject.printed, fact.amount) for fact in facts if fact.amount is not None]


def year_before(fact: NarrativeFact, amount: Amount) -> Side:
    """The year before, from this year and the change; it cannot be had where the direction is not said."""
    if fact.change is None or fact.change.printed not in (_UP, _DOWN) or fact.change_amount is None:
        return figure("上年数", None)
    sign = 1 if fact.change.printed == _DOWN else -1
    return total_of("上年数", (Term("本年数", amount), Term("增减额", fact.change_amount, sign)))


def year_named(subject: str) -> int | None:
    """The only year that a subject names; None where it names none, or two."""
    if "20" not in subject:  # as most
        return None
    found = {int(year) for year in _YEAR.findall(subject)}
    return found.pop() if len(found) == 1 else None


def without_year(subject: str) -> str:
    """A subject without its years: 因2024年行政单位离退休（项） is that of 行政单位离退休（项）."""
    found = list(_YEAR.finditer(subject)) if "20" in subject else []
    return subject[found[-1].end() :] if found else subject


def folded(name: str) -> str:
    """A name, half-width, without level marks, numbering and the endings that differ in text and table."""
    bare = plain(name)
    if "(" in bare:
        bare = _LEVEL_MARK.sub("", bare)
    may_be_numbered = "、" in bare or "." in bare or ":" in bare or bare.startswith("安排")
    if may_be_numbered and (numbering := _NUMBERING.match(bare)) is not None:
        bare = bare[numbering.end() :]
    return (_ENDING.sub("", bare) or bare) if bare.endswith(_ENDINGS) else bare


class FoldedNames(dict[str, str]):
    """Names and what they are folded: text and tables of a document say the same ones again and again."""

    def __missing__(self, name: str) -> str:
        self[name] = folded(name)
        return self[name]


def given_as_reason(fact: NarrativeFact, following: Sequence[NarrativeFact]) -> list[NarrativeFact]:
    """The facts that stand in the reason of a fact; `following` are those behind it."""
    if fact.reason is None:
        return []
    found = []
    for other in following:
        if not is_inside(other.subject.place, fact.reason.place):
            break
        found.append(other)
    return found


def is_inside(place: Place, outer: Place) -> bool:
    """Whether a value begins on the lines of another, within them."""
    if not place:
        return False
    page, (left, top, _, bottom), *_ = place[0]
    middle = (top + bottom) / 2
    for line in outer:  # a plain loop: asked for every fact, of every line of a reason
        x0, y0, x1, y1 = line.box
        if line.page == page and y0 <= middle <= y1 and x0 - 1 <= left <= x1 + 1:
            return True
    return False
