"""Staff counts by their printed labels."""

import pytest

from extractors.model.facts import Disclosure
from extractors.sections.staffing import staffing
from tests.builders import document_from


def _read(text: str) -> tuple[dict[str, int], dict[str, int]]:
    document = document_from(f"第一部分2025年部门概况\n二、机构设置及人员情况\n{text}\n")
    read = staffing.read(Disclosure(document)).staffing
    counts = {label: int(amount.value) for label, amount in read.counts.items()}
    return counts, {label: int(amount.value) for label, amount in read.changes.items()}


def test_counts_and_signed_changes() -> None:
    counts, changes = _read(
        "某局编制数 18，实有人数 20人，其中：在职 17人，减少 1人；退休 3 人，增加 2人；离休 0人，增加 0 人。"
    )
    assert counts == {"编制": 18, "实有": 20, "在职": 17, "退休": 3, "离休": 0}
    assert changes == {"在职": -1, "退休": 2, "离休": 0}


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("编制人数18人，实有人员20人。", {"编制": 18, "实有": 20}),
        ("行政编制 5人、事业编制 6人", {"行政编制": 5, "事业编制": 6}),
        ("核定编制18名", {"编制": 18}),
        ("行政编制5人 事业编制6人", {"行政编制": 5, "事业编制": 6}),
        (
            "现有人员编制115人，其中：参照公务员管理事业编制71人，工勤编制44个。",
            {"编制": 115, "事业编制": 71, "工勤编制": 44},
        ),
        ("现有3个下属单位，现有2名副局长，实际有4个科室", {}),
        (
            "人员编制21名，其中：行政编制6 名、事业编制15 名；实有在职人员20 人，其中：行政8 人，事业12 人。",
            {"编制": 21, "行政编制": 6, "事业编制": 15, "实有": 20, "在职": 20, "行政": 8, "事业": 12},
        ),
        ("退休人员（机关事业养老统筹基金发放养老金）7 人。", {"退休": 7}),
        ("离退休人员9人，其中离休1人，退休8人", {"离退休": 9, "离休": 1, "退休": 8}),
        ("在职人员共有12人，较上年增加2人", {"在职": 12}),
        ("下设7个科室，编制科3个，行政2025年工作", {}),
    ],
)
def test_printed_forms(text: str, counts: dict[str, int]) -> None:
    assert _read(text)[0] == counts


def test_a_change_against_last_year() -> None:
    assert _read("在职人员共有12人，较上年减少2人")[1] == {"在职": -2}
    assert _read("在职12人（减少2人）；退休3人，与上年相比增加1人")[1] == {"在职": -2, "退休": 1}
    assert _read("在职12人；增加的3人另行安排")[1] == {}


def test_the_paragraph_with_most_labels_is_believed() -> None:
    counts, _ = _read("局机关行政编制6名。\n人员编制21名，其中：行政编制8名；实有人员20人，另有遗属2人。")
    assert counts == {"编制": 21, "行政编制": 8, "实有": 20, "遗属": 2}


def test_people_elsewhere_do_not_count() -> None:
    text = "第三部分2025年部门预算情况说明\n一、关于某局2025年收入预算情况说明\n在职人员减少1人，实有17人\n"
    read = staffing.read(Disclosure(document_from(text))).staffing
    assert read.counts == {}


def test_the_place_is_the_number() -> None:
    document = document_from("二、机构设置及人员情况\n编制数18，在职17人，减少1人\n")
    read = staffing.read(Disclosure(document)).staffing
    assert [e.text for e in read.counts["在职"].place] == ["17"]
    assert (read.changes["在职"].printed, read.changes["在职"].unit) == ("1", "人")
