"""The extraction as JSON: what the outside relies on (`yusuan schema` prints its JSON Schema).

Amounts are decimal strings, never floats. Plain keys hold plain values; `fields` beside them holds, for
each value that was read, its evidence, status, confidence and reader. More keys may be added, none taken.
"""

from dataclasses import field
from typing import Annotated, Literal

from pydantic import BaseModel

from extractors.model.extraction_parts import (
    CONFIG,
    EMPTY,
    NULL,
    DecimalString,
    EvidenceOut,
    EvidenceRef,
    FieldedPart,
    FieldOut,
    LevelName,
    OperatorName,
    part,
    part_of_value,
)


class Wire(BaseModel):
    """Base of all parts: immutable, and no key that is not declared."""

    model_config = CONFIG


class Fielded(Wire):
    """An object whose plain values have their standing beside them."""

    fields: dict[str, FieldOut] = {}


class DocumentOut(Fielded):
    """The file and what it says of itself."""

    sha256: str
    file_name: str
    pages: int
    page_sizes: tuple[tuple[float, float, int], ...]
    title: str | None = None
    issuer: str | None = None
    region: str | None = None
    superior: str | None = None
    fiscal_year: int | None = None
    kind: Literal["部门预算", "单位预算", "部门决算", "单位决算"] | None = None
    published_on: str | None = None
    supersedes: str | None = None


class OverviewOut(Fielded):
    """第一部分: functions, offices and subordinate units, as printed."""

    functions: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


@part_of_value
class CellOut(FieldOut):
    """A printed cell of a budget table; `value` in the table's unit, `value_yuan` in 元."""

    text: str
    value: Annotated[DecimalString | None, NULL]
    value_yuan: Annotated[DecimalString | None, NULL]


@part
class RowOut:
    """A body row, cells left to right, null where nothing is printed."""

    code: str | None = None
    name: str | None = None
    level: LevelName = "other"
    cells: tuple[CellOut | None, ...]


class TableOut(Wire):
    """A budget table, joined over its pages. `sound` is true, or says what is wrong with the grid."""

    number: str | None = None
    title: str
    kind: str
    unit: str | None = None
    pages: tuple[int, ...]
    is_empty: bool
    empty_note: str | None = None
    sound: Literal[True] | str
    columns: tuple[str, ...]
    rows: tuple[RowOut, ...]


class PolicyRefOut(Wire):
    """A cited policy document; `canonical` normalises brackets, spaces and 号, never the issuer."""

    title: str | None = None
    printed: str
    canonical: str | None = None
    suspect: str | None = None
    where: str = ""
    evidence: EvidenceRef = None


class AllocationItemOut(Fielded):
    """One item of 资金分配情况."""

    item: str
    amount: DecimalString
    unit: str | None = None


class ProjectOut(Fielded):
    """A project of 项目支出情况说明. `summary` is a model's own sentence and nowhere printed."""

    name: str
    purpose: str | None = None
    summary: str | None = None
    policy_basis: str | None = None
    policy_refs: tuple[PolicyRefOut, ...] = ()
    amount: DecimalString | None = None
    unit: str | None = None
    responsible: str | None = None
    allocation: str | None = None
    allocation_items: tuple[AllocationItemOut, ...] = ()
    head_count: str | None = None
    standard: str | None = None
    beneficiaries: str | None = None
    funding_source: str | None = None
    start: str | None = None
    end: str | None = None
    execution_text: str | None = None


@part
class IndicatorOut(FieldedPart):
    """One indicator of a performance form; `value` and `unit` are null where the target is no figure."""

    level1: str | None = None
    level2: str | None = None
    level3: str | None = None
    printed: str | None = None
    operator: OperatorName | None = None
    value: DecimalString | None = None
    unit: str | None = None
    basis: str | None = None
    last_year: str | None = None
    weight: DecimalString | None = None
    scoring: str | None = None
    evidence_required: str | None = None
    note: str | None = None


class FundingOut(Fielded):
    """One source of a form's money (财政资金, in it 上级安排), in the form's unit."""

    source: str
    item: str | None = None
    amount: DecimalString


class TaskOut(Fielded):
    """One of 年度主要任务, in the form's unit."""

    name: str
    content: str | None = None
    total: DecimalString | None = None
    fiscal: DecimalString | None = None
    other: DecimalString | None = None


class TargetOut(Fielded):
    """A target that a goal's text states; `indicator` is the indicator of the form that measures it."""

    said: str
    subject: str
    operator: OperatorName | None = None
    value: DecimalString | None = None
    unit: str | None = None
    indicator: str | None = None


class IndicatorTableOut(Fielded):
    """A performance form, joined over its pages; its amounts are copied, never added up."""

    scope: Literal["整体", "项目"]
    title: str | None = None
    name: str | None = None
    organisation: str | None = None
    leader: str | None = None
    total: DecimalString | None = None
    fiscal: DecimalString | None = None
    other: DecimalString | None = None
    funding: tuple[FundingOut, ...] = ()
    goal: str | None = None
    unit: str | None = None
    pages: tuple[int, ...]
    is_empty: bool
    policy_refs: tuple[PolicyRefOut, ...] = ()
    tasks: tuple[TaskOut, ...] = ()
    indicators: tuple[IndicatorOut, ...] = ()
    targets: tuple[TargetOut, ...] = ()


