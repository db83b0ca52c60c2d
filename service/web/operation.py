"""For those who run the service: is it alive, can it work, what has it done; and where its source is."""

from collections.abc import Iterator

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response

from service.web import source
from service.web.deps import OfficeOf

router = APIRouter()

_METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@router.get("/livez", response_class=PlainTextResponse)
def livez() -> str:
    """The process answers."""
    return "ok"


@router.get("/readyz", response_class=PlainTextResponse)
def readyz(office: OfficeOf) -> str:
    """The database can be reached and is up to date, and files can be stored; 503 otherwise."""
    office.database.check()
    office.files.check()
    return "ok"


@router.get("/metrics", response_class=PlainTextResponse)
def metrics(office: OfficeOf) -> Response:
    """Counts in the Prometheus text format, taken from the database."""
    with office.database.reading() as work:
        documents = {str(status): count for status, count in work.documents.counts().items()}
        runs = work.runs.counts()
        waiting = sum(work.reviews.open_counts().values())
    lines = [
        *_metric("yusuan_documents", "Documents by status.", "gauge", "status", documents),
        *_metric("yusuan_extraction_runs_total", "Readings by decision.", "counter", "decision", runs),
        "# HELP yusuan_review_open Values that need a person.",
        "# TYPE yusuan_review_open gauge",
        f"yusuan_review_open {waiting}",
    ]
    return PlainTextResponse("\n".join(lines) + "\n", media_type=_METRICS_TYPE)


@router.get("/source/yusuan-source.tar.gz", response_class=Response)
def source_archive() -> Response:
    """The source of this very program (AGPL-3.0, section 13)."""
    headers = {"Content-Disposition": 'attachment; filename="yusuan-source.tar.gz"'}
    return Response(source.archive(), media_type="application/gzip", headers=headers)


def _metric(name: str, says: str, kind: str, label: str, counts: dict[str, int]) -> Iterator[str]:
    yield f"# HELP {name} {says}"
    yield f"# TYPE {name} {kind}"
    for value, count in sorted(counts.items()):
        yield f'{name}{{{label}="{value}"}} {count}'
