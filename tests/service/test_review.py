"""The review queue: over /v1 and as pages that work without JavaScript."""

import asyncio
import html
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from service.settings import Settings
from tests.service.conftest import Running
from tests.service.pdfs import excerpt

DISCLOSURE = excerpt("hejing-2025", range(22))
NO_FORM_FIELDS = {"value": "", "note": "", "who": ""}


@pytest.fixture
async def reviewer(wide: Settings, running: Running) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a service that has read one disclosure."""
    async with running(wide) as client:
        upload = {"file": ("document.pdf", DISCLOSURE)}
        reply = await client.post("/v1/documents?wait=60", files=upload)
        assert reply.json()["status"] == "done"
        yield client


async def queue(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    found, address = [], "/v1/review?limit=20"
    while address:
        page = (await client.get(address)).json()
        found += page["items"]
        address = page["next"]
    assert len(found) == page["open"]
    return found


async def decide(client: httpx.AsyncClient, item: dict[str, Any], **decision: object) -> httpx.Response:
    body = {"version": item["version"]} | decision
    return await client.post(f"/v1/review/{item['id']}", json=body)


async def submit(client: httpx.AsyncClient, item: dict[str, Any], **fields: object) -> httpx.Response:
    form = NO_FORM_FIELDS | {"version": item["version"]} | fields
    return await client.post(f"/review/{item['id']}", data=form)


async def amounts(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    return [item for item in await queue(client) if item["path"].endswith("amount")]


async def test_the_queue_holds_what_needs_a_person(reviewer: httpx.AsyncClient) -> None:
    items = await queue(reviewer)
    assert items
    assert {item["status"] for item in items} <= {"review", "contradicted"}
    assert len({item["id"] for item in items}) == len(items)
    assert all(item["label"] for item in items)


@pytest.mark.parametrize("action", ["accept", "printed_so", "unreadable"])
async def test_a_decided_value_leaves_the_queue(reviewer: httpx.AsyncClient, action: str) -> None:
    first, *rest = await queue(reviewer)
    reply = await decide(reviewer, first, action=action, who="张三", note="已看原文")
    assert reply.status_code == 200
    assert reply.json()["action"] == action
    assert await queue(reviewer) == rest


async def test_a_correction_is_kept_as_a_number(reviewer: httpx.AsyncClient) -> None:
    item = (await amounts(reviewer))[0]
    for bad in ("", "  ", "一百", "12.", "1e5"):
        reply = await decide(reviewer, item, action="correct", value=bad)
        assert (reply.status_code, reply.json()["type"]) == (400, "urn:yusuan:problem:bad-decision")
    taken = await decide(reviewer, item, action="correct", value="１，254.76")
    assert taken.json()["value"] == "1254.76"


async def test_only_a_correction_takes_a_value(reviewer: httpx.AsyncClient) -> None:
    first = (await queue(reviewer))[0]
    reply = await decide(reviewer, first, action="accept", value="1")
    assert reply.status_code == 400
    assert (await decide(reviewer, first, action="undo")).status_code == 400
    assert (await decide(reviewer, first, action="delete")).status_code == 400
    assert (await decide(reviewer, {"id": "nothing", "version": 0}, action="accept")).status_code == 404


async def test_a_stale_version_is_refused(reviewer: httpx.AsyncClient) -> None:
    first = (await queue(reviewer))[0]
    assert (await decide(reviewer, first, action="accept")).status_code == 200
    late = await decide(reviewer, first, action="unreadable")
    assert (late.status_code, late.json()["type"]) == (409, "urn:yusuan:problem:stale-decision")


async def test_of_two_at_once_one_wins(reviewer: httpx.AsyncClient) -> None:
    first = (await queue(reviewer))[0]
    replies = await asyncio.gather(*(decide(reviewer, first, action="accept") for _ in range(5)))
    assert sorted(reply.status_code for reply in replies) == [200, 409, 409, 409, 409]


async def test_decisions_survive_a_new_reading(reviewer: httpx.AsyncClient) -> None:
    first, second, *rest = await queue(reviewer)
    await decide(reviewer, first, action="accept")
    taken = (await decide(reviewer, second, action="accept")).json()
    await decide(reviewer, second | {"version": taken["version"]}, action="undo")
    await reviewer.post("/v1/documents/1/reprocess")
    while (await reviewer.get("/v1/documents/1")).json()["status"] != "done":
        await asyncio.sleep(0.1)
    assert [item["id"] for item in await queue(reviewer)] == [item["id"] for item in (second, *rest)]


async def test_the_page_shows_the_place_and_goes_on_to_the_next(reviewer: httpx.AsyncClient) -> None:
    start = await reviewer.get("/")
    assert (start.status_code, start.headers["location"]) == (303, "/review")
    items = await queue(reviewer)
    page = await reviewer.get("/review")
    assert page.status_code == 200
    assert 'lang="zh-CN"' in page.text
    assert f'action="/review/{items[0]["id"]}"' in page.text
    assert items[0]["printed"] in html.unescape(page.text)
    box = re.search(r'class="box \w+" style="left:([\d.]+)%;top:([\d.]+)%;width:([\d.]+)%;height:', page.text)
    assert box is not None
    assert all(0 <= float(part) <= 100 for part in box.groups())
    image = re.search(r'<img src="([^"]+)" width="\d+" height="\d+"', page.text)
    assert image is not None
    assert (await reviewer.get(html.unescape(image[1]))).headers["content-type"] == "image/png"
    done = await submit(reviewer, items[0], action="accept", who="张三")
    assert done.status_code == 303
    assert done.headers["location"] == f"/review?done={items[0]['id']}&item={items[1]['id']}"
    following = await reviewer.get(done.headers["location"])
    assert "撤销" in following.text
    assert 'value="张三"' in following.text


async def test_a_decision_is_undone_by_a_form_and_stays_on_record(reviewer: httpx.AsyncClient) -> None:
    before = await queue(reviewer)
    taken = await submit(reviewer, before[0], action="printed_so")
    page = (await reviewer.get(taken.headers["location"])).text
    version = re.search(
        r'name="action" value="undo">\s*<input type="hidden" name="version" value="(\d+)"', page
    )
    assert version is not None
    undone = await submit(reviewer, before[0] | {"version": int(version[1])}, action="undo")
    assert undone.headers["location"] == f"/review?item={before[0]['id']}"
    after = await queue(reviewer)
    assert [item["id"] for item in after] == [item["id"] for item in before]
    assert after[0]["version"] > int(version[1])
    history = (await reviewer.get(undone.headers["location"])).text
    assert history.index("：原文如此") < history.index("：撤销")


async def test_what_a_form_lacks_is_said_on_its_page(reviewer: httpx.AsyncClient) -> None:
    item = (await amounts(reviewer))[0]
    bad = await submit(reviewer, item, action="correct", value="约<b>十</b>万")
    assert bad.status_code == 400
    assert 'role="alert"' in bad.text
    assert 'value="约&lt;b&gt;十&lt;/b&gt;万"' in bad.text
    with_value = await submit(reviewer, item, action="accept", value="12")
    assert with_value.status_code == 400
    await submit(reviewer, item, action="accept")
    stale = await submit(reviewer, item, action="unreadable")
    assert stale.status_code == 409
    assert "已被他人处理" in stale.text
    gone = await submit(reviewer, {"id": "nothing", "version": 0}, action="accept")
    assert gone.status_code == 404
    assert (await reviewer.get("/review?item=nothing")).status_code == 404


async def test_the_first_button_of_the_form_corrects(reviewer: httpx.AsyncClient) -> None:
    """Enter in the field of the correction presses the form's first button, in every browser."""
    page = (await reviewer.get("/review")).text
    form = page[page.index('<form class="decide"') :]
    first = re.search(r"<button ([^>]*)>", form)
    assert first is not None
    assert 'value="correct"' in first[1]


