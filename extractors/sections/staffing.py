"""机构设置及人员情况: how many posts and people, by their printed label, and how they changed.

    和静县医疗保障局编制数18，实有人数20人，其中：在职17人，减少1人；退休3人，增加0人；离休0人，增加0人。
    本部门人员编制21名，其中：行政编制6名、事业编制15名；实有在职人员20人，其中：行政8人，事业12人。
    单位管理的退休人员（机关事业养老统筹基金发放养老金）7人
    编制人数18人，实有人员20人      行政编制 5人、事业编制 6人

Several paragraphs may count (an office of the department, the department): the one with the most labels
is believed first, the others add the labels that it lacks.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from extractors.model.amounts import Amount, parse_decimal
from extractors.model.document import Document, Passage
from extractors.model.facts import Disclosure, Staffing
from extractors.registry import section_reader
from extractors.templates.sections import find

_PERSONS = "人"


@dataclass(frozen=True)
class Vocabulary:
    """The forms of `staffing.toml`: what each announces, and the pattern of a count with its change."""

    labels: Mapping[str, tuple[str, ...]]
    increase: frozenset[str]
    count: re.Pattern[str]


@cache
def vocabulary() -> Vocabulary:
    """The printed forms of staff counts."""
    text = resources.files("extractors.templates").joinpath("staffing.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    labels: dict[str, tuple[str, ...]] = {}
    for label, forms in data["labels"].items():
        for form in forms:
            labels[form] = (*labels.get(form, ()), label)
    return Vocabulary(labels, frozenset(data["words"]["increase"]), _pattern(labels, data["words"]))


def _pattern(forms: Iterable[str], words: Mapping[str, list[str]]) -> re.Pattern[str]:
    """A form, its number, and the change that may follow it."""
    units, any_form = _any_of(words["units"]), _any_of(forms)
    # What is counted ends there, so that 现有2名副局长 is no count of people; 行政编制5人事业编制6人 are two.
    clause_end = rf"(?=$|[,;:。；、()]|其中|较|比|与|增|减|{any_form})"
    number = rf"(?P<count>\d+)(?:(?P<unit>{units}){clause_end}|(?=$|[,;。；、)]))"
    change = (
        rf"(?:[,;(]?(?:{_any_of(words['compared'])})?"
        rf"(?P<direction>{_any_of(words['increase'] + words['decrease'])})了?(?P<change>\d+)(?:{units}))?"
    )
    return re.compile(
        rf"(?P<form>{any_form})(?:{_any_of(words['suffixes'])})?(?:\([^()]*\))?"
        rf"(?:{_any_of(words['verbs'])})?{number}{change}"
    )


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@section_reader("staffing")
def staffing(disclosure: Disclosure) -> Disclosure:
    """Fills `staffing`."""
    counts: dict[str, Amount] = {}
    changes: dict[str, Amount] = {}
    for passage in sorted(_paragraphs(disclosure.document), key=lambda p: -len(_labels(p))):
        for match in vocabulary().count.finditer(passage.plain):
            for label in vocabulary().labels[match["form"]]:
                _add(passage, match, label, counts, changes)
    return replace(disclosure, staffing=Staffing(counts, changes))


def _paragraphs(document: Document) -> Iterator[Passage]:
    for section in find(document, "staffing"):
        yield section.heading
        yield from section.paragraphs


def _labels(passage: Passage) -> frozenset[str]:
    """The labels that a paragraph counts."""
    found = vocabulary().count.finditer(passage.plain)
    return frozenset(label for match in found for label in vocabulary().labels[match["form"]])


def _add(
    passage: Passage,
    match: re.Match[str],
    label: str,
    counts: dict[str, Amount],
    changes: dict[str, Amount],
) -> None:
    """Adds a count and its change, unless the label has one."""
    if label in counts:
        return
    counts[label] = _persons(passage, match.span("count"), 1)
    if match["change"] is not None:
        sign = 1 if match["direction"] in vocabulary().increase else -1
        changes[label] = _persons(passage, match.span("change"), sign)


def _persons(passage: Passage, span: tuple[int, int], sign: int) -> Amount:
    start, end = span
    value = parse_decimal(passage.plain[start:end])
    assert value is not None  # noqa: S101 - the pattern takes digits only
    return Amount(
        printed=passage.text[start:end],
        place=passage.evidence(start, end),
        value=sign * value,
        unit=_PERSONS,
    )
