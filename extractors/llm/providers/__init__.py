"""How to talk to each kind of endpoint, as data: one TOML file a provider, none of it code.

An endpoint's provider is known by the host of its address (`hosts`) or named by the operator; what nobody
knows is `unknown`. An operator's own file has the same keys.
"""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractors.llm.prices import ListedPrice

UNKNOWN = "unknown"
_SUFFIX = ".toml"


class Mode(StrEnum):
    """How an endpoint is told the shape of the reply."""

    JSON_SCHEMA = "json_schema"
    TOOLS = "tools"
    JSON = "json"
    GRAMMAR = "grammar"


class UnknownProvider(ValueError):
    """There is no such provider, or its file does not say what it has to."""


class Variant(BaseModel):
    """What is different for some models: other limits, parameters that they do not take."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    match: tuple[str, ...]
    mode: Mode | None = None
    context: int | None = Field(None, gt=0)
    max_output: int | None = Field(None, gt=0)
    without: tuple[str, ...] = ()


class Provider(BaseModel):
    """A kind of endpoint.

    `context` and `output`, `max_output` are in tokens: what a request and its reply may be together, what is
    asked for at first, and what may be asked for where that was not enough. `limit_field` is the name of the
    latter in a request, `grammar_field` that of the schema in mode `grammar` (dots go down). `request` is
    sent with every request. `prices` is the operator's own table, `published` the name in genai-prices.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    hosts: tuple[str, ...] = ()
    mode: Mode = Mode.JSON_SCHEMA
    strict: bool = False
    context: int = Field(32_768, gt=0)
    output: int = Field(8_192, gt=0)
    max_output: int = Field(8_192, gt=0)
    at_once: int = Field(32, gt=0)
    limit_field: str = "max_tokens"
    grammar_field: str = ""
    request: Mapping[str, Any] = Field(default_factory=dict)
    models: tuple[Variant, ...] = ()
    prices: tuple[ListedPrice, ...] = ()
    published: str | None = None

    def for_model(self, model: str) -> "Provider":
        """The provider with what is different for that model."""
        found = self
        for variant in self.models:
            if any(fnmatchcase(model, pattern) for pattern in variant.match):
                changes = {
                    name: value
                    for name in ("mode", "context", "max_output")
                    if (value := getattr(variant, name)) is not None
                }
                changes["request"] = {k: v for k, v in found.request.items() if k not in variant.without}
                found = found.model_copy(update=changes)
        return found


@cache
def providers() -> Mapping[str, Provider]:
    """The providers that are known, by name."""
    folder = resources.files(__name__)
    files = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(_SUFFIX))
    found = [_parsed((folder / name).read_text("utf-8"), name) for name in files]
    return {one.name: one for one in found}


def provider(name: str) -> Provider:
    """A provider by its name, or by the path of its file. Raises `UnknownProvider`."""
    if name.endswith(_SUFFIX):
        try:
            return _parsed(Path(name).read_text("utf-8"), name)
        except OSError as error:
            raise UnknownProvider(f"{name}: {error.strerror}") from error
    if name not in providers():
        raise UnknownProvider(f"{name}: not one of {', '.join(providers())}, nor the path of a .toml file")
    return providers()[name]


def provider_at(base_url: str) -> Provider:
    """The provider whose host that is; `unknown` where it is nobody's."""
    host = urlsplit(base_url).hostname or ""
    matching = (p for p in providers().values() if any(fnmatchcase(host, pattern) for pattern in p.hosts))
    return next(matching, providers()[UNKNOWN])


def _parsed(source: str, file: str) -> Provider:
    try:
        return Provider(**tomllib.loads(source))
    except (tomllib.TOMLDecodeError, ValidationError, TypeError) as error:
        raise UnknownProvider(f"{file}: {error}") from error
