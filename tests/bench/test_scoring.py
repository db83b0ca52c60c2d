"""The scoring of bench/ on a document so small that every count can be checked by hand."""

import copy
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from bench.scoring import Report, score
from bench.scoring.pages import Pages, PrintedWord, text_inside
from bench.scoring.text import number, numbers_in, same, says

Json = dict[str, Any]
Change = Callable[[Json], object]

TRUTH: Json = {
    "issuer": "某县医疗保障局",
    "fiscal_year": 2025,
    "kind": "部门预算",
    "published_on": None,
    "staffing": {"编制": 18, "离休": None},
    "tables": [
        {
            "no": "1",
            "title": "部门收支总体情况表",
            "unit": "万元",
            "page": 1,
            "is_empty": False,
            "columns": ["收入/项目", "收入/预算数"],
            "rows": [["一、本年收入", "1,254.76"], ["二、上年结转", None], ["收入总计", "1,254.76"]],
        },
        {
            "no": "2",
            "title": "国有资本经营预算情况表",
            "unit": "万元",
            "page": 2,
            "is_empty": True,
            "columns": ["科目", "金额"],
            "rows": [],
        },
    ],
    "projects": [
        {
            "name": "人身意外伤害保险",
            "amount": "92.36",
            "start": "2025-01-01",
            "policy_refs": [{"canonical": "新人社发〔2016〕140号"}, {"canonical": None}],
            "allocation_items": [{"item": "保险费", "amount": "92.36"}],
        }
    ],
    "indicator_tables": [
        {
            "scope": "项目",
            "name": "人身意外伤害保险",
            "total": "92.36",
            "indicators": [{"level1": "产出指标", "level3": "参保人数", "printed": ">=100人", "weight": "8"}],
        }
    ],
    "narrative_facts": [
        {"section": "支出预算", "subject": "基本支出", "amount": "300.00", "share_pct": "76.14"},
        {"section": "支出预算", "subject": "项目支出", "amount": "300.00", "share_pct": None},
    ],
    "inconsistencies": [
        {"kind": "share", "where": "支出预算", "printed": "76.14%", "expected": "75.00%", "page": 2},
        {"kind": "other", "where": "封面", "printed": "某县医疗保章局", "page": 1, "certain": False},
        {"kind": "table-sum", "where": "表1", "printed": "661.27", "expected": "661.28", "page": 1}
        | {"rounding_only": True},
    ],
}  # fmt: skip

PAGES: Pages = [
    [
        PrintedWord(10, 10, 90, 20, "一、本年收入"),
        PrintedWord(110, 10, 150, 20, "1,254.76"),
        PrintedWord(10, 30, 90, 40, "二、上年结转"),
        PrintedWord(10, 50, 90, 60, "收入总计"),
        PrintedWord(110, 50, 150, 60, "1,254.76"),
    ],
    [],
]


def cell(text: str, y: float, x0: float, x1: float) -> Json:
    return {"text": text, "evidence": {"page": 1, "bbox": [x0, y, x1, y + 12]}}


def perfect() -> Json:
    """An extraction that says just what the truth says."""
    truth = copy.deepcopy(TRUTH)
    return {
        "document": {key: truth[key] for key in ("issuer", "fiscal_year", "kind")},
        "staffing": {"编制": 18},
        "tables": [
            {
                "title": "部门收支总体情况表",
                "unit": "万元",
                "pages": [1],
                "is_empty": False,
                "rows": [
                    {"cells": [cell("一、本年收入", 9, 5, 95), cell("1,254.76", 9, 105, 155)]},
                    {"cells": [cell("二、上年结转", 29, 5, 95), None]},
                    {"cells": [cell("收入总计", 49, 5, 95), cell("1,254.76", 49, 105, 155)]},
                ],
            },
            {"title": "国有资本经营预算情况表", "unit": "万元", "pages": [2], "is_empty": True, "rows": []},
        ],
        "projects": truth["projects"],
        "indicator_tables": truth["indicator_tables"],
        "narrative_facts": truth["narrative_facts"],
        "findings": [
            finding("share", "error", "76.14%", "75.00%", page=2),
            {**finding("table-sum", "info", "661.27", "661.28", page=1), "rounding_only": True},
        ],
    }


def finding(kind: str, severity: str, printed: str, expected: str, *, page: int) -> Json:
    return {
        "check": f"{kind}/some",
        "kind": kind,
        "severity": severity,
        "message": "…",
        "printed": printed,
        "expected": expected,
        "evidence": [{"page": page}],
    }


