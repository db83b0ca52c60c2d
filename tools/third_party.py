"""THIRD-PARTY.md: what the project is installed with, and the licence each package's own metadata states.

`python -m tools.third_party` says whether the file is current, `--write` writes it anew.
"""

import argparse
import re
import sys
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILE = ROOT / "THIRD-PARTY.md"
LOCK = ROOT / "requirements.txt"

_PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9_.-]+)==(?P<version>[^\s;\\]+)(?: ; (?P<marker>[^\\]+?))? \\$", re.MULTILINE
)
_CLASSIFIER = "License :: "

_HEAD = """# Third-party packages

What `requirements.txt` installs, with the licence that each package's own metadata states (its licence
expression, else its licence field, else its classifiers). Written by `make third-party`; a test compares it
with what is installed.

- **PyMuPDF** and MuPDF inside it are under the AGPL-3.0 or a commercial licence of Artifex; this project uses
  them under the AGPL-3.0 and is under it itself: [decision 0002](docs/decisions/0002-licence-agpl.md).
- editables, hatchling, packaging, pathspec, pluggy, tomlkit and trove-classifiers only link the project into
  its virtual environment; nothing imports them when it runs.
- **RapidOCR** carries the PP-OCRv6 models of PaddleOCR (Apache-2.0) in its wheel; none is downloaded.
- Fonts in the sample documents: [golden/README.md](golden/README.md).

| package | version | licence | stated in |
|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Pin:
    """One package of the lock; `marker` says where it is installed, None where everywhere."""

    name: str
    version: str
    marker: str | None


class NotAsLocked(Exception):
    """The environment is not the locked one, so its metadata proves nothing."""


def pins(lock: str) -> tuple[Pin, ...]:
    """The packages that a requirements file pins."""
    return tuple(Pin(m["name"], m["version"], m["marker"]) for m in _PIN.finditer(lock))


def _first(package: Distribution, key: str) -> str:
    values: list[str] = package.metadata.get_all(key) or [""]
    return values[0].strip()


def stated_licence(package: Distribution) -> tuple[str, str]:
    """The licence and the metadata field that states it. A whole licence text counts by its first line."""
    for key in ("License-Expression", "License"):
        value = _first(package, key)
        if value and value != "UNKNOWN":
            return value.splitlines()[0].strip(), key
    classifiers = [c for c in package.metadata.get_all("Classifier") or [] if c.startswith(_CLASSIFIER)]
    if classifiers:
        return "; ".join(c.removeprefix(_CLASSIFIER) for c in classifiers), "Classifier"
    return "not stated", "—"


def _line(pin: Pin) -> str:
    if pin.marker is not None:
        return f"| {pin.name} | {pin.version} | not looked up | installed only where `{pin.marker}` |"
    try:
        package = distribution(pin.name)
    except PackageNotFoundError as error:
        raise NotAsLocked(f"{pin.name} is locked but not installed; `make test` installs it") from error
    if package.version != pin.version:
        raise NotAsLocked(f"{pin.name} is {package.version} here, {pin.version} in the lock; run `make test`")
    licence, field = stated_licence(package)
    return f"| {pin.name} | {pin.version} | {licence.replace('|', '/')} | {field} |"


def render(lock: str) -> str:
    """The file's text for a lock."""
    return _HEAD + "".join(f"{_line(pin)}\n" for pin in pins(lock))


def main() -> int:
    """Compares or writes the file."""
    parser = argparse.ArgumentParser(prog="python -m tools.third_party", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write THIRD-PARTY.md anew")
    arguments = parser.parse_args()
    text = render(LOCK.read_text(encoding="utf-8"))
    if arguments.write:
        FILE.write_text(text, encoding="utf-8")
        return 0
    if FILE.read_text(encoding="utf-8") != text:
        print("THIRD-PARTY.md is not current: make third-party", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
