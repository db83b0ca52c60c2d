"""Work on many documents: read files into the database, read stored ones again."""

from collections.abc import Iterator, Sequence

from service.jobs.errors import NoSuchDocument
from service.jobs.runner import Outcome, Runner
from service.storage.database import Database
from service.storage.records import Document

_PAGE = 200


def all_documents(database: Database) -> Iterator[Document]:
    """Every stored document, in order of ids."""
    after = 0
    while True:
        with database.reading() as work:
            page = work.documents.page(after, _PAGE)
        if not page:
            return
        yield from page
        after = page[-1].id


def chosen_documents(database: Database, ids: Sequence[int]) -> tuple[Document, ...]:
    """The documents with these ids. Raises `NoSuchDocument`."""
    with database.reading() as work:
        found = [(id_, work.documents.get(id_)) for id_ in ids]
    for id_, document in found:
        if document is None:
            raise NoSuchDocument(id=id_)
    return tuple(document for _, document in found if document is not None)


def reprocess(runner: Runner, documents: Iterator[Document] | Sequence[Document]) -> Iterator[Outcome]:
    """Reads documents again; a new reading is stored only where something differs."""
    for document in documents:
        yield runner.run(document)
