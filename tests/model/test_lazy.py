"""What is computed when it is asked for first."""

from extractors.model.lazy import lazy


class Counted:
    def __init__(self) -> None:
        self.times = 0

    @lazy
    def answer(self) -> int:
        self.times += 1
        return 42


def test_is_computed_once_for_each_object() -> None:
    one, other = Counted(), Counted()
    assert (one.times, one.answer, one.answer, one.times, other.times) == (0, 42, 42, 1, 0)


def test_of_a_class_is_the_attribute_itself() -> None:
    assert isinstance(Counted.answer, lazy)
