"""Stored documents beside their relatives: what is found, where it is shown, when it is made anew."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from service.cli import commands
from service.jobs.across import in_force
from service.jobs.office import Office, open_office
from service.settings import Settings
from service.storage.records import Comparison, Json
from tests.across.stored import reading_of
from tests.service.conftest import Running
from tests.service.pdfs import pdf
from tests.service.test_cli import HEJING


def budget(year: int, income: str, change: str = "", **more: str) -> Json:
    """The reading of a made budget with one statement."""
    narrative = f"二、关于甲局{year}年收入预算情况说明\n一般公共预算{income}万元，占76.14%{change}。\n"
    data: dict[str, Any] = {"fiscal_year": str(year), "narrative": narrative, **more}
    return reading_of(data, f"{year}.pdf").model_dump(mode="json")


def of_2025(income: str = "307.49") -> Json:
    return budget(2025, income, "，比上年预算减少25.17万元，下降7.57%")


@dataclass
class Made:
    """A reader that has these readings of files by name; the digests of the files stand in them."""

    readings: dict[str, Json] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    def check(self, path: Path, file_name: str) -> None:
        assert file_name in self.readings

    def read(self, path: Path, file_name: str) -> Json:
        reading: Json = json.loads(json.dumps(self.readings[file_name]))
        reading["document"] |= {"sha256": path.name, "file_name": file_name}
        return reading

    def draw(self, path: Path, page: int, dpi: int) -> bytes:
        raise IndexError


@pytest.fixture
def made(wide: Settings) -> Iterator[tuple[Office, Made]]:
    reader = Made()
    office = open_office(wide, reader)
    yield office, reader
    office.database.close()


def store(made: tuple[Office, Made], tmp_path: Path, name: str, reading: Json) -> int:
    office, reader = made
    reader.readings[name] = reading
    path = tmp_path / name
    path.write_bytes(pdf(name))
    document = office.intake.take_path(path).document
    assert office.runner.run(document).error is None
    return document.id


def comparisons(office: Office, document_id: int) -> tuple[Comparison, ...]:
    with office.database.reading() as work:
        return work.comparisons.of(document_id)


def findings(office: Office, document_id: int) -> list[Json]:
    with office.database.reading() as work:
        run = in_force(work, document_id)
    assert run is not None
    return list(run.extraction["findings"])


def test_alone_it_is_silent(made: tuple[Office, Made], tmp_path: Path) -> None:
    alone = store(made, tmp_path, "2025.pdf", of_2025())
    other = store(made, tmp_path, "other.pdf", budget(2024, "330.00", issuer="乙局"))
    assert comparisons(made[0], alone) == comparisons(made[0], other) == ()
    assert findings(made[0], alone) == []


def test_the_same_figures_hold(made: tuple[Office, Made], tmp_path: Path) -> None:
    before = store(made, tmp_path, "2024.pdf", budget(2024, "332.66"))
    ours = store(made, tmp_path, "2025.pdf", of_2025())
    assert comparisons(made[0], ours) == (Comparison(ours, before, "year-before", {"holds": 1}, ()),)
    assert comparisons(made[0], before) == ()


@pytest.mark.parametrize("first", ["2024.pdf", "2025.pdf"])
def test_one_that_differs_is_found_whichever_came_first(
    made: tuple[Office, Made], tmp_path: Path, first: str
) -> None:
    readings = {"2024.pdf": budget(2024, "330.00"), "2025.pdf": of_2025()}
    ids = {
        name: store(made, tmp_path, name, readings[name])
        for name in sorted(readings, key=lambda n: n != first)
    }
    [found] = findings(made[0], ids["2025.pdf"])
    assert (found["check"], found["severity"], found["difference"]) == ("change/year-before", "info", "2.66")
    assert [place["text"] for place in found["evidence"]] == ["307.49", "25.17"]
    [place] = found["elsewhere"]
    assert (place["file_name"], place["page"], place["text"]) == ("2024.pdf", 1, "330.00")
    assert "“2024.pdf”第 1 页" in found["message"]


def test_a_new_reading_of_the_relative_makes_it_anew(made: tuple[Office, Made], tmp_path: Path) -> None:
    office, reader = made
    before = store(made, tmp_path, "2024.pdf", budget(2024, "330.00"))
    ours = store(made, tmp_path, "2025.pdf", of_2025())
    reader.readings["2024.pdf"] = budget(2024, "332.66")
    with office.database.reading() as work:
        document = work.documents.get(before)
    assert document is not None
    office.runner.run(document)
    assert comparisons(office, ours)[0].verdicts == {"holds": 1}
    reader.readings["2024.pdf"] = budget(2024, "332.66", issuer="乙局")
    office.runner.run(document)
    assert comparisons(office, ours) == ()


def test_of_two_that_claim_to_be_last_year_neither_counts(made: tuple[Office, Made], tmp_path: Path) -> None:
    store(made, tmp_path, "2024.pdf", budget(2024, "330.00"))
    store(made, tmp_path, "2024-2.pdf", budget(2024, "332.66"))
    ours = store(made, tmp_path, "2025.pdf", of_2025())
    assert comparisons(made[0], ours) == ()


def test_the_reading_itself_is_left_as_it_is(made: tuple[Office, Made], tmp_path: Path) -> None:
    store(made, tmp_path, "2024.pdf", budget(2024, "330.00"))
    ours = store(made, tmp_path, "2025.pdf", of_2025())
    office, _ = made
    with office.database.reading() as work:
        document, run = work.documents.get(ours), work.runs.latest(ours)
        shown = in_force(work, ours)
    assert document is not None
    assert run is not None
    assert shown is not None
    assert run.extraction["findings"] == []
    assert {k: v for k, v in shown.extraction.items() if k != "findings"} == {
        k: v for k, v in run.extraction.items() if k != "findings"
    }
    assert not office.runner.run(document).stored


async def test_the_pages_show_what_was_found(
    made: tuple[Office, Made], tmp_path: Path, wide: Settings, running: Running
) -> None:
    before = store(made, tmp_path, "2024.pdf", budget(2024, "330.00"))
    ours = store(made, tmp_path, "2025.pdf", of_2025())
    async with running(wide) as client:
        page = (await client.get(f"/documents/{ours}")).text
        found = (await client.get(f"/v1/documents/{ours}/findings")).json()["findings"]
        whole = (await client.get(f"/v1/documents/{ours}/extraction")).json()
    assert f'上年文件：<a href="/documents/{before}">甲局 2024 部门预算</a>' in page
    assert f'<a href="/v1/documents/{before}/pages/1.png?dpi=144">2024.pdf 1</a>' in page
    assert found == whole["findings"]
    assert [f["check"] for f in found] == ["change/year-before"]


class TestAgainst:
    """`extract --against`: without a store."""

    def test_what_is_found_stands_in_the_extraction(self, tmp_path: Path) -> None:
        reading = self.extract()
        head = reading["document"] | {"fiscal_year": 2024, "sha256": "1" * 64, "file_name": "2024.pdf"}
        prior = reading | {"document": head}
        [fact] = [
            f
            for f in prior["narrative_facts"]
            if f["section"].startswith("二、") and f["subject"] == "一般公共预算"
        ]
        fact["amount"] = "330.00"
        prior["narrative_facts"] = [fact]
        prior["tables"] = []
        path = tmp_path / "prior.json"
        path.write_text(json.dumps(prior))
        beside = self.extract("--against", str(path))
        [found] = [f for f in beside["findings"] if f["elsewhere"]]
        assert found["check"] == "change/year-before"
        assert found["expected"] == "330.00"

    def test_beside_itself_and_strangers_it_is_silent(self, tmp_path: Path) -> None:
        reading = self.extract()
        stranger = budget(2024, "330.00")
        path = tmp_path / "prior.json"
        path.write_text(f"{json.dumps(reading)}\n{json.dumps(stranger)}\n")
        assert self.extract("--against", str(path)) == reading

    @pytest.mark.parametrize("content", ["{", "{}", "\udcff"])
    def test_a_file_of_something_else_is_wrong_usage(self, tmp_path: Path, content: str) -> None:
        path = tmp_path / "prior.json"
        path.write_bytes(content.encode("utf-8", errors="surrogateescape"))
        result = CliRunner().invoke(commands, ["extract", str(HEJING), "--against", str(path)])
        assert result.exit_code == 2
        assert "prior.json" in result.stderr

    def extract(self, *more: str) -> Json:
        result = CliRunner().invoke(commands, ["extract", str(HEJING), "--json", *more])
        assert result.exit_code == 0, result.stderr
        content: Json = json.loads(result.stdout)
        return content
