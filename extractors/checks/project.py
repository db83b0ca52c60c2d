"""Projects: their amount against the project table and against the items they are spent on."""

from collections.abc import Iterator

from extractors.checking.registry import check
from extractors.checking.tie import figure, tie, total_of
from extractors.model.amounts import Amount
from extractors.model.facts import Disclosure, Project
from extractors.model.findings import Relation, Term, TieOut, Verdict

_TABLE = "general_public_project_expenditure"


@check("project/table")
def table(disclosure: Disclosure) -> Iterator[TieOut]:
    """项目的预算安排规模 ＝ 项目支出表中同名项目的合计。"""
    printed = _by_name(disclosure)
    for project in disclosure.projects:
        name = project.name.printed
        if project.amount is not None and name in printed:
            yield tie(
                "project/table",
                f"项目“{name}”的预算安排规模 ＝ 项目支出表同名项目",
                figure("预算安排规模", project.amount),
                figure(f"项目支出表·{name}", printed[name]),
            )


@check("project/allocation")
def allocation(disclosure: Disclosure) -> Iterator[TieOut]:
    """资金分配各项之和不大于预算安排规模，列全时相等。"""
    for project in disclosure.projects:
        units = {item.amount.unit for item in project.allocation_items}
        # Items in two units are a matter of the unit first: unit/allocation-item.
        if project.amount is not None and len(units) == 1:
            yield _allocation(project, project.amount)


def _allocation(project: Project, amount: Amount) -> TieOut:
    terms = [Term(item.item.printed, item.amount) for item in project.allocation_items]
    items, whole = total_of("资金分配各项之和", terms), figure("预算安排规模", amount)
    basis = f"项目“{project.name.printed}”的资金分配各项之和"
    is_short = items.value is not None and whole.value is not None and items.value < whole.value
    close = tie("project/allocation", f"{basis} ＝ 预算安排规模", items, whole)
    if is_short and close.verdict is Verdict.BROKEN:
        return tie("project/allocation", f"{basis} ≤ 预算安排规模", items, whole, Relation.AT_MOST)
    return close


def _by_name(disclosure: Disclosure) -> dict[str, Amount]:
    """The figures of the project table by project name; names that stand twice are left out."""
    project_table = disclosure.table(_TABLE)
    found: dict[str, list[Amount]] = {}
    for block in project_table.blocks if project_table else ():
        for entry in block.entries:
            name = entry.names[-1] if len(entry.names) > 1 else None
            if name and entry.amounts and (amount := entry.amounts[0]) is not None:
                found.setdefault(name, []).append(amount)
    return {name: amounts[0] for name, amounts in found.items() if len(amounts) == 1}
