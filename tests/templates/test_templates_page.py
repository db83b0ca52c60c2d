"""docs/templates.md: its example works as it is printed, and its list of kinds is complete."""

import re
from pathlib import Path

import pytest

from extractors.checks import cross_table
from extractors.model.facts import UNKNOWN_KIND, BudgetTable
from extractors.templates import tables
from extractors.templates.tables import TableKind, catalogue, load
from tests.ruled import read

PAGE = (Path(__file__).parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")


def _printed_table() -> tuple[list[str], list[list[str]]]:
    """Caption and rows of the table that the page shows."""
    lines = [line.removeprefix("> ") for line in PAGE.splitlines() if line.startswith("> ")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return lines[0].split(), [row for row in rows if not set("".join(row)) <= {"-"}]


def _read() -> BudgetTable:
    caption, rows = _printed_table()
    return read(rows, caption)


@pytest.fixture
def kinds(tmp_path: Path) -> tuple[TableKind, ...]:
    """The catalogue with the file that the page tells to make."""
    found = re.search(
        r"`extractors/templates/tables/(?P<name>\w+\.toml)`:\n\n```toml\n(?P<text>.*?)```", PAGE, re.S
    )
    assert found is not None
    (tmp_path / found["name"]).write_text(found["text"], encoding="utf-8")
    return (*catalogue(), *load(tmp_path))


def test_the_example_is_unknown_without_its_file() -> None:
    assert _read().kind == UNKNOWN_KIND


def test_the_example_is_known_by_its_file(
    kinds: tuple[TableKind, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "catalogue", lambda: kinds)
    table = _read()
    assert (table.kind, table.unit) == ("street_offices", "万元")
    assert [column.role for column in table.columns] == [None, "total", "basic", "project"]
    basic = table.amount("total", "basic")
    assert basic is not None
    assert basic.printed == "6.00"
    assert [entry.parent for entry in table.blocks[0].entries] == [None, 0, 0]


def test_the_list_of_kinds_is_that_of_the_catalogue() -> None:
    listed = re.findall(r"^\| `(\w+)` \| (\S+) \|$", PAGE, re.MULTILINE)
    kinds = sorted(catalogue(), key=lambda kind: (not kind.is_budget_table, kind.id))
    assert listed == [(kind.id, kind.name) for kind in kinds]


def test_the_roles_that_checks_ask_for_are_named_and_given() -> None:
    source = Path(cross_table.__file__).read_text(encoding="utf-8")
    spots = re.findall(r'Spot\([^,()]+, "(\w*)", "(\w+)"\)', source)
    asked = {role for spot in spots for role in spot if role}
    given = {role for kind in catalogue() for role in (*kind.columns.words, *kind.rows.words)}
    assert len(asked) > 10
    assert {role for role in asked if f"`{role}`" not in PAGE} == set()
    assert asked <= given
