"""Replies made of what the built-in reader read: a model that agrees with it in everything."""

import json
import re
from collections.abc import Iterator
from typing import Any

from extractors.checking.values import FACT_FIGURES
from extractors.model.amounts import Amount, Read, Text
from extractors.model.facts import Disclosure, NarrativeFact, Project
from extractors.tasks.task import Piece, Unit
from tests.tasks.scripted import nothing_said

_KEYS = {**{name: name for name in FACT_FIGURES}, "previous_amount": "previous"}
_KEYS |= {"budget_amount": "budget", "completion_pct": "completion"}
_WORDS = {"change": "change", "stated_direction": "direction", "absence": "absence", "reason": "reason"}


def echo(section: str, piece: Piece, disclosure: Disclosure) -> str:
    """The reply to a piece."""
    makes: dict[str, Any] = {
        "narrative": ("parts", _statements),
        "other_matters": ("parts", _statements),
        "overview": ("parts", _overview),
        "projects": ("projects", _projects),
    }
    if section not in makes:
        return nothing_said(section, piece.text)
    key, make = makes[section]
    return json.dumps({key: list(make(piece, disclosure))}, ensure_ascii=False)


def _numbered(piece: Piece) -> Iterator[tuple[int, Unit]]:
    return enumerate(piece.units, start=1)


def _statements(piece: Piece, disclosure: Disclosure) -> Iterator[dict[str, Any]]:
    for number, unit in _numbered(piece):
        facts = [f for f in disclosure.narrative_facts if _anchor(f) and unit.meets(_anchor(f))]
        yield {"n": number, "facts": [_fact(fact, unit) for fact in facts]}


def _anchor(fact: NarrativeFact) -> Any:
    """Where the fact is stated: its first figure, else its words."""
    reads = (getattr(fact, name) for name in (*FACT_FIGURES, "absence", "change"))
    return next((read.place for read in reads if read is not None), ())


def _fact(fact: NarrativeFact, unit: Unit) -> dict[str, str]:
    said = {"subject": _own(fact.subject, unit)}
    for name in FACT_FIGURES:
        amount: Amount | None = getattr(fact, name)
        if amount is not None:
            said[_KEYS[name]] = amount.printed + (amount.unit or "")
    for name, key in _WORDS.items():
        text: Text | None = getattr(fact, name)
        if text is not None:
            said[key] = _printed(text)
    return said


def _own(subject: Text, unit: Unit) -> str:
    """A part's name without its whole's: 三公经费/公务接待费; 价值 of 车辆价值, which is not printed so."""
    own = subject.printed.rpartition("/")[2]
    if own in unit.passage.text:
        return own
    return next((e.text for e in reversed(subject.place) if own.endswith(e.text)), own)


def _printed(read: Read) -> str:
    return "".join(e.text for e in read.place)


def _overview(piece: Piece, disclosure: Disclosure) -> Iterator[dict[str, Any]]:
    overview, staffing = disclosure.overview, disclosure.staffing
    for number, unit in _numbered(piece):
        counts = [
            {"label": label, "count": count.printed}
            for label, count in staffing.counts.items()
            if unit.meets(count.place) and label in unit.passage.text
        ]
        yield {
            "n": number,
            "about": "duty" if any(unit.meets(text.place) for text in overview.functions) else "organisation",
            "offices": [text.printed for text in overview.offices if unit.meets(text.place)],
            "units": [text.printed for text in overview.units if unit.meets(text.place)],
            "counts": counts,
        }


def _projects(piece: Piece, disclosure: Disclosure) -> Iterator[dict[str, Any]]:
    for number, unit in _numbered(piece):
        (project,) = (p for p in disclosure.projects if unit.meets(p.name.place))
        yield {"n": number, **_project(project, unit)}


def _project(project: Project, unit: Unit) -> dict[str, Any]:
    def quote(read: Read | None, unit_of: str = "") -> dict[str, str] | None:
        if read is None:
            return None
        text, printed = unit.passage.text, read.printed + unit_of
        starts = (found.start() for found in re.finditer(re.escape(printed), text))
        for start in starts:
            if unit.passage.evidence(start, start + len(read.printed)) == read.place:
                return {"before": text[max(0, start - 6) : start], "printed": printed}
        return None

    amount = project.amount
    return {
        "name": quote(project.name),
        "policy_basis": quote(project.policy_basis),
        "policy_refs": [{"number": ref.printed.printed} for ref in project.policy_refs if ref.canonical],
        "amount": quote(amount, (amount.unit or "") if amount else ""),
        "responsible": quote(project.responsible),
        "allocation": quote(project.allocation),
        "execution": quote(project.execution_text),
    }
