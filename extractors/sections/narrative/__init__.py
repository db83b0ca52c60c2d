"""Reads the narrative (情况说明): each statement with its figures, its comparison and its reason.

Real samples, white space removed:

    一般公共预算307.49万元，占76.14%，比上年预算减少25.17万元，下降7.57%，主要原因是…
    1、教育支出（类）进修及培训（款）培训支出（项）：2025年预算数为0.00万元，比上年预算减少1.20万元，…
    2025年财政拨款“三公”经费数为6.00万元，其中：因公出国（境）费0.00万元，公务用车购置费0.00万元，…
    支出年初预算为0万元，全年预算为321.02万元，支出决算为307.82万元，完成年初预算的95.89%。决算数小于…
    公务接待费减少0.15万元，下降-100%，主要原因…
    2.车辆2辆，价值47.79万元；其中：一般公务用车2辆，价值47.79万元；…
    未安排购置车辆经费（或安排购置车辆经费0万元），单位价值100万元以上大型设备0台（套）
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.model.document import Document, Section
from extractors.model.facts import Disclosure, NarrativeFact
from extractors.registry import section_reader
from extractors.sections.narrative.figures import figures_of
from extractors.sections.narrative.statements import Statements
from extractors.sections.narrative.subjects import Names, names_in, of_heading
from extractors.templates.sections import narrative_sections

_PART = re.compile(r"第[一二三四五六七八九十]+部分")


@section_reader("narrative")
def narrative(disclosure: Disclosure) -> Disclosure:
    """Fills `narrative_facts`, in reading order."""
    return replace(disclosure, narrative_facts=tuple(facts_of(disclosure.document)))


def facts_of(document: Document) -> Iterator[NarrativeFact]:
    """The facts of all sections of the narrative."""
    names = names_in(document)
    for section in narrative_sections(document):
        yield from _facts(section, names)


def _facts(section: Section, names: Names) -> Iterator[NarrativeFact]:
    path = [heading for heading in section.path if not _PART.match(heading)] or list(section.path)
    subsection = path[1] if len(path) > 1 else None
    statements = Statements(of_heading(section.heading, names), names)
    passages = section.paragraphs
    if figures_of(section.heading):  # a short numbered sentence looks like a heading
        passages = (section.heading, *passages)
    for passage in passages:
        statements.read(passage)
    for draft in statements.drafts:
        if draft.said:
            yield NarrativeFact(path[0], draft.subject, subsection, draft.item, **draft.said)
