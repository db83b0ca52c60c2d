"""What is different between two readings of a document."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from service.jobs.values import Value, values_of
from service.storage.records import Json


@dataclass(frozen=True, slots=True)
class Change:
    """One value that is new, gone or different; `before` and `after` as a person reads them."""

    kind: Literal["added", "gone", "changed"]
    what: str
    before: str = ""
    after: str = ""


def same_reading(before: Json, after: Json) -> bool:
    """Whether two extractions say the same, whatever it cost to make them."""
    return _without_provenance(before) == _without_provenance(after)


def changes_between(before: Json, after: Json) -> tuple[Change, ...]:
    """The values, findings and decision that differ."""
    return (
        *_differences(_values(before), _values(after)),
        *_differences(_findings(before), _findings(after)),
        *_differences(_decision(before), _decision(after)),
    )


def _without_provenance(extraction: Json) -> Json:
    return {key: part for key, part in extraction.items() if key != "provenance"}


def _differences(before: dict[str, str], after: dict[str, str]) -> Iterator[Change]:
    for what, text in before.items():
        if what not in after:
            yield Change("gone", what, before=text)
        elif after[what] != text:
            yield Change("changed", what, text, after[what])
    for what, text in after.items():
        if what not in before:
            yield Change("added", what, after=text)


def _values(extraction: Json) -> dict[str, str]:
    return {value.path: _shown(value) for value in values_of(extraction)}


def _shown(value: Value) -> str:
    read = value.printed if value.value in (None, value.printed) else f"{value.printed} = {value.value}"
    return f"{read} ({value.status})"


def _findings(extraction: Json) -> dict[str, str]:
    return {
        f"/findings/{found['check']}: {found['message']}": found["severity"]
        for found in extraction["findings"]
    }


def _decision(extraction: Json) -> dict[str, str]:
    return {"/decision": extraction["decision"]["status"]}
