"""Document numbers (文号) that contradict one another."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from extractors.checking.registry import Objection, inspection
from extractors.model.facts import Disclosure, PolicyRef
from extractors.model.findings import Severity
from extractors.policy_numbers import parse


@inspection("policy-ref/issuer", Severity.WARNING)
def issuer(disclosure: Disclosure) -> Iterator[Objection]:
    """同一年份、同一序号的文号，发文机关代字只差中间一字的，疑为误印。"""
    by_number: dict[tuple[int, int], list[tuple[str, PolicyRef]]] = defaultdict(list)
    issuers: Counter[str] = Counter()
    for ref in disclosure.policy_refs:
        number = parse(ref.canonical) if ref.canonical else None
        if number is not None:
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


def _is_misprint(code: str, usual: str) -> bool:
    """One inner character apart: the first tells the place, the last the department, and both may differ."""
    if len(code) != len(usual) or code[0] != usual[0] or code[-1] != usual[-1]:
        return False
    return sum(a != b for a, b in zip(code, usual, strict=True)) == 1
