"""The interface under /v1, as the contract fixes it."""

import asyncio
import hashlib
import json
import threading

import httpx
import pytest
from typer.testing import CliRunner

from service.app import create_app
from service.cli import commands
from service.settings import Settings
from tests.service.conftest import Running, stored
from tests.service.pdfs import golden, pdf

DOCUMENT = golden("hejing-2025")


async def uploaded(client: httpx.AsyncClient, content: bytes, name: str = "a.pdf") -> httpx.Response:
    return await client.post("/v1/documents?wait=60", files={"file": (name, content, "application/pdf")})


async def test_an_upload_is_read_and_equals_the_command_line(wide: Settings, running: Running) -> None:
    content = DOCUMENT.read_bytes()
    async with running(wide) as client:
        reply = await uploaded(client, content, DOCUMENT.name)
        assert reply.status_code == 202
        assert reply.headers["location"] == f"/v1/documents/{reply.json()['id']}"
        assert reply.json()["sha256"] == hashlib.sha256(content).hexdigest()
        assert reply.json()["status"] == "done"
        over_http = await client.get(f"{reply.headers['location']}/extraction")
        findings = await client.get(f"{reply.headers['location']}/findings")
        original = await client.get(f"{reply.headers['location']}/original")
        page = await client.get(f"{reply.headers['location']}/pages/5.png")
    printed = CliRunner().invoke(commands, ["extract", str(DOCUMENT), "--json"])
    assert over_http.json() == json.loads(printed.stdout)
    assert findings.json()["findings"] == over_http.json()["findings"]
    assert original.content == content
    assert original.headers["content-disposition"] == 'attachment; filename="document.pdf"'
    assert page.headers["content-type"] == "image/png"
    assert page.content.startswith(b"\x89PNG")


async def test_known_bytes_are_answered_with_200(client: httpx.AsyncClient, settings: Settings) -> None:
    first = await uploaded(client, pdf())
    again = await uploaded(client, pdf(), "another-name.pdf")
    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json() == first.json()
    assert len(stored(settings)) == 1


async def test_the_same_bytes_sent_at_once_are_one_document(client: httpx.AsyncClient) -> None:
    replies = await asyncio.gather(*(uploaded(client, pdf()) for _ in range(4)))
    assert sorted(reply.status_code for reply in replies) == [200, 200, 200, 202]
    assert {reply.json()["id"] for reply in replies} == {1}


async def test_without_waiting_the_reply_comes_before_the_reading(
    settings: Settings, running: Running
) -> None:
    unread = settings.model_copy(update={"readers": 0})
    async with running(unread) as client:
        reply = await client.post("/v1/documents", files={"file": ("a.pdf", pdf())})
        assert (reply.status_code, reply.json()["status"]) == (202, "queued")
        missing = await client.get(f"{reply.headers['location']}/extraction")
        assert (missing.status_code, missing.json()["type"]) == (404, "urn:yusuan:problem:no-extraction")
        waited = await client.post("/v1/documents?wait=0.3", files={"file": ("a.pdf", pdf())})
        assert (waited.status_code, waited.json()["status"]) == (200, "queued")


async def test_the_list_goes_by_pages(settings: Settings, running: Running) -> None:
    async with running(settings.model_copy(update={"readers": 0})) as client:
        for number in range(5):
            await client.post("/v1/documents", files={"file": (f"{number}.pdf", pdf(str(number)))})
        seen, address = [], "/v1/documents?limit=2"
        while address:
            page = (await client.get(address)).json()
            seen += [document["file_name"] for document in page["documents"]]
            address = page["next"]
    assert seen == ["0.pdf", "1.pdf", "2.pdf", "3.pdf", "4.pdf"]


async def test_reprocess_queues_and_keeps_the_extraction(client: httpx.AsyncClient) -> None:
    location = (await uploaded(client, pdf())).headers["location"]
    before = (await client.get(f"{location}/extraction")).json()
    reply = await client.post(f"{location}/reprocess")
    assert (reply.status_code, reply.json()["status"]) == (202, "queued")
    again = await uploaded(client, pdf())
    assert again.json()["status"] == "done"
    assert (await client.get(f"{location}/extraction")).json() == before
    metrics = (await client.get("/metrics")).text
    assert (
        sum(int(line.split()[-1]) for line in metrics.splitlines() if line.startswith("yusuan_extraction"))
        == 1
    )


