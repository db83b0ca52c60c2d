"""The catalogue of table kinds: each is known by its titles, and none by its neighbours'."""

from pathlib import Path

import pytest

from extractors.templates.tables import catalogue, load, recognise

INCOME_AND_EXPENDITURE = "收入/项目 收入/预算数 支出/功能分类 支出/预算数"
BY_FUNCTION = "功能分类科目编码 功能分类科目名称 合计 基本支出 项目支出"
BY_ECONOMY = "经济分类科目编码 经济分类科目名称 合计 人员经费 公用经费"

KNOWN = [
    ("revenue_expenditure_overview", "部门收支总体情况表", INCOME_AND_EXPENDITURE),
    ("revenue_expenditure_overview", "单位收支总体情况表", INCOME_AND_EXPENDITURE),
    ("revenue", "部门收入总体情况表", "功能分类科目编码/类 总计 财政拨款(补助)/一般公共预算"),
    ("expenditure", "部门支出总体情况表", BY_FUNCTION),
    ("fiscal_appropriation_overview", "财政拨款收支预算总体情况表", INCOME_AND_EXPENDITURE),
    ("general_public_expenditure", "一般公共预算支出情况表", BY_FUNCTION),
    ("general_public_basic_expenditure", "一般公共预算基本支出情况表", BY_ECONOMY),
    ("general_public_project_expenditure", "一般公共预算项目支出情况表", "项目名称 项目支出合计 资本性支出"),
    ("government_fund_expenditure", "政府性基金预算支出情况表", BY_FUNCTION),
    ("state_capital_expenditure", "国有资本经营预算支出情况表", BY_FUNCTION),
    ("three_public_expenses", "财政拨款“三公”经费支出情况表", "“三公”经费支出内容 合计"),
    ("carry_over", "上年结转结余情况明细表", "项目 合计 财政拨款/小计"),
    ("performance_goals", "部门（单位）整体绩效目标表", "一级指标 二级指标 三级指标"),
]


@pytest.mark.parametrize(("kind", "title", "header"), KNOWN)
def test_titles(kind: str, title: str, header: str) -> None:
    found = recognise(title, header)
    assert found is not None
    assert found.id == kind


@pytest.mark.parametrize("title", ["", "各街道经费一览表", "名词解释"])
def test_other_titles_are_of_no_kind(title: str) -> None:
    assert recognise(title, BY_FUNCTION) is None


def test_a_header_may_be_asked_for() -> None:
    assert recognise("部门收支总体情况表", "科目 合计") is None


def test_two_kinds_that_fit_alike_are_none(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / f"{name}.toml").write_text('name = "甲"\ntitle = [["街道"]]\n', encoding="utf-8")
    assert recognise("街道经费表", "", load(tmp_path)) is None


def test_each_kind_has_a_name_of_its_own() -> None:
    names = [kind.name for kind in catalogue()]
    assert len(set(names)) == len(names)


def test_a_kind_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "street_offices.toml").write_text(
        """
name = "街道经费表"
title = { any = [["街道", "经费"]], none = ["绩效"] }
header = [["街道名称"]]

[columns]
total = [["合计"]]

[rows]
total = [["总计"]]
""",
        encoding="utf-8",
    )
    kinds = load(tmp_path)
    assert recognise("各街道经费一览表", "街道名称 合计", kinds) == kinds[0]
    assert recognise("各街道经费绩效表", "街道名称 合计", kinds) is None
    assert recognise("各街道经费一览表", "科目名称 合计", kinds) is None
    assert (kinds[0].id, kinds[0].is_budget_table) == ("street_offices", True)
    assert kinds[0].column_role(["街道名称"]) is None
    assert (kinds[0].column_role(["预算", "合计"]), kinds[0].row_role("总计")) == ("total", "total")
