"""What of the pages could not be read at all, as gaps: a silent page must not pass for an empty one."""

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.model.document import Page
from extractors.model.facts import Disclosure
from extractors.model.findings import Gap
from extractors.registry import section_reader

_SECTION = "pages"
_REASONS = (
    (re.compile(r"too much drawn content"), "本页图形过多，只读了文字"),
    (re.compile(r"too many (?:rules|cells)"), "本页表格线过多，表格未读"),
    (re.compile(r"print runs sideways"), "本页文字横排于页面，未能读入"),
    (re.compile(r"figures in columns outside all tables"), "本页有成列的数字，不在任何读出的表格之内"),
    (re.compile(r"print runs both ways"), "本页文字方向不一，部分可能未读对"),
    (re.compile(r"drawn lines that were not followed"), "本页线条过多，表格线可能未读全"),
    (
        re.compile(r"text that cannot be seen: (\d+)"),
        r"本页有 \1 处看不见的文字，未采用",
    ),
    (re.compile(r"print that cannot be told: (\d+)"), r"本页有 \1 处文字互相重叠或被页边截断，不能确认"),
    (
        re.compile(r"hidden figures not those printed: (\d+)"),
        r"隐藏文字有 \1 处数字与图片不符，以图片为准",
    ),
    (
        re.compile(r"figures not those printed: (\d+)"),
        r"本页有 \1 处数字，PDF 内另标的内容（复制时得到的）与印出的不符，以印出的为准",
    ),
    (
        re.compile(r"digits that look like others: (.*)"),
        r"本页字体所标的数字与印出的字形不符（所标→所印：\1），须对照原件",
    ),
    (re.compile(r"characters without meaning: (\d+)"), r"本页有 \1 个字符，字体没有说明是什么字"),
)


@section_reader(_SECTION)
def unread(disclosure: Disclosure) -> Disclosure:
    """Adds a gap for each fault of a page."""
    gaps = tuple(gap for page in disclosure.document.pages for gap in _gaps(page))
    return replace(disclosure, gaps=(*disclosure.gaps, *gaps))


def _gaps(page: Page) -> Iterator[Gap]:
    for fault in page.faults:
        yield Gap(_SECTION, _reason(fault), page.number)


def _reason(fault: str) -> str:
    """The fault in words; those of pictures are in words already."""
    for pattern, words in _REASONS:
        if (found := pattern.fullmatch(fault)) is not None:
            return found.expand(words)
    return fault
