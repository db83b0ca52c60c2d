"""Facts and conclusions as an `Extraction`: the shape that the outside relies on. Nothing is decided here."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.metadata import version

from extractors.checking.mentions import Statement, statements_of
from extractors.checking.values import FACT_KEYS, HEAD_FIELDS, PROJECT_TEXTS, reads_of_fact
from extractors.model.agreement import Agreements
from extractors.model.amounts import MONEY_UNITS, Amount, Read
from extractors.model.evidence import Place
from extractors.model.extraction import (
    AllocationItemOut,
    ChecksOut,
    CoverageOut,
    DecisionOut,
    DocumentOut,
    ExplanationOut,
    Extraction,
    FindingOut,
    GapOut,
    LlmUseOut,
    NarrativeFactOut,
    OverviewOut,
    ProjectOut,
    ProvenanceOut,
    ReasonFigureOut,
    RowOut,
    TableOut,
)
from extractors.model.extraction_parts import FieldOut, LevelName
from extractors.model.facts import BudgetTable, Disclosure, Level, NarrativeFact, Project, Row
from extractors.model.findings import Explanation, Finding, Gap, Judgement, TieOut, Verdict
from extractors.report_forms import indicator_tables_out
from extractors.report_matters import alternatives_out, stated_out
from extractors.report_values import (
    Standings,
    cell_out,
    decimal_string,
    evidence_out,
    fields_out,
    plain_value,
    ref_out,
    told,
    told_of,
)

_LEVELS: Mapping[Level, LevelName] = {level: level.value for level in Level}
_MENTIONED = ("subject", "amount", "change", "change_amount")


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What a model contributed: its name, the prompts used (section to version), calls, tokens, money.

    `cost` is None where a price is unknown, or no model was asked.
    """

    model: str | None = None
    prompts: Mapping[str, str] | None = None
    calls: int = 0
    cached_calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal | None = None
    currency: str | None = None


def extraction_of(
    disclosure: Disclosure,
    judgement: Judgement,
    gaps: Sequence[Gap],
    use: ModelUse,
    agreements: Agreements = Agreements(),  # noqa: B008 - frozen
) -> Extraction:
    """The whole document, read and judged; what two readers read unlike is listed beside it."""
    standings = judgement.standings
    return Extraction(
        document=_document(disclosure, standings),
        overview=_overview(disclosure, standings),
        staffing=_counts(disclosure.staffing.counts, standings),
        staffing_change=_counts(disclosure.staffing.changes, standings),
        assets=stated_out(disclosure, "assets", standings),
        procurement=stated_out(disclosure, "procurement", standings),
        operating_cost=stated_out(disclosure, "operating_cost", standings),
        tables=tuple(_table(table, standings) for table in disclosure.tables),
        projects=tuple(_project(project, standings) for project in disclosure.projects),
        policy_refs=tuple(ref_out(ref) for ref in disclosure.policy_refs),
        indicator_tables=indicator_tables_out(disclosure, standings),
        narrative_facts=tuple(_statement(s, standings) for s in statements_of(disclosure.narrative_facts)),
        alternatives=tuple(alternatives_out(agreements)),
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


def _document(disclosure: Disclosure, standings: Standings) -> DocumentOut:
    document, head = disclosure.document, disclosure.head
    keys = told_of(head, HEAD_FIELDS, standings)
    keys["fiscal_year"] = int(head.fiscal_year.value) if head.fiscal_year else None
    return DocumentOut(
        sha256=document.sha256,
        file_name=document.file_name,
        pages=len(document.pages),
        page_sizes=tuple((round(p.width, 2), round(p.height, 2), p.rotation) for p in document.pages),
        **keys,
    )


def _overview(disclosure: Disclosure, standings: Standings) -> OverviewOut:
    overview = disclosure.overview
    parts = {"functions": overview.functions, "offices": overview.offices, "units": overview.units}
    reads: dict[str, Read | None] = {
        f"{k}/{i}": text for k, texts in parts.items() for i, text in enumerate(texts)
    }
    plain = {key: tuple(text.printed for text in texts) for key, texts in parts.items()}
    return OverviewOut(fields=fields_out(reads, standings), **plain)


def _counts(counts: Mapping[str, Amount], standings: Standings) -> dict[str, int | dict[str, FieldOut]]:
    if not counts:
        return {}
    plain: dict[str, int | dict[str, FieldOut]] = {label: int(count.value) for label, count in counts.items()}
    return {**plain, "fields": fields_out(counts, standings)}


def _table(table: BudgetTable, standings: Standings) -> TableOut:
    return TableOut(
        number=plain_value(table.number),
        title=table.title.printed,
        kind=table.kind,
        unit=table.unit,
        pages=table.pages,
        is_empty=table.is_empty,
        empty_note=plain_value(table.note) if table.is_empty else None,
        sound="; ".join(table.faults) if table.faults else True,
        columns=tuple(column.name for column in table.columns),
        rows=tuple([_row(row, standings) for row in table.rows]),
    )


def _row(row: Row, standings: Standings) -> RowOut:
    return RowOut(
        code=row.code,
        name=row.name,
        level=_LEVELS[row.level],
        cells=tuple([cell_out(cell, standings) if cell else None for cell in row.cells]),
    )


def _project(project: Project, standings: Standings) -> ProjectOut:
    return ProjectOut(
        summary=project.summary,
        unit=project.amount.unit if project.amount else None,
        policy_refs=tuple(ref_out(ref) for ref in project.policy_refs),
        allocation_items=tuple(
            AllocationItemOut(unit=item.amount.unit, **told_of(item, ("item", "amount"), standings))
            for item in project.allocation_items
        ),
        **told_of(project, (*PROJECT_TEXTS, "amount", "start", "end"), standings),
    )


def _statement(statement: Statement, standings: Standings) -> NarrativeFactOut:
    fact = statement.fact
    reads = list(zip(FACT_KEYS, reads_of_fact(fact), strict=True))
    unit = _unit(fact)
    return NarrativeFactOut(
        section=fact.section,
        subsection=fact.subsection,
        item=fact.item,
        unit=unit,
        cause=fact.cause.value if fact.cause else None,
        reason_figures=tuple([_mentioned(figure, standings) for figure in statement.mentioned]),
        wording=dict(fact.wording),
        units=_other_units(reads, unit),
        **told(reads, standings),
    )


def _mentioned(fact: NarrativeFact, standings: Standings) -> ReasonFigureOut:
    return ReasonFigureOut(unit=_unit(fact), **told_of(fact, _MENTIONED, standings))


def _unit(fact: NarrativeFact) -> str | None:
    first = fact.amount or fact.change_amount or fact.budget_amount
    return first.unit if first else None


def _other_units(reads: Iterable[tuple[str, Read | None]], common: str | None) -> dict[str, str]:
    """The units of amounts of money that are printed in another one than the statement's."""
    return {
        key: read.unit
        for key, read in reads
        if isinstance(read, Amount) and read.unit in MONEY_UNITS and read.unit != common
    }


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
        evidence=tuple(evidence_out(e) for e in finding.evidence),
        explained_by=_explanation(finding.explained_by) if finding.explained_by else None,
    )


