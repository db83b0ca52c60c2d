"""Facts and conclusions as an `Extraction`: the shape that the outside relies on. Nothing is decided here."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib.metadata import version
from typing import Any

from extractors.checking.values import FACT_FIGURES, FACT_TEXTS, HEAD_FIELDS, PROJECT_TEXTS
from extractors.model.amounts import Amount, Day, Read
from extractors.model.evidence import Evidence, Match, Place
from extractors.model.extraction import (
    AllocationItemOut,
    CellOut,
    ChecksOut,
    CoverageOut,
    DecisionOut,
    DocumentOut,
    EvidenceOut,
    EvidenceRef,
    Extraction,
    FieldOut,
    FindingOut,
    GapOut,
    LlmUseOut,
    NarrativeFactOut,
    OverviewOut,
    PolicyRefOut,
    ProjectOut,
    ProvenanceOut,
    RowOut,
    TableOut,
)
from extractors.model.facts import BudgetTable, Disclosure, NarrativeFact, PolicyRef, Project, TableCell
from extractors.model.findings import Finding, Gap, Judgement, Standing, Status, TieOut, Verdict

_UNJUDGED = Standing(Status.REVIEW, Decimal(0), "not-found", "在原文中找不到这段文字")
_Standings = Mapping[Place, Standing]


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What a model contributed: its name, the prompts used (section to version), calls and tokens."""

    model: str | None = None
    prompts: Mapping[str, str] | None = None
    calls: int = 0
    cached_calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0


def extraction_of(
    disclosure: Disclosure, judgement: Judgement, gaps: Sequence[Gap], use: ModelUse
) -> Extraction:
    """The whole document, read and judged."""
    standings = judgement.standings
    return Extraction(
        document=_document(disclosure, standings),
        overview=_overview(disclosure, standings),
        staffing=_counts(disclosure.staffing.counts, standings),
        staffing_change=_counts(disclosure.staffing.changes, standings),
        tables=tuple(_table(table, standings) for table in disclosure.tables),
        projects=tuple(_project(project, standings) for project in disclosure.projects),
        policy_refs=tuple(_ref(ref) for ref in disclosure.policy_refs),
        narrative_facts=tuple(_fact(fact, standings) for fact in disclosure.narrative_facts),
        findings=tuple(_finding(finding) for finding in judgement.findings),
        checks=_checks(judgement),
        coverage=_coverage(disclosure, judgement.tie_outs),
        gaps=tuple(GapOut(section=gap.section, page=gap.page, reason=gap.reason) for gap in gaps),
        decision=DecisionOut(
            status=judgement.decision.status.value,
            confidence=float(judgement.decision.confidence),
            reasons=judgement.decision.reasons,
        ),
        provenance=_provenance(use),
    )


def decimal_string(value: Decimal) -> str:
    """A decimal as plain digits, never with an exponent."""
    return f"{value:f}"


def _evidence(evidence: Evidence) -> EvidenceOut:
    return EvidenceOut(page=evidence.page, bbox=evidence.box, text=evidence.text, match=evidence.match.value)


def _place(place: Place) -> EvidenceRef:
    """One place as an object, several as a list; a quote that was not found has none."""
    found = tuple(_evidence(e) for e in place if e.match is not Match.NOT_FOUND)
    if not found:
        return None
    return found[0] if len(found) == 1 else found


def _standing(read: Read, standings: _Standings) -> dict[str, Any]:
    standing = standings.get(read.place, _UNJUDGED)
    return {
        "evidence": _place(read.place),
        "status": standing.status.value,
        "confidence": float(standing.confidence),
        "reader": read.reader.value,
        "tier": standing.tier,
        "reason": standing.reason,
    }


def _field(read: Read, standings: _Standings) -> FieldOut:
    return FieldOut(**_standing(read, standings))


def _fields(reads: Mapping[str, Read | None], standings: _Standings) -> dict[str, FieldOut]:
    return {key: _field(read, standings) for key, read in reads.items() if read is not None}


def _plain(read: Read | None) -> str | None:
    """The plain value of a read: digits of a figure, ISO form of a day, else what is printed."""
    if isinstance(read, Amount):
        return decimal_string(read.value)
    if isinstance(read, Day):
        return read.value.isoformat()
    return read.printed if read is not None else None


def _document(disclosure: Disclosure, standings: _Standings) -> DocumentOut:
    document, head = disclosure.document, disclosure.head
    reads = {name: getattr(head, name) for name in HEAD_FIELDS}
    plain: dict[str, Any] = {name: _plain(read) for name, read in reads.items()}
    plain["fiscal_year"] = int(head.fiscal_year.value) if head.fiscal_year else None
    return DocumentOut(
        sha256=document.sha256,
        file_name=document.file_name,
        pages=len(document.pages),
        page_sizes=tuple((round(p.width, 2), round(p.height, 2), p.rotation) for p in document.pages),
        fields=_fields(reads, standings),
        **plain,
    )


def _overview(disclosure: Disclosure, standings: _Standings) -> OverviewOut:
    overview = disclosure.overview
    parts = {"functions": overview.functions, "offices": overview.offices, "units": overview.units}
    reads: dict[str, Read | None] = {
        f"{k}/{i}": text for k, texts in parts.items() for i, text in enumerate(texts)
    }
    plain = {key: tuple(text.printed for text in texts) for key, texts in parts.items()}
    return OverviewOut(fields=_fields(reads, standings), **plain)


