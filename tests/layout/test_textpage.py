"""A text page: drawings are listed without its text, characters without other blocks, and nothing is lost."""

from collections.abc import Sequence

import pymupdf
import pytest

from extractors.layout.limits import Limits
from extractors.layout.pdf import open_pdf
from extractors.model.document import Word
from tests.layout.sheets import SIZE, Draw, pdf, rule, text

TEXTS = ("先 印", "中 间", "后 印")


def before(page: pymupdf.Page) -> None:
    rule(page, 60, 50, 300, 50)
    for y, words in zip((100, 150, 200), TEXTS, strict=True):
        text(page, 60, y, words)


def after(page: pymupdf.Page) -> None:
    for y, words in zip((100, 150, 200), TEXTS, strict=True):
        text(page, 60, y, words)
    rule(page, 60, 50, 300, 50)


def between(page: pymupdf.Page) -> None:
    for y, words in zip((100, 150, 200), TEXTS, strict=True):
        text(page, 60, y, words)
        rule(page, 60, y + 30, 300, y + 30)
    text(page, 60, 250, "末 尾")


def none(page: pymupdf.Page) -> None:
    for y, words in zip((100, 150, 200), TEXTS, strict=True):
        text(page, 60, y, words)


SHEETS = [(before, 1), (after, 1), (between, 3), (none, 0)]


def edges_of(words: Sequence[Word]) -> list[tuple[float, ...]]:
    return [tuple(round(edge, 1) for edge in word.edges) for word in words]


@pytest.mark.parametrize(("sheet", "count"), SHEETS)
def test_drawings_stand_anywhere_among_the_text(sheet: Draw, count: int) -> None:
    with open_pdf(pdf(sheet), "drawn.pdf", Limits()) as file:
        assert len(file.page(1).drawn) == count


@pytest.mark.parametrize("sheet", [sheet for sheet, _ in SHEETS])
def test_characters_are_found_after_the_drawings_were_listed(sheet: Draw) -> None:
    with open_pdf(pdf(sheet), "drawn.pdf", Limits()) as file:
        words = file.page(1).words
        # One of the last block, one of the first, all, and all again.
        for wanted in (words[-1:], words[:1], words, words):
            exact = file.exact(wanted)
            assert list(exact) == list(wanted)
            assert edges_of(list(exact.values())) == [
                (round(word.box.x0, 1), round(word.box.x0 + SIZE, 1)) for word in wanted
            ]


def test_no_character_is_found_of_a_word_that_is_not_there() -> None:
    with open_pdf(pdf(between), "drawn.pdf", Limits()) as file:
        word = file.page(1).words[0]._replace(text="无")
        assert file.exact([word]) == {word: word}


def test_the_text_around_the_drawings_still_says_which_way_it_runs() -> None:
    def sideways(page: pymupdf.Page) -> None:
        text(page, 300, 700, "自下而上", rotate=90)
        rule(page, 60, 50, 300, 50)

    with open_pdf(pdf(sideways), "drawn.pdf", Limits()) as file:
        assert file.page(1).drawn
        assert file.runs_up()


def test_radicals_are_the_characters_that_they_look_like() -> None:
    """A producer writes down of the glyph of 门 that it is the radical ⻔: nothing is seen of that."""
    with open_pdf(pdf(lambda page: text(page, 60, 100, "部⻔收⽀ 总⻚")), "radicals.pdf", Limits()) as file:
        words = file.page(1).words
        exact = file.exact(words)
    assert [word.text for word in words] == ["部门收支", "总页"]
    assert [len(word.edges) for word in exact.values()] == [5, 3]
