"""The blocks of a table and their entries: what each line is called, its code, its figures.

A table with income on the left and expenditure on the right has two blocks, and so has one that goes on
in a second set of columns. Everything follows from the print (header words, codes, numbering), whatever
the template.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.model.amounts import Amount
from extractors.model.facts import Block, Column, Entry, Level, TableCell
from extractors.sections.budget_tables.columns import NIL, Kind
from extractors.sections.budget_tables.rows import BodyRow
from extractors.sections.budget_tables.sums import column_sums, is_attested
from extractors.sections.budget_tables.tree import levelled, numbering, parents_of
from extractors.templates.tables import TableKind

Cells = tuple[TableCell | None, ...]

_CODE = re.compile(r"\d{3}(\d{2}){0,2}")
_CODE_IN_NAME = re.compile(
    r"[\[【]?(?P<code>[235]\d{2}(?:\d{2}){0,2})[\]】]?[-－_]?"
    r"(?P<name>[^\d.、,，\[\]\-年月日元万亿人户家个台辆套期号余多名所村%].*)"
)
_OF_UNITS = re.compile(r"单位|部门(?!.*科目)|机构")
_NO_LEVEL = Level.OTHER  # a member is looked up slowly before Python 3.12
_LEVELS = {3: Level.CATEGORY, 5: Level.GROUP, 7: Level.ITEM}
_TOTAL = "total"
_SHORT = 2  # digits of a 款 or 项 that is printed without what stands before it


@dataclass(frozen=True, slots=True)
class Frame:
    """The columns of one block by what they hold, as indexes of the table's columns."""

    label: str
    codes: tuple[int, ...]
    names: tuple[int, ...]
    amounts: tuple[int, ...]
    is_of_units: bool = False
    header: tuple[str, ...] = ()

    def goes_on_with(self, other: "Frame") -> bool:
        """Whether another block has the same header: a list that is printed in two sets of columns."""
        return self.label == other.label and self.header == other.header


def frames_of(columns: Sequence[Column], kinds: Sequence[Kind]) -> tuple[Frame, ...]:
    """The blocks of a table, left to right, by what its columns hold."""
    groups: list[list[int]] = []
    met_amount = True
    for index, kind in enumerate(kinds):
        begins = kind in (Kind.CODE, Kind.NAME) and met_amount
        if begins or not groups:
            groups.append([])
            met_amount = False
        met_amount = met_amount or kind is Kind.AMOUNT
        groups[-1].append(index)
    frames = (_frame(group, kinds, columns) for group in groups)
    return tuple(frame for frame in frames if frame.amounts)


def _frame(group: Sequence[int], kinds: Sequence[Kind], columns: Sequence[Column]) -> Frame:
    tops = {columns[i].path[0] for i in group if columns[i].path}
    codes = _first_code([i for i in group if kinds[i] is Kind.CODE], columns)
    return Frame(
        label=tops.pop() if len(tops) == 1 else "",
        codes=codes,
        names=_names([i for i in group if kinds[i] is Kind.NAME], codes),
        amounts=tuple(i for i in group if kinds[i] is Kind.AMOUNT),
        is_of_units=any(_OF_UNITS.search(columns[i].name) for i in codes),
        header=tuple(columns[i].path[-1] if columns[i].path else "" for i in group),
    )


def _names(names: Sequence[int], codes: Sequence[int]) -> tuple[int, ...]:
    """The name columns; that behind the code comes first, so that it and not the unit is the name."""
    behind = [i for i in names if codes and i > codes[-1]]
    return (*behind, *(i for i in names if i not in behind))


def _first_code(codes: Sequence[int], columns: Sequence[Column]) -> tuple[int, ...]:
    """The columns of the code that tells the lines: of the subject where one is printed, else of the unit."""
    runs: list[list[int]] = []
    for index in codes:
        goes_on = bool(runs) and index == runs[-1][-1] + 1 and columns[runs[-1][0]].path[-1:] == ("类",)
        if goes_on and columns[index].path[-1:] != ("类",) and not _OF_UNITS.search(columns[index].name):
            runs[-1].append(index)
        else:
            runs.append([index])
    of_subjects = [run for run in runs if not _OF_UNITS.search(columns[run[0]].name)]
    return tuple((of_subjects or runs or [[]])[0])


