"""The sums among the amount columns that a header states.

- a column named 合计, 总计 or 小计 is the sum of the other columns under the same header cell;
- where each of those is divided alike (预算数, 决算数), the sum holds for each of the divisions;
- 其中 is no addend; neither are 会议费 and 培训费 beside a total of 三公经费; other years have no total.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from extractors.checking.tie import figure, tie, total_of
from extractors.model.facts import ColumnSum, Entry
from extractors.model.findings import Term, Verdict

Paths = Sequence[tuple[str, ...]]

_FEW = 3  # rows
_TOTAL = re.compile(r"合计|总计|小计")
_OF_WHICH = re.compile(r"其中")
_OTHER_TIME = re.compile(r"上年(?:预算|执行|决算|数|完成)|去年|增减|比上年|同比|(?:预算|执行|决算)数(?:\(|$)")
_THREE_PUBLIC = re.compile("三公")
_BESIDE_THREE_PUBLIC = re.compile("会议费|培训费")


def column_sums(paths: Paths) -> tuple[ColumnSum, ...]:
    """The sums that the header states; positions are those of `paths`."""
    if len(paths) < 2:  # as in most blocks that stand beside another
        return ()
    found: list[ColumnSum] = []
    for members in _alike(paths):
        trimmed = {i: paths[i][:-1] for i in members} if len(members) < len(paths) else {}
        found += _sums_under([trimmed.get(i, path) for i, path in enumerate(paths)], members, 0)
    return tuple(found)


def is_attested(column_sum: ColumnSum, entries: Iterable[Entry]) -> bool:
    """Whether the rows bear a sum out: where most of them contradict it, the header was meant otherwise."""
    told = [broken for entry in entries if (broken := _is_broken(column_sum, entry)) is not None]
    return len(told) < _FEW or 2 * sum(told) <= len(told)


def _is_broken(column_sum: ColumnSum, entry: Entry) -> bool | None:
    """Whether a row contradicts a sum; None where the row does not tell."""
    amounts = entry.amounts
    total = amounts[column_sum.total]
    addends = [amount for i in column_sum.addends if (amount := amounts[i]) is not None]
    if total is None or not addends:
        return None
    if (
        total.value == sum(addend.value for addend in addends)
        and len({total.unit, *(a.unit for a in addends)}) == 1
    ):
        return False  # as in most rows, which need not be judged
    return (
        tie("", "", figure("", total), total_of("", [Term("", a) for a in addends])).verdict is Verdict.BROKEN
    )


def _alike(paths: Paths) -> list[list[int]]:
    """All columns, or, where a total is divided as its neighbours are, those of each division."""
    leaves = Counter(path[-1] for path in paths if len(path) > 1)
    divisions = {
        path[-1]
        for path in paths
        if len(path) > 1 and _TOTAL.search(path[-2]) and not _TOTAL.search(path[-1]) and leaves[path[-1]] > 1
    }
    if len(divisions) < 2:
        return [list(range(len(paths)))]
    return [[i for i, path in enumerate(paths) if len(path) > 1 and path[-1] == d] for d in sorted(divisions)]


def _sums_under(paths: Paths, members: Sequence[int], depth: int) -> Iterator[ColumnSum]:
    groups: dict[str, list[int]] = {}
    for index in members:
        if len(paths[index]) > depth:
            groups.setdefault(paths[index][depth], []).append(index)
    for group in groups.values():
        if len(group) > 1:
            yield from _sums_under(paths, group, depth + 1)
    total = _total_of(paths, members, depth)
    if total is None:
        return
    rest = [g for name, g in groups.items() if g != [total] and _is_addend(paths[total][depth], name)]
    addends = tuple(i for group in rest for i in _stand_ins(paths, group, depth + 1))
    if addends and not any(_OTHER_TIME.search(paths[group[0]][depth]) for group in rest):
        yield ColumnSum(total, addends)


def _is_addend(total: str, name: str) -> bool:
    if _OF_WHICH.search(name):
        return False
    return not (_THREE_PUBLIC.search(total) and _BESIDE_THREE_PUBLIC.search(name))


def _total_of(paths: Paths, members: Sequence[int], depth: int) -> int | None:
    """The one column at this depth that is named as the total of its neighbours."""
    found = [i for i in members if len(paths[i]) == depth + 1 and _TOTAL.search(paths[i][depth])]
    return found[0] if len(found) == 1 else None


def _stand_ins(paths: Paths, group: list[int], depth: int) -> list[int]:
    """The columns that stand for a header cell in a sum: its own total, or all its leaves."""
    if len(group) == 1 or all(len(paths[i]) <= depth for i in group):  # columns of one name
        return group
    total = _total_of(paths, group, depth)
    if total is not None:
        return [total]
    parts: dict[str, list[int]] = {}
    for index in group:
        parts.setdefault(paths[index][depth] if len(paths[index]) > depth else "", []).append(index)
    return [i for part in parts.values() for i in _stand_ins(paths, part, depth + 1)]
