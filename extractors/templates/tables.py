"""The catalogue of table kinds: what a table is by the words of its title and header.

Each kind is a file in `tables/` (docs/templates.md). A table is never known by its number or page.
"""

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

from extractors.templates.words import Roles, Words


class Divided(NamedTuple):
    """A row that is always printed with its parts, by their roles, and what both are called in a sentence."""

    whole: str
    parts: tuple[str, ...]
    whole_name: str
    parts_name: str


@dataclass(frozen=True, slots=True)
class TableKind:
    """A kind of table: id, Chinese name, the words it is known by, the roles of its columns and rows.

    `title` and `header` are asked for together; `untitled` are words of a header that are enough where no
    title is printed. What it always prints: `has_total`, a row of the total of all; `must_have`, rows by
    their role, with their names; `divided`, rows with their parts; `mirror`, the id of the kind whose
    tables hold the same codes.
    """

    id: str
    name: str
    title: Words
    header: Words
    untitled: Words = field(default_factory=Words)
    columns: Roles = field(default_factory=Roles)
    rows: Roles = field(default_factory=Roles)
    is_budget_table: bool = True
    has_total: bool = True
    must_have: Mapping[str, str] = field(default_factory=dict)
    divided: tuple[Divided, ...] = ()
    mirror: str = ""

    def column_role(self, path: Sequence[str]) -> str | None:
        """The role of the column with that header path; words are sought in the whole path."""
        return self.columns.best(_plain("/".join(path)))

    def row_role(self, name: str, block: str = "") -> str | None:
        """The role of the row of that name; words are sought in the name of its block too (收入/总计)."""
        return self.rows.best(_plain(f"{block}/{name}" if block else name))


@cache
def catalogue() -> tuple[TableKind, ...]:
    """The kinds that the software knows, by file name."""
    return load(resources.files("extractors.templates").joinpath("tables"))


@cache
def kinds_by_id() -> Mapping[str, TableKind]:
    """The kinds by their id."""
    return {kind.id: kind for kind in catalogue()}


@cache
def _forms() -> tuple[TableKind, ...]:
    return tuple(kind for kind in catalogue() if not kind.is_budget_table)


def load(folder: Traversable) -> tuple[TableKind, ...]:
    """The kinds of a folder, by file name."""
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(_kind(f.name.removesuffix(".toml"), f.read_text(encoding="utf-8")) for f in files)


def _kind(identifier: str, text: str) -> TableKind:
    data = tomllib.loads(text)
    return TableKind(
        id=identifier,
        name=data["name"],
        title=_words(data["title"]),
        header=_words(data.get("header", {})),
        untitled=_words(data.get("untitled", {})),
        columns=_roles(data.get("columns", {})),
        rows=_roles(data.get("rows", {})),
        is_budget_table=data.get("budget_table", True),
        has_total=data.get("total_row", True),
        must_have=data.get("must_have", {}),
        divided=tuple(_divided(divided) for divided in data.get("divided", ())),
        mirror=data.get("mirror", ""),
    )


def _divided(data: Mapping[str, Any]) -> Divided:
    return Divided(data["whole"], tuple(data["parts"]), data["whole_name"], data["parts_name"])


def _roles(data: Mapping[str, Any]) -> Roles:
    return Roles({role: _words(words) for role, words in data.items()})


def _words(data: Mapping[str, Sequence[Sequence[str]] | Sequence[str]] | Sequence[Sequence[str]]) -> Words:
    """`[["a", "b"], ["c"]]`, or a table of it as `any` with `none` beside it."""
    if isinstance(data, Mapping):
        return Words(tuple(map(tuple, data.get("any", ()))), tuple(map(str, data.get("none", ()))))
    return Words(tuple(map(tuple, data)))


def recognise(title: str, header: str, kinds: Sequence[TableKind] | None = None) -> TableKind | None:
    """The kind that fits title and header best; None where none fits or two fit equally well."""
    title, header = _plain(title), _plain(header)
    known = catalogue() if kinds is None else kinds
    if title:
        fitting = [
            (s, kind) for kind in known if (s := kind.title.strength(title)) and kind.header.allows(header)
        ]
    else:
        fitting = [(s, kind) for kind in known if (s := kind.untitled.strength(header))]
    fitting.sort(key=lambda pair: -pair[0])
    if not fitting or (len(fitting) > 1 and fitting[0][0] == fitting[1][0]):
        return None
    return fitting[0][1]


def is_form_title(text: str) -> bool:
    """Whether a title is that of a form, which is no budget table."""
    title = _plain(text)
    if not any(kind.title.fits(title) for kind in _forms()):
        return False
    kind = recognise(text, "")
    return kind is not None and not kind.is_budget_table


def _plain(text: str) -> str:
    """The text without spaces, full-width forms made half-width, as the words in the files are."""
    return "".join(unicodedata.normalize("NFKC", text).split())
