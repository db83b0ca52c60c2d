"""What asking costs on the golden documents keeps within its bounds, over the wire as it goes."""

import asyncio
from fractions import Fraction
from pathlib import Path

import pytest

from bench.asking import StandIn, cost
from bench.golden import GoldenDocument, golden_documents
from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.llm.prompts import newest
from extractors.pipeline import read_sections, unsettled_in
from extractors.tasks.ask import ask_all

PROMPTS = newest(Path(__file__).parents[2] / "prompts")
MOST_SENT, MOST_INPUT, MOST_TIMES = Fraction(65, 100), Fraction(3, 2), 2


@pytest.mark.parametrize("document", golden_documents(), ids=lambda d: d.name)
def test_the_bounds_hold(document: GoldenDocument) -> None:
    disclosure = read_sections(read_layout(document.pdf.read_bytes(), "document.pdf", Limits()))
    everything = cost(disclosure)
    assert everything.unique <= MOST_SENT
    assert everything.times <= MOST_TIMES
    assert everything.input <= MOST_INPUT
    needed = cost(disclosure, unsettled_in(disclosure))
    assert (needed.unique, needed.input) < (everything.unique, everything.input)


def test_answers_of_the_right_shape_are_taken_as_they_come_over_the_wire() -> None:
    document = next(d for d in golden_documents() if d.name == "hejing-2025")
    disclosure = read_sections(read_layout(document.pdf.read_bytes(), "document.pdf", Limits()))
    stand_in = StandIn()
    asked = asyncio.run(ask_all(disclosure, stand_in.client(), PROMPTS))
    assert asked.gaps == ()
    assert asked.usage.calls == len(stand_in.bodies)
    assert asked.answered == {
        "contradictions", "narrative", "other_matters", "overview", "performance", "projects"
    }  # fmt: skip
