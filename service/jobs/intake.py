"""Taking a PDF in: its bytes to disk, its row into the database, both or neither."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from extractors.layout.limits import Limits
from extractors.model.errors import FileTooLarge, MissingFile
from service.jobs.reading import Reader
from service.storage.database import Database
from service.storage.files import Files
from service.storage.records import Document

_CHUNK = 1 << 20
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Taken:
    """A document that is stored now; `known` where its bytes were there before."""

    document: Document
    known: bool


@dataclass(frozen=True, slots=True)
class Intake:
    """Takes PDFs in. A file that cannot be read at all is refused and leaves nothing behind."""

    database: Database
    files: Files
    reader: Reader
    limits: Limits

    def take_path(self, path: Path) -> Taken:
        """Takes a copy of a file in. Raises `UnreadableDocument`."""
        name = clean_name(path.name)
        try:
            source = path.open("rb")
        except OSError as error:
            raise MissingFile(name=path) from error
        with source:
            return self.take(source, name)

    def take(self, source: IO[bytes], file_name: str) -> Taken:
        """Takes in what a stream holds, never more of it in memory than a chunk."""
        with self.files.incoming() as (temporary, target):
            sha256, size = self._copy(source, target, file_name)
            target.close()
            known = self._known(sha256)
            if known is not None and self.files.path(sha256).exists():
                return Taken(known, known=True)
            self.reader.check(temporary, file_name)
            return self._store(temporary, sha256, file_name, size)

    def _copy(self, source: IO[bytes], target: IO[bytes], file_name: str) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > self.limits.max_bytes:
                raise FileTooLarge(name=file_name, limit=self.limits.max_megabytes)
            digest.update(chunk)
            target.write(chunk)
        return digest.hexdigest(), size

    def _known(self, sha256: str) -> Document | None:
        with self.database.reading() as work:
            return work.documents.by_sha256(sha256)

    def _store(self, temporary: Path, sha256: str, file_name: str, size: int) -> Taken:
        with self.database.writing() as work:
            known = work.documents.by_sha256(sha256)
            document = known or work.documents.add(sha256, file_name, size)
            self.files.keep(temporary, sha256)
        return Taken(document, known=known is not None)


def clean_name(name: str) -> str:
    """The last part of a file name, without what cannot be printed; never empty."""
    last = name.replace("\\", "/").rpartition("/")[2]
    printable = "".join(character for character in last if character.isprintable()).strip()
    return printable[-_LONGEST_NAME:] or "document.pdf"
