"""docs/checks.md says what the checks are."""

from tools.checks_page import FILE, page


def test_the_page_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == page(), "run: make docs"


def test_it_names_a_check_with_its_sentence() -> None:
    assert "| `table-sum/of-which` | “其中”各项之和不大于所属项。 | 列为问题 |" in page()
