"""Every error of the HTTP service, its status and its form: RFC 9457 problem documents."""

import logging
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from extractors.model import errors as reading
from extractors.model.errors import Language, YusuanError
from service.jobs import errors as jobs
from service.storage import errors as storage

logger = logging.getLogger(__name__)

TYPE_PREFIX = "urn:yusuan:problem:"


class Malformed(YusuanError):
    """The request is not as the interface wants it. Details: reason."""

    slug = "malformed-request"
    zh = "请求的格式不对：{reason}"
    en = "The request is malformed: {reason}"


class NotFound(YusuanError):
    """There is nothing at that address."""

    slug = "not-found"
    zh = "这个地址上没有内容。"
    en = "There is nothing at this address."


class MethodNotAllowed(YusuanError):
    """The address does not take that method."""

    slug = "method-not-allowed"
    zh = "这个地址不接受这种请求方法。"
    en = "This address does not take this method."


class NoSuchPage(YusuanError):
    """The document has no such page. Details: page."""

    slug = "no-such-page"
    zh = "文件没有第 {page} 页。"
    en = "The document has no page {page}."


class NotReadYet(YusuanError):
    """There is no extraction of the document yet. Details: status."""

    slug = "no-extraction"
    zh = "该文件还没有读取结果（状态：{status}）。"
    en = "There is no extraction of this document yet (status: {status})."


class ForeignOrigin(YusuanError):
    """A page of another site tried to change something here."""

    slug = "foreign-origin"
    zh = "不接受由其他网站的页面发起的修改。"
    en = "Changes asked for by a page of another site are refused."


STATUS: Mapping[type[YusuanError], HTTPStatus] = {
    Malformed: HTTPStatus.BAD_REQUEST,
    jobs.BadDecision: HTTPStatus.BAD_REQUEST,
    ForeignOrigin: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    NoSuchPage: HTTPStatus.NOT_FOUND,
    NotReadYet: HTTPStatus.NOT_FOUND,
    jobs.NoSuchDocument: HTTPStatus.NOT_FOUND,
    jobs.NoSuchItem: HTTPStatus.NOT_FOUND,
    MethodNotAllowed: HTTPStatus.METHOD_NOT_ALLOWED,
    jobs.StaleDecision: HTTPStatus.CONFLICT,
    jobs.StoredFileLost: HTTPStatus.GONE,
    reading.FileTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    reading.NotAPdf: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    reading.UnreadableDocument: HTTPStatus.UNPROCESSABLE_ENTITY,
    jobs.ReaderCrashed: HTTPStatus.UNPROCESSABLE_ENTITY,
    storage.DatabaseUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    storage.FolderNotWritable: HTTPStatus.SERVICE_UNAVAILABLE,
    storage.SchemaNotCurrent: HTTPStatus.SERVICE_UNAVAILABLE,
    reading.ModelUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    reading.ReplyRejected: HTTPStatus.SERVICE_UNAVAILABLE,
    jobs.InternalError: HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""The one table of statuses; an error that is not named takes its parent's."""

TITLES: Mapping[HTTPStatus, tuple[str, str]] = {
    HTTPStatus.BAD_REQUEST: ("请求无效", "Bad request"),
    HTTPStatus.FORBIDDEN: ("不允许", "Forbidden"),
    HTTPStatus.NOT_FOUND: ("没有找到", "Not found"),
    HTTPStatus.METHOD_NOT_ALLOWED: ("方法不允许", "Method not allowed"),
    HTTPStatus.CONFLICT: ("已被他人处理", "Conflict"),
    HTTPStatus.GONE: ("已不存在", "Gone"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("文件过大", "File too large"),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: ("不是 PDF", "Not a PDF"),
    HTTPStatus.UNPROCESSABLE_ENTITY: ("无法读取的 PDF", "Unreadable PDF"),
    HTTPStatus.SERVICE_UNAVAILABLE: ("暂时不可用", "Service unavailable"),
    HTTPStatus.INTERNAL_SERVER_ERROR: ("程序出错", "Internal error"),
}


def status_of(error: YusuanError) -> HTTPStatus:
    """The status of an error."""
    kinds = [kind for kind in type(error).__mro__ if kind in STATUS]
    return STATUS[kinds[0]] if kinds else HTTPStatus.INTERNAL_SERVER_ERROR


def problem(error: YusuanError, language: Language, headers: Mapping[str, str] | None = None) -> Response:
    """The error as a problem document."""
    status = status_of(error)
    content = {
        "type": f"{TYPE_PREFIX}{error.slug}",
        "title": TITLES[status][0 if language is Language.ZH else 1],
        "status": int(status),
        "detail": error.message(language),
    }
    return JSONResponse(content, status, headers, media_type="application/problem+json")


def add_handlers(app: FastAPI, language: Language) -> None:
    """Lets every error leave the service as a problem document."""

    def ours(_: Request, error: Exception) -> Response:
        if not isinstance(error, YusuanError):
            raise error
        return problem(error, language)

    def starlettes(_: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            raise error
        return problem(_translated(error), language, error.headers)

    def invalid(_: Request, error: Exception) -> Response:
        if not isinstance(error, RequestValidationError):
            raise error
        return problem(_reason(error), language)

    def unexpected(request: Request, error: Exception) -> Response:
        logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return problem(jobs.InternalError(), language)

    app.add_exception_handler(YusuanError, ours)
    app.add_exception_handler(HTTPException, starlettes)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(Exception, unexpected)


def _translated(error: HTTPException) -> YusuanError:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return NotFound()
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return MethodNotAllowed()
    return Malformed(reason=error.detail)


def _reason(error: RequestValidationError) -> YusuanError:
    """A bad part of the path names nothing that exists; anything else is a malformed request."""
    first = error.errors()[0]
    if first["loc"][0] == "path":
        return NotFound()
    where = ".".join(str(part) for part in first["loc"])
    return Malformed(reason=f"{where}: {first['msg']}")
