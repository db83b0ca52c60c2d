"""Other matters (assets, procurement, operating cost) and second readings as parts of an `Extraction`."""

from collections.abc import Iterator

from extractors.model.agreement import Accord, Agreements
from extractors.model.amounts import Amount
from extractors.model.extraction import AlternativeOut, Stated
from extractors.model.facts import Disclosure
from extractors.report_values import Standings, fields_out, place_out, plain_value
from extractors.templates.sections import heading_words


def stated_out(disclosure: Disclosure, role: str, standings: Standings) -> Stated:
    """The amounts stated under the headings of a role, by their subjects; the first of a subject counts."""
    words = heading_words(role)
    is_of_role: dict[str, bool] = {}  # many facts stand under one heading
    figures: dict[str, Amount] = {}
    for fact in disclosure.narrative_facts:
        if fact.amount is None:
            continue
        nearest = fact.subsection or fact.section
        if nearest not in is_of_role:
            is_of_role[nearest] = words.fits(nearest)
        if is_of_role[nearest]:
            figures.setdefault(fact.subject.printed, fact.amount)
    plain: Stated = {name: _with_unit(figure) for name, figure in figures.items()}
    return {**plain, "fields": fields_out(figures, standings)} if figures else {}


def _with_unit(figure: Amount) -> str:
    return f"{plain_value(figure)}{figure.unit or ''}"


def alternatives_out(agreements: Agreements) -> Iterator[AlternativeOut]:
    """What the second reader says of those values on which the two differ."""
    for two in agreements.compared:
        if two.accord is Accord.DIFFER:
            for reading in two.readings[1:]:
                yield AlternativeOut(
                    path=two.what,
                    value=plain_value(reading),
                    printed=reading.printed,
                    unit=reading.unit if isinstance(reading, Amount) else None,
                    evidence=place_out(reading.place),
                    reader=reading.reader.value,
                )
