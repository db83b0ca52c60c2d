"""Figures that come out of a picture: what proves them, and that a misread digit is never accepted."""

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest

from extractors.model.agreement import Accord, Agreements, TwoReadings
from extractors.model.amounts import Amount, parse_decimal
from extractors.model.evidence import Match, Reader
from extractors.model.facts import Disclosure, Row, TableCell
from extractors.model.findings import Status
from tests.checking.test_gate import HEADER, SOUND, at, statuses, table
from tests.disclosures import disclosure_of

WIDE = table(
    [None, "合计", "1254.76", "886.31", "368.45"],
    ["208", "社会保障和就业支出", "139.27", "121.84", "17.43"],
    ["210", "卫生健康支出", "1042.58", "704.03", "338.55"],
    ["221", "住房保障支出", "72.91", "60.44", "12.47"],
)


def seen(disclosure: Disclosure, read: Callable[[str, str], str], score: float = 0.99) -> Disclosure:
    """The same disclosure out of a picture; `read` gives what was recognised from a path and the print."""

    def cell(old: TableCell | None, path: str) -> TableCell | None:
        if old is None or old.amount is None:
            return old
        printed = read(path, old.amount.printed)
        value = parse_decimal(printed)
        assert value is not None
        place = tuple(e._replace(text=printed, match=Match.OCR, score=score) for e in old.amount.place)
        amount = replace(old.amount, printed=printed, value=value, place=place)
        return TableCell(replace(old.text, printed=printed, place=place), amount)

    (budget_table,) = disclosure.tables
    rows = []
    amounts: dict[Amount, Amount] = {}
    for index, row in enumerate(budget_table.rows):
        cells = tuple(cell(old, at(index, column)) for column, old in enumerate(row.cells))
        rows.append(Row(cells, row.code, row.name, row.level))
        for old, new in zip(row.cells, cells, strict=True):
            if old and new and old.amount and new.amount:
                amounts[old.amount] = new.amount
    blocks = tuple(
        replace(
            block,
            entries=tuple(
                entry._replace(amounts=tuple(a and amounts.get(a, a) for a in entry.amounts))
                for entry in block.entries
            ),
        )
        for block in budget_table.blocks
    )
    return replace(disclosure, tables=(replace(budget_table, rows=tuple(rows), blocks=blocks),))


def as_printed(path: str, printed: str) -> str:
    return printed


def test_sums_of_different_figures_prove_them() -> None:
    assert set(statuses(seen(disclosure_of(WIDE), as_printed)).values()) == {Status.ACCEPTED}


def test_the_same_digits_twice_prove_neither() -> None:
    alone = disclosure_of(table(["210", "卫生健康支出", "10.00", "10.00", None]))
    assert set(statuses(alone).values()) == {Status.ACCEPTED}
    assert set(statuses(seen(alone, as_printed)).values()) == {Status.REVIEW}


def test_one_proof_is_not_enough_where_a_character_is_in_doubt() -> None:
    one_row = disclosure_of(table(["210", "卫生健康支出", "10.00", "6.00", "4.00"]))
    assert set(statuses(seen(one_row, as_printed)).values()) == {Status.ACCEPTED}
    assert set(statuses(seen(one_row, as_printed, score=0.6)).values()) == {Status.REVIEW}


def _misread(printed: str, position: int, digit: str) -> str:
    return printed[:position] + digit + printed[position + 1 :]


@pytest.mark.parametrize("sheet", [SOUND, WIDE])
def test_a_misread_digit_is_never_accepted(sheet: dict[str, list[dict[str, list[list[str | None]]]]]) -> None:
    rows = sheet["tables"][0]["rows"]
    for index, row in enumerate(rows):
        for column in range(2, len(HEADER)):
            printed = row[column]
            if printed is None:
                continue
            for position, character in enumerate(printed):
                if character == ".":
                    continue
                wrong = _misread(printed, position, "7" if character != "7" else "1")
                path = at(index, column)

                def read(at_path: str, text: str, path: str = path, wrong: str = wrong) -> str:
                    return wrong if at_path == path else text

                assert statuses(seen(disclosure_of(sheet), read))[path] is not Status.ACCEPTED, (path, wrong)


def test_a_digit_that_is_misread_everywhere_is_not_accepted() -> None:
    """A worn letter is misread alike wherever it stands; the sums do not hold then, but for chance."""
    disclosure = disclosure_of(WIDE)
    for was, becomes in permutations("0123456789", 2):
        printed: dict[str, str] = {}

        def read(path: str, text: str, was: str = was, becomes: str = becomes) -> str:
            printed[path] = text  # noqa: B023 - read before the next turn of the loop
            return text.replace(was, becomes)

        found = statuses(seen(disclosure, read))
        wrong = [path for path, text in printed.items() if was in text and found[path] is Status.ACCEPTED]
        assert not wrong, (was, becomes, wrong)


def test_a_model_is_no_second_reader_of_a_picture() -> None:
    disclosure = disclosure_of({"projects": [{"name": "甲", "amount": "9.50 万元"}]})
    mine = disclosure.projects[0].amount
    assert mine is not None
    mine = replace(mine, place=tuple(e._replace(match=Match.OCR, score=0.99) for e in mine.place))
    project = replace(disclosure.projects[0], amount=mine)
    theirs = replace(mine, reader=Reader.MODEL)
    agreements = Agreements((TwoReadings("projects/0/amount", (mine, theirs), Accord.AGREE),))
    found = statuses(replace(disclosure, projects=(project,)), agreements)
    assert found["projects/0/amount"] is Status.REVIEW
