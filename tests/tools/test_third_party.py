"""Which licence a package's metadata states."""

from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

import pytest

from tools.third_party import NotAsLocked, Pin, pins, render, stated_licence

LOCK = """some-package==1.0 \\
    --hash=sha256:00
    # via other
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:00
"""


def package(folder: Path, *fields: str) -> Distribution:
    (folder / "METADATA").write_text("\n".join(["Metadata-Version: 2.4", "Name: some", *fields, ""]))
    return PathDistribution(folder)


@pytest.mark.parametrize(
    ("fields", "stated"),
    [
        (["License-Expression: MIT", "License: other"], ("MIT", "License-Expression")),
        (["License: BSD", "Classifier: License :: OSI Approved"], ("BSD", "License")),
        (["License: MIT License\n        Permission is hereby granted"], ("MIT License", "License")),
        (
            ["License: UNKNOWN", "Classifier: License :: OSI Approved :: MIT License"],
            ("OSI Approved :: MIT License", "Classifier"),
        ),
        (["Classifier: Topic :: Office"], ("not stated", "—")),
    ],
)
def test_the_licence_is_what_the_metadata_states(
    tmp_path: Path, fields: list[str], stated: tuple[str, str]
) -> None:
    assert stated_licence(package(tmp_path, *fields)) == stated


def test_pins_are_read_with_their_markers() -> None:
    assert pins(LOCK) == (
        Pin("some-package", "1.0", None),
        Pin("colorama", "0.4.6", "sys_platform == 'win32'"),
    )


def test_another_version_than_the_locked_one_proves_nothing() -> None:
    with pytest.raises(NotAsLocked, match=r"pytest is .* 0\.1 in the lock"):
        render("pytest==0.1 \\\n    --hash=sha256:00\n")


def test_what_is_not_installed_proves_nothing() -> None:
    with pytest.raises(NotAsLocked, match="not installed"):
        render("no-such-package==0.1 \\\n    --hash=sha256:00\n")
