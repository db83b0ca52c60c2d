"""Compares an extraction with a truth: pure, JSON in, counts out.

`truth` is a `truth.json` (golden/README.md), `extraction` what `yusuan extract --json` prints.
"""

from bench.scoring.facts import score_facts
from bench.scoring.findings import score_findings
from bench.scoring.pages import Pages
from bench.scoring.pairing import Item
from bench.scoring.particulars import score_particulars
from bench.scoring.records import score_forms, score_projects, score_refs
from bench.scoring.tables import score_tables
from bench.scoring.tally import Report, Tally

__all__ = ["Item", "Pages", "Report", "Tally", "score"]


def score(extraction: Item, truth: Item, pages: Pages | None = None) -> Report:
    """Counts each part. With the words of the pages, evidence must hold just the printed text."""
    tables = score_tables(extraction, truth, pages)
    forms, indicators = score_forms(extraction, truth)
    findings = score_findings(extraction, truth)
    return Report(
        {
            "document": score_particulars(extraction, truth),
            "tables": tables.tables,
            "cells": tables.cells,
            "evidence": tables.evidence,
            "projects": score_projects(extraction, truth),
            "refs": score_refs(extraction, truth),
            "forms": forms,
            "indicators": indicators,
            "facts": score_facts(extraction, truth),
            "findings": findings.found,
            "rounding": findings.rounding,
            "alarms": findings.alarms,
        }
    )
