"""docs/checks.md: every check with its id and sentence, written from the checks and their catalogue.

`python -m tools.checks_page` says whether the file is current, `--write` writes it anew.
"""

import argparse
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any

from extractors import across, checks
from extractors.checking.across import Kinship, all_across
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

Within the allowance and not zero is 尾差: severity info, `rounding_only`. Nothing is relative. A figure that
is another one printed with fewer places is no finding.

"""
_ACROSS = """
## 与其他文件对照 · Against other documents

Made where another reading is at hand: stored by the service, or given to `yusuan extract --against`. Of the
other document only figures count whose reading is accepted or printed_so. A difference is an error only where
both documents print the figure by one name for one year, and ours is proven; else it is info, since an
adjusted budget or a reorganised department differ rightly. It changes the status of no value.

| id | 关系 | identity | 对照 beside |
|---|---|---|---|
"""
_BESIDE = {
    Kinship.YEAR_BEFORE: "同一单位上年同类文件 the issuer's of the year before",
    Kinship.BUDGET: "同一单位同年预算 the budget of the year",
    Kinship.DEPARTMENT: "主管部门同年同类文件 the department's of the year",
}
_FAMILIES = """
## What documents of this kind keep · 勾稽关系的家族

| family | checks, or why not |
|---|---|
"""
_PEER = """
## The rules of GovBudgetChecker · 与同类软件的对照

Each of its rules is adopted under these ids, or refused with the reason.

| rule | here |
|---|---|
"""


def catalogue() -> Mapping[str, Any]:
    """The catalogue beside the checks."""
    text = resources.files("extractors.checks").joinpath("catalogue.toml").read_text("utf-8")
    return tomllib.loads(text)


def page() -> str:
    """The page as it should be."""
    data = catalogue()
    english = data["english"]
    parts = [_HEAD]
    for kind, found in groupby(all_checks(checks), key=lambda check: check.kind.value):
        parts.append(f"## {kind}\n\n| id | 关系 | identity | 不成立时 if broken |\n|---|---|---|---|\n")
        parts += [f"| `{c.id}` | {c.title} | {english.get(c.id, '')} | {_failed(c)} |\n" for c in found]
        parts.append("\n")
    parts.append(
        "## 文字和形式 · Wording and form\n\n| id | 要求 | rule | 级别 severity |\n|---|---|---|---|\n"
    )
    for one in all_inspections(checks):
        parts.append(f"| `{one.id}` | {one.title} | {english.get(one.id, '')} | {one.severity.value} |\n")
    parts.append(_ACROSS)
    parts += [
        f"| `{one.id}` | {one.title} | {english.get(one.id, '')} | {_BESIDE[one.kinship]} |\n"
        for one in all_across(across)
    ]
    parts += [_FAMILIES, *_rows("what", data["family"]), _PEER, *_rows("rule", data["peer"])]
    return "".join(parts).rstrip("\n") + "\n"


def _rows(key: str, entries: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for entry in entries:
        ids = ", ".join(f"`{one}`" for one in entry.get("ids", ()))
        said = f"refused: {entry['refused']}" if "refused" in entry else ids
        note = f" ({entry['note']})" if "note" in entry else ""
        yield f"| {entry[key]} | {said}{note} |\n"


def _failed(check: Check) -> str:
    return "列为问题 finding" if check.accuses else "不作结论 nothing"


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
