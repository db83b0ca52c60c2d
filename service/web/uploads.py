"""Receiving a file: as a stream, no more of it than allowed, nothing left behind if it is refused."""

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.types import Message

from extractors.model.errors import FileTooLarge
from service.jobs.intake import Taken, clean_name
from service.jobs.office import Office
from service.web.errors import Malformed

FIELD = "file"
_ENVELOPE = 1 << 16  # what multipart adds around the file: boundaries, headers, small fields
_MOST_FIELDS = 8


async def take_upload(request: Request, office: Office) -> Taken:
    """Stores the file of a multipart request. Raises what is wrong with it."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Malformed(reason=f"multipart/form-data, field “{FIELD}”")
    too_large = FileTooLarge(name=FIELD, limit=office.settings.max_upload_mb)
    most = office.settings.limits.max_bytes + _ENVELOPE
    if _stated_length(request) > most:
        raise too_large
    async with _bounded(request, most, too_large).form(max_files=1, max_fields=_MOST_FIELDS) as form:
        upload = form.get(FIELD)
        if not isinstance(upload, UploadFile):
            raise Malformed(reason=f"multipart/form-data, field “{FIELD}”")
        return await run_in_threadpool(office.intake.take, upload.file, clean_name(upload.filename or ""))


def _stated_length(request: Request) -> int:
    stated = request.headers.get("content-length", "0")
    return int(stated) if stated.isdecimal() else 0


def _bounded(request: Request, most: int, too_large: FileTooLarge) -> Request:
    """The same request, whose body ends in an error once it is longer than allowed."""
    received = 0

    async def receive() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > most:
            raise too_large
        return message

    return Request(request.scope, receive)
