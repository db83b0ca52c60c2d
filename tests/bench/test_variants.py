"""The variation bench itself, and a small sample of it: producers that need no system packages."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bench.variants.content import Sheet, corpus, in_yuan, with_flat_header
from bench.variants.judge import UNFLAGGED, Outcome, Strictness, judge
from bench.variants.looks import WITHOUT_SYSTEM_PACKAGES, Look, Variant, fit
from bench.variants.pages import finished, lost
from bench.variants.plan import FAMILIES, RULED, plan
from bench.variants.run import measured, opening_of, printed

_LEAST_VARIANTS = 300
_STRICT = Strictness()

SHEET = Sheet(
    number="表1",
    title="部门支出总体情况表",
    unit="万元",
    issuer="某某局",
    columns=(("科目", "编码"), ("科目", "名称"), ("支出", "合计"), ("支出", "项目支出")),
    rows=(("201", "一般公共服务支出", "7.17", "7.17"), ("208", "社会保障和就业支出", "1,034.00", "")),
)


def _cell(text: str, status: str = "accepted") -> dict[str, Any] | None:
    figure = text.replace(",", "") if "." in text else None
    return {"text": text, "value": figure, "status": status} if text else None


def _reading(sheet: Sheet = SHEET, **table: Any) -> dict[str, Any]:
    """An extraction in which the sheet is read without a fault."""
    read = {
        "title": sheet.title,
        "unit": sheet.unit,
        "pages": [2],
        "sound": True,
        "columns": ["/".join(path) for path in sheet.columns],
        "rows": [{"cells": [_cell(text) for text in row]} for row in sheet.rows],
        **table,
    }
    return {"tables": [read], "gaps": [], "findings": []}


def _outcomes(extraction: dict[str, Any], strict: Strictness = _STRICT) -> Counter[Outcome]:
    return Counter(verdict.outcome for verdict in judge([SHEET], extraction, strict))


def _with_cell(row: int, column: int, cell: dict[str, Any] | None) -> dict[str, Any]:
    extraction = _reading()
    extraction["tables"][0]["rows"][row]["cells"][column] = cell
    return extraction


def test_what_is_read_as_printed_is_right() -> None:
    assert _outcomes(_reading()) == {Outcome.RIGHT: 3}
    assert all(verdict.is_accepted for verdict in judge([SHEET], _reading(), _STRICT))


@pytest.mark.parametrize("status", ["review", "contradicted"])
def test_a_wrong_amount_is_flagged_by_its_status(status: str) -> None:
    assert _outcomes(_with_cell(1, 2, _cell("1034.01", status)))[Outcome.WRONG_FLAGGED] == 1


def test_a_wrong_amount_that_is_accepted_is_wrong_in_silence() -> None:
    assert _outcomes(_with_cell(1, 2, _cell("1034.01"))) == {Outcome.RIGHT: 2, Outcome.WRONG: 1}


def test_a_missing_amount_in_a_sound_table_is_missing_in_silence() -> None:
    assert _outcomes(_with_cell(1, 2, None)) == {Outcome.RIGHT: 2, Outcome.MISSING: 1}


def test_a_missing_amount_is_flagged_where_the_table_is_not_sound() -> None:
    extraction = _with_cell(1, 2, None)
    extraction["tables"][0]["sound"] = "p2: open side: left"
    assert _outcomes(extraction)[Outcome.MISSING_FLAGGED] == 1


def test_a_missing_row_is_flagged_by_a_gap_on_its_page_only() -> None:
    extraction = _reading(rows=_reading()["tables"][0]["rows"][:1])
    assert _outcomes(extraction)[Outcome.MISSING] == 1
    extraction["gaps"] = [{"page": 3, "reason": "…"}]
    assert _outcomes(extraction)[Outcome.MISSING] == 1
    extraction["gaps"] = [{"page": 2, "reason": "…"}]
    assert _outcomes(extraction)[Outcome.MISSING_FLAGGED] == 1


def test_a_broken_sum_on_its_page_flags_a_table() -> None:
    extraction = _with_cell(1, 2, None)
    extraction["findings"] = [{"kind": "table-sum", "severity": "error", "evidence": [{"page": 2}]}]
    assert _outcomes(extraction)[Outcome.MISSING_FLAGGED] == 1
    extraction["findings"][0]["severity"] = "info"
    assert _outcomes(extraction)[Outcome.MISSING] == 1


def test_an_amount_beside_another_label_is_wrong() -> None:
    extraction = _with_cell(1, 1, _cell("社会保障支出"))
    assert _outcomes(extraction) == {Outcome.RIGHT: 2, Outcome.WRONG: 1}
    assert _outcomes(extraction, Strictness(labels=False)) == {Outcome.RIGHT: 3}


def test_an_amount_under_another_header_is_not_read() -> None:
    extraction = _reading(columns=["科目/编码", "科目/名称", "支出/合计", "收入/合计"])
    assert _outcomes(extraction) == {Outcome.RIGHT: 2, Outcome.MISSING: 1, Outcome.WRONG: 1}


def test_a_header_that_lost_its_upper_level_is_one_where_that_is_allowed() -> None:
    extraction = _reading(columns=["编码", "名称", "合计", "项目支出"])
    assert _outcomes(extraction)[Outcome.RIGHT] == 0
    assert _outcomes(extraction, Strictness(header=False)) == {Outcome.RIGHT: 3}
    swapped = _reading(columns=["编码", "名称", "项目支出", "合计"])
    assert _outcomes(swapped, Strictness(header=False))[Outcome.RIGHT] == 0


def test_an_amount_in_another_unit_is_wrong() -> None:
    assert _outcomes(_reading(unit="元")) == {Outcome.WRONG: 3}
    assert _outcomes(_reading(unit=None)) == {Outcome.RIGHT: 3}


def test_an_amount_that_is_not_printed_is_wrong() -> None:
    assert _outcomes(_with_cell(1, 3, _cell("9.99"))) == {Outcome.RIGHT: 3, Outcome.WRONG: 1}


def test_a_table_that_is_absent_is_missing_unless_somebody_says_so() -> None:
    extraction: dict[str, Any] = {"tables": [], "gaps": [], "findings": []}
    assert _outcomes(extraction) == {Outcome.MISSING: 3}
    extraction["gaps"] = [{"page": 2, "reason": "…"}]
    assert _outcomes(extraction) == {Outcome.MISSING_FLAGGED: 3}


def test_a_table_of_another_title_counts_as_said_where_it_is_not_sound() -> None:
    assert _outcomes(_reading(title="合计项目"))[Outcome.MISSING] == 3
    assert _outcomes(_reading(title="合计项目", sound="p2: unruled"))[Outcome.MISSING_FLAGGED] == 3


def test_header_cells_follow_from_the_paths() -> None:
    columns = (("科目", "编码"), ("科目", "名称"), ("合计",))
    header = replace(SHEET, columns=columns, rows=()).header
    assert [cell[:4] for cell in header] == [(0, 0, 1, 2), (0, 2, 2, 1), (1, 0, 1, 1), (1, 1, 1, 1)]
    assert with_flat_header(SHEET).depth == 1


def test_amounts_are_told_from_codes_and_have_labels() -> None:
    assert list(SHEET.amounts) == [(0, 2), (0, 3), (1, 2)]
    assert SHEET.labels_of(3) == (0, 1)


def test_yuan_are_ten_thousand_times_as_many() -> None:
    assert in_yuan(SHEET, thousands=True).rows[1][2] == "10,340,000.00"
    assert in_yuan(SHEET, thousands=False).rows[1][2] == "10340000.00"


def test_made_tables_add_up() -> None:
    total, *rows = corpus()[-1][0].rows
    figures = [Decimal(row[2].replace(",", "")) for row in rows if len(row[0]) == len("201")]
    assert sum(figures) == Decimal(total[2].replace(",", ""))


def test_every_table_fits_its_page() -> None:
    for sheet in (sheet for tables in corpus() for sheet in tables):
        found = fit(sheet, Look("drawn", size=16.0), 595.0)
        assert sum(found.widths) <= 595 - 2 * 36 + 0.1
        assert 0 < found.size <= 16.0


def test_the_plan_is_large_and_the_same_every_time() -> None:
    variants = list(plan(3))
    assert len(variants) >= _LEAST_VARIANTS
    assert variants == list(plan(3))
    assert len({variant.name for variant in variants}) == len(variants)


def test_what_a_producer_cuts_off_is_noticed() -> None:
    variant = Variant("x", "thin rules", Look("drawn"), (SHEET,))
    ((_, pdf),) = printed([variant])
    assert not lost(pdf, [SHEET])
    other = replace(SHEET, rows=(("201", "一般公共服务支出", "7.18", ""),))
    assert lost(pdf, [other]) == ["7.18"]


def test_turned_pages_keep_their_text() -> None:
    variant = Variant("x", "turned", Look("drawn"), (SHEET,))
    ((_, pdf),) = printed([variant])
    for look in (Look("drawn", turn=90), Look("drawn", sideways=270)):
        assert not lost(finished(pdf, look, seed=1), [SHEET])


def test_the_first_page_names_every_table() -> None:
    variant = Variant("x", "thin rules", Look("drawn"), (SHEET,))
    assert "表1 部门支出总体情况表" in opening_of(variant)


_SAMPLED = (
    "thin rules",
    "a rectangle for each cell",
    "white rules on fills",
    "no rules left and right",
    "turned by /Rotate",
    "header repeated",
)


@pytest.mark.parametrize("name", _SAMPLED)
def test_a_sample_is_read_without_a_slip(name: str) -> None:
    (family,) = (family for family in FAMILIES if family.name == name)
    assert family.kind == RULED
    for result in measured(list(plan(1, WITHOUT_SYSTEM_PACKAGES, [family]))):
        assert not result.lost
        assert not result.crash
        assert not [verdict for verdict in result.verdicts if verdict.outcome in UNFLAGGED]
        assert result.counts[Outcome.RIGHT] == result.counts.total() > 0
