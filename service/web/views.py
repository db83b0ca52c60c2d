"""What the pages show, ready to print: templates decide nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.jobs.values import alternatives_of, places_of
from service.storage.records import (
    Action,
    Comparison,
    Document,
    Json,
    ReviewDecision,
    ReviewItem,
    Run,
    RunSummary,
)

DPI = 144

STATUS_NAMES = {
    "review": "无法证实",
    "contradicted": "与勾稽关系不符",
    "accepted": "已接受",
    "printed_so": "原文如此",
}
ACTION_NAMES = {
    Action.ACCEPT: "接受",
    Action.CORRECT: "更正",
    Action.PRINTED_SO: "原文如此",
    Action.UNREADABLE: "无法辨认",
    Action.UNDO: "撤销",
}
DECISION_NAMES = {"accepted": "通过", "review": "待核对", "rejected": "不是公开文件"}
WORK_NAMES = {"queued": "排队中", "running": "读取中", "done": "已读取", "failed": "读取失败"}
READER_NAMES = {"table": "表格", "built-in": "规则", "model": "模型"}
KINSHIP_NAMES = {"year-before": "上年文件", "budget": "同年预算", "department": "主管部门"}
VERDICT_NAMES = {"holds": "相符", "rounding": "尾差", "broken": "不符", "not_comparable": "不可比"}
SEVERITY_NAMES = {"error": "矛盾", "warning": "疑似", "info": "提示"}

_CLOSE_UP_WIDTH = 240.0  # points of the page that the close-up shows at least
_CLOSE_UP_HEIGHT = 60.0


@dataclass(frozen=True, slots=True)
class Box:
    """A box on a page image, in percent of the page: right at any size."""

    left: float
    top: float
    width: float
    height: float

    @property
    def style(self) -> str:
        """Where it stands, as CSS."""
        return f"left:{self.left:.3f}%;top:{self.top:.3f}%;width:{self.width:.3f}%;height:{self.height:.3f}%"


@dataclass(frozen=True, slots=True)
class PageView:
    """A page image with boxes on it, and the close-up of the first box."""

    src: str
    number: int
    width: int
    height: int
    boxes: tuple[Box, ...]
    close_up: "CloseUp"


@dataclass(frozen=True, slots=True)
class CloseUp:
    """A window onto the page image: its shape, and the image's size and offset in percent of it."""

    aspect: float
    width: float
    left: float
    top: float
    box: Box

    @property
    def image_style(self) -> str:
        """Where the image stands behind the window, as CSS."""
        return f"width:{self.width:.3f}%;left:{self.left:.3f}%;top:{self.top:.3f}%"


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding in words."""

    severity: str
    severity_name: str
    message: str
    basis: str
    pages: str
    link: str | None
    elsewhere: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class RelativeView:
    """A document that this one was compared with, and how the comparisons ended."""

    id: int
    heading: str
    kinship: str
    verdicts: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """A value for review."""

    id: str
    where: tuple[str, ...]
    printed: str
    value: str | None
    status: str
    status_name: str
    reason: str
    page: int | None
    version: int


@dataclass(frozen=True, slots=True)
class OtherReading:
    """What a second reader read instead; `take` is what a correction to it would be."""

    key: int
    reader: str
    printed: str
    take: str
    page: PageView | None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document in a list, or at the head of a page."""

    id: int
    heading: str
    file_name: str
    status: str
    status_name: str
    decision: str
    decision_name: str
    open: int
    error: str


@dataclass(frozen=True, slots=True)
class HistoryView:
    """A decision that was taken."""

    action: str
    value: str | None
    note: str
    who: str
    when: str


def document_view(document: Document, run: RunSummary | None, waiting: int, error: str = "") -> DocumentView:
    """A document in words."""
    decision = run.decision if run else ""
    return DocumentView(
        id=document.id,
        heading=(run.heading if run else "") or document.file_name,
        file_name=document.file_name,
        status=document.status,
        status_name=WORK_NAMES[document.status],
        decision=decision,
        decision_name=DECISION_NAMES.get(decision, ""),
        open=waiting,
        error=error,
    )


def item_view(item: ReviewItem) -> ItemView:
    """A value in words."""
    value = item.value
    return ItemView(
        id=value.id,
        where=tuple(value.label.split(" › ")),
        printed=value.printed,
        value=value.value if value.value != value.printed else None,
        status=value.status,
        status_name=STATUS_NAMES[value.status],
        reason=value.reason,
        page=value.places[0]["page"] if value.places else None,
        version=item.version,
    )


def history_view(decision: ReviewDecision) -> HistoryView:
    """A decision in words."""
    return HistoryView(
        action=ACTION_NAMES[decision.action],
        value=decision.value,
        note=decision.note,
        who=decision.who or "未署名",
        when=decision.created_at.strftime("%Y-%m-%d %H:%M UTC"),
    )


