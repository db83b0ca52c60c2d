"""The pieces of an extraction that every part of it is made of: evidence, standings, plain values."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from extractors.model.amounts import Amount, Day, Read
from extractors.model.evidence import Evidence, Match, Place
from extractors.model.extraction import EvidenceOut, EvidenceRef, FieldOut, PolicyRefOut
from extractors.model.facts import PolicyRef
from extractors.model.findings import Standing, Status

Standings = Mapping[Place, Standing]
"""The gate's word on each value, by its place."""

_UNJUDGED = Standing(Status.REVIEW, Decimal(0), "not-found", "在原文中找不到这段文字")


def decimal_string(value: Decimal) -> str:
    """A decimal as plain digits, never with an exponent."""
    return f"{value:f}"


def evidence_out(evidence: Evidence) -> EvidenceOut:
    """One place of print."""
    return EvidenceOut(page=evidence.page, bbox=evidence.box, text=evidence.text, match=evidence.match.value)


def place_out(place: Place) -> EvidenceRef:
    """One place as an object, several as a list; a quote that was not found has none."""
    found = [evidence_out(e) for e in place if e.match is not Match.NOT_FOUND]
    if not found:
        return None
    return found[0] if len(found) == 1 else tuple(found)


def standing_out(read: Read, standings: Standings) -> dict[str, Any]:
    """A value's place, reader and the gate's word on it."""
    standing = standings.get(read.place, _UNJUDGED)
    return {
        "evidence": place_out(read.place),
        "status": str(standing.status),
        "confidence": float(standing.confidence),
        "reader": str(read.reader),
        "tier": standing.tier,
        "reason": standing.reason,
    }


def field_out(read: Read, standings: Standings) -> FieldOut:
    """The standing of one value."""
    return FieldOut(**standing_out(read, standings))


def fields_out(reads: Mapping[str, Read | None], standings: Standings) -> dict[str, FieldOut]:
    """The standings of an object's values by their keys."""
    return {key: field_out(read, standings) for key, read in reads.items() if read is not None}


def plain_value(read: Read | None) -> str | None:
    """The plain value of a read: digits of a figure, ISO form of a day, else what is printed."""
    if isinstance(read, Amount):
        return decimal_string(read.value)
    if isinstance(read, Day):
        return read.value.isoformat()
    return read.printed if read is not None else None


def ref_out(ref: PolicyRef) -> PolicyRefOut:
    """A cited policy document."""
    return PolicyRefOut(
        title=plain_value(ref.title),
        printed=ref.printed.printed,
        canonical=ref.canonical,
        suspect=ref.suspect,
        where=ref.where,
        evidence=place_out(ref.printed.place),
    )
