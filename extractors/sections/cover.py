"""The document's own particulars: title, issuer, region, year, kind, date.

They stand on the cover, in headings, on lines above tables, and at the end:
    巴音郭楞蒙古自治州医疗保障局 / 2025年部门预算公开
    中共上海市普陀区委 / 社会工作部2024年度 / 部门决算
    第一部分 2025年和静县医疗保障局单位概况  (where there is no cover)
    一、关于和静县医疗保障局2025年收支预算情况总体说明
    编制单位：和静县医疗保障局  单位：万元
    和静县医疗保障局 / 2025年2月7日  (the last lines)
The issuer is the name that most of them give; of equals the one that is met first in this order.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import NamedTuple

from extractors.dates import day_at_end
from extractors.layout.text import joined
from extractors.model.amounts import Amount, Day, Text, parse_decimal
from extractors.model.document import Document, Passage
from extractors.model.facts import Disclosure, Head
from extractors.registry import section_reader

_NAME = r"[\u3400-\u9fff()“”·、]{4,50}?"
_YEAR = r"(?P<year>20\d\d)年?度?"
_REPORT = r"(?:(?P<scope>部门|单位)(?:综合|收支)?)?(?P<report>预算|决算)"
_COVERS = (
    re.compile(rf"(?P<issuer>{_NAME})\(?(?:本级)?\)?{_YEAR}{_REPORT}"),
    re.compile(rf"{_YEAR}(?P<issuer>{_NAME})\(?(?:本级)?\)?{_REPORT}"),
)
_HEADINGS = (
    re.compile(rf"关于(?P<issuer>{_NAME}){_YEAR}"),
    re.compile(
        rf"第[一二三四五六七八九十]+部分:?{_YEAR}(?P<issuer>{_NAME})(?:部门|单位)?(?:基本)?(?:概况|情况)"
    ),
    re.compile(rf"第[一二三四五六七八九十]+部分:?(?P<issuer>{_NAME})(?:部门|单位)?(?:基本)?(?:概况|情况)$"),
    re.compile(rf"第[一二三四五六七八九十]+部分:?(?P<issuer>{_NAME}){_YEAR}"),
)
_YEAR_OF_REPORT = re.compile(r"(?P<year>20\d\d)年度?(?:[\u3400-\u9fff()“”·、]{0,50}?)(?:预算|决算|概况)")
_LAST_PASSAGES = 8


class DocumentKind(StrEnum):
    """部门 or 单位, 预算 or 决算."""

    DEPARTMENTAL_BUDGET = "部门预算"
    UNIT_BUDGET = "单位预算"
    DEPARTMENTAL_FINAL_ACCOUNTS = "部门决算"
    UNIT_FINAL_ACCOUNTS = "单位决算"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of `cover.toml`."""

    issuer_labels: tuple[str, ...]
    superior_labels: tuple[str, ...]
    issuer_endings: tuple[str, ...]
    line_ends: tuple[str, ...]
    no_issuer: tuple[str, ...]
    regions: tuple[str, ...]
    no_region: tuple[str, ...]
    no_region_endings: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    """The words by which a disclosure names its issuer and region."""
    text = resources.files("extractors.templates").joinpath("cover.toml").read_text(encoding="utf-8")
    return Vocabulary(**{key: tuple(words) for key, words in tomllib.loads(text).items()})


@section_reader("cover")
def cover(disclosure: Disclosure) -> Disclosure:
    """Fills `head`; what is not printed stays None."""
    document = disclosure.document
    statement = _statement(document)
    issuer = _issuer(document, statement)
    superior = _most_frequent(_after_labels(document, vocabulary().superior_labels))
    head = Head(
        title=_title(document, statement),
        issuer=issuer.text if issuer else None,
        region=_region(issuer) if issuer else None,
        superior=superior.text if superior else None,
        fiscal_year=_fiscal_year(document, statement),
        kind=_kind(document, statement),
        published_on=_published_on(document),
    )
    return replace(disclosure, head=head)


class _Span(NamedTuple):
    """A stretch of a passage."""

    passage: Passage
    start: int
    end: int

    @property
    def printed(self) -> str:
        """Its characters."""
        return self.passage.text[self.start : self.end]

    @property
    def text(self) -> Text:
        """It as a value with its place."""
        return Text(printed=self.printed, place=self.passage.evidence(self.start, self.end))


@dataclass(frozen=True, slots=True)
class _Statement:
    """The sentence of the cover that names issuer, year and report, and the text it was met in."""

    passage: Passage
    match: re.Match[str]

    def span(self, group: str) -> _Span:
        """A part of it."""
        return _Span(self.passage, *self.match.span(group))


def _statement(document: Document) -> _Statement | None:
    """The cover's statement; it may run over several lines."""
    passage = joined(document.opening)
    for pattern in _COVERS:
        match = pattern.search(passage.plain)
        if match is not None and _may_be_issuer(match["issuer"]):
            return _Statement(passage, match)
    return None


def _title(document: Document, statement: _Statement | None) -> Text | None:
    """The cover's statement to the end of its line."""
    if statement is None:
        return None
    ends = 0
    for passage in document.opening:
        ends += len(passage)
        if ends >= statement.match.end():
            break
    return _Span(statement.passage, statement.match.start(), ends).text


