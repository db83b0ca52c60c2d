"""Full-width forms as half-width, character for character."""

import unicodedata

import pytest

from extractors.model.plain import has_radicals, plain, without_radicals


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("（一）２０２５年，（二）１２．５％", "(一)2025年,(二)12.5%"),
        ("≥95％", "≥95%"),
        ("⼀级指标", "一级指标"),  # a radical in place of the character
        ("部⻔总⻚", "部门总页"),
        ("1,254.76", "1,254.76"),
        ("", ""),
    ],
)
def test_full_width_forms_become_half_width(printed: str, expected: str) -> None:
    assert plain(printed) == expected


def test_each_character_stays_one() -> None:
    """So that a span of the one text is a span of the other: ㍿ and … are written with several."""
    everything = "".join(map(chr, (*range(0x20, 0xD800), *range(0xE000, 0x10000))))
    made_plain = plain(everything)
    assert len(made_plain) == len(everything)
    changed = [(a, b) for a, b in zip(everything, made_plain, strict=True) if a != b]
    assert len(changed) > 500
    others = [(a, b) for a, b in changed if unicodedata.normalize("NFKC", a) != b]
    assert len(others) == 40
    assert all(unicodedata.name(a).startswith("CJK RADICAL") for a, _ in others)
    assert all(unicodedata.name(b).startswith("CJK UNIFIED IDEOGRAPH") for _, b in others)


def test_radicals_alone_become_characters() -> None:
    assert (has_radicals("部⻔（⼀）"), has_radicals("部门（一）")) == (True, False)
    assert without_radicals("部⻔（⼀）１２") == "部门（一）１２"