def counts(report: Report, part: str) -> tuple[int, int, int]:
    tally = report[part]
    return tally.right, tally.expected, tally.given


def test_a_perfect_reading_is_all_right() -> None:
    report = score(perfect(), TRUTH, PAGES)
    assert {part: counts(report, part) for part in report.parts} == {
        "document": (4, 4, 4),
        "tables": (2, 2, 2),
        "cells": (5, 5, 5),
        "evidence": (5, 5, 5),
        "projects": (4, 4, 4),
        "refs": (1, 1, 1),
        "forms": (3, 3, 3),
        "indicators": (4, 4, 4),
        "facts": (3, 3, 3),
        "findings": (1, 1, 1),
        "rounding": (1, 1, 1),
        "alarms": (1, 1, 1),
    }
    assert report.false_alarms == 0


def test_without_pages_evidence_is_judged_by_its_page() -> None:
    assert counts(score(perfect(), TRUTH), "evidence") == (5, 5, 5)


def test_an_empty_reading_has_nothing_right_and_nothing_given() -> None:
    report = score({}, TRUTH, PAGES)
    assert all(tally.right == 0 for tally in report.parts.values())
    assert counts(report, "cells") == (0, 5, 0)
    assert report["cells"].recall == 0
    assert report["cells"].precision is None


@pytest.mark.parametrize(
    ("part", "expected", "change"),
    [
        ("document", (3, 4, 4), lambda e: e["document"].update(kind="单位预算")),
        ("document", (3, 4, 4), lambda e: e["staffing"].clear()),
        ("tables", (1, 2, 2), lambda e: e["tables"][0].update(unit="元")),
        ("tables", (1, 2, 2), lambda e: e["tables"][1].update(is_empty=False)),
        ("tables", (1, 2, 1), lambda e: e["tables"].pop(0)),
        ("cells", (0, 5, 0), lambda e: e["tables"].pop(0)),
        ("cells", (4, 5, 5), lambda e: e["tables"][0]["rows"][2]["cells"][1].update(text="1254.77")),
        ("cells", (3, 5, 5), lambda e: e["tables"][0]["rows"][2]["cells"].reverse()),
        ("cells", (5, 5, 5), lambda e: e["tables"][0]["rows"][2]["cells"][1].update(text="1254.760")),
        ("cells", (5, 5, 6), lambda e: e["tables"][0]["rows"].insert(0, {"cells": [{"text": "※"}]})),
        ("cells", (4, 5, 4), lambda e: e["tables"][0]["rows"].pop(1)),
        ("evidence", (4, 5, 5), lambda e: evidence(e).update(page=0)),
        ("evidence", (4, 5, 5), lambda e: evidence(e).update(bbox=[5, 9, 155, 21])),
        ("evidence", (4, 5, 5), lambda e: e["tables"][0]["rows"][0]["cells"][0].update(evidence=None)),
        ("projects", (3, 4, 4), lambda e: e["projects"][0].update(amount="92.63")),
        ("projects", (3, 4, 3), lambda e: e["projects"][0]["allocation_items"].clear()),
        ("projects", (3, 4, 4), lambda e: e["projects"][0]["allocation_items"][0].update(item="差旅")),
        ("projects", (0, 4, 0), lambda e: e["projects"].clear()),
        ("refs", (0, 1, 1), lambda e: ref(e).update(canonical="新人社发〔2016〕14号")),
        ("forms", (2, 3, 3), lambda e: e["indicator_tables"][0].update(total="92.63")),
        ("indicators", (3, 4, 4), lambda e: indicator(e).update(weight="9")),
        ("indicators", (4, 4, 5), lambda e: indicator(e).update(basis="计划标准")),
        ("facts", (2, 3, 3), lambda e: e["narrative_facts"][0].update(share_pct="67.14")),
        ("facts", (2, 3, 3), lambda e: e["narrative_facts"][1].update(subject="三公经费")),
        ("facts", (3, 3, 4), lambda e: e["narrative_facts"][1].update(change_pct="1")),
        ("findings", (0, 1, 0), lambda e: e["findings"].pop(0)),
        ("findings", (0, 1, 0), lambda e: e["findings"][0].update(severity="info")),
        ("findings", (0, 1, 1), lambda e: e["findings"][0]["evidence"][0].update(page=9)),
        ("rounding", (0, 1, 0), lambda e: e["findings"].pop(1)),
        ("alarms", (1, 2, 2), lambda e: alarm(e, "change", "12.00", page=2)),
        ("alarms", (2, 2, 2), lambda e: alarm(e, "other", "某县医疗保章局", page=1)),
    ],
)  # fmt: skip
def test_one_mistake_costs_just_its_part(part: str, expected: tuple[int, int, int], change: Change) -> None:
    extraction = perfect()
    change(extraction)
    assert counts(score(extraction, TRUTH, PAGES), part) == expected


