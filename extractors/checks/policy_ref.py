"""Document numbers (文号) that contradict one another."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from extractors.checking.registry import Objection, inspection
from extractors.model.facts import Disclosure, PolicyRef
from extractors.model.findings import Severity
from extractors.model.plain import plain
from extractors.policy_numbers import PolicyNumber, parse
from extractors.templates.wording import wording

_YEAR = re.compile(r"〔(\d+)〕")


@inspection("policy-ref/issuer", Severity.WARNING)
def issuer(disclosure: Disclosure) -> Iterator[Objection]:
    """同一年份、同一序号的文号，发文机关代字只差中间一字的，疑为误印。"""
    by_number: dict[tuple[int, int], list[tuple[str, PolicyRef]]] = defaultdict(list)
    issuers: Counter[str] = Counter()
    for ref, number in _numbered(disclosure):
        by_number[number.year, number.serial].append((number.issuer, ref))
        issuers[number.issuer] += 1
    for refs in by_number.values():
        usual = max((code for code, _ in refs), key=issuers.__getitem__)
        for code, ref in refs:
            if _is_misprint(code, usual) and issuers[code] < issuers[usual]:
                expected = (ref.canonical or "").replace(code, usual)
                yield Objection(
                    printed=ref.printed.printed,
                    expected=expected,
                    why=f"文号“{ref.printed.printed}”疑为“{expected}”之误：别处同号文件的机关代字是“{usual}”。",
                    evidence=ref.printed.place,
                )


@inspection("policy-ref/titles", Severity.WARNING)
def titles(disclosure: Disclosure) -> Iterator[Objection]:
    """同一文号的文件标题一致。"""
    by_number: dict[str, dict[str, PolicyRef]] = defaultdict(dict)
    for ref in disclosure.policy_refs:
        if ref.canonical and ref.title is not None:
            by_number[ref.canonical].setdefault(plain(ref.title.printed), ref)
    for number, found in by_number.items():
        first, *others = found.values()
        for other in others:
            assert first.title is not None and other.title is not None  # noqa: S101, PT018 - kept by title
            printed, expected = _matter(first.title.printed), _matter(other.title.printed)
            yield Objection(
                printed=printed,
                expected=expected,
                why=f"{number}的标题印为“{first.title.printed}”，另一处印为“{other.title.printed}”。",
                evidence=(*first.title.place, *other.title.place),
            )


@inspection("policy-ref/year", Severity.WARNING)
def year(disclosure: Disclosure) -> Iterator[Objection]:
    """文号的年份不晚于文件公布的年份（没有公布日期的，不晚于预算年度；决算不晚于次年）。"""
    latest = _latest_year(disclosure)
    if latest is None or not any(_may_be_later(ref, latest) for ref in disclosure.policy_refs):
        return
    for ref, number in _numbered(disclosure):
        if number.year > latest:
            yield Objection(
                printed=ref.printed.printed,
                expected=f"不晚于 {latest} 年",
                why=f"文号“{ref.printed.printed}”的年份晚于本文件（{latest} 年）。",
                evidence=ref.printed.place,
            )


@inspection("policy-ref/form", Severity.INFO)
def form(disclosure: Disclosure) -> Iterator[Objection]:
    """文号的形式符合 GB/T 9704：机关代字〔年份〕序号号。"""
    seen: set[str] = set()
    for ref in disclosure.policy_refs:
        printed = ref.printed.printed
        if ref.canonical is None or printed == ref.canonical or printed in seen or parse(printed) is None:
            continue
        seen.add(printed)
        yield Objection(
            printed=printed,
            expected=ref.canonical,
            why=f"文号“{printed}”的规范形式是“{ref.canonical}”。",
            evidence=ref.printed.place,
        )


def _numbered(disclosure: Disclosure) -> Iterator[tuple[PolicyRef, PolicyNumber]]:
    """The references whose number is well formed; many are printed twice, and read apart once."""
    known = {ref.canonical for ref in disclosure.policy_refs if ref.canonical}
    numbers = {canonical: parse(canonical) for canonical in known}
    for ref in disclosure.policy_refs:
        number = numbers.get(ref.canonical or "")
        if number is not None:
            yield ref, number


def _may_be_later(ref: PolicyRef, year: int) -> bool:
    """Whether a number in its standard form, 新财社〔2024〕181号, is of a later year."""
    found = _YEAR.search(ref.canonical) if ref.canonical else None
    return found is not None and int(found[1]) > year


def _latest_year(disclosure: Disclosure) -> int | None:
    head = disclosure.head
    if head.published_on is not None:
        return head.published_on.value.year
    if head.fiscal_year is None:
        return None
    is_final = head.kind is not None and "决算" in head.kind.printed
    return int(head.fiscal_year.value) + (1 if is_final else 0)


def _matter(title: str) -> str:
    """What a notice is about: 关于提前下达2025年中央财政…资金预算的通知, without the formula around it."""
    found = wording().title_opening.match(plain(title))
    inner = title[found.end() :] if found else title
    ending = wording().title_ending.search(plain(inner))
    return (inner[: ending.start()] if ending else inner) or title


def _is_misprint(code: str, usual: str) -> bool:
    """One inner character apart: the first tells the place, the last the department, and both may differ."""
    if len(code) != len(usual) or code[0] != usual[0] or code[-1] != usual[-1]:
        return False
    return sum(a != b for a, b in zip(code, usual, strict=True)) == 1
