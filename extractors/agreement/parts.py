"""The overview, the head counts and the stated targets of both readers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.agreement.compare import Notes, either, meet, pairs
from extractors.align import folded
from extractors.model.agreement import Accord
from extractors.model.amounts import Amount, Text
from extractors.model.facts import Overview, Staffing
from extractors.model.performance import IndicatorTable, StatedTarget

_COUNT = ("人数", "数")


def overview(notes: Notes, mine: Overview, other: Overview) -> Overview:
    """Duties, offices and units of both."""
    return Overview(
        functions=_texts(notes, "functions", mine.functions, other.functions),
        offices=_texts(notes, "offices", mine.offices, other.offices),
        units=_texts(notes, "units", mine.units, other.units),
    )


def _texts(notes: Notes, part: str, mine: Sequence[Text], others: Sequence[Text]) -> tuple[Text, ...]:
    found = pairs(mine, others, meet)
    return tuple(_text(notes, f"overview/{part}/{i}", *pair) for i, pair in enumerate(found))


def _text(notes: Notes, what: str, mine: Text | None, other: Text | None) -> Text:
    """One text; a duty may be the paragraph for one reader and go over two for the other."""
    if mine is not None and other is not None and folded(other.printed) in folded(mine.printed):
        notes.note(what, Accord.AGREE, mine, other)
        return mine
    return either(notes.value(what, mine, other), None)


def staffing(notes: Notes, mine: Staffing, other: Staffing) -> Staffing:
    """The head counts of both, and their changes."""
    return Staffing(
        _counts(notes, "staffing", mine.counts, other.counts),
        _counts(notes, "staffing_change", mine.changes, other.changes),
    )


def _counts(
    notes: Notes, part: str, mine: Mapping[str, Amount], others: Mapping[str, Amount]
) -> dict[str, Amount]:
    """A count belongs to the built-in one at its place; else to that of its label, which it then rivals."""
    counts = dict(mine)
    seen: set[str] = set()
    for printed, said in others.items():
        bare = _bare(printed)
        at_place = [label for label, count in mine.items() if meet(count, said)]
        for label in at_place or ([bare] if bare in mine else []):
            seen.add(label)
            notes.value(f"{part}/{label}", mine[label], said)
        if not at_place and bare not in mine:
            counts[bare] = said
            notes.note(f"{part}/{bare}", Accord.ONE_SIDED, said)
    for label in [label for label in mine if label not in seen]:
        notes.value(f"{part}/{label}", mine[label], None)
    return counts


def _bare(label: str) -> str:
    """A label without what says that it counts: 编制数, 实有人数."""
    return next((label.removesuffix(end) for end in _COUNT if label.endswith(end) and label != end), label)


def with_targets(
    forms: Sequence[IndicatorTable], targets: Sequence[StatedTarget]
) -> tuple[IndicatorTable, ...]:
    """The forms, each with the targets that the model read from its goal."""
    return tuple(
        replace(form, targets=tuple(t for t in targets if form.holds(t.said.place))) for form in forms
    )