async def test_nothing_comes_from_elsewhere(reviewer: httpx.AsyncClient) -> None:
    for address in ("/review", "/documents", "/documents/1", "/source"):
        page = await reviewer.get(address)
        assert page.status_code == 200
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page.text)
        assert "源代码" in page.text
        assert page.headers["link"] == '</source>; rel="source"'
        assert "default-src 'none'" in page.headers["content-security-policy"]
        for found in re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text):
            assert (await reviewer.get(found)).status_code == 200, found


async def test_the_document_page_lists_what_was_found(reviewer: httpx.AsyncClient) -> None:
    extraction = (await reviewer.get("/v1/documents/1/extraction")).json()
    page = html.unescape((await reviewer.get("/documents/1")).text)
    assert "和静县医疗保障局" in page
    for reason in extraction["decision"]["reasons"]:
        assert reason in page
    for finding in extraction["findings"]:
        assert finding["message"] in page


async def test_a_pdf_is_added_by_a_form(reviewer: httpx.AsyncClient) -> None:
    added = await reviewer.post("/documents", files={"file": ("a.pdf", DISCLOSURE)})
    assert (added.status_code, added.headers["location"]) == (303, "/documents/1")
    refused = await reviewer.post("/documents", files={"file": ("a.pdf", b"words")})
    assert refused.status_code == 415
    assert "不是 PDF" in refused.text


async def test_an_empty_queue_says_so(running: Running, settings: Settings) -> None:
    async with running(settings) as client:
        assert "没有待核对的值" in (await client.get("/review")).text
        assert "还没有文件" in (await client.get("/documents")).text
        assert (await client.get("/documents/5")).status_code == 404
