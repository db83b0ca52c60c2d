"""Wording that contradicts itself or was left over: what code can tell without understanding it."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping

from extractors.checking.registry import Objection, inspection
from extractors.model.amounts import Text
from extractors.model.document import Passage
from extractors.model.evidence import Evidence
from extractors.model.facts import Disclosure
from extractors.model.findings import Severity
from extractors.model.plain import plain
from extractors.templates.wording import wording

_NOT_LATIN = {code: " " for code in range(128) if not chr(code).isalpha()}
_ACRONYM = re.compile(r"[A-Z]{3,6}")
_PAIR = re.compile(r"(?<![A-Za-z])([A-Z]{3,6})[/、,和及与](?=([A-Z]{3,6})(?![A-Za-z]))")
_AROUND = 6  # characters behind a word that show what it is about
_NEAR_YEARS = range(-3, 2)  # from the fiscal year: others are part of a name


@inspection("wording/lost-year", Severity.WARNING)
def lost_year(disclosure: Disclosure) -> Iterator[Objection]:
    """文件标题、项目名称中的年度后有“年”字。"""
    fiscal_year = disclosure.head.fiscal_year
    if fiscal_year is None:
        return
    near = {int(fiscal_year.value) + distance for distance in _NEAR_YEARS}
    for text in _titles(disclosure):
        found = wording().lost_year.search(plain(text.printed))
        if found is not None and int(found["year"]) in near:
            end = found.end("year")
            expected = f"{text.printed[:end]}年{text.printed[end:]}"
            yield Objection(
                printed=text.printed,
                expected=expected,
                why=f"“{text.printed}”：“{found['year']}”后疑缺“年”字。",
                evidence=text.place,
            )


@inspection("wording/leftover", Severity.WARNING)
def leftover(disclosure: Disclosure) -> Iterator[Objection]:
    """没有遗留模板中的填写提示、示例和占位符（XX）。"""
    document = disclosure.document
    words = [word for word in wording().leftover_words if word in document.plain]
    suspect = [p for p in document.passages if any(word in p.plain for word in words)] if words else ()
    for passage in suspect:
        for found in wording().leftover.finditer(passage.plain):
            printed = passage.text[found.start() : found.end()]
            yield Objection(
                printed=printed,
                expected="（应删去或填写）",
                why=f"“{printed}”是模板中的提示或占位符，未删去或未填写。",
                evidence=passage.evidence(*found.span()),
            )


@inspection("wording/subordinates", Severity.WARNING)
def subordinates(disclosure: Disclosure) -> Iterator[Objection]:
    """写明没有下属单位的，别处不再说“及下属单位”。"""
    first = next(_found(wording().no_subordinates, disclosure), None)
    if first is None or disclosure.overview.units:
        return
    none, said = first
    for passage, found in _found(wording().with_subordinates, disclosure):
        printed = passage.text[found.start() : found.end()]
        yield Objection(
            printed=printed,
            expected=none.text[said.start() : said.end()],
            why=f"“{printed}”：机构设置中写明“{none.text[said.start() : said.end()]}”。",
            evidence=(*passage.evidence(*found.span()), *none.evidence(*said.span())),
        )


@inspection("wording/acronym", Severity.WARNING)
def acronym(disclosure: Disclosure) -> Iterator[Objection]:
    """同一缩写（如 DRG）全文一致：只出现一次、与常见的只差中间一个字母、又与同一缩写并列的，疑为误印。"""
    meant = _misprints(_prose(disclosure))
    for text in _with_one(meant, disclosure) if meant else ():
        for word in _acronyms(plain(text.printed)):
            if word in meant:
                printed, expected = _in_context(text, word, meant[word])
                yield Objection(
                    printed=printed,
                    expected=expected,
                    why=f"“{word}”疑为“{meant[word]}”之误：别处都是“{meant[word]}”。",
                    evidence=_lines_with(text, word),
                )


@inspection("wording/spoilt", Severity.INFO)
def spoilt(disclosure: Disclosure) -> Iterator[Objection]:
    """“单位价值…万元以上”没有因“单位”替换为“部门”而成为“部门价值…万元以上”。"""
    for pattern, right in wording().spoilt:
        for passage, found in _found(pattern, disclosure):
            printed, expected = passage.text[found.start() : found.end()], found.expand(right)
            yield Objection(
                printed=printed,
                expected=expected,
                why=f"“{printed}”疑为“{expected}”之误。",
                evidence=passage.evidence(*found.span()),
            )


@inspection("wording/doubled-punctuation", Severity.INFO)
def doubled_punctuation(disclosure: Disclosure) -> Iterator[Objection]:
    """没有连续重复的标点。"""
    for passage, found in _found(wording().doubled_punctuation, disclosure):
        printed = passage.text[found.start() : found.end()]
        yield Objection(
            printed=printed,
            expected=printed[0],
            why=f"标点重复：“{printed}”。",
            evidence=passage.evidence(*found.span()),
        )


def _found(pattern: re.Pattern[str], disclosure: Disclosure) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Where a pattern that spans no lines is found; most are found nowhere, which all text at once shows."""
    for passage in disclosure.document.passages if pattern.search(disclosure.document.plain) else ():
        for found in pattern.finditer(passage.plain):
            yield passage, found