@pytest.mark.parametrize(
    ("method", "address", "status", "slug"),
    [
        ("GET", "/v1/documents/77", 404, "no-such-document"),
        ("GET", "/v1/documents/77/extraction", 404, "no-such-document"),
        ("GET", "/v1/documents/abc", 404, "not-found"),
        ("GET", "/v1/documents/0", 404, "not-found"),
        ("GET", "/v1/documents/99999999999999999999999", 404, "not-found"),
        ("GET", "/v1/nothing", 404, "not-found"),
        ("GET", "/v1/documents?cursor=x", 400, "malformed-request"),
        ("GET", "/v1/documents?limit=0", 400, "malformed-request"),
        ("GET", "/v1/review?cursor=99999999999999999999.1", 400, "malformed-request"),
        ("POST", "/v1/documents?wait=forever", 400, "malformed-request"),
        ("POST", "/v1/documents?wait=nan", 400, "malformed-request"),
        ("POST", "/v1/documents/77/reprocess", 404, "no-such-document"),
        ("POST", "/v1/review/nothing", 400, "malformed-request"),
        ("DELETE", "/v1/documents", 405, "method-not-allowed"),
        ("PUT", "/v1/documents/1", 405, "method-not-allowed"),
        ("GET", "/static/../app.py", 404, "not-found"),
    ],
)
async def test_errors_are_problem_documents(
    client: httpx.AsyncClient, method: str, address: str, status: int, slug: str
) -> None:
    reply = await client.request(method, address)
    assert (reply.status_code, reply.json()["type"]) == (status, f"urn:yusuan:problem:{slug}")
    assert reply.headers["content-type"] == "application/problem+json"


async def test_pages_that_are_not_there(client: httpx.AsyncClient) -> None:
    location = (await uploaded(client, pdf())).headers["location"]
    for number, status in (("1", 200), ("0", 404), ("2", 404), ("-1", 404), ("x", 404)):
        assert (await client.get(f"{location}/pages/{number}.png")).status_code == status
    assert (await client.get(f"{location}/pages/1.png?dpi=9999")).status_code == 400


async def test_messages_follow_the_language_setting(settings: Settings, running: Running) -> None:
    async with running(settings.model_copy(update={"lang": "en"})) as client:
        assert "no document 5" in (await client.get("/v1/documents/5")).json()["detail"]
    async with running(settings) as client:
        assert "没有编号为 5 的文件" in (await client.get("/v1/documents/5")).json()["detail"]


async def test_other_sites_may_not_change_anything(client: httpx.AsyncClient, settings: Settings) -> None:
    for headers in (
        {"Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
    ):
        reply = await client.post("/v1/documents", files={"file": ("a.pdf", pdf())}, headers=headers)
        assert (reply.status_code, reply.json()["type"]) == (403, "urn:yusuan:problem:foreign-origin")
    assert stored(settings) == []
    own = {"Origin": "http://yusuan.test", "Sec-Fetch-Site": "same-origin"}
    assert (
        await client.post("/v1/documents", files={"file": ("a.pdf", pdf())}, headers=own)
    ).status_code == 202


async def test_the_names_of_files_are_only_names(client: httpx.AsyncClient) -> None:
    for number, (sent, kept) in enumerate(
        [("../../etc/x.pdf", "x.pdf"), ("C:\\docs\\预算.pdf", "预算.pdf"), ("", "document.pdf")]
    ):
        content = {"file": (sent or " ", pdf(str(number)))}
        reply = await client.post("/v1/documents", files=content)
        assert reply.json()["file_name"] == kept


async def test_operation(client: httpx.AsyncClient) -> None:
    assert (await client.get("/livez")).text == "ok"
    assert (await client.get("/readyz")).text == "ok"
    await uploaded(client, pdf())
    metrics = await client.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'yusuan_documents{status="done"} 1' in metrics.text
    schema = (await client.get("/openapi.json")).json()
    assert "/v1/documents/{document_id}/extraction" in schema["paths"]
    assert schema["info"]["license"]["identifier"] == "AGPL-3.0-only"


async def test_not_ready_without_a_place_for_files(client: httpx.AsyncClient, settings: Settings) -> None:
    folder = settings.data_dir / "incoming"
    folder.rmdir()
    folder.write_text("in the way")
    reply = await client.get("/readyz")
    assert (reply.status_code, reply.json()["type"]) == (503, "urn:yusuan:problem:folder-not-writable")
    assert str(settings.data_dir) not in reply.text


async def test_a_lost_original_is_said_to_be_gone(client: httpx.AsyncClient, settings: Settings) -> None:
    location = (await uploaded(client, pdf())).headers["location"]
    stored(settings)[0].unlink()
    for part in ("original", "pages/1.png"):
        assert (await client.get(f"{location}/{part}")).status_code == 410
    assert (await uploaded(client, pdf())).status_code == 200
    assert (await client.get(f"{location}/original")).status_code == 200


async def test_it_starts_with_its_lifespan_and_leaves_nothing_running(settings: Settings) -> None:
    app = create_app(settings)
    assert not settings.data_dir.exists()
    async with app.router.lifespan_context(app):
        assert settings.data_dir.exists()
        assert any(thread.name == "reader-0" for thread in threading.enumerate())
    assert not any(thread.name == "reader-0" for thread in threading.enumerate())
