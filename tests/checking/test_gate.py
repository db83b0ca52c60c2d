"""What stands, what is printed so, what a person must see; and what becomes of the document."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from extractors import checks
from extractors.checking.gate import decide, standings_of
from extractors.checking.registry import all_checks, run
from extractors.checking.tiers import Observed, Tier, Trust
from extractors.checking.values import values_of
from extractors.model.agreement import Accord, Agreements, TwoReadings
from extractors.model.amounts import Amount
from extractors.model.evidence import Evidence, Match, Place, Reader
from extractors.model.facts import BudgetTable, Disclosure, Row, TableCell
from extractors.model.findings import DecisionStatus, Gap, Standing, Status
from tests.disclosures import disclosure_of

HEADER = ["科目编码", "科目名称", "支出/合计", "支出/基本支出", "支出/项目支出"]


def table(*rows: list[str | None], kind: str = "expenditure") -> dict[str, Any]:
    return {"tables": [{"kind": kind, "unit": "万元", "header": HEADER, "rows": list(rows)}]}


SOUND = table(
    [None, "合计", "12.00", "8.00", "4.00"],
    ["210", "卫生健康支出", "10.00", "6.00", "4.00"],
    ["221", "住房保障支出", "2.00", "2.00", None],
)


def judged(
    disclosure: Disclosure, agreements: Agreements | None = None, trust: Trust | None = None
) -> Mapping[Place, Standing]:
    tie_outs = tuple(run(all_checks(checks), disclosure))
    return standings_of(disclosure, values_of(disclosure), tie_outs, agreements or Agreements(), trust)


def statuses(disclosure: Disclosure, agreements: Agreements | None = None) -> dict[str, Status]:
    """The status of every amount, by path."""
    standings = judged(disclosure, agreements)
    return {
        v.path: standings[v.read.place].status for v in values_of(disclosure) if isinstance(v.read, Amount)
    }


def at(row: int, column: int) -> str:
    return f"tables/0/rows/{row}/cells/{column}"


def test_figures_in_identities_that_hold_are_accepted() -> None:
    assert set(statuses(disclosure_of(SOUND)).values()) == {Status.ACCEPTED}


class TestAccuracyTarget:
    """What an accuracy that is asked for makes of values that are proven."""

    SEEN = dict.fromkeys(Tier, Observed(1000, 0)) | {Tier.PROVEN_TWICE: Observed(10, 0)}

    def test_a_tier_below_it_goes_to_review_with_sample_and_interval(self) -> None:
        disclosure = disclosure_of(SOUND)
        standings = judged(disclosure, trust=Trust(self.SEEN, Decimal("0.9")))
        twice = [s for s in standings.values() if s.tier == "proven-twice"]
        assert {s.status for s in twice} == {Status.REVIEW}
        assert {s.confidence for s in twice} == {Decimal("0.7225")}
        assert "观察 10 个值，错 0 个，95% 区间 72.25% 至 100%" in twice[0].reason
        others = [s for s in standings.values() if s.tier != "proven-twice"]
        assert {s.status for s in others} == {Status.ACCEPTED}
        decision = decide(disclosure, tuple(values_of(disclosure)), standings, ())
        assert decision.status is DecisionStatus.REVIEW
        assert any("未达到所要求的准确率 90%" in reason for reason in decision.reasons)

    def test_a_lower_one_leaves_all_as_it_is(self) -> None:
        standings = judged(disclosure_of(SOUND), trust=Trust(self.SEEN, Decimal("0.7")))
        assert {s.status for s in standings.values()} == {Status.ACCEPTED}

    def test_what_was_printed_so_on_a_tier_below_it_is_contradicted(self) -> None:
        other = {
            "kind": "revenue",
            "unit": "万元",
            "header": ["科目编码", "科目名称", "总计"],
            "rows": [["210", "卫生健康支出", "10.50"]],
        }
        disclosure = disclosure_of({"tables": [SOUND["tables"][0], other]})
        loose, strict = (
            judged(disclosure, trust=Trust(self.SEEN, target)) for target in (None, Decimal("0.9"))
        )
        places = [place for place, standing in loose.items() if standing.status is Status.PRINTED_SO]
        assert places
        assert {strict[place].status for place in places} == {Status.CONTRADICTED}


def test_a_figure_in_no_identity_goes_to_review() -> None:
    lonely = {"facts": [{"subject": "办公家具价值", "amount": "25.11 万元"}]}
    assert statuses(disclosure_of(lonely)) == {"narrative_facts/0/amount": Status.REVIEW}


def test_at_most_proves_nothing() -> None:
    items = {"projects": [{"name": "甲", "amount": "9.50 万元", "items": [["差旅费", "0.70 万元"]]}]}
    assert set(statuses(disclosure_of(items)).values()) == {Status.REVIEW}


def test_a_broken_identity_alone_contradicts_its_figures() -> None:
    broken = table(["210", "卫生健康支出", "10.00", "6.00", "5.00"])
    assert set(statuses(disclosure_of(broken)).values()) == {Status.CONTRADICTED}


def test_a_figure_shown_right_by_row_and_column_is_printed_so() -> None:
    """支出总计 agrees with its row and its column; only the other table prints something else."""
    sound = SOUND["tables"][0]
    other = {
        "kind": "revenue",
        "unit": "万元",
        "header": ["科目编码", "科目名称", "总计"],
        "rows": [["210", "卫生健康支出", "10.50"]],
    }
    found = statuses(disclosure_of({"tables": [sound, other]}))
    assert found[at(1, 2)] is Status.PRINTED_SO
    assert found["tables/1/rows/0/cells/2"] is Status.CONTRADICTED
    assert found[at(2, 2)] is Status.ACCEPTED


def test_rounding_is_enough_for_exact_text_only() -> None:
    rounded = table(["210", "卫生健康支出", "10.01", "6.00", "4.00"])
    assert set(statuses(disclosure_of(rounded)).values()) == {Status.ACCEPTED}
    from_ocr = _with_match(disclosure_of(rounded), Match.OCR)
    assert set(statuses(from_ocr).values()) == {Status.REVIEW}


def test_what_was_not_found_goes_to_review_whatever_it_agrees_with() -> None:
    lost = _with_match(disclosure_of(SOUND), Match.NOT_FOUND)
    assert set(statuses(lost).values()) == {Status.REVIEW}


def _with_match(disclosure: Disclosure, match: Match) -> Disclosure:
    """The same disclosure, all of its table figures met in another way."""

    def again(amount: Amount) -> Amount:
        evidence = amount.place[0]
        return replace(amount, place=(Evidence(evidence.page, evidence.box, evidence.text, match),))

    def cell(old: TableCell | None) -> TableCell | None:
        if old is None or old.amount is None:
            return old
        new = again(old.amount)
        return TableCell(replace(old.text, place=new.place), new)

    def one(budget_table: BudgetTable) -> BudgetTable:
        entries = {
            id(e): e._replace(amounts=tuple(again(a) if a else None for a in e.amounts))
            for b in budget_table.blocks
            for e in b.entries
        }
        blocks = tuple(
            replace(b, entries=tuple(entries[id(e)] for e in b.entries)) for b in budget_table.blocks
        )
        rows = tuple(Row(tuple(map(cell, r.cells)), r.code, r.name, r.level) for r in budget_table.rows)
        return replace(budget_table, rows=rows, blocks=blocks)

    return replace(disclosure, tables=tuple(map(one, disclosure.tables)))


@pytest.mark.parametrize(
    ("accord", "status"), [(Accord.AGREE, Status.ACCEPTED), (Accord.DIFFER, Status.REVIEW)]
)
def test_two_unlike_readers(accord: Accord, status: Status) -> None:
    disclosure = disclosure_of({"projects": [{"name": "甲", "amount": "9.50 万元"}]})
    mine = disclosure.projects[0].amount
    assert mine is not None
    theirs = replace(mine, reader=Reader.MODEL, value=Decimal("9.60"), printed="9.60")
    agreements = Agreements((TwoReadings("projects/0/amount", (mine, theirs), accord),))
    assert statuses(disclosure, agreements)["projects/0/amount"] is status


def test_two_readers_who_agree_show_that_it_is_printed_so() -> None:
    over = {"projects": [{"name": "甲", "amount": "2.00 万元", "items": [["差旅费", "2.50 万元"]]}]}
    disclosure = disclosure_of(over)
    mine = disclosure.projects[0].amount
    assert mine is not None
    theirs = replace(mine, reader=Reader.MODEL)
    agreements = Agreements((TwoReadings("projects/0/amount", (mine, theirs), Accord.AGREE),))
    found = statuses(disclosure, agreements)
    assert found["projects/0/amount"] is Status.PRINTED_SO
    assert found["projects/0/allocation_items/0/amount"] is Status.CONTRADICTED


def test_only_the_culprit_is_doubted_where_it_is_known() -> None:
    items = [["其他", "6 万元"], ["办公费", "6.08 元"], ["委托费", "64.92 万元"]]
    found = statuses(disclosure_of({"projects": [{"name": "甲", "amount": "77.00 万元", "items": items}]}))
    assert found["projects/0/allocation_items/1/amount"] is Status.CONTRADICTED
    assert found["projects/0/amount"] is Status.REVIEW


def test_words_that_only_a_model_read_go_to_review() -> None:
    disclosure = disclosure_of({"projects": [{"name": "甲"}]})
    assert judged(disclosure)[disclosure.projects[0].name.place].status is Status.ACCEPTED
    name = replace(disclosure.projects[0].name, reader=Reader.MODEL)
    by_model = replace(disclosure, projects=(replace(disclosure.projects[0], name=name),))
    assert judged(by_model)[name.place].status is Status.REVIEW


def test_a_figure_that_is_not_surely_printed_proves_no_other() -> None:
    disclosure = disclosure_of({"staffing": {"实有": "20", "在职": "17", "退休": "3"}})
    doubtful = disclosure.staffing.counts["退休"]
    lost = (doubtful.place[0]._replace(match=Match.FUZZY),)
    counts = {**disclosure.staffing.counts, "退休": replace(doubtful, place=lost)}
    found = statuses(replace(disclosure, staffing=replace(disclosure.staffing, counts=counts)))
    assert set(found.values()) == {Status.REVIEW}


def test_print_in_an_amount_column_that_is_no_number_goes_to_review() -> None:
    disclosure = disclosure_of(
        table(
            ["210", "卫生健康支出", "10.00", "6.00", "）4.00"],
            ["221", "住房保障支出", "2.00", "2.00", "-"],
            ["222", "粮油物资储备支出", "2.00", "1.00", "1.00"],
        )
    )
    counting = {v.path: v for v in values_of(disclosure) if v.counts}
    assert at(0, 4) in counting
    assert at(1, 4) not in counting  # a dash says that there is nothing
    standing = judged(disclosure)[counting[at(0, 4)].read.place]
    assert (standing.status, standing.reason) == (Status.REVIEW, "金额栏里印的不是数字")


def test_in_a_table_with_faults_only_exact_proof_counts() -> None:
    """A word copied exactly may stand in the wrong cell there; a sum that holds shows that it does not."""
    rounded = table(
        ["210", "卫生健康支出", "10.01", "6.00", "4.00"], ["221", "住房保障支出", "2.00", "2.00", None]
    )
    sound = disclosure_of(rounded)
    faulty = replace(sound, tables=tuple(replace(t, faults=("side not drawn",)) for t in sound.tables))
    assert set(statuses(sound).values()) == {Status.ACCEPTED}
    found = statuses(faulty)
    assert found[at(0, 2)] is Status.REVIEW
    assert found[at(1, 2)] is Status.ACCEPTED
    name = faulty.tables[0].rows[0].cells[1]
    assert name is not None
    assert judged(sound)[name.text.place].status is Status.ACCEPTED
    assert judged(faulty)[name.text.place].status is Status.REVIEW


def decision(disclosure: Disclosure, *gaps: Gap) -> tuple[DecisionStatus, tuple[str, ...]]:
    made = decide(disclosure, values_of(disclosure), judged(disclosure), gaps)
    return made.status, made.reasons


def test_a_document_whose_figures_are_all_proven_is_accepted() -> None:
    assert decision(disclosure_of(SOUND))[0] is DecisionStatus.ACCEPTED


def test_one_unproven_figure_sends_it_to_review_and_says_so() -> None:
    status, reasons = decision(disclosure_of({**SOUND, "facts": [{"subject": "甲", "amount": "1.00 万元"}]}))
    assert status is DecisionStatus.REVIEW
    assert reasons == ("1 个数值待人工确认：没有可以核对它的勾稽关系",)


def test_a_gap_sends_it_to_review() -> None:
    status, reasons = decision(disclosure_of(SOUND), Gap("tables", "第 3 张表读不出", 7))
    assert status is DecisionStatus.REVIEW
    assert reasons == ("缺少：第 3 张表读不出（第 7 页）",)


def test_what_is_no_disclosure_is_rejected() -> None:
    empty = replace(disclosure_of({}), head=disclosure_of({}).head.__class__())
    assert decision(empty)[0] is DecisionStatus.REJECTED


def test_a_disclosure_without_figures_is_not_accepted() -> None:
    bare = disclosure_of({"tables": [{"kind": "expenditure", "unit": "万元", "header": HEADER, "rows": []}]})
    nothing_printed = replace(bare, head=replace(bare.head, issuer=None, kind=None))
    assert decision(nothing_printed)[0] is DecisionStatus.REVIEW


def inferred(*figures: str) -> list[str]:
    """The reasons for the figures of a total and of projects, each with one part, in their order."""
    names = [
        ["合计", None],
        *([name, None] if i % 2 == 0 else [None, name] for i, name in enumerate("甲乙丙丁戊己")),
    ]
    rows = [[*name, figure] for name, figure in zip(names, figures, strict=False)]
    header = ["项目名称", "项目内容", "项目金额"]
    found = {"kind": "special_business_expenses", "unit": "元", "header": header, "rows": rows}
    disclosure = disclosure_of({"tables": [found]})
    standings = judged(disclosure)
    cells = (row.cells[2] for row in disclosure.tables[0].rows)
    return [standings[cell.text.place].reason for cell in cells if cell is not None]


def test_a_figure_of_an_inferred_sum_that_fails_needs_two_proofs() -> None:
    """That a line is a part of the one before it is inferred; the sum of all says nothing of two."""
    assert not any(inferred("9.00", "5.00", "5.00", "1.00", "1.00", "3.00", "3.00"))
    reasons = inferred("9.00", "1.00", "5.00", "5.00", "1.00", "3.00", "3.00")
    assert ["由表样推断" in reason for reason in reasons] == [False, True, True, True, True, False, False]


def test_where_most_inferred_sums_fail_the_lines_were_meant_otherwise() -> None:
    reasons = inferred("9.00", "1.00", "5.00", "5.00", "1.00", "3.00", "4.00")
    assert not any("由表样推断" in reason for reason in reasons)
