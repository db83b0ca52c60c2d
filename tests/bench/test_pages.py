"""Words of a page stand where the page is displayed, turned pages included."""

from pathlib import Path

import pymupdf
import pytest

from bench.scoring.pages import pages_of, text_inside


@pytest.mark.parametrize(("rotation", "box"), [(0, [90, 80, 200, 110]), (90, [690, 90, 720, 200])])
def test_boxes_are_those_of_the_displayed_page(tmp_path: Path, rotation: int, box: list[float]) -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=600, height=800)
        page.insert_text((100, 100), "1254.76")
        page.set_rotation(rotation)
        document.save(tmp_path / "one.pdf")
    (words,) = pages_of(tmp_path / "one.pdf")
    assert [word.text for word in words] == ["1254.76"]
    assert text_inside(words, box) == "1254.76"
