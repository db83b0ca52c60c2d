"""The kind of a reason by its words (`causes.toml`)."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from extractors.model.facts import Cause
from extractors.templates.narrative import one_of


@cache
def _words() -> Mapping[Cause, re.Pattern[str]]:
    text = resources.files("extractors.templates").joinpath("causes.toml").read_text(encoding="utf-8")
    return {Cause(name): re.compile(one_of(words)) for name, words in tomllib.loads(text).items()}


def cause_of(reason: str) -> Cause | None:
    """The one kind whose words stand in a reason; None where no words do, or those of several kinds."""
    found = [cause for cause, words in _words().items() if words.search(reason)]
    return found[0] if len(found) == 1 else None
