"""Columns of the year before (上年, 2024年预算数), against the same table in the document of that year."""

import re
from collections.abc import Iterator

from extractors.checking.across import Compared, Kinship, across
from extractors.model.extraction import DocumentOut, Extraction, TableOut
from extractors.relatives import columns_compared, counterparts, names_stage, plain, speaks_of_year_before

_ID = "cross-table/year-before"
_WHICH = r"(?P<year>上年度?|上一年度?|去年|本年度?|当年|今年|20\d\d年度?)"
_PART = re.compile(rf"{_WHICH}(?P<rest>(?:预算|决算|执行|完成|支出|收入|安排|预计|调整)*(?:数|额|金额)?)")


@across(_ID, Kinship.YEAR_BEFORE)
def columns_of_year_before(ours: Extraction, theirs: Extraction) -> Iterator[Compared]:
    """表中的上年数各栏 ＝ 上年文件同一张表的本年数。"""
    for table, other in counterparts(ours, theirs):
        for column, (words, name) in _columns(table, ours.document).items():
            counterpart = _column_of_year(other, name, theirs.document)
            if counterpart is not None and speaks_of_year_before(words, ours.document):
                is_named = names_stage(f"{words}{table.columns[column]}{table.title}", ours.document)
                columns = (table, column), (other, counterpart)
                yield from columns_compared(_ID, *columns, "上年同表的数", is_named=is_named)


def _columns(table: TableOut, document: DocumentOut) -> dict[int, tuple[str, str]]:
    """The columns that name a year: the words that do, and the name without the year."""
    return {i: parted for i, name in enumerate(table.columns) if (parted := _parted(name)) is not None}


def _column_of_year(table: TableOut, name: str, document: DocumentOut) -> int | None:
    """The column of that name for the year itself: where none names a year, the one that is called so."""
    named = _columns(table, document)
    own = {i: rest for i, (words, rest) in named.items() if _is_own(words, document)}
    rests = own or {i: plain(text) for i, text in enumerate(table.columns) if i not in named}
    found = [i for i, rest in rests.items() if rest == name]
    return found[0] if len(found) == 1 else None


def _is_own(words: str, document: DocumentOut) -> bool:
    year = re.search(r"20\d\d", words)
    return int(year[0]) == document.fiscal_year if year else words.startswith(("本年", "当年", "今年"))


def _parted(name: str) -> tuple[str, str] | None:
    """上年/合计 as 上年 and 合计; 支出/2024年预算数 as 2024年预算数 and 支出/预算数."""
    parts = plain(name).split("/")
    for index, part in enumerate(parts):
        found = _PART.fullmatch(part)
        if found is not None:
            rest = [*parts[:index], *filter(None, (found["rest"],)), *parts[index + 1 :]]
            return part, "/".join(rest)
    return None
