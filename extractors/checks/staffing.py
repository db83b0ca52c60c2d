"""Head counts."""

from collections.abc import Iterator

from extractors.checking.registry import check
from extractors.checking.tie import figure, tie, total_of
from extractors.model.facts import Disclosure
from extractors.model.findings import Term, TieOut

_ACTUAL, _IN_POST, _RETIRED = "实有", "在职", ("退休", "离休")


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
