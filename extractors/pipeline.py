"""The corridor, in order: layout, built-in readers, the model, checks, judgement, report.

Everything between the bytes and the extraction is pure; only `read_layout` and the model meet the outside.
"""

import asyncio
from collections.abc import Mapping, Sequence

from extractors import checks, sections
from extractors.agreement import combine
from extractors.checking.findings import findings_of, not_said_before
from extractors.checking.gate import decide, standings_of
from extractors.checking.registry import all_checks, all_inspections, run
from extractors.checking.tiers import Trust
from extractors.checking.values import values_of
from extractors.layout.limits import Limits
from extractors.layout.ocr import Ocr
from extractors.layout.read import read_layout
from extractors.llm.client import ModelClient
from extractors.llm.prompts import Prompt
from extractors.losses import with_losses
from extractors.model.agreement import Agreements
from extractors.model.document import Document
from extractors.model.evidence import Place
from extractors.model.extraction import Extraction
from extractors.model.facts import Disclosure
from extractors.model.findings import Gap, Judgement, Status
from extractors.registry import SectionReader, in_order, registered
from extractors.report import ModelUse, extraction_of
from extractors.tasks.ask import Asked, ask_all


def read_document(
    data: bytes,
    file_name: str,
    *,
    limits: Limits,
    model: ModelClient | None = None,
    prompts: Mapping[str, Prompt] | None = None,
    only_needed: bool = False,
    ocr: Ocr | None = None,
    trust: Trust | None = None,
) -> Extraction:
    """A PDF as a checked reading; with a model, its reading beside the built-in one.

    `only_needed`: the model is not asked about what the built-in reader and the checks have settled.
    Without `ocr`, pages that are pictures of print are not read, and are gaps. `trust` says which tiers of
    evidence are accepted; without it, all that are so on the golden documents.

    Raises a subclass of `UnreadableDocument` where the bytes cannot be read at all.
    """
    document = read_layout(data, file_name, limits, ocr)
    return reading_of(document, model=model, prompts=prompts, only_needed=only_needed, trust=trust)


def reading_of(
    document: Document,
    *,
    model: ModelClient | None = None,
    prompts: Mapping[str, Prompt] | None = None,
    only_needed: bool = False,
    trust: Trust | None = None,
) -> Extraction:
    """The same of pages that are laid out."""
    built_in = read_sections(document)
    unsettled = unsettled_in(built_in, trust) if model and only_needed else None
    asked = asyncio.run(ask_all(built_in, model, prompts or {}, unsettled=unsettled)) if model else Asked()
    disclosure, agreements = combine(built_in, asked)
    gaps = with_losses(disclosure, (*disclosure.gaps, *asked.gaps))
    judgement = judge(disclosure, agreements, gaps, trust)
    return extraction_of(disclosure, judgement, gaps, _use(asked), agreements)


def read_sections(document: Document) -> Disclosure:
    """What the built-in readers find in a document."""
    disclosure = Disclosure(document)
    for reader in in_order(registered(sections, SectionReader)):
        disclosure = reader.read(disclosure)
    return disclosure


def unsettled_in(disclosure: Disclosure, trust: Trust | None = None) -> frozenset[Place]:
    """Where the values stand that count and that a person would have to look at."""
    standings = judge(disclosure, Agreements(), disclosure.gaps, trust).standings
    open_ones = (Status.REVIEW, Status.CONTRADICTED)
    counting = (value.read.place for value in values_of(disclosure) if value.counts)
    return frozenset(place for place in counting if standings[place].status in open_ones)


def judge(
    disclosure: Disclosure, agreements: Agreements, gaps: Sequence[Gap], trust: Trust | None = None
) -> Judgement:
    """All comparisons, what they say of each value and of the document, and what is decided."""
    tie_outs, values = tuple(run(all_checks(checks), disclosure)), tuple(values_of(disclosure))
    standings = standings_of(disclosure, values, tie_outs, agreements, trust)
    decision = decide(disclosure, values, standings, gaps)
    inspections = all_inspections(checks)
    by_rules = (f for one in inspections if not one.by_model for f in one.findings(disclosure))
    by_model = (f for one in inspections if one.by_model for f in one.findings(disclosure))
    findings = (*findings_of(tie_outs), *by_rules)
    return Judgement(tie_outs, (*findings, *not_said_before(by_model, findings)), standings, decision)


def _use(asked: Asked) -> ModelUse:
    return ModelUse(
        model=asked.model,
        prompts={prompt.section: f"v{prompt.version} {prompt.sha256[:12]}" for prompt in asked.prompts},
        calls=asked.usage.calls,
        cached_calls=asked.usage.cached_calls,
        input_tokens=asked.usage.input_tokens,
        output_tokens=asked.usage.output_tokens,
        cost=asked.usage.cost if asked.model else None,
        currency=asked.usage.currency,
    )
