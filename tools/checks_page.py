"""docs/checks.md: every check with its id and sentence, written from the checks themselves.

`python -m tools.checks_page` says whether the file is current, `--write` writes it anew.
"""

import argparse
import sys
from itertools import groupby
from pathlib import Path

from extractors import checks
from extractors.checking.registry import Check, all_checks, all_inspections

FILE = Path(__file__).parent.parent / "docs" / "checks.md"

_HEAD = """# 勾稽关系 · The checks

Written from `extractors/checks/` by `make docs`; a test compares it with the code.

Each comparison ends in one of four verdicts: `holds` 成立, `rounding` 尾差, `broken` 不成立,
`not_comparable` 无法比较 (with the reason: a side is missing, units differ, the identity is only inferred).
Nothing is passed over in silence, and nothing that could not be read counts as zero.

## The rounding rule

Half a unit of the last printed place for every printed figure that takes part:

- a sum of n printed addends against a printed total: |difference| ≤ (n + 1) × ½ unit; blank cells are no
  addends;
- the same quantity printed twice, or in two units: one unit of the coarser print;
- a share or percentage: one unit of the print, and the half units of its operands, propagated; it holds where
  the computed figure rounds to the printed one;
- head count × standard: half a unit of the standard's last place × the count, and half a unit of the total;
- money in 元 with 分, and counts of persons, vehicles and the like, are exact.

Within the allowance and not zero is 尾差: severity info, `rounding_only`. Nothing is relative.

"""


def page() -> str:
    """The page as it should be."""
    parts = [_HEAD]
    for kind, found in groupby(all_checks(checks), key=lambda check: check.kind.value):
        parts.append(f"## {kind}\n\n| id | 关系 | 不成立时 |\n|---|---|---|\n")
        parts += [f"| `{check.id}` | {check.title} | {_failed(check)} |\n" for check in found]
        parts.append("\n")
    parts.append("## 文字和形式 · Wording and form\n\n| id | 要求 | 级别 |\n|---|---|---|\n")
    parts += [f"| `{one.id}` | {one.title} | {one.severity.value} |\n" for one in all_inspections(checks)]
    return "".join(parts).rstrip("\n") + "\n"


def _failed(check: Check) -> str:
    return "列为问题" if check.accuses else "不作结论（所列可能不全）"


def main() -> int:
    """Compares, or writes. Exit 1 where the file is not current."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    if parser.parse_args().write:
        FILE.write_text(page(), encoding="utf-8")
        return 0
    current = FILE.exists() and FILE.read_text(encoding="utf-8") == page()
    print("docs/checks.md is current" if current else "docs/checks.md is not current: make docs")
    return 0 if current else 1


if __name__ == "__main__":
    sys.exit(main())
