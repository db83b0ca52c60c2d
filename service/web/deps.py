"""What endpoints are given."""

from typing import Annotated, cast
from urllib.parse import urlsplit

from fastapi import Depends, Path, Request

from service.jobs.across import in_force
from service.jobs.errors import NoSuchDocument
from service.jobs.office import Office
from service.storage.records import Document, Run
from service.web.errors import ForeignOrigin, NotReadYet

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITES = frozenset({"same-origin", "none"})
LARGEST_ID = 2**63 - 1


def the_office(request: Request) -> Office:
    """The office that the app has opened."""
    return cast(Office, request.app.state.office)


OfficeOf = Annotated[Office, Depends(the_office)]
DocumentId = Annotated[int, Path(ge=1, le=LARGEST_ID)]


def the_document(document_id: DocumentId, office: OfficeOf) -> Document:
    """The document of the address."""
    with office.database.reading() as work:
        document = work.documents.get(document_id)
    if document is None:
        raise NoSuchDocument(id=document_id)
    return document


DocumentOf = Annotated[Document, Depends(the_document)]


def the_run(document: DocumentOf, office: OfficeOf) -> Run:
    """The reading in force of the document of the address."""
    with office.database.reading() as work:
        run = in_force(work, document.id)
    if run is None:
        raise NotReadYet(status=document.status)
    return run


RunOf = Annotated[Run, Depends(the_run)]


def refuse_foreign_origin(request: Request) -> None:
    """Lets no page of another site change anything here; programs, which name no site, pass."""
    if request.method in _SAFE:
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None and site not in _OWN_SITES:
        raise ForeignOrigin
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise ForeignOrigin
