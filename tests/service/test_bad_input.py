"""What is not a readable PDF is refused in plain words, stores nothing, and stops nothing else."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from service.cli import commands
from service.cli.office import UNREADABLE
from service.settings import Settings
from tests.service.conftest import stored
from tests.service.pdfs import BAD, MOST_MEGABYTES, MOST_PAGES, golden, pdf

BIG = 60 * 1024 * 1024


async def is_empty(client: httpx.AsyncClient, settings: Settings) -> bool:
    listed = (await client.get("/v1/documents")).json()
    return listed["documents"] == [] and stored(settings) == []


async def test_an_upload_is_refused_with_its_reason(client: httpx.AsyncClient, settings: Settings) -> None:
    for name, (content, status, slug) in BAD.items():
        reply = await client.post("/v1/documents", files={"file": (name, content, "application/pdf")})
        assert reply.status_code == status, name
        assert reply.headers["content-type"] == "application/problem+json"
        problem = reply.json()
        assert problem["type"] == f"urn:yusuan:problem:{slug}"
        assert problem["status"] == status
        assert str(settings.data_dir) not in reply.text
        assert "Traceback" not in reply.text
    assert await is_empty(client, settings)


async def test_a_stated_length_over_the_limit_is_refused_unread(client: httpx.AsyncClient) -> None:
    was_read = False

    async def body() -> AsyncIterator[bytes]:
        nonlocal was_read
        was_read = True
        yield b"0"

    headers = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(BIG)}
    reply = await client.post("/v1/documents", content=body(), headers=headers)
    assert reply.status_code == 413
    assert not was_read


async def test_an_upload_of_unknown_length_is_read_up_to_the_limit(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="big.pdf"\r\n\r\n%PDF-1.7\n'
        while sent < BIG:
            sent += 1 << 16
            yield b"0" * (1 << 16)
        yield b"\r\n--x--\r\n"

    headers = {"Content-Type": "multipart/form-data; boundary=x", "Transfer-Encoding": "chunked"}
    reply = await client.post("/v1/documents", content=endless(), headers=headers)
    assert reply.status_code == 413
    assert sent < (MOST_MEGABYTES + 1) * 1024 * 1024
    assert await is_empty(client, settings)


async def test_a_file_just_over_the_limit_is_refused(client: httpx.AsyncClient, settings: Settings) -> None:
    content = pdf() + b"\n" * (MOST_MEGABYTES * 1024 * 1024)
    reply = await client.post("/v1/documents", files={"file": ("big.pdf", content)})
    assert (reply.status_code, reply.json()["type"]) == (413, "urn:yusuan:problem:file-too-large")
    assert await is_empty(client, settings)


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"", "multipart/form-data"),
        (b"no boundary here", "multipart/form-data; boundary=x"),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nwords\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        (
            b'--x\r\nContent-Disposition: form-data; name="other"; filename="a.pdf"\r\n\r\n%PDF\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
    ],
)
async def test_a_body_without_a_file_is_malformed(
    client: httpx.AsyncClient, settings: Settings, content: bytes, content_type: str
) -> None:
    reply = await client.post("/v1/documents", content=content, headers={"Content-Type": content_type})
    assert (reply.status_code, reply.json()["type"]) == (400, "urn:yusuan:problem:malformed-request")
    assert await is_empty(client, settings)


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    return {
        "YUSUAN_DATA_DIR": str(settings.data_dir),
        "YUSUAN_MAX_PAGES": str(MOST_PAGES),
        "YUSUAN_MAX_UPLOAD_MB": str(MOST_MEGABYTES),
        "YUSUAN_LANG": "en",
    }


def written(folder: Path) -> list[str]:
    for name, (content, _, _) in BAD.items():
        (folder / name).write_bytes(content)
    with (folder / "big.pdf").open("wb") as big:
        big.truncate(BIG)
    return [str(folder / name) for name in (*BAD, "big.pdf", "missing.pdf")]


def test_extract_names_every_bad_file_and_reads_the_others(
    tmp_path: Path, environment: dict[str, str], settings: Settings
) -> None:
    good = tmp_path / "good.pdf"
    good.write_bytes(pdf())
    paths = written(tmp_path)
    result = CliRunner().invoke(commands, ["extract", *paths, str(good), "--json"], env=environment)
    assert result.exit_code == UNREADABLE
    assert json.loads(result.stdout)["document"]["file_name"] == "good.pdf"
    complaints = result.stderr.splitlines()
    assert len(complaints) == len(paths)
    for path, complaint in zip(paths, complaints, strict=True):
        assert Path(path).name in complaint
    assert not settings.data_dir.exists()


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    result = CliRunner().invoke(commands, ["extract", str(tmp_path), "--json"])
    assert result.exit_code == UNREADABLE
    assert result.stdout == ""


def test_ingest_stores_the_good_files_only(
    tmp_path: Path, environment: dict[str, str], settings: Settings
) -> None:
    good = tmp_path / "good.pdf"
    good.write_bytes(pdf())
    result = CliRunner().invoke(commands, ["ingest", *written(tmp_path), str(good)], env=environment)
    assert result.exit_code == UNREADABLE
    assert len(stored(settings)) == 1


@pytest.mark.parametrize(
    "arguments", [["extract"], ["extract", "--nonsense", "x.pdf"], ["reprocess"], ["reprocess", "1", "--all"]]
)
def test_wrong_usage_exits_with_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(commands, arguments).exit_code == 2


def test_a_bad_setting_is_named(environment: dict[str, str]) -> None:
    bad = environment | {"YUSUAN_MAX_PAGES": "many"}
    result = CliRunner().invoke(commands, ["extract", str(golden("hejing-2025"))], env=bad)
    assert result.exit_code == 2
    assert "YUSUAN_MAX_PAGES" in result.stderr