def _counts(counts: Mapping[str, Amount], standings: _Standings) -> dict[str, int | dict[str, FieldOut]]:
    if not counts:
        return {}
    plain: dict[str, int | dict[str, FieldOut]] = {label: int(count.value) for label, count in counts.items()}
    return {**plain, "fields": _fields(counts, standings)}


def _table(table: BudgetTable, standings: _Standings) -> TableOut:
    return TableOut(
        number=_plain(table.number),
        title=table.title.printed,
        kind=table.kind,
        unit=table.unit,
        pages=table.pages,
        is_empty=table.is_empty,
        empty_note=_plain(table.note) if table.is_empty else None,
        sound="; ".join(table.faults) if table.faults else True,
        columns=tuple(column.name for column in table.columns),
        rows=tuple(
            RowOut(
                code=row.code,
                name=row.name,
                level=row.level.value,
                cells=tuple(_cell(cell, standings) if cell else None for cell in row.cells),
            )
            for row in table.rows
        ),
    )


def _cell(cell: TableCell, standings: _Standings) -> CellOut:
    amount = cell.amount
    in_yuan = amount is not None and amount.unit is not None
    return CellOut(
        text=cell.text.printed,
        value=_plain(amount),
        value_yuan=decimal_string(amount.in_base) if amount is not None and in_yuan else None,
        **_standing(amount or cell.text, standings),
    )


def _ref(ref: PolicyRef) -> PolicyRefOut:
    return PolicyRefOut(
        title=_plain(ref.title),
        printed=ref.printed.printed,
        canonical=ref.canonical,
        suspect=ref.suspect,
        where=ref.where,
        evidence=_place(ref.printed.place),
    )


def _project(project: Project, standings: _Standings) -> ProjectOut:
    reads: dict[str, Read | None] = {
        name: getattr(project, name) for name in (*PROJECT_TEXTS, "amount", "start", "end")
    }
    plain: dict[str, Any] = {name: _plain(read) for name, read in reads.items()}
    return ProjectOut(
        fields=_fields(reads, standings),
        unit=project.amount.unit if project.amount else None,
        policy_refs=tuple(_ref(ref) for ref in project.policy_refs),
        allocation_items=tuple(
            AllocationItemOut(
                item=item.item.printed,
                amount=decimal_string(item.amount.value),
                unit=item.amount.unit,
                fields=_fields({"item": item.item, "amount": item.amount}, standings),
            )
            for item in project.allocation_items
        ),
        **plain,
    )


def _fact(fact: NarrativeFact, standings: _Standings) -> NarrativeFactOut:
    keys = {**FACT_TEXTS, **FACT_FIGURES}
    reads: dict[str, Read | None] = {key: getattr(fact, name) for name, key in keys.items()}
    plain: dict[str, Any] = {key: _plain(read) for key, read in reads.items()}
    return NarrativeFactOut(
        section=fact.section,
        subsection=fact.subsection,
        item=fact.item,
        unit=_unit(fact),
        fields=_fields(reads, standings),
        **plain,
    )


def _unit(fact: NarrativeFact) -> str | None:
    return next(
        (a.unit for a in (fact.amount, fact.change_amount, fact.budget_amount) if a is not None), None
    )


def _finding(finding: Finding) -> FindingOut:
    return FindingOut(
        check=finding.check,
        kind=finding.kind.value,
        severity=finding.severity.value,
        rounding_only=finding.rounding_only,
        message=finding.message,
        basis=finding.basis,
        printed=finding.printed,
        expected=finding.expected,
        difference=finding.difference,
        evidence=tuple(_evidence(e) for e in finding.evidence),
    )


def _checks(judgement: Judgement) -> ChecksOut:
    verdicts = judgement.verdicts
    return ChecksOut(
        holds=verdicts[Verdict.HOLDS],
        rounding=verdicts[Verdict.ROUNDING],
        broken=verdicts[Verdict.BROKEN],
        not_comparable=verdicts[Verdict.NOT_COMPARABLE],
    )


def _coverage(disclosure: Disclosure, tie_outs: Iterable[TieOut]) -> CoverageOut:
    """How many comparisons each table amount takes part in; those that could not be made do not count."""
    seen: Counter[Place] = Counter(
        place
        for tie_out in tie_outs
        if tie_out.verdict is not Verdict.NOT_COMPARABLE
        for place in {term.amount.place for term in tie_out.terms}
    )
    by_table = {
        f"{index + 1} {table.title.printed}": _tally(table, seen)
        for index, table in enumerate(disclosure.tables)
    }
    amounts, none, one, more = (sum(column) for column in zip((0, 0, 0, 0), *by_table.values(), strict=True))
    return CoverageOut(amounts=amounts, in_no_check=none, in_one=one, in_two_or_more=more, by_table=by_table)


def _tally(table: BudgetTable, seen: Counter[Place]) -> tuple[int, int, int, int]:
    cells = (cell for row in table.rows for cell in row.cells)
    times = [seen[cell.amount.place] for cell in cells if cell is not None and cell.amount is not None]
    return len(times), times.count(0), times.count(1), sum(1 for n in times if n > 1)


def _provenance(use: ModelUse) -> ProvenanceOut:
    return ProvenanceOut(
        pipeline_version=version("yusuan"),
        prompt_versions=dict(use.prompts or {}),
        model=use.model,
        llm=LlmUseOut(
            calls=use.calls,
            cached_calls=use.cached_calls,
            input_tokens=use.input_tokens,
            output_tokens=use.output_tokens,
        ),
    )
