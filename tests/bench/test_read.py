"""The bench of reading: every reader has a process of its own and a ratio to the words."""

import re
import sys
from pathlib import Path

import pymupdf
import pytest

from bench.bare import Measured
from bench.read import main, row
from tests.layout.sheets import pdf, table


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [["项目", "金额"], ["总计", "1,254.76"]]
    (tmp_path / "one.pdf").write_bytes(pdf(lambda page: table(page, (60, 200, 320), (100, 120, 140), rows)))
    return tmp_path


def test_a_table_of_readers_is_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder), "--rounds", "1", "--readers", "layout_believed", "layout"]) == 0
    printed = capsys.readouterr().out
    assert "1 documents, 1 pages" in printed
    assert "| layout_believed |" in printed
    assert "| layout |" in printed
    assert "of PyMuPDF" not in printed


def test_tables_are_found_by_the_pymupdf_of_another_python(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--rounds", "1", "--readers", "find_tables", "--find-tables-python", sys.executable]
    assert main([str(folder), *options]) == 0
    assert f"| find_tables of PyMuPDF {pymupdf.__version__} |" in capsys.readouterr().out


def test_two_processes_are_measured_against_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder), "--rounds", "1", "--readers", "--processes"]) == 0
    assert re.search(r"Two processes read \d+\.\d\d times as fast as one", capsys.readouterr().out)


def test_without_a_scan_there_is_nothing_to_recognise(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(folder), "--readers", "--ocr"]) == 0
    assert "OCR: no page is a picture" in capsys.readouterr().out


def test_a_reader_is_measured_by_the_words_and_by_our_layout() -> None:
    ours, other = Measured(0.2, 2.0, 150), Measured(10.0, 100.0, 300)
    assert row("other", other, 100, ours) == "| other | 100.0 | 100.00 | 50.0 | 300 |"
    assert row("other", other, 100, None) == "| other | 100.0 | 100.00 |  | 300 |"


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path)])
