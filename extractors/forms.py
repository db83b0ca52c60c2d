"""What tells a performance form from a budget table: the header of its indicators."""

from extractors.layout.text import plain
from extractors.model.document import RuledTable
from extractors.templates.performance import vocabulary


def is_form(table: RuledTable) -> bool:
    """Whether a ruled table holds the header of a performance form (一级指标, 二级指标, 指标值 …)."""
    words = vocabulary()
    for part in table.parts:
        rows: dict[int, list[str]] = {}
        for cell in part.cells:
            rows.setdefault(cell.row, []).append(plain(cell.text))
        if any(words.is_header(texts) for texts in rows.values()):
            return True
    return False
