"""Readings as they are stored, from disclosures written down in YAML (tests/disclosures.py)."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from extractors.checking.values import values_of
from extractors.model.evidence import Place
from extractors.model.extraction import Extraction
from extractors.model.findings import Decision, DecisionStatus, Judgement, Standing, Status
from extractors.report import ModelUse, extraction_of
from tests.disclosures import disclosure_of

_PROVEN = Standing(Status.ACCEPTED, Decimal(1), "proven-twice")
_OPEN = Standing(Status.REVIEW, Decimal(0), "unproven")


def reading_of(data: Mapping[str, Any], file_name: str) -> Extraction:
    """The reading of a disclosure: every value is proven but those whose print is under `doubted`."""
    disclosure = disclosure_of(data)
    digest = hashlib.sha256(f"{file_name}{data}".encode()).hexdigest()
    disclosure = replace(
        disclosure, document=replace(disclosure.document, sha256=digest, file_name=file_name)
    )
    doubted: Collection[str] = data.get("doubted", ())
    standings: dict[Place, Standing] = {
        value.read.place: _OPEN if value.read.printed in doubted else _PROVEN
        for value in values_of(disclosure)
    }
    decision = Decision(DecisionStatus.ACCEPTED, Decimal(1), ())
    return extraction_of(disclosure, Judgement((), (), standings, decision), (), ModelUse())
