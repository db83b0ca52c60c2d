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
from extractors.templates.narrative import any_of, one_of

YEAR = r"(?:20\d\d|19\d\d)年(?:度|初|末|底)?"
_ITEM = re.compile(r"(?:(\d{1,2})[.、](?!\d+(?:\.\d+)?(?:万|亿)?元|\d+%)|\((\d{1,2})\)|([①-⑳]))")
_CLASSIFICATION = re.compile(r".*\([类款项]\)")
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
    """A stretch of a passage."""

    passage: Passage
    start: int
    end: int

    @property
    def plain(self) -> str:
        """Its half-width text."""
        return self.passage.plain[self.start : self.end]

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
        return Span(self.passage, start, max(start, end))

    def trimmed(self, left: str = ",:;。", right: str = ",:;。") -> "Span":
        """It without stops at its ends."""
        plain = self.plain
        start = self.start + len(plain) - len(plain.lstrip(left))
        return self.part(start, self.end - len(plain) + len(plain.rstrip(right)))


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
    def _opening(self) -> re.Pattern[str]:
        own = rf"(?:{one_of(self.issuers)}|{any_of('self_names')})(?:及?(?:所属|下属)(?:各)?(?:预算)?单位)?"
        named = rf"[^,。:();\d]{{2,40}}?{any_of('organisations')}(?={YEAR})"
        return re.compile(rf"(?:{own}|{named}|{any_of('openings')}|{_CHINESE_NUMBER})[,:]?")

    @cached_property
    def previous(self) -> re.Pattern[str]:
        """What says no more of an amount than that it is that of the year before: 上年预算数为."""
        years = any_of("comparisons")
        if self.year:
            years = rf"(?:{years}|{int(self.year) - 1}年)"
        words = r"(?:年初|全年|调整|预算|决算|执行|完成|支出|收入|安排|数|额|的|为|是|[:,(])*"
        return re.compile(rf"(?:比|较|与|同)?{years}(?:度)?{words}")

    @cached_property
    def _year(self) -> re.Pattern[str]:
        year = rf"{self.year}年(?:度)?" if self.year else YEAR
        return re.compile(rf"{year},?")

    def subject(self, span: Span, keep_year: bool) -> Span:
        """The noun phrase at the end of a span. Empty where nothing is left."""
        start, end = _without_tail(span)
        start = _behind_cause(span.passage.plain, start, end)
        start += item_number(span.passage.plain[start:end])[1]
        while True:
            shorter = self._shortened(span.passage.plain, start, end, keep_year)
            if shorter == start:
                return span.part(start, end).trimmed(",:;。、)", ",:;。、(")
            start = shorter

    def _shortened(self, plain: str, start: int, end: int, keep_year: bool) -> int:
        found = self._opening.match(plain, start, end)
        if found is None and not keep_year:
            found = self._year.match(plain, start, end)
        return found.end() if found else start


_CAUSE = re.compile(r".*(?:引起|导致|造成|致使|使得)(?=.{2})")


def _behind_cause(plain: str, start: int, end: int) -> int:
    """Behind the verb in 退休人员增加引起离退休支出."""
    found = _CAUSE.match(plain, start, end)
    return found.end() if found else start


def _without_tail(span: Span) -> tuple[int, int]:
    """Ends after the last （类）（款）（项）, or before 为, 共 and the like."""
    plain = span.plain
    classified = _CLASSIFICATION.match(plain)
    if classified:
        return span.start, span.start + classified.end()
    tail = _TAIL.search(plain)
    return span.start, span.start + (tail.start() if tail else len(plain))


_TAIL = re.compile(
    r"(?:(?<!人)(?<!户)(?<!个)数)?(?:为|是|共有|共计|共|约为|约|达到|达|(?<![合总小累])计)*:?$"
)


_NAMELESS = re.compile(rf"(?:{YEAR}|{any_of('nameless')}|[,:的])*")
_NAMELESS_AFTER = re.compile(rf"(?:{YEAR}|{any_of('nameless', 'nameless_after_subject')}|[,:的])*")


def is_nameless(plain: str, after_subject: bool) -> bool:
    """Whether a phrase names no subject of its own: 2025年预算数."""
    return (_NAMELESS_AFTER if after_subject else _NAMELESS).fullmatch(plain) is not None


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
    span = Span(heading, start, max(start, tail.start() if tail else len(heading)))
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
