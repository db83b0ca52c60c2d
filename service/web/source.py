"""The source of the running program, packed from the files it runs from.

The AGPL (section 13) gives everyone who uses a modified version over a network the right to its source.
An installation that changes nothing, or forgets to say where its changes are, keeps to that by itself:
/source offers what is running. YUSUAN_SOURCE_URL points elsewhere.
"""

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

import extractors
import service

_PACKAGES = (service, extractors)
_BESIDE = (
    "pyproject.toml",
    "requirements.txt",
    "requirements-dev.txt",
    "Makefile",
    "Dockerfile",
    "README.md",
    "LICENSE",
    "THIRD-PARTY.md",
)
_PROMPTS = "prompts"
_SUFFIXES = frozenset(
    {".py", ".toml", ".md", ".mako", ".html", ".css", ".js", ".json", ".yaml", ".yml", ".txt", ""}
)


def archive() -> bytes:
    """A gzipped tar of the packages and, where they are at hand, of the files to build and install them."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for path, name in sorted(_files(), key=lambda found: found[1]):
            tar.add(path, f"yusuan/{name}", recursive=False)
    return packed.getvalue()


def _files() -> Iterator[tuple[Path, str]]:
    roots = [Path(package.__path__[0]) for package in _PACKAGES]
    top = roots[0].parent
    for root in (*roots, top / _PROMPTS):
        for path in root.rglob("*"):
            if path.is_file() and path.suffix in _SUFFIXES and not path.name.startswith("."):
                yield path, path.relative_to(top).as_posix()
    for name in _BESIDE:
        if (top / name).is_file():
            yield top / name, name
