"""The commands, on real documents."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from extractors.model.extraction import Extraction
from service.cli import commands
from tests.service.pdfs import golden, pdf

HEJING, TEKESI = golden("hejing-2025"), golden("tekesi-2025")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YUSUAN_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, [str(argument) for argument in arguments])


@pytest.mark.parametrize("arguments", [["--help"], ["extract", "--help"], ["schema"]])
def test_help_and_schema_load_neither_the_database_nor_pymupdf(arguments: list[str]) -> None:
    program = (
        "import atexit, sys\n"
        "heavy = {'sqlalchemy', 'pymupdf', 'fastapi', 'openai'}\n"
        "atexit.register(lambda: print(heavy & sys.modules.keys(), file=sys.stderr))\n"
        "from service.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout
    assert done.stderr.strip() == "set()"


def test_extract_prints_one_document_or_one_per_line(tmp_path: Path) -> None:
    one = run("extract", HEJING, "--json")
    assert one.exit_code == 0
    assert Extraction.model_validate_json(one.stdout).document.pages == 29
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(pdf())
    several = run("extract", HEJING, copy, "--json").stdout.splitlines()
    assert [json.loads(line)["document"]["file_name"] for line in several] == ["document.pdf", "copy.pdf"]
    assert json.loads(several[0]) == json.loads(one.stdout)


def test_extract_says_how_many_amounts_take_part_in_checks() -> None:
    printed = run("extract", HEJING).stdout
    assert "覆盖：244 个表内金额，100.0% 参与勾稽，99.6% 参与两项以上" in printed


def test_extract_writes_a_file_each_even_under_one_name(tmp_path: Path) -> None:
    other = tmp_path / "other" / "document.pdf"
    other.parent.mkdir()
    other.write_bytes(pdf())
    out = tmp_path / "out"
    result = run("extract", HEJING, other, "--out", out)
    assert result.exit_code == 0
    assert "和静县医疗保障局" in result.stdout
    assert sorted(path.name for path in out.iterdir()) == ["document-2.json", "document.json"]
    assert json.loads((out / "document.json").read_text())["document"]["pages"] == 29


def test_demo_prints_a_line_for_each_and_ends(data: Path) -> None:
    result = run("demo", HEJING, TEKESI)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines[1:3]] == ["和静县医疗保障局", "特克斯县医疗保障局"]
    assert "make serve" in result.stdout
    assert "/review" in result.stdout
    again = run("demo", HEJING, TEKESI)
    assert again.exit_code == 0
    assert len(list(data.rglob("*.pdf"))) == 2


def test_a_stored_document_is_ingested_once_and_reprocessed_without_change(data: Path) -> None:
    assert "1 document.pdf" in run("ingest", HEJING.parent).stdout
    assert "已存在" in run("ingest", HEJING).stdout
    assert run("reprocess", "--all").stdout == "1 document.pdf: 无变化\n"
    missing = run("reprocess", "9")
    assert missing.exit_code == 2
    assert "9" in missing.stderr


def test_the_export_holds_every_amount(data: Path, tmp_path: Path) -> None:
    run("ingest", HEJING)
    lines = run("export").stdout.splitlines()
    assert len(lines) == 1
    extraction = json.loads(lines[0])
    target = tmp_path / "amounts.csv"
    assert run("export", "--format", "csv", "--out", target).exit_code == 0
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    cells = [cell for table in extraction["tables"] for row in table["rows"] for cell in row["cells"]]
    amounts = [cell for cell in cells if cell is not None and cell["value"] is not None]
    assert [row["value"] for row in rows] == [cell["value"] for cell in amounts]
    assert [row["page"] for row in rows] == [str(cell["evidence"]["page"]) for cell in amounts]
    assert {row["issuer"] for row in rows} == {"和静县医疗保障局"}
    classified = {row["row_code"]: (row["official_name"], row["cofog_division"]) for row in rows}
    assert classified["208"] == ("社会保障和就业支出", "10")
    assert classified["2210201"] == ("住房公积金", "")  # unmapped
    assert classified["30101"] == ("基本工资", "")  # economic: no function
    assert classified[""] == ("", "")


def test_the_worker_reads_what_is_queued(data: Path) -> None:
    run("ingest", HEJING)
    assert run("worker", "--once").stdout == ""


def test_doctor_finds_nothing_wrong_here(data: Path) -> None:
    result = run("doctor")
    assert result.exit_code == 0, result.stdout
    assert "未配置" in result.stdout


def test_doctor_names_a_fault(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSUAN_DATABASE_URL", "nonsense://here")
    data.write_text("in the way")
    result = run("doctor")
    assert result.exit_code == 1
    assert result.stdout.count("故障") == 2
    failed = run("ingest", HEJING)
    assert failed.exit_code == 2
    assert "YUSUAN_DATA_DIR" in failed.stderr


def test_schema_is_that_of_an_extraction() -> None:
    schema = json.loads(run("schema").stdout)
    assert "decision" in schema["required"]
    assert schema["title"] == "Extraction"
