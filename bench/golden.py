"""The golden documents: what lies in their folders, and how our output is written down there."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bench.scoring.pages import Pages, pages_of

GOLDEN = Path(__file__).parent.parent / "golden"

_LINE = 320
"""What fits into a line of expected.json stays in it: a cell with its evidence is then one line of a diff."""


@dataclass(frozen=True)
class GoldenDocument:
    """One folder of golden/."""

    folder: Path

    @property
    def name(self) -> str:
        """The document's id."""
        return self.folder.name

    @property
    def pdf(self) -> Path:
        """The document."""
        return self.folder / "document.pdf"

    @property
    def expected(self) -> Path:
        """Our output, as it was last looked at."""
        return self.folder / "expected.json"

    @property
    def has_truth(self) -> bool:
        """Whether people wrote down what a perfect reader would say."""
        return (self.folder / "truth.json").exists()

    @cached_property
    def truth(self) -> dict[str, Any]:
        """What a perfect reader would say."""
        text = (self.folder / "truth.json").read_text(encoding="utf-8")
        truth: dict[str, Any] = json.loads(text)
        return truth

    @cached_property
    def pages(self) -> Pages:
        """The words of the pages, read apart from the project's own layout code."""
        return pages_of(self.pdf)


def golden_documents(folder: Path = GOLDEN) -> tuple[GoldenDocument, ...]:
    """All documents of a golden folder, by name."""
    return tuple(GoldenDocument(found) for found in sorted(folder.iterdir()) if found.is_dir())


def lasting(extraction: dict[str, Any]) -> dict[str, Any]:
    """The extraction without what a release or a machine puts into it: `provenance`."""
    return {key: value for key, value in extraction.items() if key != "provenance"}


def written(extraction: dict[str, Any]) -> str:
    """The text of an expected.json: what fits on a line stands on one."""
    return "".join(_lines(lasting(extraction), "")) + "\n"


def _lines(value: Any, indent: str) -> Iterator[str]:
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or len(indent) + len(flat) <= _LINE:
        yield flat
        return
    deeper = indent + " "
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    labelled = (
        ((f"{json.dumps(key, ensure_ascii=False)}: ", item) for key, item in value.items())
        if isinstance(value, dict)
        else (("", item) for item in value)
    )
    yield opening
    for position, (label, item) in enumerate(labelled):
        yield f"{',' if position else ''}\n{deeper}{label}"
        yield from _lines(item, deeper)
    yield f"\n{indent}{closing}"
