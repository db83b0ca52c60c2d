"""Where two readers differ, the review page shows both, and either is taken by a key or a press."""

import html
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from service.jobs.values import alternatives_of, open_values, values_of
from service.settings import Settings
from service.storage.database import Database
from service.storage.records import Reading
from tests.service.conftest import Running
from tests.service.pdfs import excerpt

DISCLOSURE = excerpt("hejing-2025", range(22))


def with_rival(extraction: dict[str, Any], **said: object) -> str:
    """Lets a model read the first amount of the narrative otherwise; the path of that amount."""
    fact = next(f for f in extraction["narrative_facts"] if f["fields"].get("amount"))
    field = fact["fields"]["amount"]
    field["status"], field["reason"] = "review", "两种读法不一致"
    number = extraction["narrative_facts"].index(fact)
    page = field["evidence"]["page"] + 1
    evidence = {"page": page, "bbox": [100.0, 200.0, 140.0, 212.0], "text": "12.34", "match": "exact"}
    rival = {"path": f"narrative_facts/{number}/amount", "value": "12.34", "printed": "12.34", "unit": "元"}
    extraction["alternatives"] = [{**rival, "evidence": evidence, "reader": "model", **said}]
    return next(v.path for v in values_of(extraction) if v.at == rival["path"])


async def read_with_rival(client: httpx.AsyncClient, settings: Settings, **said: object) -> dict[str, Any]:
    """Reads a disclosure, and stores a second reading in which a model differs; the item of that value."""
    upload = {"file": ("document.pdf", DISCLOSURE)}
    document = (await client.post("/v1/documents?wait=60", files=upload)).json()["id"]
    database = Database(settings.database)
    with database.writing() as work:
        run = work.runs.latest(document)
        assert run is not None
        path = with_rival(run.extraction, **said)
        new = work.runs.add(document, Reading(run.extraction, 0.0))
        work.reviews.replace(document, new.id, open_values(run.extraction))
    database.close()
    items: list[dict[str, Any]] = (await client.get("/v1/review?limit=100")).json()["items"]
    return next(item for item in items if item["path"] == path)


@pytest.fixture
async def client(wide: Settings, running: Running) -> AsyncIterator[httpx.AsyncClient]:
    """A service with room for a disclosure."""
    async with running(wide) as client:
        yield client


def buttons(page: str) -> dict[str, str]:
    """The names and values of what the number keys press."""
    return dict(re.findall(r'<button ([^>]*) data-key="(\d)">', html.unescape(page)))


async def submit(client: httpx.AsyncClient, item: dict[str, Any], **fields: object) -> httpx.Response:
    form = {"version": item["version"], "value": "", "note": "", "who": "张三"} | fields
    return await client.post(f"/review/{item['id']}", data=form)


async def test_both_readings_are_shown_with_their_places_and_keys(
    client: httpx.AsyncClient, wide: Settings
) -> None:
    item = await read_with_rival(client, wide)
    page = (await client.get(f"/review?item={item['id']}")).text
    assert buttons(page) == {'name="action" value="accept"': "1", 'name="take" value="12.34"': "2"}
    shown = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert f"规则读作 {item['printed']} 1" in shown
    other = item["evidence"][0]["page"] + 1
    assert f"模型读作 12.34元 第 {other} 页 2" in shown
    assert f"/pages/{other}.png" in page


async def test_a_value_without_a_rival_shows_none(client: httpx.AsyncClient, wide: Settings) -> None:
    item = await read_with_rival(client, wide)
    items = (await client.get("/v1/review?limit=100")).json()["items"]
    another = next(found for found in items if found["id"] != item["id"])
    page = (await client.get(f"/review?item={another['id']}")).text
    assert "两种读法不一致，取哪一种" not in page
    assert buttons(page) == {}


async def test_the_first_is_taken_by_accepting_it(client: httpx.AsyncClient, wide: Settings) -> None:
    item = await read_with_rival(client, wide)
    assert (await submit(client, item, action="accept")).status_code == 303
    page = (await client.get(f"/review?item={item['id']}")).text
    assert "张三：接受" in page


async def test_the_second_is_taken_as_a_correction_that_says_whose_it_is(
    client: httpx.AsyncClient, wide: Settings
) -> None:
    item = await read_with_rival(client, wide)
    assert (await submit(client, item, take="12.34", note="看过原文")).status_code == 303
    page = html.unescape((await client.get(f"/review?item={item['id']}")).text)
    assert "张三：更正 <b>12.34</b>（取模型的读法：12.34元；看过原文）" in page


async def test_a_reading_that_is_not_there_is_not_taken(client: httpx.AsyncClient, wide: Settings) -> None:
    item = await read_with_rival(client, wide)
    assert (await submit(client, item, take="99.99")).status_code == 409
    assert (await submit(client, item, take="12.34", value="7")).status_code == 400
    assert (await submit(client, {"id": "nothing", "version": 0}, take="12.34")).status_code == 404
    assert (await submit(client, item)).status_code == 400


async def test_a_quote_that_is_nowhere_printed_is_shown_without_a_place(
    client: httpx.AsyncClient, wide: Settings
) -> None:
    item = await read_with_rival(client, wide, evidence=None)
    page = html.unescape((await client.get(f"/review?item={item['id']}")).text)
    assert "在原文中找不到下面这种读法" in page
    assert 'name="take" value="12.34"' in buttons(page)


def test_readings_of_older_versions_have_no_second_readings() -> None:
    assert alternatives_of({"tables": []}, "/document/issuer") == ()
