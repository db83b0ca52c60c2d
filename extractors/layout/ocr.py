"""What it takes to read a picture of print, apart from who does it.

Light to import. The work itself needs OpenCV and a recogniser of 0.8 GB: `ocr_process` does it elsewhere.
"""

from typing import NamedTuple, Protocol

from extractors.model.evidence import Box

UNREADABLE = "\ufffd"
"""Stands for print of which it cannot be told what it says; a text that holds it is no figure."""

NOT_INSTALLED = "未安装文字识别组件"
SWITCHED_OFF = "文字识别已关闭"
TOOK_TOO_LONG = "识别超时"
FAILED = "识别程序出错"


class Picture(NamedTuple):
    """Gray pixels (0 black, 255 white), row by row, and how many of them an inch has.

    `left` and `top` are how many pixels of its page lie before it.
    """

    pixels: bytes
    width: int
    height: int
    dpi: float
    left: int = 0
    top: int = 0


class SeenText(NamedTuple):
    """A run of characters on one line, and how sure the recogniser is of the least sure of them (0 to 1)."""

    box: Box
    text: str
    score: float


class Scan(NamedTuple):
    """What a picture shows, in pixels after it was turned straight.

    `quarters` is how many quarter turns clockwise it took to stand the print upright: 1 or 3 change its width
    for its height. `skew` is by how much the print, upright so far, was turned clockwise about the middle of
    the picture (degrees). `rules` are the boxes of drawn lines. `fault` says why it could not be read, and is
    empty where it could.
    """

    texts: tuple[SeenText, ...] = ()
    rules: tuple[Box, ...] = ()
    skew: float = 0.0
    fault: str = ""
    quarters: int = 0


class Ocr(Protocol):
    """Reads pictures. It never raises: what went wrong is `Scan.fault`."""

    def read(self, picture: Picture) -> Scan:
        """The print of a picture and its rules."""
