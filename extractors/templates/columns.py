"""The columns of a table by their header: their roles in its kind, and which print figures aside."""

import re
from collections.abc import Sequence

from extractors.model.facts import Column
from extractors.templates.tables import TableKind

_YEAR_OF_FIGURES = re.compile(r"(20\d\d)年(?=度?$|[^/]*?(?:预算|执行|决算|完成))")
_ONLY_A_YEAR = re.compile(r"20\d\d年度?(?:(?:预算|决算)(?:数|金额)?)?")
_FIGURES = "金额"
_ACCOUNT = re.compile(r"决算(?:统计)?数?")
_BUDGET = re.compile(r"(?:年初|全年|调整|当年)*预算数?")


def columns_of(paths: Sequence[tuple[str, ...]], kind: TableKind | None) -> tuple[Column, ...]:
    """The columns by their header paths. Figures aside have no role in the kind."""
    years = [_years_of_figures(path) for path in paths]
    latest = max([year for named in years for year in named], default=0)
    is_account = any(map(_ACCOUNT.fullmatch, {cell for path in paths for cell in path}))
    found = []
    for path, named in zip(paths, years, strict=True):
        is_past = any(year < latest for year in named)
        is_aside = is_past or (is_account and any(map(_BUDGET.fullmatch, path)))
        found.append(Column(path, None if is_aside or kind is None else _role(path, kind), is_aside))
    return tuple(found)


def _role(path: Sequence[str], kind: TableKind) -> str | None:
    """The role of a column; what stands under 2024年 or 2024年预算 alone are the figures of its half."""
    role = kind.column_role(path)
    if role is None and any(map(_ONLY_A_YEAR.fullmatch, path)):
        *above, leaf = path
        plain = [cell for cell in above if not _ONLY_A_YEAR.fullmatch(cell)]
        role = kind.column_role((*plain, _FIGURES if _ONLY_A_YEAR.fullmatch(leaf) else leaf))
    return role


def _years_of_figures(path: Sequence[str]) -> list[int]:
    """The years whose figures stand under a header: 2023年执行数. A cell that compares two tells neither."""
    named = [_YEAR_OF_FIGURES.findall(cell) for cell in path if "年" in cell]
    return [int(years[0]) for years in named if len(years) == 1]
