"""What a model takes to contradict each other, confirmed by code as far as code can.

That two places speak of one thing is the model's judgement. Both quotes must be printed, at different
places, and must differ; an accusation is made only where the same words stand before two figures of one unit.
"""

import re
from collections.abc import Iterator

from extractors.align import folded
from extractors.checking.registry import Objection, inspection
from extractors.model.amounts import Text, parse_decimal
from extractors.model.disagreement import Disagreement, Matter
from extractors.model.evidence import Match
from extractors.model.facts import Disclosure
from extractors.model.findings import Severity
from extractors.model.plain import plain

_LABELLED = re.compile(r"(?P<label>[\u4e00-\u9fff]{2,})(?P<figure>\d+(?:\.\d+)?)(?P<unit>[^\d,;。、:()]*)$")
_BRACKETS = re.compile(r"[(){}\[\]《》\"'、,。;:·]")


@inspection("other/numbers-differ", Severity.WARNING, by_model=True)
def numbers(disclosure: Disclosure) -> Iterator[Objection]:
    """模型指为同一事项、前面的文字和单位也相同的两个数字相等。"""
    for said in disclosure.disagreements:
        if said.matter is Matter.NUMBER and _is_confirmed(said) and _is_one_quantity(said):
            yield _objection(said, "同一事项的数字不一致")


@inspection("wording/differ", Severity.INFO, by_model=True)
def wording(disclosure: Disclosure) -> Iterator[Objection]:
    """模型指出两处文字互相矛盾，须由人判断。"""
    titles = {Matter.NAME: "名称用字不一致", Matter.NUMBER: "数字不一致", Matter.WORDING: "说法不一致"}
    for said in disclosure.disagreements:
        is_accused = said.matter is Matter.NUMBER and _is_one_quantity(said)
        if said.matter in titles and _is_confirmed(said) and not is_accused:
            yield _objection(said, titles[said.matter])


@inspection("other/reason", Severity.INFO, by_model=True)
def reasons(disclosure: Disclosure) -> Iterator[Objection]:
    """模型指出所说的原因与增减的方向相反，须由人判断。"""
    for said in disclosure.disagreements:
        if said.matter is Matter.REASON and _is_confirmed(said):
            yield Objection(
                printed=f"{said.first.printed} … 主要原因是{said.second.printed}",
                expected=f"{said.first.printed}的原因",
                why=f"“{said.first.printed}”的原因写为“{said.second.printed}”，方向相反。",
                evidence=(*said.first.place, *said.second.place),
            )


def _objection(said: Disagreement, what: str) -> Objection:
    return Objection(
        printed=said.first.printed,
        expected=said.second.printed,
        why=f"{what}：一处为“{said.first.printed}”，另一处为“{said.second.printed}”（由模型指出，须核对）。",
        evidence=(*said.first.place, *said.second.place),
    )


def _is_confirmed(said: Disagreement) -> bool:
    """Both are printed, not in one place, and differ in more than marks."""
    both = (said.first, said.second)
    return all(map(_is_printed, both)) and not _overlap(*both) and _bare(said.first) != _bare(said.second)


def _is_printed(text: Text) -> bool:
    return bool(text.place) and all(e.match is not Match.NOT_FOUND for e in text.place)


def _overlap(one: Text, other: Text) -> bool:
    return any(a.page == b.page and a.box.meets(b.box) for a in one.place for b in other.place)


def _bare(text: Text) -> str:
    return _BRACKETS.sub("", folded(text.printed))


def _is_one_quantity(said: Disagreement) -> bool:
    """The same words before two figures of one unit that differ in value: 实有人数20人, 实有人数17人."""
    one, other = (_LABELLED.search(plain(text.printed)) for text in (said.first, said.second))
    if one is None or other is None or one["unit"] != other["unit"] or one["label"] != other["label"]:
        return False
    return parse_decimal(one["figure"]) != parse_decimal(other["figure"])
