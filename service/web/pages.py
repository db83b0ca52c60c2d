"""The pages for people: the review queue, the documents, the source. Plain forms, no script needed."""

from collections.abc import Sequence
from functools import cache
from http import HTTPStatus
from importlib import resources
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from pydantic import BaseModel, Field

from extractors.model.errors import YusuanError
from service.jobs.across import in_force
from service.jobs.errors import BadDecision, NoSuchItem, StaleDecision, message_of
from service.jobs.office import Office
from service.jobs.review import decide
from service.storage.records import Action, Comparison, Document, NewDecision, ReviewItem
from service.web import views
from service.web.deps import DocumentOf, OfficeOf
from service.web.errors import status_of
from service.web.uploads import take_upload

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_QUEUE_SHOWN = 12
_DOCUMENTS_SHOWN = 100
_REVIEWER = "reviewer"
_YEAR = 365 * 24 * 3600
_LONGEST = 2000


class DecisionForm(BaseModel):
    """The form under a value. `take` is the value of another reader, a correction that is not typed."""

    action: Action = Action.CORRECT
    version: int = Field(ge=0)
    value: str = Field("", max_length=_LONGEST)
    take: str = ""
    note: str = Field("", max_length=_LONGEST)
    who: str = Field("", max_length=100)


@router.get("/")
def start() -> Response:
    """The queue is where the work is."""
    return RedirectResponse("/review", HTTPStatus.SEE_OTHER)


@router.get("/review")
def review(
    request: Request, office: OfficeOf, item: str = "", done: Annotated[str, Query(max_length=64)] = ""
) -> Response:
    """One value that needs a person, with its page; the rest of the queue beside it."""
    chosen = _item(office, item) if item else _next(office, (0, -1))
    if item and chosen is None:
        return _no_item_page(office, HTTPStatus.NOT_FOUND, trouble=_message(office, NoSuchItem()))
    undo = _item(office, done) if done else None
    if chosen is None:
        return _no_item_page(office, undo=undo)
    return _review_page(request, office, chosen, undo=undo)


@router.post("/review/{item_id}")
def take_decision(
    request: Request, item_id: str, form: Annotated[DecisionForm, Form()], office: OfficeOf
) -> Response:
    """Takes the decision and goes on to the next value."""
    who = form.who.strip()
    try:
        value, note = _taken(office, item_id, form) if form.take else (form.value, form.note.strip())
        decision = NewDecision(item_id, form.action, form.version, value, note, who)
        item, _ = decide(office.database, decision)
    except YusuanError as error:
        current = _item(office, item_id)
        trouble, status = _message(office, error), status_of(error)
        if current is None:
            return _no_item_page(office, status, trouble=trouble)
        return _review_page(request, office, current, trouble=trouble, status=status, typed=form.value)
    response = RedirectResponse(_after(office, item, form.action), HTTPStatus.SEE_OTHER)
    response.set_cookie(_REVIEWER, who.encode().hex(), max_age=_YEAR, samesite="strict", httponly=True)
    return response


def _taken(office: Office, item_id: str, form: DecisionForm) -> tuple[str, str]:
    """The value of another reader that is taken, and whose it is.

    Raises `NoSuchItem`; `BadDecision` where a value is typed, too; `StaleDecision` where it is gone.
    """
    if form.value.strip():
        raise BadDecision(reason="填写了正确的值，请按“更正”；要取另一种读法，请清空它。 (two values given)")
    with office.database.reading() as work:
        item = work.reviews.get(item_id)
        run = work.runs.latest(item.document_id) if item else None
    if item is None or run is None:
        raise NoSuchItem
    found = next((other for other in views.other_readings(run, item) if other.take == form.take), None)
    if found is None:
        raise StaleDecision
    note = f"取{found.reader}的读法：{found.printed}"
    return found.take, "；".join(filter(None, (note, form.note.strip())))


@router.get("/documents")
def documents(office: OfficeOf, cursor: Annotated[int, Query(ge=0, le=2**63 - 1)] = 0) -> Response:
    """All documents, and a form to add one."""
    return _documents_page(office, cursor)


@router.post("/documents")
async def add_document(request: Request, office: OfficeOf) -> Response:
    """Takes a PDF in and goes to its page."""
    try:
        taken = await take_upload(request, office)
    except YusuanError as error:
        return _documents_page(office, 0, _message(office, error), status_of(error))
    return RedirectResponse(f"/documents/{taken.document.id}", HTTPStatus.SEE_OTHER)


@router.get("/documents/{document_id}")
def one_document(document: DocumentOf, office: OfficeOf) -> Response:
    """What was read from a document and where it does not hold together."""
    with office.database.reading() as work:
        run, relatives = in_force(work, document.id), work.comparisons.of(document.id)
        others = work.runs.summaries([one.relative_id for one in relatives])
        queue = work.reviews.queue((document.id, -1), 1)
    first = queue[0].value.id if queue and queue[0].document_id == document.id else None
    return _page(
        office,
        "document.html",
        document=_document_views(office, [document])[0],
        extraction=run.extraction if run else None,
        findings=views.finding_views(run, _ids(relatives)) if run else (),
        relatives=views.relative_views(relatives, others),
        first_item=first,
    )


@router.get("/source")
def source(office: OfficeOf) -> Response:
    """The licence, and where the source of this installation is."""
    return _page(office, "source.html")


