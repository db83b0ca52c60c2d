"""Calendar days in print, and the period between two of them.

    2025年2月12日    2024年01月25日    2025-02-12    2025.2.12    二〇二五年二月十二日
    2025年1月1日—2025年12月31日    2025年1月1日至12月31日 (the year is printed once)

A month without a day (2025年1月) is no day, and nothing is guessed from it.
"""

import datetime
import re
from collections.abc import Iterable, Iterator

from extractors.model.amounts import Day
from extractors.model.document import Passage

_DAY_ENDS = "日号"
_NUMERALS = "〇○零一二三四五六七八九"
_VALUES = {"〇": 0, "○": 0, "零": 0} | {n: v for v, n in enumerate("一二三四五六七八九", start=1)}
_FORMS = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"),
    re.compile(
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)"
    ),
    re.compile(
        rf"(?P<year>[一二][{_NUMERALS}]{{3}})年(?P<month>[一二三四五六七八九十]{{1,2}})月"
        r"(?P<day>[一二三四五六七八九十]{1,3})日"
    ),
)
_LATER_DAY = re.compile(r"[-—–~至到起]{1,3}(?P<date>(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号])")
_BETWEEN = re.compile(r"[-—–~至到起]{1,3}")
_UNTIL = re.compile(r"之?(?:前|底|止)")
_FROM = re.compile(r"(?:起|开始)")


def days(passage: Passage) -> tuple[Day, ...]:
    """The days that a passage names, in their order, with their places."""
    found = (_day_of(passage, match) for match in _matches(passage))
    return tuple(day for day in found if day is not None)


def day_at_end(passage: Passage) -> Day | None:
    """The day that a passage ends with, a full stop aside."""
    ending = passage.plain.rstrip("。.")[-1:]
    if ending not in _DAY_ENDS and not ending.isdecimal():
        return None
    last = next(reversed(_matches(passage)), None)
    if last is None or passage.plain[last.end() :].strip("。."):
        return None
    return _day_of(passage, last)


def period(passage: Passage) -> tuple[Day | None, Day | None]:
    """The first and the last day of the period that a passage names; each None where it is not printed."""
    matches = _matches(passage)
    for first in matches:
        later = _LATER_DAY.match(passage.plain, first.end())
        if later is not None:
            end = _day(passage, later.span("date"), first["year"], later["month"], later["day"])
            return _day_of(passage, first), end
        between = _BETWEEN.match(passage.plain, first.end())
        second = next((m for m in matches if between is not None and m.start() == between.end()), None)
        if second is not None:
            return _day_of(passage, first), _day_of(passage, second)
    return _one_sided(passage, matches)


def _matches(passage: Passage) -> list[re.Match[str]]:
    found = (match for form in _FORMS for match in form.finditer(passage.plain))
    return sorted(found, key=lambda match: match.start())


def _one_sided(passage: Passage, matches: Iterable[re.Match[str]]) -> tuple[Day | None, Day | None]:
    """2025年12月31日前 has an end only, 2025年1月1日起 a start only."""
    for match in matches:
        if _UNTIL.match(passage.plain, match.end()):
            return None, _day_of(passage, match)
        if _FROM.match(passage.plain, match.end()):
            return _day_of(passage, match), None
    return None, None


def _day_of(passage: Passage, match: re.Match[str]) -> Day | None:
    return _day(passage, match.span(), match["year"], match["month"], match["day"])


def _day(passage: Passage, span: tuple[int, int], year: str, month: str, day: str) -> Day | None:
    """The day that is printed, or None where the calendar has none such (2025年2月30日)."""
    try:
        value = datetime.date(_year(year), _small(month), _small(day))
    except ValueError:
        return None
    start, end = span
    return Day(printed=passage.text[start:end], place=passage.evidence(start, end), value=value)


def _year(printed: str) -> int:
    return int("".join(str(_VALUES.get(c, c)) for c in printed))


def _small(printed: str) -> int:
    """A number up to 99: 12 or 十二."""
    if printed.isdecimal():
        return int(printed)
    if "十" not in printed:
        return sum(_digits(printed))
    tens, _, ones = printed.partition("十")
    return 10 * (sum(_digits(tens)) or 1) + sum(_digits(ones))


def _digits(printed: str) -> Iterator[int]:
    return (_VALUES[c] for c in printed)
