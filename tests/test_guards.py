"""The guards of conftest.py bite."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def test_another_machine_cannot_be_reached() -> None:
    with socket.socket() as client, pytest.raises(RuntimeError, match="tests may not reach"):
        client.connect(("192.0.2.1", 80))


def test_another_machine_cannot_be_looked_up() -> None:
    with pytest.raises(RuntimeError, match="tests may not look up"):
        socket.create_connection(("example.org", 80))


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


SKIPPING = {
    "test_in_the_test.py": "import pytest\n\ndef test_it():\n    pytest.skip('not today')\n",
    "test_by_a_mark.py": "import pytest\n\n@pytest.mark.skip\ndef test_it():\n    pass\n",
    "test_a_whole_module.py": "import pytest\n\npytest.skip('not here', allow_module_level=True)\n",
}


def test_skipped_tests_fail(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text((ROOT / "tests/conftest.py").read_text(encoding="utf-8"))
    for name, text in SKIPPING.items():
        (tmp_path / name).write_text(text)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--continue-on-collection-errors"],
        cwd=tmp_path,
        env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0
    failed = {
        line.split()[1].partition("::")[0]
        for line in run.stdout.splitlines()
        if line[:5] in ("FAILE", "ERROR")
    }
    assert failed == SKIPPING.keys(), run.stdout
    assert run.stdout.count("no test of this project is skipped") >= len(SKIPPING)
