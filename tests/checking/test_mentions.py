"""What a reason merely mentions belongs to the fact it explains; what it sets against something does not."""

from dataclasses import replace

import pytest

from extractors.checking.mentions import paths_of, statements_of
from extractors.checking.values import values_of
from extractors.model.facts import Disclosure, NarrativeFact
from extractors.sections.narrative import facts_of
from tests.builders import document_from

SECTION = "第三部分2030年部门预算情况说明\n二、关于河源县水务局2030年支出预算情况说明\n"
CHANGED = "项目支出96.36万元，比上年预算减少7.44万元，下降7.17%，主要原因是"


def facts(reason: str, changed: str = CHANGED) -> tuple[NarrativeFact, ...]:
    return tuple(facts_of(document_from(f"{SECTION}{changed}{reason}。")))


@pytest.mark.parametrize(
    ("reason", "mentioned"),
    [
        ("甲项目96万元，由其他科目调整而来，所以较上年下降", ["甲项目"]),
        ("工作任务有变动，甲项目预算增加25万元，所以比上年下降", ["甲项目预算"]),
        ("甲项目增加2万元，乙项目减少9万元", ["甲项目", "乙项目"]),
        ("2030年甲项目4万元，2030年乙项目5万元", ["2030年甲项目", "2030年乙项目"]),
        ("增加人员经费3.2万元", ["人员经费"]),
        ("在职人员减少1人", []),
    ],
)
def test_a_single_figure_set_against_nothing_is_mentioned(reason: str, mentioned: list[str]) -> None:
    (statement,) = statements_of(facts(reason))
    assert statement.fact.subject.printed == "项目支出"
    assert [fact.subject.printed for fact in statement.mentioned] == mentioned


@pytest.mark.parametrize(
    ("reason", "subjects"),
    [
        ("甲项目比上年预算减少1.64万元", ["甲项目"]),
        ("甲项目较2029年减少1.64万元", ["甲项目"]),
        ("甲项目92.36万元，减少1.64万元", ["甲项目"]),
        ("甲项目下降5%", ["甲项目"]),
        ("2029年甲项目94万元，2030年甲项目92.36万元", ["2029年甲项目", "2030年甲项目"]),
    ],
)
def test_what_is_set_against_something_is_a_statement(reason: str, subjects: list[str]) -> None:
    _, *others = statements_of(facts(reason))
    assert [statement.fact.subject.printed for statement in others] == subjects
    assert [statement.mentioned for statement in others] == [()] * len(others)


def test_outside_a_reason_a_single_figure_is_a_statement() -> None:
    found = statements_of(facts("人员减少。办公费5万元", CHANGED))
    assert [statement.fact.subject.printed for statement in found] == ["项目支出", "办公费"]
    assert all(not statement.mentioned for statement in found)


def test_each_fact_has_its_place_in_the_extraction() -> None:
    found = facts("甲项目96万元，乙项目比上年减少1万元，丙项目2万元。办公费5万元")
    assert dict(zip([fact.subject.printed for fact in found], paths_of(found), strict=True)) == {
        "项目支出": "narrative_facts/0",
        "甲项目": "narrative_facts/0/reason_figures/0",
        "乙项目": "narrative_facts/1",
        "丙项目": "narrative_facts/0/reason_figures/1",
        "办公费": "narrative_facts/2",
    }


def test_a_mentioned_figure_counts_for_the_decision() -> None:
    found = facts("甲项目96万元")
    disclosure = replace(Disclosure(document_from("")), narrative_facts=found)
    counting = {value.path for value in values_of(disclosure) if value.counts}
    assert "narrative_facts/0/reason_figures/0/amount" in counting


def test_a_figure_that_only_another_reader_found_is_mentioned_as_well() -> None:
    """Which facts a second reader adds stand behind all others, wherever their print is."""
    explained, mentioned, other = facts("甲项目96万元。办公费5万元")
    first, last = statements_of((explained, other, mentioned))
    assert (first.mentioned, last.mentioned) == ((mentioned,), ())
