"""The crosswalk from the classes of 支出功能分类 to COFOG 1999 (`classifications/cofog.toml`)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

_CLASS = 3  # digits of the code of a 类


@dataclass(frozen=True, slots=True)
class Cofog:
    """Where a class falls in COFOG 1999. `division` None: unmapped, by `note`; `group` None: in several."""

    division: str | None = None
    group: str | None = None
    fit: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The classes of 支出功能分类 in COFOG; `version` grows with every change."""

    version: int
    source: str
    divisions: Mapping[str, str]
    groups: Mapping[str, str]
    classes: Mapping[str, Cofog]

    def of(self, code: str) -> Cofog:
        """Where the class of a functional code falls; unmapped where it is not known."""
        return self.classes.get(code[:_CLASS], Cofog())


@cache
def crosswalk() -> Crosswalk:
    """The crosswalk."""
    path = resources.files("extractors.templates").joinpath("classifications", "cofog.toml")
    data = tomllib.loads(path.read_text("utf-8"))
    classes = {code: Cofog(**fields) for code, fields in data["classes"].items()}
    return Crosswalk(data["version"], data["source"], data["divisions"], data["groups"], classes)