def evidence(extraction: Json) -> Json:
    found: Json = extraction["tables"][0]["rows"][0]["cells"][1]["evidence"]
    return found


def indicator(extraction: Json) -> Json:
    found: Json = extraction["indicator_tables"][0]["indicators"][0]
    return found


def ref(extraction: Json) -> Json:
    found: Json = extraction["projects"][0]["policy_refs"][0]
    return found


def alarm(extraction: Json, kind: str, printed: str, *, page: int) -> None:
    extraction["findings"].append(finding(kind, "warning", printed, "", page=page))


def test_an_uncertain_contradiction_is_neither_asked_for_nor_an_alarm() -> None:
    extraction = perfect()
    extraction["findings"] = [finding("other", "warning", "某县医疗保章局", "", page=1)]
    report = score(extraction, TRUTH)
    assert counts(report, "findings") == (0, 1, 1)
    assert report.false_alarms == 0


def test_one_finding_answers_one_contradiction() -> None:
    truth = copy.deepcopy(TRUTH)
    truth["inconsistencies"].append(copy.deepcopy(truth["inconsistencies"][0]))
    assert counts(score(perfect(), truth), "findings") == (1, 2, 1)


def test_a_finding_may_name_two_rounding_differences_and_is_right_once() -> None:
    truth, extraction = copy.deepcopy(TRUTH), perfect()
    truth["inconsistencies"].append(copy.deepcopy(truth["inconsistencies"][2]))
    extraction["findings"].append(
        {**finding("change", "info", "5.00", "6.00", page=1), "rounding_only": True}
    )
    rounding = score(extraction, truth)["rounding"]
    assert (rounding.right, rounding.expected, rounding.given, rounding.wrong) == (2, 2, 2, 1)
    assert rounding.precision == Fraction(1, 2)


def test_two_readings_of_one_figure_answer_one_fact() -> None:
    extraction = perfect()
    extraction["narrative_facts"].append(copy.deepcopy(extraction["narrative_facts"][0]))
    assert counts(score(extraction, TRUTH), "facts") == (3, 3, 5)


def test_a_miss_says_what_is_printed_and_what_was_read() -> None:
    extraction = perfect()
    extraction["tables"][0]["rows"][2]["cells"][1]["text"] = "1254.77"
    assert score(extraction, TRUTH)["cells"].misses == [
        "table 1 部门收支总体情况表 row 3 收入/预算数: printed 1,254.76, read 1254.77"
    ]


def test_scoring_changes_neither_side() -> None:
    extraction, truth = perfect(), copy.deepcopy(TRUTH)
    score(extraction, truth, PAGES)
    assert (extraction, truth) == (perfect(), TRUTH)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("1,254.76", "1254.760", True),
        ("收 入 总 计", "收入总计", True),
        ("－5", "-5", True),
        ("5", "五", False),
        (None, "", True),
        (None, "0", False),
        (0, None, False),
    ],
)
def test_same(one: object, other: object, *, expected: bool) -> None:
    assert same(one, other) is expected


def test_long_texts_may_differ_by_a_slip_and_short_ones_may_not() -> None:
    long = "用于保障全县参保群众的人身意外伤害保险县级配套资金，按照每人每年标准据实补助。"
    assert says(long, long.replace("据实", "按实"))
    assert not says(long, long[: len(long) // 2])
    assert not says("县级配套资金", "县级配套资全")


def test_numbers() -> None:
    assert number("") is None
    assert number("二十") is None
    assert {str(n) for n in numbers_in("下降-7.57%，共1,254.76万元", None)} == {"-7.57", "1254.76"}


def test_text_inside_reads_by_lines_what_has_its_middle_in_the_box() -> None:
    words = [
        PrintedWord(50, 20, 70, 30, "出"),
        PrintedWord(10, 20, 30, 30, "支"),
        PrintedWord(10, 10, 30, 19, "缴费"),
    ]
    assert text_inside(words, [0, 0, 100, 100]) == "缴费支出"
    assert text_inside(words, [0, 0, 45, 100]) == "缴费支"
