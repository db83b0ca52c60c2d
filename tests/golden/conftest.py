"""Each golden document is read once for all golden tests, by the built-in reader alone."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from bench.accuracy import extract
from bench.golden import GoldenDocument

Extract = Callable[[GoldenDocument], dict[str, Any]]


@pytest.fixture(scope="session")
def extraction_of() -> Extract:
    """Reads a golden document; the second time gives what the first gave."""
    return cache(extract)
