"""Cited policy documents: a document number (文号), the title printed beside it, or a title alone.

Titles stand before or behind their numbers, with or without 《》:
    《关于印发〈…〉的通知》（新医保发〔2023〕4号）      关于…预算的通知（新财社〔2023〕201号）
    新人社发[2016]140号《关于…的通知》               新医保发【2023】55号，关于做好…工作的通知
    新材社【2024】181号、巴财社【2024】99号-关于…的通知   (one title for both)
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from extractors.model.amounts import Text
from extractors.model.document import Passage
from extractors.model.facts import PolicyRef
from extractors.policy_numbers import OPENING, PolicyNumber, find, vocabulary

Span = tuple[int, int]

# It begins with one set of characters, so that the search passes over all others at once.
_MARK = re.compile(rf"[《{re.escape(OPENING)}](?:(?<=《)|\s*[12１２][90９０])")
_QUOTED = re.compile(r"《(?P<title>(?:[^《》]|《[^《》]*》)*)》")
_ADDITION = re.compile(r"(?:[(（〔\[][^()（）〔〕\[\]]*[)）〕\]])+$")
_CLAUSE_ENDS = "。；;：:，,《》"
_BEFORE_NUMBER = re.compile(r"\s*[(（\[【]?\s*$")
_BEHIND_NUMBER = re.compile(r"\s*[)）\]】]?\s*(?:文件)?\s*[，,：:\-—–]*\s*")
_BETWEEN_NUMBERS = re.compile(r"\s*[、和及]\s*")


def citations(
    passage: Passage,
    where: str,
    latest_year: int | None = None,
    numbers: Sequence[PolicyNumber] | None = None,
) -> tuple[PolicyRef, ...]:
    """The policy documents that a passage cites, in the order of their print.

    `where` says which part of the document the passage is; a year later than `latest_year` is suspect;
    `numbers` are those of its text where they have been found.
    """
    if numbers is None:
        numbers = find(passage.text)
    quoted = [match.span("title") for match in _QUOTED.finditer(passage.text)]
    titles = _titles(passage.text, numbers, quoted)
    found = [(n.start, _numbered(passage, n, titles.get(n), where, latest_year)) for n in numbers]
    used = set(titles.values())
    for start, end in quoted:
        if (start, end) not in used and _names_a_policy(passage.text[start:end]):
            found.append((start, _unnumbered(passage, start, end, where)))
    return tuple(ref for _, ref in sorted(found, key=lambda entry: entry[0]))


def may_cite(text: str) -> bool:
    """Whether a text has one of the marks without which nothing is cited: 《, or a bracket before a year."""
    return _MARK.search(text) is not None


def _text(passage: Passage, start: int, end: int) -> Text:
    return Text(printed=passage.text[start:end], place=passage.evidence(start, end))


def _numbered(
    passage: Passage, number: PolicyNumber, title: Span | None, where: str, latest_year: int | None
) -> PolicyRef:
    return PolicyRef(
        title=_text(passage, *title) if title else None,
        printed=_text(passage, number.start, number.end),
        canonical=number.canonical,
        suspect=number.suspect(latest_year),
        where=where,
    )


def _unnumbered(passage: Passage, start: int, end: int, where: str) -> PolicyRef:
    """A title in 《》 without a number; what is printed of it includes the marks."""
    return PolicyRef(
        title=_text(passage, start, end),
        printed=_text(passage, start - 1, end + 1),
        canonical=None,
        where=where,
    )


def _names_a_policy(title: str) -> bool:
    return _ADDITION.sub("", title.strip()).endswith(vocabulary().title_endings)


def _titles(
    text: str, numbers: Sequence[PolicyNumber], quoted: Sequence[Span]
) -> Mapping[PolicyNumber, Span]:
    """The title of each number that has one."""
    titles: dict[PolicyNumber, Span] = {}
    floor = 0
    for number in numbers:
        if span := _title_before(text, number, quoted, floor):
            titles[number] = span
        floor = number.end
    taken = set(titles.values())
    for number in numbers:
        if number not in titles and (span := _title_behind(text, number, quoted)) and span not in taken:
            titles[number] = span
    return _shared(text, numbers, titles)


def _title_before(text: str, number: PolicyNumber, quoted: Sequence[Span], floor: int) -> Span | None:
    """《title》(number, or 关于…的通知(number: the title that ends where the number begins."""
    lead = _BEFORE_NUMBER.search(text, floor, number.start)
    end = lead.start() if lead else number.start
    for start, stop in quoted:
        if stop + 1 == end:
            return start, stop
    begin = max(floor, *(text.rfind(mark, floor, end) + 1 for mark in _CLAUSE_ENDS))
    begin = text.find("关于", begin, end)
    if begin < 0 or not text.endswith(vocabulary().plain_endings, begin, end):
        return None
    return begin, end


def _title_behind(text: str, number: PolicyNumber, quoted: Sequence[Span]) -> Span | None:
    """number《title》 or number，关于…的通知: the title that begins where the number ends."""
    lead = _BEHIND_NUMBER.match(text, number.end)
    start = lead.end() if lead else number.end
    for begin, stop in quoted:
        if begin - 1 == start:
            return begin, stop
    plain = _plain_title().match(text, start)
    return plain.span() if plain else None


@cache
def _plain_title() -> re.Pattern[str]:
    endings = "|".join(vocabulary().plain_endings)
    return re.compile(rf"关于[^{_CLAUSE_ENDS}]{{2,120}}?的(?:{endings})")


def _shared(
    text: str, numbers: Sequence[PolicyNumber], titles: Mapping[PolicyNumber, Span]
) -> Mapping[PolicyNumber, Span]:
    """Numbers joined by 、 or 和 share the title of one: 《…》（国发〔2014〕45号、新政发〔2015〕3号）."""
    shared = dict(titles)
    chained = [
        pair for pair in pairwise(numbers) if _BETWEEN_NUMBERS.fullmatch(text, pair[0].end, pair[1].start)
    ]
    for first, second in chained:
        if first in shared and second not in shared:
            shared[second] = shared[first]
    for first, second in reversed(chained):
        if second in titles and first not in shared and titles[second][0] > second.end:
            shared[first] = titles[second]
    return shared