class ReasonFigureOut(Fielded):
    """A figure that a reason merely mentions: one amount or one change, set against nothing."""

    subject: str
    amount: DecimalString | None = None
    change: Literal["增加", "减少", "持平"] | None = None
    change_amount: DecimalString | None = None
    unit: str | None = None


@part
class NarrativeFactOut(FieldedPart):
    """One statement of the narrative with its figures, and the figures that its reason merely mentions.

    `wording`: what a figure of another year, or of a budget, is called (change_amount: 比上年预算).
    `units`: those of amounts that are printed in another unit than `unit`.
    """

    section: str
    subsection: str | None = None
    item: str | None = None
    subject: str
    amount: DecimalString | None = None
    unit: str | None = None
    share_pct: DecimalString | None = None
    change: Literal["增加", "减少", "持平"] | None = None
    change_amount: DecimalString | None = None
    change_pct: DecimalString | None = None
    previous_amount: DecimalString | None = None
    budget_amount: DecimalString | None = None
    completion_pct: DecimalString | None = None
    stated_direction: Literal["大于", "小于", "等于"] | None = None
    status: Literal["未安排", "没有使用"] | None = None
    reason: str | None = None
    reason_figures: tuple[ReasonFigureOut, ...] = ()
    cause: str | None = None
    wording: Annotated[dict[str, str], EMPTY] = field(default_factory=dict)
    units: Annotated[dict[str, str], EMPTY] = field(default_factory=dict)


class AlternativeOut(Wire):
    """What a second reader says of a value instead; `path` names the value as projects/0/amount."""

    path: str
    value: str | None = None
    printed: str
    unit: str | None = None
    evidence: EvidenceRef = None
    reader: str


class ExplanationOut(Wire):
    """The one figure whose change would mend this finding and others (`mends` in all)."""

    label: str
    printed: str
    expected: str
    mends: int
    evidence: EvidenceRef = None


class ElsewhereOut(Wire):
    """A place in another document."""

    sha256: str
    file_name: str
    page: int
    bbox: tuple[float, float, float, float]
    text: str


class FindingOut(Wire):
    """What does not hold together in the document, or with another one, where `elsewhere` stands."""

    check: str
    kind: str
    severity: Literal["error", "warning", "info"]
    rounding_only: bool
    message: str
    basis: str
    printed: str
    expected: str
    difference: str | None = None
    evidence: tuple[EvidenceOut, ...] = ()
    explained_by: ExplanationOut | None = None
    elsewhere: tuple[ElsewhereOut, ...] = ()


class ChecksOut(Wire):
    """How many comparisons ended in which verdict."""

    holds: int
    rounding: int
    broken: int
    not_comparable: int


class CoverageOut(Wire):
    """In how many comparisons the amounts of the tables take part (`by_table`: title to the same counts)."""

    amounts: int
    in_no_check: int
    in_one: int
    in_two_or_more: int
    by_table: dict[str, tuple[int, int, int, int]] = {}


class GapOut(Wire):
    """Something that should be there and could not be read."""

    section: str
    page: int | None = None
    reason: str


class DecisionOut(Wire):
    """The decision on the reading."""

    status: Literal["accepted", "review", "rejected"]
    confidence: float
    reasons: tuple[str, ...]


class LlmUseOut(Wire):
    """What the model calls cost; `cost` is null where the price is unknown."""

    calls: int = 0
    cached_calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: DecimalString | None = None
    currency: str | None = None


class ProvenanceOut(Wire):
    """What made this extraction."""

    pipeline_version: str
    prompt_versions: dict[str, str] = {}
    model: str | None = None
    llm: LlmUseOut = LlmUseOut()


Stated = dict[str, str | dict[str, FieldOut]]
"""Figures by what they are of, each with the unit that is printed behind it (车辆: 2辆), and `fields`."""


class Extraction(Wire):
    """One document, read and checked."""

    schema_version: Literal["1"] = "1"
    document: DocumentOut
    overview: OverviewOut = OverviewOut()
    staffing: dict[str, int | dict[str, FieldOut]] = {}
    staffing_change: dict[str, int | dict[str, FieldOut]] = {}
    assets: Stated = {}
    procurement: Stated = {}
    operating_cost: Stated = {}
    tables: tuple[TableOut, ...] = ()
    projects: tuple[ProjectOut, ...] = ()
    policy_refs: tuple[PolicyRefOut, ...] = ()
    indicator_tables: tuple[IndicatorTableOut, ...] = ()
    narrative_facts: tuple[NarrativeFactOut, ...] = ()
    alternatives: tuple[AlternativeOut, ...] = ()
    findings: tuple[FindingOut, ...] = ()
    checks: ChecksOut
    coverage: CoverageOut
    gaps: tuple[GapOut, ...] = ()
    decision: DecisionOut
    provenance: ProvenanceOut
