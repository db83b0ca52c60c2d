"""Stored documents beside their relatives: last year's, the budget of the year, the department's.

A reading says what one document prints, whatever else is stored; so what it is beside others is kept apart
from it, and made anew when one of the two is read.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from extractors import across
from extractors.checking.across import Comparison as Found
from extractors.checking.across import all_across, compare
from extractors.model.errors import MissingFile
from extractors.model.extraction import Extraction
from extractors.relatives import relatives_of
from service.jobs.errors import NotAReading
from service.storage.database import Work
from service.storage.records import Comparison, Json, Run


def compared(ours: Extraction, others: Iterable[Extraction]) -> tuple[Found, ...]:
    """A reading beside each of its relatives among others; nothing where it has none."""
    checks = all_across(across)
    return tuple(compare(checks, ours, relative) for relative in relatives_of(ours, others))


def with_findings(extraction: Json, findings: Iterable[Json]) -> Json:
    """An extraction with findings of what it is beside others, behind its own."""
    return {**extraction, "findings": [*extraction["findings"], *findings]}


def readings_in(path: Path) -> tuple[Extraction, ...]:
    """The extractions in a file, one or one after another. Raises `MissingFile` or `NotAReading`."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise MissingFile(name=path) from error
    except UnicodeDecodeError as error:
        raise NotAReading(name=path) from error
    try:
        return tuple(Extraction.model_validate(content) for content in _contents(text))
    except (json.JSONDecodeError, ValidationError) as error:
        raise NotAReading(name=path) from error


def _contents(text: str) -> Iterator[object]:
    decoder, at = json.JSONDecoder(), 0
    while text[at:].strip():
        at += len(text[at:]) - len(text[at:].lstrip())
        content, at = decoder.raw_decode(text, at)
        yield content


def beside(extraction: Json, others: Iterable[Extraction]) -> Json:
    """An extraction with what is found beside its relatives among others."""
    found = compared(Extraction.model_validate(extraction), others)
    findings = [finding.model_dump(mode="json") for one in found for finding in one.findings]
    return with_findings(extraction, findings)


def in_force(work: Work, document_id: int) -> Run | None:
    """The reading in force of a document, with what was found beside its relatives."""
    run = work.runs.latest(document_id)
    if run is None:
        return None
    findings = [finding for one in work.comparisons.of(document_id) for finding in one.findings]
    return replace(run, extraction=with_findings(run.extraction, findings)) if findings else run


def compare_anew(work: Work, document_id: int) -> None:
    """Compares a document, and those that have it for a relative, as they are stored now."""
    near = {run.document_id for run in work.runs.near(document_id)}
    concerned = sorted({document_id, *near, *work.comparisons.with_relative(document_id)})
    work.documents.hold(concerned)
    for one in concerned:
        work.comparisons.replace(one, _beside_relatives(work, one))


def _beside_relatives(work: Work, document_id: int) -> tuple[Comparison, ...]:
    run = work.runs.latest(document_id)
    if run is None:
        return ()
    others = {other.document_id: _reading(other) for other in work.runs.near(document_id)}
    ids = {reading.document.sha256: id_ for id_, reading in others.items()}
    return tuple(
        Comparison(
            document_id=document_id,
            relative_id=ids[found.relative.sha256],
            kinship=found.kinship.value,
            verdicts={verdict.value: count for verdict, count in found.verdicts.items()},
            findings=tuple(finding.model_dump(mode="json") for finding in found.findings),
        )
        for found in compared(_reading(run), others.values())
    )


def _reading(run: Run) -> Extraction:
    return Extraction.model_validate(run.extraction)
