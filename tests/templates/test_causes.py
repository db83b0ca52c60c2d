"""The kind of a reason by its words: one kind's alone decide."""

import pytest

from extractors.model.facts import Cause
from extractors.templates.causes import cause_of


@pytest.mark.parametrize(
    ("reason", "cause"),
    [
        ("2030年在职人员减少2人", Cause.STAFFING),
        ("贯彻落实过紧日子思想", Cause.POLICY),
        ("新增项目一个", Cause.PROJECT),
        ("取暖用煤价格上涨", Cause.PRICE),
        ("使用科目由甲调为乙", Cause.TRANSFER),
        ("万元进位为2.69万元", Cause.ROUNDING),
        ("在职人员减少，厉行节约", None),
        ("与上年无变化", None),
    ],
)
def test_cause(reason: str, cause: Cause | None) -> None:
    assert cause_of(reason) is cause
