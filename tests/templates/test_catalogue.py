"""The catalogue of table kinds: each is known by its titles, and none by its neighbours'."""

from pathlib import Path

import pytest

from extractors.templates.tables import catalogue, load, recognise

SIDES = "收入/项目 收入/预算数 支出/功能分类 支出/预算数"
BY_FUNCTION = "功能分类科目编码 功能分类科目名称 合计 基本支出 项目支出"
BY_ECONOMY = "经济分类科目编码 经济分类科目名称 合计 人员经费 公用经费"
THREE_PUBLIC = "合计 因公出国(境)费 公务接待费 公务用车购置及运行费/小计"
PROJECTS = "项目名称 合计 一般公共预算拨款"

KNOWN = [
    ("revenue_expenditure_overview", SIDES, "部门收支总体情况表"),
    ("revenue_expenditure_overview", SIDES, "单位收支总表"),
    ("revenue_expenditure_overview", SIDES, "部门综合预算收支总表"),
    ("revenue_expenditure_overview", SIDES, "收支预算总表"),
    ("revenue_expenditure_overview", SIDES, "收入支出决算总表"),
    ("revenue_expenditure_overview", SIDES, "2025年部门收支预算表"),
    ("revenue_expenditure_overview", "收入/项目 收入/行次 支出/项目", "收入支出决算表"),
    ("revenue", "功能分类科目编码/类 总计 财政拨款(补助)/一般公共预算", "部门收入总体情况表"),
    ("revenue", "科目编码 科目名称 合计", "部门收入总表"),
    ("revenue", "项目名称 金额", "收入预算总表"),
    ("revenue", "科目编码 本年收入合计 财政拨款收入", "收入决算表"),
    ("expenditure", BY_FUNCTION, "部门支出总体情况表"),
    ("expenditure", BY_FUNCTION, "部门支出总表"),
    ("expenditure", BY_FUNCTION, "支出预算总表"),
    ("expenditure", "科目编码 本年支出合计 基本支出", "支出决算表"),
    ("fiscal_appropriation_overview", SIDES, "财政拨款收支预算总体情况表"),
    ("fiscal_appropriation_overview", SIDES, "财政拨款收支总表"),
    ("fiscal_appropriation_overview", SIDES, "部门综合预算财政拨款收支总表"),
    ("fiscal_appropriation_overview", SIDES, "财政拨款收入支出决算总表"),
    ("fiscal_appropriation_overview", "收入/项目 收入/金额 支出/合计", "财政拨款收入支出决算表"),
    ("fiscal_appropriation_expenditure", "功能科目编码 金额", "财政拨款支出预算表（功能科目）"),
    ("fiscal_appropriation_basic_expenditure", "科目编码 金额", "财政拨款基本支出预算表（经济科目）"),
    ("general_public_expenditure", BY_FUNCTION, "一般公共预算支出情况表"),
    ("general_public_expenditure", BY_FUNCTION, "一般公共预算支出明细表（按支出功能分类科目）"),
    ("general_public_expenditure", BY_FUNCTION, "一般公共预算财政拨款支出决算表"),
    ("general_public_expenditure_by_economy", BY_ECONOMY, "一般公共预算支出明细表（按支出经济分类科目）"),
    (
        "general_public_expenditure_by_economy",
        "科目编码 科目名称 合计 基本支出 项目支出",
        "2024年度一般公共预算支出经济分类情况表",
    ),
    ("general_public_basic_expenditure", BY_ECONOMY, "一般公共预算基本支出情况表"),
    ("general_public_basic_expenditure", BY_ECONOMY, "一般公共预算基本支出明细表（支出经济分类科目）"),
    ("general_public_basic_expenditure", BY_ECONOMY, "一般公共预算财政拨款基本支出决算表"),
    (
        "general_public_basic_expenditure_by_function",
        "功能科目编码 功能科目名称 合计 人员经费 公用经费",
        "一般公共预算基本支出明细表（按支出功能分类科目）",
    ),
    ("general_public_project_expenditure", "项目名称 项目支出合计 资本性支出", "一般公共预算项目支出情况表"),
    ("project_expenditure", PROJECTS, "部门项目支出表"),
    ("project_expenditure", PROJECTS, "项目支出预算明细表"),
    ("project_expenditure", "项目名称 本年收入/合计 本年支出/合计", "项目收入支出决算表"),
    ("institution_operation", "项目 行次 统计数", "机构运行信息表"),
    (
        "institution_operation",
        "项目 行次 决算数",
        "机构运行经费支出、国有资产占用情况及政府采购支出信息表",
    ),
    ("government_fund_expenditure", BY_FUNCTION, "政府性基金预算支出情况表"),
    (
        "general_public_expenditure",
        "年初结转和结余/合计 本年收入/合计 本年支出/合计",
        "一般公共预算财政拨款收入支出决算表",
    ),
    (
        "government_fund_expenditure",
        "科目编码 年初结转和结余 本年收入",
        "政府性基金预算财政拨款收入支出决算表",
    ),
    (
        "government_fund_expenditure",
        "年初结转和结余 本年收入/合计 本年收入/基本支出 本年收入/项目支出 本年支出/合计",
        "政府性基金预算财政拨款收入支出决算表",
    ),
    ("government_fund_overview", SIDES, "部门综合预算政府性基金收支表"),
    ("state_capital_expenditure", BY_FUNCTION, "国有资本经营预算支出情况表"),
    ("state_capital_expenditure", "科目编码 本年支出/合计", "国有资本经营预算财政拨款收入支出决算表"),
    ("state_capital_overview", SIDES, "国有资本经营预算收支表"),
    ("special_account_expenditure", BY_FUNCTION, "财政专户管理资金支出表"),
    ("three_public_expenses", "“三公”经费支出内容 合计", "财政拨款“三公”经费支出情况表"),
    ("three_public_expenses", THREE_PUBLIC, "一般公共预算“三公”经费支出表"),
    ("three_public_expenses", THREE_PUBLIC, "财政拨款“三公”经费支出决算表"),
    ("three_public_expenses", THREE_PUBLIC, "一般公共预算拨款“三公”经费及会议费、培训费支出预算表"),
    (
        "three_public_expenses",
        "项目 行次 年初预算数 决算统计数",
        "财政拨款“三公”经费、行政参公单位机关运行经费情况表",
    ),
    ("three_public_expenses", "因公出国(境)费 机关运行经费预算数", "“三公”经费和机关运行经费预算表"),
    ("three_public_expenses", THREE_PUBLIC, ""),
    ("meeting_training_expenses", "合计 会议费 培训费", "会议费、培训费支出预算表"),
    ("carry_over", "项目 合计 财政拨款/小计", "上年结转结余情况明细表"),
    ("carry_over", "科目名称 合计", "财政拨款结转资金支出表"),
    ("government_procurement", "采购项目 数量 预算金额", "政府采购（资产配置、购买服务）预算表"),
    ("government_procurement", "采购项目 总计", "2019年政府采购预算表"),
    ("purchased_services", "购买服务内容 金额", "政府购买服务预算表"),
    ("special_business_expenses", "单位(项目)名称 项目金额 项目简介", "部门综合预算专项业务经费支出表"),
    ("operating_cost", "科目编码 机关运行经费支出", "一般公共预算机关运行经费支出预算表"),
    ("transfer_payments", "项目名称 金额", "对下转移支付预算表"),
    ("assets", "资产名称 数量 金额", "新增资产配置表"),
    ("performance_goals", "一级指标 二级指标 三级指标", "部门（单位）整体绩效目标表"),
    ("performance_goals", "一级指标 二级指标 三级指标", "项目支出绩效目标表"),
    ("performance_goals", "项目名称 主管部门 实施期限", "部门预算专项业务经费绩效目标表"),
    ("contents", "报表 报表名称 是否空表", "目录"),
]


@pytest.mark.parametrize(("kind", "header", "title"), KNOWN)
def test_titles(kind: str, title: str, header: str) -> None:
    found = recognise(title, header)
    assert found is not None
    assert found.id == kind


def test_every_kind_is_seen() -> None:
    assert {kind for kind, _, _ in KNOWN} == {kind.id for kind in catalogue()}


def test_full_width_forms_and_spaces_do_not_matter() -> None:
    found = recognise("收 入 支 出 决 算 总 表", "收入／项目 支出／项目")
    assert found is not None
    assert found.id == "revenue_expenditure_overview"


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
