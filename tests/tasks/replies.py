"""A made-up projects section with the reply that a careful model gives to it."""

import copy
import json
from typing import Any

TEXT = """第三部分 某某县民政局2031年部门预算情况说明
七、关于某某县民政局2031年一般公共预算项目支出情况说明
（一）项目名称：2031年高龄老人补助项目
设立的政策依据：《关于发放高龄津贴的通知》（某民发【2029】12号）
预算安排规模：30.50万元
项目承担单位：某某县民政局
资金分配情况：主要用于高龄津贴28.10万元、办公费2.40元，共计30.50万元。
资金执行时间：2031年1月1日-2031年12月31日
\f（二）项目名称：村级养老服务站
设立的政策依据：某政发〔2028〕3号
预算安排规模：10.50万元
项目承担单位：某某县民政局
资金分配情况：服务站15个，每个7000元，资金预算10.50万元。
资金执行时间：2031年12月31日前
八、关于某某县民政局2031年政府性基金预算拨款情况说明
某某县民政局2031年没有使用政府性基金预算拨款安排的支出。"""


def _quote(before: str, printed: str) -> dict[str, str]:
    return {"before": before, "printed": printed}


_FIRST: dict[str, Any] = {
    "n": 1,
    "name": _quote("（一）项目名称：", "2031年高龄老人补助项目"),
    "purpose": [_quote("资金分配情况：", "主要用于高龄津贴28.10万元、办公费2.40元，共计30.50万元")],
    "policy_basis": _quote("设立的政策依据：", "《关于发放高龄津贴的通知》（某民发【2029】12号）"),
    "policy_refs": [{"title": "关于发放高龄津贴的通知", "number": "某民发【2029】12号"}],
    "amount": _quote("预算安排规模：", "30.50万元"),
    "responsible": _quote("项目承担单位：", "某某县民政局"),
    "allocation": _quote("资金分配情况：", "主要用于高龄津贴28.10万元、办公费2.40元，共计30.50万元"),
    "allocation_items": [
        {"quote": "高龄津贴28.10万元", "item": "高龄津贴", "amount": "28.10万元"},
        {"quote": "办公费2.40元", "item": "办公费", "amount": "2.40元"},
    ],
    "head_count": [],
    "standard": [],
    "beneficiaries": None,
    "funding_source": None,
    "execution": _quote("资金执行时间：", "2031年1月1日-2031年12月31日"),
}
_SECOND: dict[str, Any] = {
    "n": 2,
    "name": _quote("（二）项目名称：", "村级养老服务站"),
    "purpose": [_quote("资金分配情况：", "服务站15个，每个7000元，资金预算10.50万元")],
    "policy_basis": _quote("设立的政策依据：", "某政发〔2028〕3号"),
    "policy_refs": [{"title": None, "number": "某政发〔2028〕3号"}],
    "amount": _quote("预算安排规模：", "10.50万元"),
    "responsible": _quote("项目承担单位：", "某某县民政局"),
    "allocation": _quote("资金分配情况：", "服务站15个，每个7000元，资金预算10.50万元"),
    "allocation_items": [],
    "head_count": [],
    "standard": [_quote("服务站15个，", "每个7000元")],
    "beneficiaries": None,
    "funding_source": None,
    "execution": _quote("资金执行时间：", "2031年12月31日前"),
}


def careful() -> dict[str, Any]:
    """The reply, to be changed at will."""
    return copy.deepcopy({"projects": [_FIRST, _SECOND]})


def dumps(reply: object) -> str:
    """As a model writes it."""
    return json.dumps(reply, ensure_ascii=False)