def page_view(run: Run, places: Sequence[Json]) -> PageView | None:
    """The page where a value stands, its places marked; None where the value has no place."""
    if not places:
        return None
    number = places[0]["page"]
    width, height, _ = run.extraction["document"]["page_sizes"][number - 1]
    boxes = [place["bbox"] for place in places if place["page"] == number]
    return PageView(
        src=f"/v1/documents/{run.document_id}/pages/{number}.png?dpi={DPI}",
        number=number,
        width=round(width * DPI / 72),
        height=round(height * DPI / 72),
        boxes=tuple(_box(bbox, (0, 0, width, height)) for bbox in boxes),
        close_up=_close_up(boxes[0], width, height),
    )


def other_readings(run: Run, item: ReviewItem) -> tuple[OtherReading, ...]:
    """The readings that differ from ours, with the keys that take them: ours is 1."""
    return tuple(
        _other_reading(run, key, found)
        for key, found in enumerate(alternatives_of(run.extraction, item.value.path), start=2)
    )


def _other_reading(run: Run, key: int, found: Json) -> OtherReading:
    places = places_of(found["evidence"])
    printed = "".join(place["text"] for place in places) or found["printed"]
    return OtherReading(
        key=key,
        reader=READER_NAMES[found["reader"]],
        printed=printed + (found["unit"] or ""),
        take=found["value"] or found["printed"],
        page=page_view(run, places),
    )


def finding_views(run: Run, relatives: Mapping[str, int]) -> tuple[FindingView, ...]:
    """All findings, the weightiest first; `relatives` are the ids of other documents by their SHA-256."""
    order = list(SEVERITY_NAMES)
    found = sorted(run.extraction["findings"], key=lambda finding: order.index(finding["severity"]))
    return tuple(_finding_view(run, finding, relatives) for finding in found)


def findings_at(run: Run, places: Sequence[Json], relatives: Mapping[str, int]) -> tuple[FindingView, ...]:
    """The findings that speak of these places."""
    return tuple(
        _finding_view(run, finding, relatives)
        for finding in run.extraction["findings"]
        if any(_meet(place, other) for place in places for other in finding["evidence"])
    )


def relative_views(
    comparisons: Sequence[Comparison], runs: Mapping[int, RunSummary]
) -> tuple[RelativeView, ...]:
    """What a document was compared with."""
    return tuple(
        RelativeView(
            id=one.relative_id,
            heading=runs[one.relative_id].heading,
            kinship=KINSHIP_NAMES[one.kinship],
            verdicts="，".join(f"{name} {one.verdicts.get(key, 0)}" for key, name in VERDICT_NAMES.items()),
        )
        for one in comparisons
        if one.relative_id in runs
    )


def _finding_view(run: Run, finding: Json, relatives: Mapping[str, int]) -> FindingView:
    pages = sorted({place["page"] for place in finding["evidence"]})
    return FindingView(
        severity=finding["severity"],
        severity_name="尾差" if finding["rounding_only"] else SEVERITY_NAMES[finding["severity"]],
        message=finding["message"],
        basis=finding["basis"],
        pages="、".join(str(page) for page in pages),
        link=_page_link(run.document_id, pages[0]) if pages else None,
        elsewhere=tuple(_elsewhere(place, relatives) for place in finding.get("elsewhere", ())),
    )


def _elsewhere(place: Json, relatives: Mapping[str, int]) -> tuple[str, str | None]:
    """A place in another document in words, and the picture of its page where the document is stored."""
    other = relatives.get(place["sha256"])
    return f"{place['file_name']} {place['page']}", _page_link(other, place["page"]) if other else None


def _page_link(document_id: int, page: int) -> str:
    return f"/v1/documents/{document_id}/pages/{page}.png?dpi={DPI}"


def _meet(one: Json, other: Json) -> bool:
    if one["page"] != other["page"]:
        return False
    a, b = one["bbox"], other["bbox"]
    return bool(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3])


def _box(bbox: Sequence[float], frame: Sequence[float]) -> Box:
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    return Box(
        left=(bbox[0] - frame[0]) / width * 100,
        top=(bbox[1] - frame[1]) / height * 100,
        width=(bbox[2] - bbox[0]) / width * 100,
        height=(bbox[3] - bbox[1]) / height * 100,
    )


def _close_up(bbox: Sequence[float], width: float, height: float) -> CloseUp:
    """A window around a box, held inside the page."""
    wide = min(width, max(_CLOSE_UP_WIDTH, (bbox[2] - bbox[0]) * 1.3))
    high = min(height, max(_CLOSE_UP_HEIGHT, (bbox[3] - bbox[1]) * 1.6))
    left = min(max((bbox[0] + bbox[2] - wide) / 2, 0), width - wide)
    top = min(max((bbox[1] + bbox[3] - high) / 2, 0), height - high)
    return CloseUp(
        aspect=wide / high,
        width=width / wide * 100,
        left=-left / wide * 100,
        top=-top / high * 100,
        box=_box(bbox, (left, top, left + wide, top + high)),
    )
