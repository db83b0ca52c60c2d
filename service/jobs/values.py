"""Every value of an extraction with a path that survives a new reading.

A path names tables by title, rows by code and name, columns by header, projects by name, never by number:
a row that is read for the first time must not move the values below it. It works on the stored JSON, so
that readings made by older versions can still be compared.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from service.jobs.labels import label_of
from service.storage.records import Json, OpenValue

NEEDS_PERSON = ("contradicted", "review")
_APART = ("tables", "findings", "checks", "coverage", "gaps", "decision", "provenance", "schema_version")
_NAMES = ("name", "subject", "item", "level3", "source", "title", "printed", "scope")


@dataclass(frozen=True, slots=True)
class Value:
    """One value that was read: where in the extraction, what is printed, what we make of it.

    `at` is its path by numbers (projects/0/amount), as `alternatives` of the same extraction name it; empty
    for the cells of tables, which only rules read.
    """

    path: str
    label: str
    printed: str
    value: str | None
    standing: Json
    at: str = ""

    @property
    def status(self) -> str:
        """The standing's status."""
        return str(self.standing["status"])

    @property
    def places(self) -> tuple[Json, ...]:
        """Where it is printed."""
        return places_of(self.standing.get("evidence"))


@dataclass(frozen=True, slots=True)
class TableValue:
    """A cell of a budget table, with what surrounds it."""

    value: Value
    table: Json
    row: Json
    column: str
    cell: Json


def values_of(extraction: Json) -> Iterator[Value]:
    """All values, those of the tables first."""
    for found in table_values(extraction):
        yield found.value
    for key, part in extraction.items():
        if key not in _APART:
            yield from _part_values(part, f"/{key}", (label_of(key),), key)


def table_values(extraction: Json) -> Iterator[TableValue]:
    """The printed cells of all budget tables."""
    tables = _Names()
    for table in extraction["tables"]:
        path = f"/tables/{tables.give(table['title'])}"
        rows = _Names()
        for row in table["rows"]:
            name = " ".join(filter(None, (row["code"], row["name"])))
            yield from _row_values(table, row, f"{path}/{rows.give(name)}", name)


def _row_values(table: Json, row: Json, path: str, name: str) -> Iterator[TableValue]:
    columns = _Names()
    for column, cell in zip(table["columns"], row["cells"], strict=True):
        step = columns.give(column)
        if cell is not None:
            label = " › ".join(filter(None, (table["title"], name, column)))
            value = Value(f"{path}/{step}", label, cell["text"], cell["value"], cell)
            yield TableValue(value, table, row, column, cell)


def open_values(extraction: Json) -> tuple[OpenValue, ...]:
    """The values that need a person, in the order of the pages."""
    sha256 = extraction["document"]["sha256"]
    found = [value for value in values_of(extraction) if value.status in NEEDS_PERSON]
    return tuple(_open(sha256, value) for value in sorted(found, key=_place_in_print))


def _open(sha256: str, value: Value) -> OpenValue:
    identity = "\n".join((sha256, value.path, value.printed))
    return OpenValue(
        id=hashlib.sha256(identity.encode()).hexdigest()[:24],
        path=value.path,
        label=value.label,
        printed=value.printed,
        value=value.value,
        status=value.status,
        reason=value.standing.get("reason", ""),
        places=value.places,
    )


def _place_in_print(value: Value) -> tuple[int, float, float]:
    if not value.places:
        return (1 << 30, 0, 0)
    first = value.places[0]
    return (first["page"], first["bbox"][1], first["bbox"][0])


def alternatives_of(extraction: Json, path: str) -> tuple[Json, ...]:
    """What a second reader says of the value at a path, where the two readers differ."""
    found = extraction.get("alternatives", ())  # readings of older versions have none
    if not found:
        return ()
    at = next((value.at for value in values_of(extraction) if value.path == path), "")
    return tuple(other for other in found if at and other["path"] == at)


def _part_values(part: Any, path: str, labels: tuple[str, ...], at: str) -> Iterator[Value]:
    if isinstance(part, list):
        yield from _list_values(part, path, labels, at)
    elif isinstance(part, dict):
        for key, standing in part.get("fields", {}).items():
            label = " › ".join((*labels, label_of(key)))
            yield _field_value(part.get(key), f"{path}/{_step(key)}", label, standing, f"{at}/{key}")
        for key, child in part.items():
            if key != "fields" and isinstance(child, dict | list):
                yield from _part_values(
                    child, f"{path}/{_step(key)}", (*labels, label_of(key)), f"{at}/{key}"
                )


def _list_values(parts: list[Any], path: str, labels: tuple[str, ...], at: str) -> Iterator[Value]:
    names = _Names()
    for number, part in enumerate(parts):
        if isinstance(part, dict):
            name = next((str(part[key]) for key in _NAMES if part.get(key)), "")
            yield from _part_values(part, f"{path}/{names.give(name)}", (*labels, name), f"{at}/{number}")


def _field_value(value: Any, path: str, label: str, standing: Json, at: str) -> Value:
    text = _as_text(value)
    printed = "".join(place["text"] for place in places_of(standing.get("evidence")))
    return Value(path, label, printed or text or "", text, standing, at)


def _as_text(value: Any) -> str | None:
    if isinstance(value, list):
        return "；".join(str(part) for part in value)
    return None if value is None else str(value)


def places_of(evidence: Any) -> tuple[Json, ...]:
    """The places of print of an `evidence`, which is none, one or a list."""
    if evidence is None:
        return ()
    return tuple(evidence) if isinstance(evidence, list | tuple) else (evidence,)


class _Names:
    """Path steps of siblings: the second of a name gets #2."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def give(self, name: str) -> str:
        step = _step(name)
        self._seen[step] += 1
        count = self._seen[step]
        return step if count == 1 else f"{step}#{count}"


def _step(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
