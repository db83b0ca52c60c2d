"""Findings against the contradictions that people found: those named, those missed, false alarms."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.scoring.pairing import Item
from bench.scoring.tally import Tally
from bench.scoring.text import likeness, numbers_in, squash

_LOUD = ("error", "warning")
_WORDS_ALIKE = 0.8
_PART_OF = 4
"""From how many characters on a printed text that is part of the other names the same place."""


@dataclass(slots=True)
class FindingTallies:
    """The three counts that the findings give."""

    found: Tally = field(default_factory=Tally)
    rounding: Tally = field(default_factory=Tally)
    alarms: Tally = field(default_factory=Tally)


def score_findings(extraction: Item, truth: Item) -> FindingTallies:
    """Certain contradictions found; rounding differences marked as such; errors and warnings for nothing."""
    tallies = FindingTallies()
    findings: Sequence[Item] = extraction.get("findings") or ()
    loud = [f for f in findings if f.get("severity") in _LOUD and not f.get("rounding_only")]
    quiet = [f for f in findings if f.get("rounding_only")]
    contradictions = [c for c in truth["inconsistencies"] if not c.get("rounding_only")]

    used: set[int] = set()
    for contradiction in contradictions:
        hit = next((k for k, f in enumerate(loud) if k not in used and names(contradiction, f)), None)
        if hit is not None:
            used.add(hit)
        if contradiction.get("certain", True):
            tallies.found.add(ok=hit is not None, miss=f"contradiction not found {_where(contradiction)}")
    differences = [c for c in truth["inconsistencies"] if c.get("rounding_only")]
    for difference in differences:
        marked = any(names(difference, finding) for finding in quiet)
        tallies.rounding.add(ok=marked, miss=f"rounding difference not marked {_where(difference)}")
    # One finding may name several differences: the same figure printed in several places.
    tallies.rounding.borne_out = sum(any(names(d, finding) for d in differences) for finding in quiet)
    for k, finding in enumerate(loud):
        justified = k in used or any(names(contradiction, finding) for contradiction in contradictions)
        message = f"false alarm [{finding.get('check')}] {squash(finding.get('message'))[:90]}"
        tallies.alarms.add(ok=justified, miss=message)
    tallies.found.given = tallies.alarms.given = len(loud)
    tallies.rounding.given = len(quiet)
    return tallies


def names(contradiction: Item, finding: Item) -> bool:
    """Whether a finding is about this contradiction: a page near it, and the same print or figures."""
    if not _is_near(contradiction.get("page"), finding):
        return False
    printed, given = squash(contradiction.get("printed")), squash(finding.get("printed"))
    if not printed or not given:
        return False
    return _is_same_print(printed, given) or _has_same_figures(contradiction, finding)


def _is_near(page: int | None, finding: Item) -> bool:
    evidence = finding.get("evidence") or ()
    places: Sequence[Item] = [evidence] if isinstance(evidence, dict) else evidence
    pages = {place.get("page") for place in places}
    return not page or not pages or any(p and abs(p - page) <= 1 for p in pages)


def _is_same_print(printed: str, given: str) -> bool:
    short, long = sorted((printed, given), key=len)
    is_part = len(short) >= _PART_OF and short in long
    return printed == given or is_part or likeness(printed, given) >= _WORDS_ALIKE


def _has_same_figures(contradiction: Item, finding: Item) -> bool:
    wanted, given = numbers_in(contradiction.get("printed")), numbers_in(finding.get("printed"))
    if not wanted or not given or not (wanted <= given or given <= wanted):
        return False
    if contradiction.get("kind") == finding.get("kind"):
        return True
    return bool(numbers_in(contradiction.get("expected")) & numbers_in(finding.get("expected")))


def _where(contradiction: Item) -> str:
    return (
        f"[{contradiction['kind']}] {squash(contradiction['where'])[:40]}: "
        f"{squash(contradiction['printed'])[:40]}"
    )
