"""The bench of checks: a row for each document."""

from pathlib import Path

import pytest

from bench.checks import main
from tests.layout.sheets import pdf, table


def test_each_document_has_a_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [["项目", "金额"], ["总计", "1,254.76"]]
    (tmp_path / "one.pdf").write_bytes(pdf(lambda page: table(page, (60, 200, 320), (100, 120, 140), rows)))
    assert main([str(tmp_path), "--rounds", "1"]) == 0
    assert "/one.pdf |" in capsys.readouterr().out


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path)])
