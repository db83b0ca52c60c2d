"""What the figures under 其他重要事项 are called (`other_matters.toml`)."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from extractors.templates.words import Words


@cache
def subjects() -> Mapping[str, Words]:
    """The words of each matter, by its name in the file."""
    text = resources.files("extractors.templates").joinpath("other_matters.toml").read_text("utf-8")
    return {name: Words.of(data["any"], data.get("none", ())) for name, data in tomllib.loads(text).items()}