def _titles(disclosure: Disclosure) -> Iterator[Text]:
    """Titles of cited documents, and names of projects."""
    seen: set[str] = set()
    titles = (ref.title for ref in disclosure.policy_refs)
    names = (project.name for project in disclosure.projects)
    forms = (form.name for form in disclosure.indicator_tables)
    for text in (*titles, *names, *forms):
        if text is not None and text.printed not in seen:
            seen.add(text.printed)
            yield text


def _prose(disclosure: Disclosure) -> str:
    """Texts that a person wrote: paragraphs, goals and indicators of the forms; half-width, one a line."""
    in_forms = plain("\n".join([text.printed for text in _in_forms(disclosure)]))
    return f"{disclosure.document.plain}\n{in_forms}"


def _with_one(words: Collection[str], disclosure: Disclosure) -> Iterator[Text]:
    """The same texts with their places, those with one of the words in them."""
    for passage in disclosure.document.passages:
        if any(word in passage.plain for word in words):
            yield Text(printed=passage.text, place=passage.evidence(0, len(passage)))
    yield from _in_forms(disclosure)


def _in_forms(disclosure: Disclosure) -> Iterator[Text]:
    for form in disclosure.indicator_tables:
        texts = [form.goal, *(text for i in form.indicators for text in (i.level3, i.target))]
        yield from (text for text in texts if text is not None)


def _misprints(prose: str) -> Mapping[str, str]:
    """The acronyms that are printed once and are like just one that is usual, with that one."""
    counts = Counter(_acronyms(prose))
    once = [word for word in counts if counts[word] == 1]
    alike = {word: [o for o in counts if counts[o] > 1 and _is_misprint(word, o)] for word in once}
    beside = _beside(prose) if any(alike.values()) else {}
    usual = {
        word: [o for o in others if beside[word] & beside[o]] for word, others in alike.items() if others
    }
    return {word: others[0] for word, others in usual.items() if len(others) == 1}


def _acronyms(text: str) -> list[str]:
    """The words in Latin letters that are acronyms, in their order."""
    # A pattern looks at each of the ten thousand characters of a document, of which nearly all are Chinese.
    letters = text.encode("ascii", "replace").decode("ascii").translate(_NOT_LATIN)
    return [word for word in letters.split() if _ACRONYM.fullmatch(word)]


def _beside(prose: str) -> Mapping[str, set[str]]:
    """The acronyms that each is joined to somewhere, as in DRG/DIP: GDP and GEP are two things, not one."""
    beside: dict[str, set[str]] = defaultdict(set)
    for one, other in _PAIR.findall(prose):
        beside[one].add(other)
        beside[other].add(one)
    return beside


def _is_misprint(word: str, usual: str) -> bool:
    """One inner letter apart: DIG and DRG; not DIG and DIP, which end unlike."""
    if len(word) != len(usual) or word[0] != usual[0] or word[-1] != usual[-1]:
        return False
    return sum(a != b for a, b in zip(word, usual, strict=True)) == 1


def _in_context(text: Text, word: str, usual: str) -> tuple[str, str]:
    """The word with what is joined to it by strokes and the characters around it, as printed and as meant."""
    at = plain(text.printed).index(word)
    found = re.compile(r"[A-Za-z/]*").match(text.printed, at)
    end = found.end() if found else at + len(word)
    printed = text.printed[at : min(len(text.printed), end + _AROUND)]
    return printed, printed.replace(word, usual, 1)


def _lines_with(text: Text, word: str) -> tuple[Evidence, ...]:
    return tuple(line for line in text.place if word in plain(line.text)) or text.place
