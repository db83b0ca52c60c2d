"""A clerk's list of problems (问题台账): a row for each finding, of one reading or of many.

It works on the stored JSON, so that readings made by older versions can still be printed.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, NamedTuple

from extractors.model.errors import Language
from extractors.model.evidence import Box
from service.jobs.across import in_force
from service.jobs.batch import all_documents
from service.jobs.labels import label_of
from service.jobs.values import NEEDS_PERSON
from service.storage.database import Database
from service.storage.records import Json

_BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for the code page of the machine
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_HEADERS = {
    Language.ZH: ("单位", "页码", "表或段", "原文", "应为", "差额", "依据", "建议"),
    Language.EN: (
        "organisation",
        "pages",
        "table or section",
        "printed",
        "should be",
        "difference",
        "basis",
        "advice",
    ),
}
_ADVICE = {
    Language.ZH: {
        "rounding": "属尾差，可不改；必要时加注“因四舍五入存在尾差”。",
        "form": "属形式问题，统一写法。",
        "words": "对照原件核对，属误印的更正。",
        "doubt": "先对照原页核对读数；读数无误的，查明哪一处有误后更正。",
        "certain": "读数已有旁证；查明哪一处有误后更正。",
    },
    Language.EN: {
        "rounding": "Rounding: may stay; add a note where needed.",
        "form": "A matter of form: write it in one way.",
        "words": "Compare with the source; correct what is misprinted.",
        "doubt": "First compare the reading with the page; if it is right, find out which figure is wrong.",
        "certain": "The reading is confirmed: find out which figure is wrong and correct it.",
    },
}
_EXPLANATION = {
    Language.ZH: "若 {mends} 项不符同出一处，"
    "应是第 {page} 页的 {printed}（{label}）：改为 {expected} 即全部消除。",
    Language.EN: " If {mends} findings have one cause, "
    "it is {printed} on page {page} ({label}): {expected} mends them.",
}
_OF_THE_WHOLE = ("findings", "checks", "coverage", "gaps", "decision", "provenance", "alternatives")


class Problem(NamedTuple):
    """A row: `pages` from 1, `place` the tables or sections that take part, the rest as in the finding."""

    organisation: str
    pages: str
    place: str
    printed: str
    expected: str
    difference: str
    basis: str
    advice: str


class _Spot(NamedTuple):
    """What stands at a printed place: the table or section, and the status of the value if it is one."""

    part: str
    status: str | None


_Spots = dict[int, dict[Box, _Spot]]


def problems_of(extraction: Json, language: Language, *, every: bool = False) -> Iterator[Problem]:
    """The errors and warnings of a reading in their order; with `every` also matters of form and 尾差."""
    spots = _spots(extraction)
    head = extraction["document"]
    for found in extraction["findings"]:
        if every or found["severity"] != "info":
            at = [spot for place in found["evidence"] if (spot := _spot_at(place, spots))]
            yield Problem(
                organisation=head["issuer"] or head["file_name"],
                pages="、".join(dict.fromkeys(str(place["page"]) for place in found["evidence"])),
                place="；".join(dict.fromkeys(spot.part for spot in at if spot.part)),
                printed=found["printed"],
                expected=found["expected"],
                difference=found["difference"] or "",
                basis=found["basis"],
                advice=_ADVICE[language][_advice(found, at)] + _explanation(found, language),
            )


def stored_problems(database: Database, language: Language) -> Iterator[Problem]:
    """The errors and warnings of the newest reading of every stored document."""
    for document in all_documents(database):
        with database.reading() as work:
            run = in_force(work, document.id)
        if run is not None:
            yield from problems_of(run.extraction, language)


def write_problems(problems: Iterable[Problem], out: IO[str], language: Language) -> int:
    """Writes them as CSV that spreadsheets open as it is; the count."""
    out.write(_BYTE_ORDER_MARK)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEADERS[language])
    count = 0
    for problem in problems:
        writer.writerow(_plain(text) for text in problem)
        count += 1
    return count


def _plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula: what a document prints is not to be executed."""
    is_figure = text.removeprefix("-").replace(",", "").replace(".", "", 1).isdecimal()
    return f"'{text}" if text.startswith(_FORMULA_STARTS) and not is_figure else text


def _advice(found: Json, at: Iterable[_Spot]) -> str:
    if found["rounding_only"]:
        return "rounding"
    if found["severity"] == "info":
        return "form"
    if found["difference"] is None:
        return "words"
    statuses = {spot.status for spot in at}
    return "doubt" if not statuses or statuses & {None, *NEEDS_PERSON} else "certain"


def _explanation(found: Json, language: Language) -> str:
    """The one figure that explains several findings; readings made by older versions name none."""
    one = found.get("explained_by")
    return _EXPLANATION[language].format(**one, page=one["evidence"][0]["page"]) if one else ""


def _spots(extraction: Json) -> _Spots:
    """By page and box; what is read as part of a table, project or form before what only cites it."""
    spots: _Spots = defaultdict(dict)
    for name, part in _parts(extraction):
        for place, status in _places_in(part):
            spots[place["page"]].setdefault(Box(*place["bbox"]), _Spot(name, status))
    return spots


def _spot_at(place: Json, spots: _Spots) -> _Spot | None:
    """The value at a place; for words out of the middle of one, the value that they are part of."""
    box, on_page = Box(*place["bbox"]), spots.get(place["page"], {})
    return on_page.get(box) or next((spot for other, spot in on_page.items() if box.meets(other)), None)


def _parts(extraction: Json) -> Iterator[tuple[str, Any]]:
    """The parts of a document with what a clerk calls them; references that stand alone come last."""
    named: dict[str, Callable[[Json], str]] = {
        "tables": lambda part: part["title"],
        "projects": lambda part: f"项目“{part['name']}”",
        "indicator_tables": lambda part: f"绩效目标表“{part['name'] or part['title'] or part['scope']}”",
        "narrative_facts": lambda part: " ".join(filter(None, (part["section"], part["subsection"]))),
        "policy_refs": lambda part: part["where"],
    }
    for key, part in extraction.items():
        if key not in named and key not in _OF_THE_WHOLE:
            yield label_of(key), part
    for key, name_of in named.items():
        for part in extraction[key]:
            yield name_of(part), part


def _places_in(part: Any) -> Iterator[tuple[Json, str | None]]:
    """Every printed place in a part, with the status of the value that stands there."""
    if isinstance(part, dict):
        held = part.get("evidence")
        for place in held if isinstance(held, list | tuple) else filter(None, (held,)):
            yield place, part.get("status")
        for key, child in part.items():
            if key != "evidence":
                yield from _places_in(child)
    elif isinstance(part, list | tuple):
        for child in part:
            yield from _places_in(child)