def _may_be_issuer(name: str) -> bool:
    words = vocabulary()
    is_body = name.replace("）", ")").endswith(words.issuer_endings)
    return is_body and not any(word in name for word in words.no_issuer)


def _most_frequent(names: Iterable[_Span]) -> _Span | None:
    """The one that is met most often, at its first place."""
    met = list(names)
    if not met:
        return None
    counts = Counter(name.printed for name in met)
    return max(met, key=lambda name: counts[name.printed])


def _issuer(document: Document, statement: _Statement | None) -> _Span | None:
    candidates = (
        *([statement.span("issuer")] if statement else []),
        *_in_headings(document),
        *_after_labels(document, vocabulary().issuer_labels),
        *(name for name, _ in _signatures(document) if name is not None),
    )
    return _most_frequent(name for name in candidates if _may_be_issuer(name.printed))


def _in_headings(document: Document) -> Iterator[_Span]:
    for section in document.sections:
        matches = (pattern.search(section.heading.plain) for pattern in _HEADINGS)
        match = next((m for m in matches if m is not None and _may_be_issuer(m["issuer"])), None)
        if match is not None:
            yield _Span(section.heading, *match.span("issuer"))


def _after_labels(document: Document, labels: tuple[str, ...]) -> Iterator[_Span]:
    """What lines such as 编制单位：… name, on the cover and above the tables."""
    alternatives = "|".join(sorted(map(re.escape, labels), key=len, reverse=True))
    ends = "|".join(map(re.escape, vocabulary().line_ends))
    pattern = re.compile(rf"^(?:{alternatives})(?:\(盖章\)|\(公章\))?:(?P<name>{_NAME})(?=\(盖章\)|{ends}|$)")
    above = (line.passage for page in document.pages for line in page.lines)
    for passage in (*document.opening, *above):
        match = pattern.match(passage.plain) if passage.plain.startswith(labels) else None
        if match is not None:
            yield _Span(passage, *match.span("name"))


def _signatures(document: Document) -> Iterator[tuple[_Span | None, Day]]:
    """Dates with the name of who signs, on the same line or the one above, among the last paragraphs."""
    passages = [p for p in document.passages[-_LAST_PASSAGES:] if len(p)]
    for index, passage in enumerate(passages):
        day = day_at_end(passage)
        if day is None:
            continue
        name = passage.plain.rstrip("。.").removesuffix(day.printed)
        signed = passage.part(0, len(name)) if name else passages[index - 1] if index else None
        is_name = signed is not None and re.fullmatch(_NAME, signed.plain) is not None
        if is_name or not name:
            yield (_Span(signed, 0, len(signed)) if signed is not None and is_name else None), day


def _published_on(document: Document) -> Day | None:
    """The date at the end; else the last one that stands alone, or that ends a line of the cover."""
    signed = [day for _, day in _signatures(document)]
    if signed:
        return signed[-1]
    ends = ((p, day) for p in reversed(document.passages) if (day := day_at_end(p)))
    alone = next((day for p, day in ends if len(day.printed) == len(p)), None)
    return alone or next((day for p in reversed(document.opening) if (day := day_at_end(p))), None)


def _fiscal_year(document: Document, statement: _Statement | None) -> Amount | None:
    """The year on the cover, else the one that most headings name, else most paragraphs."""
    if statement is not None:
        return _year(statement.span("year"))
    headings = [section.heading for section in document.sections]
    for passages in (headings, document.passages, [line.passage for p in document.pages for line in p.lines]):
        found = (
            _Span(passage, *match.span("year"))
            for passage in passages
            for match in _YEAR_OF_REPORT.finditer(passage.plain)
        )
        year = _most_frequent(found)
        if year is not None:
            return _year(year)
    return None


def _year(span: _Span) -> Amount | None:
    text = span.text
    value = parse_decimal(text.printed)
    if value is None:
        return None
    return Amount(printed=text.printed, place=text.place, value=value, unit="年")


def _kind(document: Document, statement: _Statement | None) -> Text | None:
    """部门预算 … 单位决算, as the cover says, else as most headings do."""
    lines = [line.passage for page in document.pages for line in page.lines]
    headings = [section.heading for section in document.sections]
    covers = [statement.passage] if statement else list(document.opening)
    kinds = re.compile("|".join(kind.value for kind in DocumentKind))
    for passages in (covers, headings, document.passages, lines):
        found = (_Span(p, *match.span()) for p in passages for match in kinds.finditer(p.plain))
        kind = _most_frequent(found)
        if kind is not None:
            return kind.text
    return None


def _region(issuer: _Span) -> Text | None:
    """The region that an issuer's name begins with: 和静县, 上海市普陀区, 巴音郭楞蒙古自治州."""
    name, words = issuer.printed, vocabulary()
    start = len("中共") if name.startswith("中共") else 0
    # A county's own name may be one character (歙县), no other region's is.
    before = "[^局部委厅院会办处社]"
    part = re.compile(rf"{before}{{2,8}}?(?:{'|'.join(words.regions)})|{before}县")
    end = start
    while (match := part.match(name, end)) is not None:
        if match[0] in words.no_region or match[0].endswith(words.no_region_endings):
            break
        end = match.end()
    return issuer._replace(start=issuer.start + start, end=issuer.start + end).text if end > start else None
