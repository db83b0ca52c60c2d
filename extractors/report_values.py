"""The pieces of an extraction that every part of it is made of: evidence, standings, plain values."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from extractors.model.amounts import Amount, Day, Read
from extractors.model.evidence import Evidence, Match, Place, Reader
from extractors.model.extraction import CellOut, PolicyRefOut
from extractors.model.extraction_parts import EvidenceOut, EvidenceRef, FieldOut, MatchName, StatusName
from extractors.model.facts import PolicyRef, TableCell
from extractors.model.findings import Standing, Status

Standings = Mapping[Place, Standing]
"""The gate's word on each value, by its place."""

# The values of enums are looked up in Python: here once, and not for each of thousands of values.
_STATUSES: Mapping[Status, StatusName] = {status: status.value for status in Status}
_MATCHES: Mapping[Match, MatchName] = {match: match.value for match in Match}
_READERS = {reader: reader.value for reader in Reader}
_NOT_FOUND = Match.NOT_FOUND

_UNJUDGED = Standing(Status.REVIEW, Decimal(0), "not-found", "在原文中找不到这段文字")


def decimal_string(value: Decimal) -> str:
    """A decimal as plain digits, never with an exponent."""
    digits = str(value)  # a third of what a format takes, and the same for figures as they are printed
    return f"{value:f}" if "E" in digits else digits


def evidence_out(evidence: Evidence) -> EvidenceOut:
    """One place of print."""
    page, box, text, match, _ = evidence
    return EvidenceOut(page, box, text, _MATCHES[match])


def place_out(place: Place) -> EvidenceRef:
    """One place as an object, several as a list; a quote that was not found has none."""
    if len(place) == 1:  # as most have
        page, box, text, match, _ = place[0]
        if match is not _NOT_FOUND:
            return EvidenceOut(page, box, text, _MATCHES[match])
    found = [evidence_out(evidence) for evidence in place if evidence.match is not _NOT_FOUND]
    if not found:
        return None
    return found[0] if len(found) == 1 else tuple(found)


def field_out(read: Read, standings: Standings) -> FieldOut:
    """The standing of one value: its place, its reader and the gate's word on it."""
    standing = standings.get(read.place, _UNJUDGED)
    return FieldOut(
        place_out(read.place),
        _STATUSES[standing.status],
        standing.as_float,
        _READERS[read.reader],
        standing.tier,
        standing.reason,
    )


def told(reads: Iterable[tuple[str, Read | None]], standings: Standings) -> dict[str, Any]:
    """The keys of an object whose values were read: their plain values, and `fields` with their standings.

    What was not read has no key: the object's own default says so.
    """
    keys: dict[str, Any] = {}
    fields: dict[str, FieldOut] = {}
    for key, read in reads:
        if read is not None:
            keys[key] = plain_value(read)
            fields[key] = field_out(read, standings)
    keys["fields"] = fields
    return keys


def told_of(thing: object, names: Iterable[str], standings: Standings) -> dict[str, Any]:
    """The same of the attributes of a thing that have these names."""
    return told([(name, getattr(thing, name)) for name in names], standings)


def fields_out(reads: Mapping[str, Read | None], standings: Standings) -> dict[str, FieldOut]:
    """The standings of an object's values by their keys."""
    return {key: field_out(read, standings) for key, read in reads.items() if read is not None}


def cell_out(cell: TableCell, standings: Standings) -> CellOut:
    """A printed cell of a table, with the standing of its figure, or of its text where it holds none."""
    text, amount = cell.text, cell.amount
    read: Read = text
    value = in_yuan = None
    if amount is not None:
        read = amount
        value = decimal_string(amount.value)
        in_yuan = decimal_string(amount.in_base) if amount.unit is not None else None
    place = read.place
    standing = standings.get(place, _UNJUDGED)
    return CellOut(
        place_out(place),
        _STATUSES[standing.status],
        standing.as_float,
        _READERS[read.reader],
        standing.tier,
        standing.reason,
        text.printed,
        value,
        in_yuan,
    )


def plain_value(read: Read | None) -> str | None:
    """The plain value of a read: digits of a figure, ISO form of a day, else what is printed."""
    if read is None:
        return None
    if isinstance(read, Amount):
        return decimal_string(read.value)
    if isinstance(read, Day):
        return read.value.isoformat()
    return read.printed


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
