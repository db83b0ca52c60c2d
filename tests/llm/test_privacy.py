"""Personal data stays here: masked in what leaves, put back in what comes, and figures left alone."""

import json

import pytest
import respx

from extractors.align import locate
from extractors.llm.client import Question, connect
from extractors.llm.privacy import masked, names_in
from extractors.llm.prompts import Prompt
from extractors.model.evidence import Match
from extractors.tasks.reading import Reply
from tests.llm.server import URL, profile, reply
from tests.printed import passage_from


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("联系人：张三，电话13900001111。", "联系人：NAME_1，电话TEL_1。"),
        ("项目负责人：阿不都·热合曼", "项目负责人：NAME_1"),
        ("单位负责人（签字）：买买提江", "单位负责人（签字）：NAME_1"),
        ("联系电话：0996-2000001", "联系电话：TEL_1"),
        ("（0996）2000001转8", "TEL_1转8"),
        ("监督电话：12345678", "监督电话：TEL_1"),
        ("身份证号65280119900307123X", "身份证号ID_1"),
        ("负责人：李四\n李四负责预算，李四签字。", "负责人：NAME_1\nNAME_1负责预算，NAME_1签字。"),
        ("联系人：张三；填报人：李四", "联系人：NAME_1；填报人：NAME_2"),
    ],
)
def test_what_is_personal_is_masked_and_put_back(text: str, expected: str) -> None:
    hidden, mask = masked(text)
    assert hidden == expected
    assert mask.restore(hidden) == text


@pytest.mark.parametrize(
    "text",
    [
        "预算13900001111.00元",
        "预算13900001111元",
        "合计0996200000.1",
        "项目负责人：县医疗保障局办公室",
        "负责人职责：管理",
        "联系人：（联系电话）：",
        "负责人：无",
        "新财社〔2024〕181号，2101501行政运行，77.00万元，2025年1月1日",
        "其中：在职20人，退休3人。",
    ],
)
def test_figures_offices_and_words_are_left_alone(text: str) -> None:
    assert masked(text)[0] == text


def test_names_of_the_rest_of_the_document_are_masked_too() -> None:
    names = names_in("表头\n项目负责人：王小明：联系电话：0996-2000001")
    assert names == ("王小明",)
    assert masked("由王小明牵头", names)[0] == "由NAME_1牵头"


def test_a_word_that_the_document_prints_itself_stands_for_nothing() -> None:
    hidden, mask = masked("NAME_1是字段名，联系人：张三")
    assert hidden == "NAME_1是字段名，联系人：NAME_2"
    assert mask.restore(hidden) == "NAME_1是字段名，联系人：张三"


def test_the_tenth_name_is_not_the_first_with_a_nought() -> None:
    text = "\n".join(f"联系人：{family}明" for family in "赵钱孙李周吴郑王冯陈褚")
    hidden, mask = masked(text)
    assert "NAME_11" in hidden
    assert mask.restore(hidden) == text


class Answer(Reply):
    """A small reply."""

    leader: str


TEXT = "项目负责人：张三（电话：13900001111），预算77.00万元"
QUESTION = Question(Prompt("cover", 1, "试", "照抄。\n", "0" * 64), TEXT, Answer)


@respx.mock
async def test_what_leaves_is_masked_and_a_quote_of_the_reply_is_found() -> None:
    route = respx.post(f"{URL}/chat/completions").mock(
        return_value=reply({"leader": "NAME_1（电话：TEL_1）"})
    )
    client = connect(profile())
    answer = await client.ask(QUESTION, lambda _usage: None)
    sent = json.loads(route.calls.last.request.content)["messages"][1]["content"]
    assert "项目负责人：NAME_1（电话：TEL_1），预算77.00万元" in sent
    assert "张三" not in sent
    assert answer.leader == "张三（电话：13900001111）"
    found = locate(answer.leader, passage_from(TEXT))
    assert found is not None
    assert found.match is Match.EXACT
    await client.close()


@respx.mock
async def test_masking_can_be_turned_off() -> None:
    route = respx.post(f"{URL}/chat/completions").mock(return_value=reply({"leader": "张三"}))
    client = connect(profile(mask=False))
    await client.ask(QUESTION, lambda _usage: None)
    assert "张三" in json.loads(route.calls.last.request.content)["messages"][1]["content"]
    await client.close()
