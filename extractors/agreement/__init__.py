"""Puts the built-in readers' facts and the model's together.

Where both read the same in the same place, the value stands once and is marked as read by two. Where they
differ the built-in reading stands and the model's is kept beside it; what only one of them found stands,
and is marked as that. Nothing is dropped, and nothing is decided here: that is the gate's.
"""

from dataclasses import replace

from extractors.agreement import narrative, parts, projects
from extractors.agreement.compare import Notes
from extractors.model.agreement import Agreements
from extractors.model.facts import Disclosure
from extractors.tasks.ask import Asked
from extractors.tasks.task import ModelFacts

_STATEMENTS = frozenset({"narrative", "other_matters"})


def combine(disclosure: Disclosure, asked: Asked) -> tuple[Disclosure, Agreements]:
    """The disclosure with the model's facts put to it, and what the two say of each other."""
    said = asked.facts
    if said == ModelFacts() and not asked.answered:
        return disclosure, Agreements()
    notes = Notes()
    notes.silence_speaks = "projects" in asked.answered
    known = disclosure.policy_refs
    refs = (*known, *projects.unknown_refs(said.projects, known))
    together = replace(
        disclosure, projects=projects.projects(notes, disclosure.projects, said.projects), policy_refs=refs
    )
    notes.silence_speaks = "overview" in asked.answered
    together = replace(
        together,
        overview=parts.overview(notes, disclosure.overview, said.overview),
        staffing=parts.staffing(notes, disclosure.staffing, said.staffing),
    )
    notes.silence_speaks = asked.answered >= _STATEMENTS
    together = replace(
        together,
        narrative_facts=narrative.facts(notes, disclosure.narrative_facts, said.narrative_facts),
        indicator_tables=(*parts.with_targets(disclosure.indicator_tables, said.targets), *said.forms),
        disagreements=said.disagreements,
    )
    return together, Agreements(tuple(notes.found))
