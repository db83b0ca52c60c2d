"""The HTTP interface under /v1. An endpoint parses, calls one thing, and shapes the reply."""

import asyncio
import time
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse, JSONResponse
from starlette.concurrency import run_in_threadpool

from extractors.model.extraction import Extraction
from service.jobs.costs import spent
from service.jobs.errors import StoredFileLost
from service.jobs.office import Office
from service.jobs.review import decide
from service.storage.records import Document, DocumentStatus, NewDecision
from service.web.deps import LARGEST_ID, DocumentId, DocumentOf, OfficeOf, RunOf
from service.web.errors import NoSuchPage
from service.web.schemas import (
    CostReport,
    DecisionIn,
    DecisionTaken,
    DocumentBody,
    DocumentList,
    FindingList,
    ReviewList,
    review_item_body,
)
from service.web.uploads import FIELD, take_upload

router = APIRouter(prefix="/v1")

_ENDED = (DocumentStatus.DONE, DocumentStatus.FAILED)
_POLL_SECONDS = 0.1
_LONGEST_WAIT = 600
_UPLOAD_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FIELD],
                    "properties": {FIELD: {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}

Limit = Annotated[int, Query(ge=1, le=200)]
Wait = Annotated[float, Query(ge=0, le=_LONGEST_WAIT, allow_inf_nan=False, description="Seconds.")]


@router.post("/documents", status_code=202, response_model=DocumentBody, openapi_extra=_UPLOAD_BODY)
async def upload(request: Request, office: OfficeOf, wait: Wait = 0) -> Response:
    """Stores a PDF and queues it for reading; 200 where its bytes are known."""
    taken = await take_upload(request, office)
    document = await _waited(office, taken.document, wait)
    body = await run_in_threadpool(document_body, office, document)
    headers = {"Location": f"/v1/documents/{document.id}"}
    return JSONResponse(body.model_dump(mode="json"), 200 if taken.known else 202, headers)


@router.get("/documents")
def documents(
    office: OfficeOf, cursor: Annotated[int, Query(ge=0, le=2**63 - 1)] = 0, limit: Limit = 50
) -> DocumentList:
    """All documents in order of their ids, a page at a time."""
    with office.database.reading() as work:
        found = work.documents.page(cursor, limit)
        runs = work.runs.summaries([document.id for document in found])
    language = office.settings.lang
    bodies = tuple(DocumentBody.of(document, runs.get(document.id), language) for document in found)
    more = f"/v1/documents?cursor={found[-1].id}&limit={limit}" if len(found) == limit else None
    return DocumentList(documents=bodies, next=more)


@router.get("/documents/{document_id}")
def one_document(document: DocumentOf, office: OfficeOf) -> DocumentBody:
    """One document and where it stands."""
    return document_body(office, document)


@router.get("/documents/{document_id}/extraction", responses={200: {"model": Extraction}})
def extraction(run: RunOf) -> Response:
    """The newest extraction of a document."""
    return JSONResponse(run.extraction)


@router.get("/documents/{document_id}/findings", responses={200: {"model": FindingList}})
def findings(run: RunOf) -> Response:
    """Where the document does not hold together."""
    return JSONResponse({"document": run.document_id, "findings": run.extraction["findings"]})


@router.get("/documents/{document_id}/pages/{number}.png", response_class=Response)
def page_image(
    document: DocumentOf,
    number: int,
    office: OfficeOf,
    dpi: Annotated[int, Query(ge=36, le=300)] = 110,
) -> Response:
    """A page as a picture."""
    path = office.files.path(document.sha256)
    if not path.exists():
        raise StoredFileLost
    try:
        image = office.reader.draw(path, number, dpi)
    except IndexError as error:
        raise NoSuchPage(page=number) from error
    # The bytes of a document never change, so neither do its pictures.
    headers = {"Cache-Control": "private, max-age=31536000, immutable"}
    return Response(image, media_type="image/png", headers=headers)


@router.get("/documents/{document_id}/original", response_class=FileResponse)
def original(document: DocumentOf, office: OfficeOf) -> FileResponse:
    """The PDF as it was uploaded."""
    path = office.files.path(document.sha256)
    if not path.exists():
        raise StoredFileLost
    return FileResponse(path, media_type="application/pdf", filename=document.file_name)


@router.post("/documents/{document_id}/reprocess", status_code=202)
def reprocess(document_id: DocumentId, document: DocumentOf, office: OfficeOf) -> DocumentBody:
    """Queues a document to be read again; the extraction in force stays until then."""
    with office.database.writing() as work:
        if document.status in _ENDED:
            work.documents.reprocess(document_id)
        queued = work.documents.get(document_id) or document
    return document_body(office, queued)


@router.get("/cost")
def cost(office: OfficeOf, document: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None) -> CostReport:
    """What calls of models have cost, by document, section and model."""
    return CostReport.of(spent(office.database, document))


@router.get("/review")
def review(
    office: OfficeOf,
    cursor: Annotated[str, Query(pattern=r"^\d{1,18}\.\d{1,18}$")] = "0.0",
    limit: Limit = 50,
) -> ReviewList:
    """The values that need a person, in order of document and page."""
    document, position = cursor.split(".")
    with office.database.reading() as work:
        items = work.reviews.queue((int(document), int(position) - 1), limit)
        total = sum(work.reviews.open_counts().values())
    more = f"{items[-1].document_id}.{items[-1].position + 1}" if len(items) == limit else None
    return ReviewList(
        items=tuple(review_item_body(item) for item in items),
        open=total,
        next=f"/v1/review?cursor={more}&limit={limit}" if more else None,
    )


@router.post("/review/{item}")
def decide_item(item: str, body: DecisionIn, office: OfficeOf) -> DecisionTaken:
    """Takes a person's decision on a value; 409 where somebody was faster."""
    new = NewDecision(item, body.action, body.version, body.value, body.note, body.who)
    _, decision = decide(office.database, new)
    return DecisionTaken.of(decision)


def document_body(office: Office, document: Document) -> DocumentBody:
    """A document with the decision on its newest reading."""
    with office.database.reading() as work:
        run = work.runs.summaries([document.id]).get(document.id)
    return DocumentBody.of(document, run, office.settings.lang)


async def _waited(office: Office, document: Document, seconds: float) -> Document:
    """The document once it has been read, or as it stands when the time is up."""
    until = time.monotonic() + seconds
    while document.status not in _ENDED and time.monotonic() < until:
        await asyncio.sleep(_POLL_SECONDS)
        document = await run_in_threadpool(_current, office, document)
    return document


def _current(office: Office, document: Document) -> Document:
    with office.database.reading() as work:
        return work.documents.get(document.id) or document
