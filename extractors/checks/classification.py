"""Printed codes and names against the official classifications."""

from collections.abc import Iterator
from typing import NamedTuple

from extractors.checking.registry import Objection, inspection
from extractors.model.amounts import Text
from extractors.model.evidence import Match
from extractors.model.facts import BudgetTable, Disclosure, Row
from extractors.model.findings import Severity
from extractors.templates.classifications import Judged, Verdict, classification_of, folded

_CERTAIN = (Match.EXACT, Match.NORMALISED)


class _Line(NamedTuple):
    code: str
    name: Text
    judged: Judged


@inspection("wording/code-name", Severity.WARNING)
def code_name(disclosure: Disclosure) -> Iterator[Objection]:
    """科目编码与科目名称相符：所印名称不是另一编码的名称。"""
    lines = list(_lines(disclosure))
    agreeing = {line.code: line for line in reversed(lines) if line.judged.verdict is Verdict.AGREES}
    seen: set[tuple[str, str]] = set()
    for line in (line for line in lines if line.judged.verdict is Verdict.OTHER_CODE):
        right = agreeing.get(line.code)
        key = (line.code, folded(line.name.printed))
        if key in seen or not _is_certain(line.judged, right):
            continue
        seen.add(key)
        yield _objection(line, right)


def _is_certain(judged: Judged, right: _Line | None) -> bool:
    """Whether that the name is another code's does not rest on what we know alone.

    Either the document itself prints the code with its official name elsewhere, or both names were seen in
    print with their codes.
    """
    if judged.official is None:
        return False
    both_seen = judged.official.printed > 0 and any(owner.printed for owner in judged.owners)
    return right is not None or both_seen


def _objection(line: _Line, right: _Line | None) -> Objection:
    official = line.judged.official
    assert official is not None  # noqa: S101 - a certain judgement has one
    owners = "、".join(owner.code for owner in line.judged.owners)
    elsewhere = "，本文件别处也这样印" if right else ""
    return Objection(
        printed=f"{line.code} {line.name.printed}",
        expected=f"{line.code} {official.name}",
        why=f"“{line.name.printed}”是编码 {owners} 的名称；{line.code} 是“{official.name}”{elsewhere}。",
        evidence=(*line.name.place, *(right.name.place if right else ())),
    )


def _lines(disclosure: Disclosure) -> Iterator[_Line]:
    """The rows with a code, a year and a name that was read for certain; others are not comparable.

    The same line stands in many tables: the first stands for all.
    """
    year = disclosure.head.fiscal_year
    if year is None:
        return
    seen: set[tuple[str, str]] = set()
    for table in disclosure.tables:
        for code, name in _coded(table, seen):
            classification = classification_of(code)
            if classification is not None:
                yield _Line(code, name, classification.judge(code, name.printed, int(year.value)))


def _coded(table: BudgetTable, seen: set[tuple[str, str]]) -> Iterator[tuple[str, Text]]:
    """The codes with their names that were not seen before."""
    for block in table.blocks if not table.faults else ():
        for entry in block.entries:
            if entry.code is None or (key := (entry.code, entry.name)) in seen:
                continue
            name = _cell_of(table.rows[entry.row], entry.name)
            if name is not None and all(e.match in _CERTAIN for e in name.place):
                seen.add(key)
                yield entry.code, name


def _cell_of(row: Row, name: str) -> Text | None:
    """The cell that a name stands in."""
    for cell in row.cells if name else ():
        if cell is not None and cell.text.printed == name:
            return cell.text
    return None
