"""Print that is nobody's, print that is read twice, cells that do not stand where they are read."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pymupdf
import pytest

from extractors.losses.conservation import lost_print
from extractors.model.document import Document, GridCell, Page, RuledTable, Word
from extractors.model.evidence import Box, Tilt
from extractors.model.facts import Disclosure
from extractors.sections.budget_tables import tables
from extractors.sections.performance import performance
from tests.forms import BODY, CAPTION, HEAD
from tests.forms import HEADER as FORM_HEADER
from tests.layout import sheets
from tests.ruled import line, ruled

TITLE = ["政府采购预算表", "单位：万元"]
HEADER = ["科目编码", "科目名称", "合计", "基本支出"]
NUMBERS = ["1", "2", "3", "4"]
ROWS = [
    ["", "合计", "12.00", "12.00"],
    ["210", "卫生健康支出", "10.00", "10.00"],
    ["2101101", "行政单位医疗\n（本级）", "7", "7"],
    ["221", "住房保障支出", "2.00", ""],
]
"""As printed: the reading of a test may have lost some of it."""


def printed(*ruled_tables: RuledTable, loose: Sequence[Word] = ()) -> Document:
    """A document of all the words of the tables, and of others on page 1."""
    grids = [part for table in ruled_tables for part in table.parts]
    pages = [
        Page(
            number,
            600.0,
            900.0,
            0,
            tuple(w for g in grids if g.page == number for cell in g.cells for w in cell.words)
            + (tuple(loose) if number == 1 else ()),
        )
        for number in range(1, max(g.page for g in grids) + 1)
    ]
    return Document("0" * 64, "printed.pdf", tuple(pages), tables=ruled_tables)


def reasons(document: Document, *found: RuledTable) -> list[str]:
    """What is said of a document of which these tables were found."""
    reading = tables.read(Disclosure(replace(document, tables=found or document.tables)))
    assert reading.tables
    return [gap.reason for gap in lost_print(reading)]


def dropped(table: RuledTable, row: int, part: int = 0) -> RuledTable:
    """The table as if a row of the grid had not been seen."""
    grid = table.parts[part]
    cells = tuple(c._replace(row=c.row - (c.row > row)) for c in grid.cells if c.row != row)
    without = replace(grid, ys=grid.ys[: row + 1] + grid.ys[row + 2 :], cells=cells)
    return replace(table, parts=(*table.parts[:part], without, *table.parts[part + 1 :]))


def changed(table: RuledTable, change: Callable[[GridCell], GridCell]) -> RuledTable:
    """The table with other cells in its first part."""
    first = table.parts[0]
    return replace(table, parts=(replace(first, cells=tuple(map(change, first.cells))), *table.parts[1:]))


TABLE = ruled([HEADER, NUMBERS, *ROWS], TITLE)


def test_what_is_read_whole_is_not_spoken_of() -> None:
    assert reasons(printed(TABLE)) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [(2, "2 处数字没有读成表中的数（如 12.00）"), (4, "3 处数字没有读成表中的数（如 2101101）")],
)
def test_a_row_that_is_lost_is_nobodys(row: int, said: str) -> None:
    (reason,) = reasons(printed(TABLE), dropped(TABLE, row))
    assert reason == f"政府采购预算表中有 {said}"


def test_a_last_row_that_is_lost_stands_outside_all() -> None:
    assert reasons(printed(TABLE), dropped(TABLE, 5)) == [
        "本页有 1 处数字不在读出的表格和文字之内（如 2.00）"
    ]


def test_a_row_that_is_lost_behind_a_repeated_header() -> None:
    table = ruled([HEADER, NUMBERS, *ROWS[:2]], TITLE, more=[HEADER, NUMBERS, *ROWS[2:], ROWS[3]])
    assert reasons(printed(table)) == []
    assert len(reasons(printed(table), dropped(table, 2, part=1))) == 1  # whole numbers: column numbers, too


@pytest.mark.parametrize("row", [["注：2025 年安排 12.00 万元。", "<", "<", "<"], ["", "<", "<", "<"]])
def test_notes_merged_labels_and_merged_figures(row: list[str]) -> None:
    rows = [HEADER, NUMBERS, ["合计", "<", "12.00", "12.00"], *ROWS[1:3], ["22102", "住房", "^", "7.00"], row]
    assert reasons(printed(ruled(rows, TITLE))) == []


def test_running_text_beside_a_table_is_read_elsewhere() -> None:
    below = Word(Box(2.0, 500.0, 52.0, 510.0), "12.00")
    document = printed(TABLE, loose=[below])
    assert reasons(document) == ["本页有 1 处数字不在读出的表格和文字之内（如 12.00）"]
    page = replace(document.pages[0], lines=(line("12.00")._replace(box=below.box),))
    assert reasons(replace(document, pages=(page,))) == []


def test_a_word_over_a_wall_is_read_in_pieces() -> None:
    whole = Word(Box(402.0, 42.0, 652.0, 52.0), "12.0012.00")
    assert reasons(printed(TABLE, loose=[whole])) == []


def test_print_that_is_read_in_two_tables() -> None:
    other = replace(TABLE, caption=ruled([HEADER], ["一般公共预算支出情况表", "单位：万元"]).caption)
    found = reasons(printed(TABLE), TABLE, other)
    assert [reason.partition("中有 ")[2] for reason in found] == ["7 处数字读了不止一次（如 12.00）"] * 2


@pytest.mark.parametrize("step", [(0, 1), (1, 0)])
def test_a_figure_in_the_cell_of_another(step: tuple[int, int]) -> None:
    """Its print stands where it stood: in the column, or the row, beside the one in which it is read."""
    down, right = step
    source, target = (3, 3 - right), (3 + down, 3)

    def moved(cell: GridCell) -> GridCell:
        words = {source: (), target: words_at[source]}.get((cell.row, cell.column), cell.words)
        return cell._replace(words=words)

    rows = [HEADER, NUMBERS, *(row[:] for row in ROWS)]
    rows[target[0]][target[1]] = ""
    table = ruled(rows, TITLE)
    words_at = {(cell.row, cell.column): cell.words for cell in table.parts[0].cells}
    (reason,) = reasons(printed(table), changed(table, moved))
    assert reason.endswith("1 格不印在所读的行或列（如 10.00）")


def test_tables_side_by_side() -> None:
    """Each has the print within its own outline."""
    left, right = TABLE, shifted(ruled([HEADER, *ROWS], ["财政拨款支出预算表", "单位：万元"]), 900.0)
    assert reasons(printed(left, right)) == []
    (reason,) = reasons(printed(left, right), left, dropped(right, 1))
    assert reason.startswith("财政拨款支出预算表中有 2 处数字没有读成")


def test_a_table_inside_a_cell_has_its_own_print() -> None:
    inner = shifted(ruled([["人数", "20.00"]]), 10.0, down=200.0)
    box = inner.parts[0].box
    outer = changed(TABLE, lambda c: c._replace(words=()) if box.meets(c.box) else c)
    assert reasons(printed(outer, inner)) == []


def shifted(table: RuledTable, by: float, down: float = 0.0) -> RuledTable:
    """The table further right and further down."""
    grid = table.parts[0]

    def box(at: Box) -> Box:
        return Box(at.x0 + by, at.y0 + down, at.x1 + by, at.y1 + down)

    cells = (
        c._replace(box=box(c.box), words=tuple(w._replace(box=box(w.box)) for w in c.words))
        for c in grid.cells
    )
    xs, ys = tuple(x + by for x in grid.xs), tuple(y + down for y in grid.ys)
    return replace(table, parts=(replace(grid, xs=xs, ys=ys, cells=tuple(cells)),))


def test_a_scan_that_lies_askew() -> None:
    """Evidence stands as displayed, the grid as it is when the page is straight."""
    tilt = Tilt(sine=0.06, cosine=0.998, x=300.0, y=450.0)
    askew = changed(TABLE, lambda c: c._replace(words=tuple(w._replace(tilt=tilt) for w in c.words)))
    assert reasons(printed(askew)) == []
    (reason,) = reasons(printed(askew), dropped(askew, 4))
    assert "3 处数字没有读成" in reason


def unruled(page: pymupdf.Page) -> None:
    """A table that nothing but the alignment of its words shows."""
    for y, words in zip((60.0, 80.0), TITLE, strict=True):
        sheets.text(page, 200.0, y, words)
    for row, cells in enumerate([HEADER, *ROWS]):
        for x, words in zip((60.0, 140.0, 320.0, 440.0), cells, strict=True):
            sheets.text(page, x, 110.0 + 20.0 * row, words.replace("\n", ""))


def test_a_table_without_rules() -> None:
    document = sheets.read(unruled)
    (table,) = document.tables
    assert reasons(document) == []
    row = table.parts[0].n_rows - 2
    (reason,) = reasons(document, dropped(table, row))
    assert reason == "政府采购预算表中有 3 处数字没有读成表中的数（如 2101101）"


def test_a_table_of_which_no_source_is_known_is_left_alone() -> None:
    reading = tables.read(Disclosure(printed(TABLE)))
    without = tuple(replace(table, source=None, rows=()) for table in reading.tables)
    assert list(lost_print(replace(reading, tables=without))) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (2, "2 处数字没有读成表中的数（如 4.00）"),
        (6, "1 处数字没有读成表中的数（如 8.5）"),
        (7, "2 处数字没有读成表中的数（如 ≥95%）"),
    ],
)
def test_a_row_of_a_performance_form_that_is_lost(row: int, said: str) -> None:
    form = ruled([*HEAD, *FORM_HEADER, *BODY], CAPTION)
    document = printed(form)
    whole = performance.read(Disclosure(document))
    assert whole.indicator_tables
    assert list(lost_print(whole)) == []
    reading = performance.read(Disclosure(replace(document, tables=(dropped(form, row),))))
    (gap,) = lost_print(reading)
    assert gap.section == "performance"
    assert gap.reason == f"绩效目标表“甲项目（上年结转）”中有 {said}"
