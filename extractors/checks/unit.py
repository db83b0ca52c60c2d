"""Units that cannot be meant: 办公费 6.08 元 among items in 万元."""

from collections.abc import Iterator

from extractors.checking.registry import check
from extractors.checking.tie import figure, if_certain, tie, total_of
from extractors.model.facts import AllocationItem, Disclosure, Project
from extractors.model.findings import Term, TieOut


@check("unit/allocation-item")
def allocation_item(disclosure: Disclosure) -> Iterator[TieOut]:
    """资金分配中单位与众不同的一项 ＝ 预算安排规模 － 其余各项。"""
    for project in disclosure.projects:
        units = [item.amount.unit for item in project.allocation_items]
        for item in project.allocation_items:
            if len(set(units)) > 1 and units.count(item.amount.unit) == 1:
                yield from _odd_one(project, item)


def _odd_one(project: Project, odd: AllocationItem) -> Iterator[TieOut]:
    """An accusation stands only where the very same digits are right in the other unit."""
    if project.amount is None:
        return
    others = [item for item in project.allocation_items if item is not odd]
    rest = [Term(item.item.printed, item.amount, -1) for item in others]
    should = total_of("预算安排规模 － 其余各项", [Term("预算安排规模", project.amount), *rest])
    name = f"{odd.item.printed}{odd.amount.printed}{odd.amount.unit or ''}"
    item = figure(name, odd.amount)
    basis = f"项目“{project.name.printed}”：{name} ＝ 预算安排规模 － 其余各项"
    tie_out = tie("unit/allocation-item", basis, item, should)._replace(accused=item.terms)
    same_digits = should.value == odd.amount.value * project.amount.factor
    yield if_certain(tie_out, same_digits)
