"""What the documents of the project say is there, is there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from service.cli import commands
from service.settings import Settings
from tools import third_party

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "golden/README.md"])
README = (ROOT / "README.md").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):(?!=)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

_LINK = re.compile(r"\]\((?!\w+:)([^)#]+)")
_TARGET = re.compile(r"(?:`|^ {4}|\n)make +([a-z-]+)", re.MULTILINE)
_COMMAND = re.compile(r"(?:`|^ {4}|/)yusuan +([a-z]+)", re.MULTILINE)
_SETTING = re.compile(r"YUSUAN_([A-Z_]*[A-Z])")

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.relative_to(ROOT).as_posix())


@every_document
def test_every_link_leads_somewhere(document: Path) -> None:
    links = _LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@every_document
def test_every_make_target_is_there(document: Path) -> None:
    assert set(_TARGET.findall(document.read_text(encoding="utf-8"))) <= TARGETS


@every_document
def test_every_command_is_there(document: Path) -> None:
    known = {
        command.name or command.callback.__name__
        for command in commands.registered_commands
        if command.callback
    }
    assert set(_COMMAND.findall(document.read_text(encoding="utf-8"))) <= known


@every_document
def test_every_setting_is_there(document: Path) -> None:
    named = {name.lower() for name in _SETTING.findall(document.read_text(encoding="utf-8"))}
    assert named <= Settings.model_fields.keys()


def test_the_readme_names_the_two_commands_and_every_setting() -> None:
    assert {"demo", "test"} <= set(_TARGET.findall(README))
    assert {name.lower() for name in _SETTING.findall(README)} == Settings.model_fields.keys()


def test_every_target_explains_itself_once() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    explained = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)
    assert sorted(explained) == sorted(TARGETS)


def test_the_list_of_third_party_packages_is_current() -> None:
    text = third_party.render(third_party.LOCK.read_text(encoding="utf-8"))
    assert third_party.FILE.read_text(encoding="utf-8") == text, "make third-party"


def test_the_accuracy_command_says_what_it_takes() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "bench.accuracy", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "--floors" in run.stdout
