"""Boxes hold what is said to be printed in them: by a sample of the golden documents."""

from fractions import Fraction

from bench.evidence import VALUES, inside, sample
from bench.golden import GOLDEN
from extractors.model.evidence import Box

RIGHT = Fraction(99, 100)


def test_sampled_boxes_hold_just_what_is_printed() -> None:
    looked = list(sample(GOLDEN))
    wrong = [(one.document, one.path, one.evidence.text, one.inside) for one in looked if not one.is_right]
    assert len(looked) == VALUES
    assert Fraction(VALUES - len(wrong), VALUES) >= RIGHT, wrong


def test_what_is_inside_is_read_line_by_line() -> None:
    characters = [
        (Box(10.0 * column, 20.0 * row + column % 2, 10.0 * column + 9, 20.0 * row + 12), text)
        for row, line in enumerate(("经济", "成本", "外外"))
        for column, text in enumerate(line)
    ]
    assert inside(characters, Box(0, 0, 30, 35)) == "经济成本"
    assert inside(characters, Box(0, 0, 10, 35)) == "经成"
