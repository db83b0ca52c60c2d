"""Section 13 of the AGPL: who uses the service gets its source."""

import io
import tarfile

import httpx

from service.settings import Settings
from tests.service.conftest import Running


async def test_the_archive_is_what_runs(client: httpx.AsyncClient) -> None:
    reply = await client.get("/source/yusuan-source.tar.gz")
    with tarfile.open(fileobj=io.BytesIO(reply.content)) as tar:
        names = tar.getnames()
        running = tar.extractfile("yusuan/service/web/source.py")
        assert running is not None
        assert b"def archive()" in running.read()
    for name in ("LICENSE", "pyproject.toml", "extractors/pipeline.py", "service/web/templates/review.html"):
        assert f"yusuan/{name}" in names
    assert any(name.startswith("yusuan/prompts/") for name in names)
    assert not [name for name in names if "__pycache__" in name or "/.env" in name or name.endswith(".pdf")]


async def test_an_installation_may_point_elsewhere(running: Running, settings: Settings) -> None:
    elsewhere = settings.model_copy(update={"source_url": "https://example.org/fork"})
    async with running(elsewhere) as client:
        page = await client.get("/documents")
        assert page.headers["link"] == '<https://example.org/fork>; rel="source"'
        assert 'href="https://example.org/fork" rel="source"' in page.text
        assert "https://example.org/fork" in (await client.get("/openapi.json")).json()["info"]["description"]
