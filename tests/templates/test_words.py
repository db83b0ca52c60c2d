"""Known words in a text: which role's fit best."""

import pytest

from extractors.templates.words import Roles, Words

ROLES = Roles(
    {
        "unit": Words.of([["单位"]]),
        "target": Words.of([["指标值"], ["目标"]], ["上年"]),
        "target_unit": Words.of([["指标值单位"], ["目标", "单位"]]),
        "any": Words.of([["目标"]]),
    }
)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("指标值（单位）", "target"),  # the longest words
        ("指标值单位", "target_unit"),
        ("单位/目标", "target_unit"),  # several words count together
        ("目标", "target"),  # of two that fit alike the first
        ("上年目标", "any"),  # a word that must not be there
        ("上年指标值（单位）", "unit"),
        ("备注", None),
    ],
)
def test_the_role_whose_words_fit_best(text: str, role: str | None) -> None:
    assert ROLES.best(text) == role
