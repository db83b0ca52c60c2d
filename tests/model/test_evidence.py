"""Boxes as they are written down."""

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model.evidence import Box

# PDF libraries give points in single precision.
POINTS = st.floats(0, 10_000, width=32)


@settings(deadline=None)  # the machine may be busy
@given(POINTS, POINTS, POINTS, POINTS)
def test_two_decimals_are_those_of_round(x0: float, y0: float, x1: float, y1: float) -> None:
    assert Box(x0, y0, x1, y1).rounded() == (round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))


def test_a_half_goes_to_the_even_neighbour() -> None:
    assert Box(0.125, 0.375, 100.625, 100.875).rounded() == Box(0.12, 0.38, 100.62, 100.88)
