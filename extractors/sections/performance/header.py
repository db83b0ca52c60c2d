"""The header of a form's indicators: where each column stands, and which rows belong to which form.

一级指标 | 二级指标 | 三级指标 | 指标值 | 指标值设置依据 | 上年完成值 | 指标分值权重 | 指标赋分规则 | 佐证资料
年度绩效指标 (down the side) | 一级指标 | 二级指标 | 指标内容 | 指标值 | 备注
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.sections.performance.sheet import Sheet, Slot, Span
from extractors.templates.performance import IGNORED, LEVELS, vocabulary

_OPENING_LABELS = ("name", "goal", "organisation")
_LEVEL3, _NOTE = "level3", "note"


@dataclass(frozen=True, slots=True)
class Header:
    """Its first row, the row after its last, the columns by role, and those of no known role."""

    row: int
    end: int
    columns: Mapping[str, Span]
    unknown: tuple[tuple[str, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """The rows of one form in a sheet: those above its header, and those of its indicators."""

    head: range
    header: Header
    body: tuple[int, ...]


def headers_of(sheet: Sheet) -> tuple[Header, ...]:
    """All headers of a sheet: one is printed again on a later page, or begins another form."""
    return tuple(header for row in range(sheet.n_rows) if (header := _header_at(sheet, row)) is not None)


def _header_at(sheet: Sheet, row: int) -> Header | None:
    words = vocabulary()
    cells = sheet.beginning(row)
    if not words.is_header([cell.plain for cell in cells]):
        return None
    # A level is never divided, so its cell is as high as the header; what is higher runs down the side.
    end = next(cell.end for cell in cells if words.column_role(cell.plain) in LEVELS)
    columns: dict[str, Span] = {}
    unknown: list[tuple[str, Span]] = []
    for leaf in leaves(sheet, row, end):
        texts = [cell.plain for cell in leaf]
        role = next((role for text in texts if (role := words.column_role(text)) is not None), None)
        if role == IGNORED:
            continue
        if role == _LEVEL3 and role in columns:
            role = _NOTE  # 指标内容 beside 三级指标 says what it is
        if role is None or role in columns:
            unknown.append(("/".join(reversed(texts)), leaf[0].span))
        else:
            columns[role] = leaf[0].span
    return Header(row, end, columns, tuple(unknown))


def leaves(sheet: Sheet, row: int, end: int) -> Iterator[tuple[Slot, ...]]:
    """The leaf columns of a header from row up to end: each leaf cell with those above it, upwards."""
    for leaf in sheet.line(end - 1):
        if leaf.end <= end:
            above = dict.fromkeys(s for r in range(row, leaf.row) for s in sheet.at(r, leaf.span))
            yield leaf, *sorted(above, key=lambda s: -s.row)


def segments_of(sheet: Sheet, headers: Sequence[Header]) -> tuple[Segment, ...]:
    """The forms of a sheet: a header below new labels begins a form, any other is printed again."""
    segments: list[Segment] = []
    head_start = 0
    ends = [*(later.row for later in headers[1:]), sheet.n_rows]
    for header, end in zip(headers, ends, strict=True):
        opening = _opening(sheet, range(header.end, end)) if end < sheet.n_rows else None
        body = tuple(range(header.end, end if opening is None else opening))
        if head_start < header.row or not segments:
            segments.append(Segment(range(head_start, header.row), header, body))
        else:
            last = segments[-1]
            segments[-1] = Segment(last.head, last.header, last.body + body)
        head_start = end if opening is None else opening
    return tuple(segments)


def _opening(sheet: Sheet, rows: range) -> int | None:
    """The row in which the labels of another form begin."""
    labels = vocabulary().labels
    return next(
        (row for row in rows if any(labels.role(s.plain) in _OPENING_LABELS for s in sheet.beginning(row))),
        None,
    )


def governing(headers: Sequence[Header], row: int) -> Header | None:
    """The header whose indicators a row belongs to; None above the first."""
    return next((header for header in reversed(headers) if header.end <= row), None)


def repeated(headers: Sequence[Header], row: int) -> bool:
    """Whether a row is part of a header."""
    return any(header.row <= row < header.end for header in headers)
