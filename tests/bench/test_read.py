"""The bench of reading: every reader has a process of its own and a ratio to the words."""

from pathlib import Path

import pytest

from bench.read import main
from tests.layout.sheets import pdf, table


def test_a_table_of_readers_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [["项目", "金额"], ["总计", "1,254.76"]]
    (tmp_path / "one.pdf").write_bytes(pdf(lambda page: table(page, (60, 200, 320), (100, 120, 140), rows)))
    assert main([str(tmp_path), "--rounds", "1", "--readers", "layout"]) == 0
    printed = capsys.readouterr().out
    assert "1 documents, 1 pages" in printed
    assert "| layout |" in printed


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path)])
