"""Prompts are files: `prompts/<section>/v<N>.md`, never edited once released; a change is a new file.

A file is front matter (section, version, reason) between two lines of ---, then the text. Its SHA-256 is
that of the file's characters, so a recording says exactly what was asked.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml

Folder = Path | Traversable
"""Where prompts are kept: a directory, or a package's resources."""

_FILE = re.compile(r"v(?P<version>\d+)\.md")
_PARTS = re.compile(r"---\n(?P<front>.*?)\n---\n(?P<text>.*)", re.DOTALL)


class MalformedPrompt(ValueError):
    """A prompt file that does not say of itself what it is."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One released instruction: what the model is told before it sees the document's text."""

    section: str
    version: int
    reason: str
    text: str
    sha256: str

    @property
    def name(self) -> str:
        """As it stands in the provenance: projects/v1."""
        return f"{self.section}/v{self.version}"


def newest(folder: Folder) -> Mapping[str, Prompt]:
    """The newest prompt of each section in the folder."""
    sections = sorted(entry.name for entry in folder.iterdir() if entry.is_dir() and versions(entry))
    return {section: load(folder, section) for section in sections}


def load(folder: Folder, section: str, version: int | None = None) -> Prompt:
    """One prompt; without a version, the section's newest."""
    wanted = versions(folder / section)[-1] if version is None else version
    return parse((folder / section / f"v{wanted}.md").read_text(encoding="utf-8"), section, wanted)


def versions(folder: Folder) -> tuple[int, ...]:
    """The versions in one section's folder, oldest first."""
    found = (_FILE.fullmatch(entry.name) for entry in folder.iterdir())
    return tuple(sorted(int(match["version"]) for match in found if match))


def parse(source: str, section: str, version: int) -> Prompt:
    """A prompt from the characters of its file, which must say the same section and version as its path."""
    parts = _PARTS.fullmatch(source)
    front = yaml.safe_load(parts["front"]) if parts else None
    if parts is None or not isinstance(front, dict):
        raise MalformedPrompt(f"{section}/v{version}.md: no front matter between two lines of ---")
    stated = (front.get("section"), front.get("version"))
    if stated != (section, version) or not front.get("reason"):
        raise MalformedPrompt(f"{section}/v{version}.md: front matter says {front}; a reason must be given")
    digest = hashlib.sha256(source.encode()).hexdigest()
    return Prompt(section, version, str(front["reason"]), parts["text"].strip() + "\n", digest)
