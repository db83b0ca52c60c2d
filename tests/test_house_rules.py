"""Rules of the house that no linter knows. Each failure names the file and says what to do."""

import ast
import os
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = ("extractors", "service", "bench", "tools", "tests")
MOST_LINES = 400
LOCKS = ("requirements.txt", "requirements-dev.txt")

EDGES = {
    "service/jobs/runner.py": "a fault of ours in one document must not stop the queue",
}
"""Where everything may be caught, and why. It must be logged there with its traceback."""

_NOT_OURS = {"data", "dist", "uv.lock", "__pycache__", ".env"}
_HIDDEN_BUT_OURS = {".ci", ".gitignore", ".dockerignore"}
_TEXT = {".py", ".md", ".toml", ".txt", ".yaml", ".yml", ".json", ".html", ".css", ".js", ".mako", ".ini", ""}
_EXCUSE = re.compile(r"#\s*(noqa|type:\s*ignore|pragma)\b(?P<rest>[^\n]*)")
_WITH_REASON = re.compile(
    r"\s*(\[[a-z-]+(,\s*[a-z-]+)*\]\s*#|:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*\s*[-–#])\s*\w.{5,}"
)


@cache
def files() -> tuple[Path, ...]:
    """All files of the repository, what is generated left out."""
    return tuple(_walk(ROOT))


def _walk(folder: Path) -> Iterator[Path]:
    for found in sorted(folder.iterdir()):
        is_hidden = found.name.startswith(".") and found.name not in _HIDDEN_BUT_OURS
        if is_hidden or found.name in _NOT_OURS:
            continue
        if found.is_dir():
            yield from _walk(found)
        else:
            yield found


def modules() -> list[Path]:
    """All Python files."""
    return [path for path in files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in CODE]


def name(path: Path) -> str:
    """How a failure names a file."""
    return path.relative_to(ROOT).as_posix()


def read(path: Path) -> str:
    """A file's text."""
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_hashes_and_no_address(lock: str) -> None:
    text = read(ROOT / lock)
    assert "://" not in text, f"{lock} names a package index; write it with `make lock`"
    packages = re.findall(r"^[A-Za-z0-9].*(?:\n +.*)*", text, re.MULTILINE)
    assert len(packages) > 30
    unlocked = [package.split()[0] for package in packages if "--hash=sha256:" not in package]
    assert not unlocked, f"without a hash in {lock}: {unlocked}"


def test_the_locks_agree() -> None:
    pins = [set(re.findall(r"^[^#\s]\S*==\S+", read(ROOT / lock), re.MULTILINE)) for lock in LOCKS]
    assert pins[0] <= pins[1], f"pinned otherwise for development: {sorted(pins[0] - pins[1])}; make lock"


def test_every_dependency_is_locked() -> None:
    wanted = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]["dependencies"]
    locked = set(re.findall(r"^([A-Za-z0-9._-]+)==", read(ROOT / LOCKS[0]), re.MULTILINE))
    missing = {re.split(r"[<>=!~\[ ]", requirement)[0] for requirement in wanted} - locked
    assert not missing, f"in pyproject.toml but not locked: {missing}; make lock"


def test_every_excuse_has_a_reason() -> None:
    bare = [
        f"{name(path)}: {found[0]}"
        for path in modules()
        if path != Path(__file__)
        for found in _EXCUSE.finditer(read(path))
        if not _WITH_REASON.match(found["rest"])
    ]
    assert not bare, "write `noqa: CODE - reason` or `type: ignore[code]  # reason`:\n" + "\n".join(bare)


@pytest.mark.parametrize(
    ("comment", "excused"),
    [
        ("# noqa", False),
        ("# noqa: S101", False),
        ("# noqa: S101 - printed numbers are finite", True),
        ("# type: ignore", False),
        ("# type: ignore[arg-type]", False),
        ("# type: ignore[arg-type]  # the stubs lack this overload", True),
    ],
)
def test_the_rule_on_excuses(comment: str, *, excused: bool) -> None:
    found = _EXCUSE.search(comment)
    assert found is not None
    assert bool(_WITH_REASON.match(found["rest"])) is excused


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(kind, ast.Name) and kind.id in ("Exception", "BaseException") for kind in caught)


def _logs_the_traceback(handler: ast.ExceptHandler) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "exception"
        for node in ast.walk(handler)
    )


def test_nothing_catches_everything() -> None:
    caught = {
        f"{name(path)}:{node.lineno}": name(path) in EDGES and _logs_the_traceback(node)
        for path in modules()
        for node in ast.walk(ast.parse(read(path)))
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node)
    }
    found = [place for place, is_allowed in caught.items() if not is_allowed]
    assert not found, f"catch the errors that are meant, by name: {found}"


def test_no_path_of_a_machine_is_written_down() -> None:
    homes = r"(?<![\w.])/(?:home|root|Users)/\w+"
    places = [homes, r"\b[A-Z]:\\Users\\"]
    if len(ROOT.parts) > 2:  # a clone in / or /app would forbid too much
        places.append(rf"(?<![\w.]){re.escape(os.fspath(ROOT.parent))}/\w+")
    forbidden = re.compile("|".join(places))
    found = [
        f"{name(path)}: {hit[0]}"
        for path in files()
        if path.suffix in _TEXT and path != Path(__file__)
        for hit in forbidden.finditer(read(path))
    ]
    assert not found, f"paths of one machine: {found}"


def test_modules_are_short() -> None:
    long = {name(path): lines for path in modules() if (lines := len(read(path).splitlines())) >= MOST_LINES}
    assert not long, f"split what has {MOST_LINES} lines or more: {long}"


def _undocumented(path: Path) -> Iterator[str]:
    tree = ast.parse(read(path))
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name[0] != "_"
    ]
    if tree.body and not ast.get_docstring(tree):
        yield name(path)
    for node in public:
        if not ast.get_docstring(node):
            yield f"{name(path)}: {node.name}"


def test_what_is_public_is_documented() -> None:
    silent = [
        what
        for path in modules()
        if path.relative_to(ROOT).parts[0] != "tests"
        for what in _undocumented(path)
    ]
    assert not silent, "without a docstring:\n" + "\n".join(silent)


def test_the_licence_is_there() -> None:
    licence = read(ROOT / "LICENSE")
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in licence
    assert "Version 3, 19 November 2007" in licence
    assert tomllib.loads(read(ROOT / "pyproject.toml"))["project"]["license"] == "AGPL-3.0-only"


def test_ci_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
