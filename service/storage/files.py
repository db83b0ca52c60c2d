"""The stored PDFs: files named by their SHA-256, complete or not there at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from service.storage.errors import FolderNotWritable


class Files:
    """The folder of stored PDFs."""

    def __init__(self, data_dir: Path) -> None:
        self._stored = data_dir / "documents"
        self._incoming = data_dir / "incoming"

    def prepare(self) -> None:
        """Makes the folders. Raises OSError where that is not allowed."""
        self._stored.mkdir(parents=True, exist_ok=True)
        self._incoming.mkdir(parents=True, exist_ok=True)

    def check(self) -> None:
        """Raises `FolderNotWritable` where no file can be stored."""
        try:
            self.prepare()
            with self.incoming() as (_, file):
                file.write(b"0")
        except OSError as error:
            raise FolderNotWritable(reason=error.strerror) from error

    def path(self, sha256: str) -> Path:
        """Where the file with these bytes stands."""
        return self._stored / sha256[:2] / f"{sha256}.pdf"

    @contextmanager
    def incoming(self) -> Iterator[tuple[Path, IO[bytes]]]:
        """A temporary file to receive bytes, gone at the end unless `keep` has taken it."""
        self.prepare()
        handle, name = tempfile.mkstemp(dir=self._incoming, suffix=".part")
        path = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                yield path, file
        finally:
            path.unlink(missing_ok=True)

    def keep(self, temporary: Path, sha256: str) -> None:
        """Moves a complete temporary file to its place, in one step."""
        target = self.path(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(target)
