"""Head counts."""

import re
from collections.abc import Iterator

from extractors.checking.registry import check
from extractors.checking.tie import figure, tie, total_of
from extractors.model.amounts import Amount, Text, parse_decimal
from extractors.model.facts import Disclosure
from extractors.model.findings import Term, TieOut
from extractors.model.plain import plain

_ACTUAL, _IN_POST, _RETIRED = "实有", "在职", ("退休", "离休")
_ELSEWHERE = {
    "编制": re.compile(r"编制(?:人?数|人员)?(?:为|:)?(\d+)(?:人|名|,|。|$)"),
    "实有": re.compile(r"实有(?:人数|人员)?(?:为|:)?(\d+)(?:人|名)"),
}


@check("staffing/actual")
def actual(disclosure: Disclosure) -> Iterator[TieOut]:
    """实有人数 ＝ 在职 ＋ 退休 ＋ 离休（不含离退休人员的，＝ 在职）。"""
    counts = disclosure.staffing.counts
    if _ACTUAL not in counts or _IN_POST not in counts:
        return
    in_post, retired = counts[_IN_POST], [label for label in _RETIRED if label in counts]
    counts_retired = counts[_ACTUAL].value != in_post.value
    labels = [_IN_POST, *retired] if counts_retired else [_IN_POST]
    yield tie(
        "staffing/actual",
        f"实有人数 ＝ {' ＋ '.join(labels)}",
        figure("实有人数", counts[_ACTUAL]),
        total_of("各类人员之和", [Term(label, counts[label]) for label in labels]),
    )


@check("staffing/elsewhere")
def elsewhere(disclosure: Disclosure) -> Iterator[TieOut]:
    """绩效目标中写明的编制、实有人数 ＝ 机构设置及人员情况中的数。"""
    counts = disclosure.staffing.counts
    expected = [(pattern, label, counts[label]) for label, pattern in _ELSEWHERE.items() if label in counts]
    for goal in (form.goal for form in disclosure.indicator_tables if expected and form.goal is not None):
        said = plain(goal.printed)
        for pattern, label, count in expected:
            stated = _stated(goal, said, pattern)
            if stated is not None:
                yield tie(
                    "staffing/elsewhere",
                    f"绩效目标中的{label}人数 ＝ 人员情况中的{label}人数",
                    figure(f"绩效目标中的{label}人数", stated),
                    figure(f"人员情况中的{label}人数", count),
                )


def _stated(goal: Text, said: str, pattern: re.Pattern[str]) -> Amount | None:
    """The count that a goal (`said`: half-width) states, once, with the lines that it may be printed on."""
    found = pattern.findall(said)
    value = parse_decimal(found[0]) if len(found) == 1 else None
    if value is None:
        return None
    lines = tuple(line for line in goal.place if found[0] in plain(line.text)) or goal.place
    return Amount(printed=found[0], place=lines, reader=goal.reader, value=value, unit="人")
