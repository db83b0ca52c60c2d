"""What a figure is said of: the noun phrase before it, without the issuer, the year and connecting words.

和静县医疗保障局2025年支出预算403.85万元            支出预算
2024年度本部门面向中小企业预留政府采购项目预算金额   面向中小企业预留政府采购项目预算金额
…（款）培训支出（项）：2025年预算数为0.00万元        …（款）培训支出（项）
（或安排购置车辆经费0万元）                          安排购置车辆经费
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from extractors.model.amounts import Text
from extractors.model.document import Document, Passage
from extractors.model.records import made
from extractors.templates.narrative import any_of

YEAR = r"(?:20\d\d|19\d\d)年(?:度|初|末|底)?"
_ITEM = re.compile(r"(?:(\d{1,2})[.、](?!\d+(?:\.\d+)?(?:万|亿)?元|\d+%)|\((\d{1,2})\)|([①-⑳]))")
_OF_HEADING = re.compile(r"关于([^,。:]{2,40}?)(?:20\d\d)年")
_CHINESE_NUMBER = r"\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、"
_OF_TITLE = re.compile(
    r"(?:第[一二三四五六七八九十]+部分:?)?([^,。:\d]{4,40}?)20\d\d年(?:度)?(?:部门|单位)?(?:预算|决算)"
)
_NUMBERING = re.compile(r"(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d{1,2}[.、]|\(\d{1,2}\))")
_HEADING_TAIL = re.compile(
    r"(?:支出|安排|增减变化|变化|执行|总体)?(?:情况)?的?(?:总体|具体)?(?:情况)?(?:说明)?$"
)
_HEAD_YEAR = re.compile(r"(20\d\d)年")


class Span(NamedTuple):
    """A stretch of a passage; `plain` is its half-width text."""

    passage: Passage
    start: int
    end: int
    plain: str

    @classmethod
    def of(cls, passage: Passage, start: int, end: int) -> "Span":
        """The stretch between two positions of a passage."""
        return made(cls, (passage, start, end, passage.plain[start:end]))

    @property
    def printed(self) -> str:
        """Its text as printed."""
        return self.passage.text[self.start : self.end]

    @property
    def text(self) -> Text:
        """It as a text with its place."""
        return self.saying(self.printed)

    def saying(self, printed: str) -> Text:
        """Its place as that of a text that the model of facts words so."""
        return Text(printed=printed, place=self.passage.evidence(self.start, self.end))

    def part(self, start: int, end: int) -> "Span":
        """The stretch between two positions of the passage."""
        passage = self.passage
        return made(Span, (passage, start, end if end > start else start, passage.plain[start:end]))

    def trimmed(self, left: str = ",:;。", right: str = ",:;。") -> "Span":
        """It without stops at its ends."""
        behind = self.plain.lstrip(left)
        plain = behind.rstrip(right)
        if len(plain) == len(self.plain):
            return self
        start = self.end - len(behind)
        return made(Span, (self.passage, start, start + len(plain), plain))


def below(parent: Text | None, own: Text) -> Text:
    """A subject as part of another: 财政拨款“三公”经费/公务接待费."""
    if parent is None or not parent.printed:
        return own
    return Text(printed=f"{parent.printed}/{own.printed}", place=parent.place + own.place)


def followed_by(owner: Text, own: Text) -> Text:
    """A feature of a thing: 车辆 and 价值 make 车辆价值."""
    return Text(printed=owner.printed + own.printed, place=owner.place + own.place)


def item_number(plain: str) -> tuple[str | None, int]:
    """The number that a paragraph opens with (1、 1. （1） ①), and where the text after it begins."""
    found = _ITEM.match(plain)
    return (found[1] or found[2] or found[3], found.end()) if found else (None, 0)


@dataclass(frozen=True)
class Names:
    """What the issuer is called in the document, and the year that the document is about."""

    issuers: tuple[str, ...] = ()
    year: str | None = None

    @cached_property
    def _year(self) -> re.Pattern[str]:
        year = rf"{self.year}年(?:度)?" if self.year else YEAR
        return re.compile(rf"{year},?")

    @cached_property
    def _year_before(self) -> str | None:
        return str(int(self.year) - 1) if self.year else None

    def is_previous(self, plain: str) -> bool:
        """Whether words say no more of an amount than that it is that of the year before: 上年预算数为."""
        found = _PREVIOUS.fullmatch(plain)
        return found is not None and found["year"] in (None, self._year_before)

    def subject(self, span: Span, keep_year: bool) -> Span:
        """The noun phrase at the end of a span. Empty where nothing is left."""
        plain = span.plain
        if not plain:
            return span
        end = _before_tail(plain)
        start = _behind_cause(plain, end)
        item = _ITEM.match(plain, start, end)
        start = self._behind_opening(plain, item.end() if item else start, end, keep_year)
        return span.part(span.start + start, span.start + end).trimmed(",:;。、)", ",:;。、(")

    def _behind_opening(self, plain: str, start: int, end: int, keep_year: bool) -> int:
        """Behind whatever stands before the name of the thing: 其中, the issuer, the year."""
        while True:
            found = self._issuer(plain, start, end) or _OPENING.match(plain, start, end)
            if found is None and not keep_year:
                found = self._year.match(plain, start, end)
            if found is None:
                return start
            start = found.end()

    def _issuer(self, plain: str, start: int, end: int) -> re.Match[str] | None:
        for issuer in self.issuers:
            if plain.startswith(issuer, start, end):
                return _UNITS_BELOW.match(plain, start + len(issuer), end)
        return None


_BELOW = r"(?:及?(?:所属|下属)(?:各)?(?:预算)?单位)?"
_UNITS_BELOW = re.compile(rf"{_BELOW}[,:]?")
# An organisation's name goes up to a year, which is looked for first: most phrases hold none.
_NAMED = rf"(?=[^,。:();\d]++{YEAR})[^,。:();\d]{{2,40}}?{any_of('organisations')}(?={YEAR})"
_OPENING = re.compile(
    rf"(?:{any_of('self_names')}{_BELOW}|{_NAMED}|{any_of('openings')}|{_CHINESE_NUMBER})[,:]?"
)
_PREVIOUS = re.compile(
    rf"(?:比|较|与|同)?(?:{any_of('comparisons')}|(?P<year>\d{{4}})年)(?:度)?"
    r"(?:年初|全年|调整|预算|决算|执行|完成|支出|收入|安排|数|额|的|为|是|[:,(])*"
)
_CAUSE_VERB = re.compile(r"引起|导致|造成|致使|使得")
_CAUSE = re.compile(rf".*(?:{_CAUSE_VERB.pattern})(?=.{{2}})")
_CLASSIFICATION = re.compile(r".*\([类款项]\)")
_TAIL = re.compile(
    r"(?:(?<!人)(?<!户)(?<!个)数)?(?:为|是|共有|共计|共|约为|约|达到|达|(?<![合总小累])计)*:?$"
)
_TAIL_ENDS = frozenset("数为是有计共约到达:")


def _behind_cause(plain: str, end: int) -> int:
    """Behind the verb in 退休人员增加引起离退休支出."""
    found = _CAUSE.match(plain, 0, end) if _CAUSE_VERB.search(plain, 0, end) else None
    return found.end() if found else 0


def _before_tail(plain: str) -> int:
    """The end of the last （类）（款）（项）, or the place before 为, 共 and the like."""
    classified = _CLASSIFICATION.match(plain) if ")" in plain else None
    if classified:
        return classified.end()
    tail = _TAIL.search(plain) if plain[-1] in _TAIL_ENDS else None
    return tail.start() if tail else len(plain)


_NAMELESS = re.compile(rf"(?:{YEAR}|{any_of('nameless')}|[,:的])*")
_NAMELESS_AFTER = re.compile(rf"(?:{YEAR}|{any_of('nameless', 'nameless_after_subject')}|[,:的])*")


def is_nameless(plain: str, after_subject: bool) -> bool:
    """Whether a phrase names no subject of its own: 2025年预算数."""
    return not plain or (_NAMELESS_AFTER if after_subject else _NAMELESS).fullmatch(plain) is not None


_CORE = re.compile(rf"^{YEAR}|(?:{any_of('nameless', 'nameless_after_subject')}|的)+$")


def core(plain: str) -> str:
    """A subject without what differs between two mentions of it: 公务接待费支出决算, 公务接待费."""
    return _CORE.sub("", plain) or plain


def of_heading(heading: Passage, names: Names) -> Span:
    """What a heading says its section is about: （一）公务接待费支出情况 公务接待费."""
    numbered = _NUMBERING.match(heading.plain)
    start = numbered.end() if numbered else 0
    if heading.plain.startswith("关于", start):
        start += 2
    tail = _HEADING_TAIL.search(heading.plain)
    span = Span.of(heading, start, max(start, tail.start() if tail else len(heading)))
    return names.subject(span, keep_year=False)


def names_in(document: Document) -> Names:
    """The issuer's names and the year, by the headings and the cover."""
    headings = [s.heading.plain for s in document.sections]
    years = Counter(year for heading in headings for year in _HEAD_YEAR.findall(heading))
    issuers = set(_issuers(headings, [p.plain for p in document.opening]))
    issuers = {name for name in issuers if not re.search(r"[,。:;()“”《》]", name)}
    year = years.most_common(1)[0][0] if years else None
    return Names(tuple(sorted(issuers, key=len, reverse=True)), year)


def _issuers(headings: list[str], opening: list[str]) -> Iterator[str]:
    for heading in headings:
        yield from _OF_HEADING.findall(heading)
    for line in (*headings, *opening):
        found = _OF_TITLE.match(line)
        if found and not found[1].startswith("关于"):
            yield found[1]