def block_of(
    frame: Frame,
    columns: Sequence[Column],
    rows: Sequence[Cells],
    body: Sequence[BodyRow] = (),
    kind: TableKind | None = None,
    *,
    goes_on: bool = False,
) -> Block:
    """The entries of a block as a tree, with their roles in the kind, and the sums among its columns.

    `body` tells where the print of the cells begins; without it, that is where their boxes do.
    """
    listed = list(levelled(_entries(frame, rows, body)))
    if kind is not None and len(listed) == 1 and not listed[0].label:  # one row of figures without a name
        entries: tuple[Entry, ...] = (listed[0]._replace(level=Level.TOTAL, role=_TOTAL),)
    else:
        roles = [kind.row_role(entry.name, frame.label) if kind else None for entry in listed]
        parents = parents_of(listed)
        entries = tuple([e.placed(p, r) for e, p, r in zip(listed, parents, roles, strict=True)])
    stated = column_sums([columns[i].path for i in frame.amounts])
    return Block(
        label=frame.label,
        columns=frame.amounts,
        entries=entries,
        column_sums=tuple([one for one in stated if is_attested(one, entries)]),
        goes_on=goes_on,
    )


def _entries(frame: Frame, rows: Sequence[Cells], body: Sequence[BodyRow]) -> Iterator[Entry]:
    above: list[str] = []
    for index, cells in enumerate(rows):
        parts = [cell.text.printed if (cell := cells[i]) is not None else "" for i in frame.codes]
        if len(parts) > 1 and all(not part or part.isdigit() for part in parts):
            parts = _completed(parts, above)
            above = parts if any(parts) else above
        code = _joined(parts) if parts else None
        indent = _indent(frame, cells, body[index] if body else ())
        if (entry := _entry(index, frame, cells, code, indent)) is not None:
            yield entry


def _completed(parts: list[str], above: Sequence[str]) -> list[str]:
    """款 and 项 that are printed without their 类 stand under the one above."""
    first = next((i for i, part in enumerate(parts) if part), 0)
    if first == 0 or len(above) < len(parts) or len(parts[first]) > _SHORT:
        return parts
    return [*above[:first], *parts[first:]]


def _joined(parts: Sequence[str]) -> str | None:
    """类, 款 and 项 as one code: 210 15 01, or 210 21015 2101501."""
    code = ""
    for part in parts:
        goes_on = code and part.startswith(code) and len(part) == len(code) + _SHORT
        code = part if goes_on else code + part
    return code or None


def _entry(row: int, frame: Frame, cells: Cells, code: str | None, indent: float) -> Entry | None:
    names = tuple([cell.text.printed if (cell := cells[i]) is not None else None for i in frame.names])
    if code is not None and not code.isdigit():  # 合计 printed where the codes stand
        code, names = None, (code, *names[1:]) if names and not names[0] else (names or (code,))
    if code is None and names and names[0] and (found := _CODE_IN_NAME.fullmatch(names[0])):
        code, names = found["code"], (found["name"], *names[1:])
    amounts, unread = _figures([cells[i] for i in frame.amounts])
    if code is None and not any(names) and not any(amounts) and not unread:
        return None
    level = _NO_LEVEL
    if code is not None and not frame.is_of_units and _CODE.fullmatch(code):
        level = _LEVELS[len(code)]
    entry = Entry(row, code, names, level, amounts, unread, indent)
    return entry if (depth := numbering(entry.name)) is None else entry._replace(depth=depth)


def _figures(cells: Sequence[TableCell | None]) -> tuple[tuple[Amount | None, ...], tuple[int, ...]]:
    """The amounts of cells, and which cells hold print that is neither a number nor a mark for nothing."""
    unread = [
        position
        for position, cell in enumerate(cells)
        if cell is not None and cell.amount is None and cell.text.printed not in NIL
    ]
    return tuple([cell.amount if cell is not None else None for cell in cells]), tuple(unread)


def _indent(frame: Frame, cells: Cells, printed: BodyRow) -> float:
    """Where the first name begins; a label that is merged over several columns may stand in another one."""
    for index in frame.names:
        if (cell := cells[index]) is not None:
            if not printed:
                return cell.text.place[0].box.x0
            own = printed[index]
            return own.indent if own is not None else 0.0
    return 0.0