def _explanation(explanation: Explanation) -> ExplanationOut:
    return ExplanationOut(
        label=explanation.label,
        printed=explanation.printed.printed,
        expected=explanation.expected,
        mends=explanation.mends,
        evidence=tuple(evidence_out(e) for e in explanation.printed.place),
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
    not_comparable = Verdict.NOT_COMPARABLE
    seen: Counter[Place] = Counter(
        [
            place
            for tie_out in tie_outs
            if tie_out.verdict is not not_comparable
            for place in {term.amount.place for term in tie_out.terms}
        ]
    )
    by_table = {
        f"{index + 1} {table.title.printed}": _tally(table, seen)
        for index, table in enumerate(disclosure.tables)
    }
    amounts, none, one, more = (sum(column) for column in zip((0, 0, 0, 0), *by_table.values(), strict=True))
    return CoverageOut(amounts=amounts, in_no_check=none, in_one=one, in_two_or_more=more, by_table=by_table)


def _tally(table: BudgetTable, seen: Mapping[Place, int]) -> tuple[int, int, int, int]:
    cells = [cell for row in table.rows for cell in row.cells]
    times = [seen.get(cell.amount.place, 0) for cell in cells if cell is not None and cell.amount is not None]
    none, one = times.count(0), times.count(1)
    return len(times), none, one, len(times) - none - one


def _provenance(use: ModelUse) -> ProvenanceOut:
    return ProvenanceOut(
        pipeline_version=_version(),
        prompt_versions=dict(use.prompts or {}),
        model=use.model,
        llm=LlmUseOut(
            calls=use.calls,
            cached_calls=use.cached_calls,
            input_tokens=use.input_tokens,
            output_tokens=use.output_tokens,
            cost=None if use.cost is None else decimal_string(use.cost),
            currency=use.currency,
        ),
    )


@cache
def _version() -> str:
    """The version that is installed, looked up once among the packages."""
    return version("yusuan")
