"""Two readers put together: agreed values stand once, differing ones are kept side by side."""

from dataclasses import replace
from decimal import Decimal

import pytest

from extractors.agreement import combine
from extractors.agreement.compare import same
from extractors.model.agreement import Accord, Agreements
from extractors.model.amounts import Amount, Text
from extractors.model.evidence import Box, Evidence, Match, Reader
from extractors.model.facts import AllocationItem, Disclosure, PolicyRef, Project
from extractors.tasks.ask import Asked
from extractors.tasks.task import ModelFacts
from tests.printed import set_document

DOCUMENT = set_document("七、一般公共预算项目支出情况说明")


def at(row: int, text: str, match: Match = Match.EXACT) -> tuple[Evidence, ...]:
    """A place in its own row of page 1."""
    return (Evidence(1, Box(0, 20 * row, 10 * len(text), 20 * row + 10), text, match),)


def words(row: int, text: str, reader: Reader = Reader.BUILT_IN) -> Text:
    """Words in a row."""
    return Text(printed=text, place=at(row, text), reader=reader)


def money(row: int, figure: str, reader: Reader = Reader.BUILT_IN, unit: str = "万元") -> Amount:
    """A figure in a row."""
    return Amount(printed=figure, place=at(row, figure), reader=reader, value=Decimal(figure), unit=unit)


def project(reader: Reader = Reader.BUILT_IN) -> Project:
    """One project, as that reader reads it."""
    ref = PolicyRef(title=None, printed=words(2, "某财社〔2030〕7号", reader), canonical="某财社〔2030〕7号")
    item = AllocationItem(words(4, "办公费", reader), money(5, "2.40", reader))
    return Project(
        name=words(0, "养老", reader),
        amount=money(1, "30.50", reader),
        policy_refs=(ref,),
        allocation=words(3, "办公费2.40万元。", reader),
        allocation_items=(item,),
    )


def together(
    built_in: tuple[Project, ...], by_model: tuple[Project, ...], *, complete: bool = True
) -> tuple[Disclosure, Agreements]:
    """Both readings combined."""
    answered = frozenset({"projects"} if complete else ())
    refs = tuple(ref for p in built_in for ref in p.policy_refs)
    disclosure = Disclosure(DOCUMENT, projects=built_in, policy_refs=refs)
    return combine(disclosure, Asked(facts=ModelFacts(projects=by_model), answered=answered))


MINE, OTHER = project(), project(Reader.MODEL)


def accords(agreements: Agreements) -> dict[str, Accord]:
    """What was found of each value of the first project."""
    return {two.what.removeprefix("projects/0/"): two.accord for two in agreements.compared}


def test_what_both_read_stands_once_and_is_marked() -> None:
    disclosure, agreements = together((MINE,), (OTHER,))
    assert disclosure.projects == (MINE,)
    assert set(accords(agreements)) == {
        "name",
        "amount",
        "allocation",
        "policy_refs/0",
        "allocation_items/0/item",
        "allocation_items/0/amount",
    }
    assert set(accords(agreements).values()) == {Accord.AGREE}
    assert MINE.amount is not None
    assert agreements.agree(MINE.amount.place)
    assert agreements.rivals(MINE.amount.place) == ()


@pytest.mark.parametrize(
    "rival",
    [
        money(1, "30.80", Reader.MODEL),
        money(1, "30.50", Reader.MODEL, unit="元"),
        money(9, "30.50", Reader.MODEL),
        replace(money(1, "30.50", Reader.MODEL), place=at(1, "30.50", Match.NOT_FOUND)),
    ],
    ids=["another-value", "another-unit", "another-place", "not-printed"],
)
def test_what_differs_is_kept_for_a_person(rival: Amount) -> None:
    disclosure, agreements = together((MINE,), (replace(OTHER, amount=rival),))
    assert MINE.amount is not None
    assert disclosure.projects[0].amount == MINE.amount
    assert accords(agreements)["amount"] is Accord.DIFFER
    assert not agreements.agree(MINE.amount.place)
    assert agreements.rivals(MINE.amount.place) == (rival,)


def test_what_one_reader_found_stands_and_is_marked_as_that() -> None:
    said = words(7, "老人", Reader.MODEL)
    disclosure, agreements = together((MINE,), (replace(OTHER, beneficiaries=said, allocation=None),))
    assert disclosure.projects[0].beneficiaries == said
    assert disclosure.projects[0].allocation == MINE.allocation
    assert accords(agreements)["beneficiaries"] is Accord.ONE_SIDED
    assert accords(agreements)["allocation"] is Accord.ONE_SIDED
    assert not agreements.agree(said.place)


def test_a_project_of_one_reader_only_is_kept() -> None:
    more = replace(OTHER, name=words(20, "助残", Reader.MODEL), amount=money(21, "8", Reader.MODEL))
    disclosure, agreements = together((MINE,), (OTHER, more))
    assert [p.name.printed for p in disclosure.projects] == ["养老", "助残"]
    assert disclosure.projects[1].name.reader is Reader.MODEL
    assert not agreements.agree(more.name.place)


def test_a_reference_of_the_model_only_joins_the_documents() -> None:
    unknown = PolicyRef(
        title=words(8, "某办法", Reader.MODEL), printed=words(8, "某办法", Reader.MODEL), canonical=None
    )
    disclosure, _ = together((MINE,), (replace(OTHER, policy_refs=(*OTHER.policy_refs, unknown)),))
    assert disclosure.projects[0].policy_refs == (*MINE.policy_refs, unknown)
    assert disclosure.policy_refs == (*MINE.policy_refs, unknown)


def test_silence_of_a_model_that_failed_says_nothing() -> None:
    disclosure, agreements = together((MINE,), (), complete=False)
    assert disclosure.projects == (MINE,)
    assert agreements.compared == ()
    assert MINE.amount is not None
    assert agreements.at(MINE.amount.place) == ()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("办公费2万元。", "办公费2万元", True),
        ("（某某）", "(某某)", True),
        ("《某办法》", "某办法", True),
        ("甲|乙。", "甲。|乙", True),
        ("甲|乙", "甲", False),
        ("办公费2万元", "办公费3万元", False),
    ],
)
def test_words_are_the_same_but_for_marks(one: str, other: str, *, alike: bool) -> None:
    assert same(words(1, one), words(1, other, Reader.MODEL)) is alike