def _review_page(
    request: Request,
    office: Office,
    item: ReviewItem,
    *,
    undo: ReviewItem | None = None,
    trouble: str = "",
    status: HTTPStatus = HTTPStatus.OK,
    typed: str = "",
) -> Response:
    at = (item.document_id, item.position)
    with office.database.reading() as work:
        document = work.documents.get(item.document_id)
        run, relatives = in_force(work, item.document_id), work.comparisons.of(item.document_id)
        before, after = work.reviews.before(at), work.reviews.queue(at, _QUEUE_SHOWN)
        history = work.reviews.history(item.value.id)
    if document is None or run is None:
        raise NoSuchItem
    return _page(
        office,
        "review.html",
        status,
        item=views.item_view(item),
        decided=item.decision_id is not None,
        document=_document_views(office, [document])[0],
        page=views.page_view(run, item.value.places),
        others=views.other_readings(run, item),
        findings=views.findings_at(run, item.value.places, _ids(relatives)),
        history=[views.history_view(decision) for decision in history],
        queue=_around(item, before, after),
        waiting=_waiting_documents(office),
        previous=before.value.id if before else None,
        next=after[0].value.id if after else None,
        undo=_undo_view(undo),
        trouble=trouble,
        typed=typed,
        who=_reviewer(request),
    )


def _ids(relatives: Sequence[Comparison]) -> dict[str, int]:
    """The ids of relatives that findings name, by their SHA-256."""
    return {
        place["sha256"]: one.relative_id
        for one in relatives
        for finding in one.findings
        for place in finding["elsewhere"]
    }


def _no_item_page(
    office: Office, status: HTTPStatus = HTTPStatus.OK, *, undo: ReviewItem | None = None, trouble: str = ""
) -> Response:
    return _page(office, "review.html", status, item=None, undo=_undo_view(undo), trouble=trouble, who="")


def _around(item: ReviewItem, before: ReviewItem | None, after: Sequence[ReviewItem]) -> list[views.ItemView]:
    """The value and its neighbours in the same document."""
    near = (*((before,) if before else ()), item, *after)
    return [views.item_view(found) for found in near if found.document_id == item.document_id]


def _waiting_documents(office: Office) -> list[tuple[views.DocumentView, str]]:
    """The documents with open values, each with the first of them."""
    with office.database.reading() as work:
        ids = list(work.reviews.open_counts())[:_DOCUMENTS_SHOWN]
        found = [document for document in map(work.documents.get, ids) if document is not None]
        firsts = [work.reviews.queue((document.id, -1), 1) for document in found]
    return [
        (view, first[0].value.id)
        for view, first in zip(_document_views(office, found), firsts, strict=True)
        if first
    ]


def _document_views(office: Office, documents: list[Document]) -> list[views.DocumentView]:
    with office.database.reading() as work:
        runs = work.runs.summaries([document.id for document in documents])
        waiting = work.reviews.open_counts()
    return [
        views.document_view(
            document,
            runs.get(document.id),
            waiting.get(document.id, 0),
            message_of(document.error, document.error_details, office.settings.lang)
            if document.error
            else "",
        )
        for document in documents
    ]


def _documents_page(
    office: Office, cursor: int, trouble: str = "", status: HTTPStatus = HTTPStatus.OK
) -> Response:
    with office.database.reading() as work:
        found = work.documents.page(cursor, _DOCUMENTS_SHOWN)
    return _page(
        office,
        "documents.html",
        status,
        documents=_document_views(office, list(found)),
        more=found[-1].id if len(found) == _DOCUMENTS_SHOWN else None,
        trouble=trouble,
    )


def _item(office: Office, item_id: str) -> ReviewItem | None:
    with office.database.reading() as work:
        return work.reviews.get(item_id)


def _next(office: Office, at: tuple[int, int]) -> ReviewItem | None:
    with office.database.reading() as work:
        return next(iter(work.reviews.queue(at, 1)), None)


def _after(office: Office, item: ReviewItem, action: Action) -> str:
    """Where to go after a decision: the next value, or back to the one that was reopened."""
    if action is Action.UNDO:
        return f"/review?{urlencode({'item': item.value.id})}"
    following = _next(office, (item.document_id, item.position)) or _next(office, (0, -1))
    query = {"done": item.value.id} | ({"item": following.value.id} if following else {})
    return f"/review?{urlencode(query)}"


def _undo_view(item: ReviewItem | None) -> views.ItemView | None:
    return views.item_view(item) if item is not None and item.decision_id is not None else None


def _reviewer(request: Request) -> str:
    try:
        return bytes.fromhex(request.cookies.get(_REVIEWER, "")).decode()
    except ValueError:
        return ""


def _message(office: Office, error: YusuanError) -> str:
    return error.message(office.settings.lang)


def _page(office: Office, template: str, status: HTTPStatus = HTTPStatus.OK, **content: object) -> Response:
    with office.database.reading() as work:
        waiting = sum(work.reviews.open_counts().values())
    text = (
        _templates()
        .get_template(template)
        .render(open_total=waiting, source_url=office.settings.source_url, **content)
    )
    return HTMLResponse(text, status)


@cache
def _templates() -> Environment:
    folder = resources.files("service.web") / "templates"
    return Environment(
        loader=FileSystemLoader(str(folder)),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
