"""What is done to finished pages: turned, or made pictures with skew and noise."""

import random
import re
from collections import Counter
from collections.abc import Sequence
from io import BytesIO

import pymupdf
from PIL import Image

from bench.variants.content import AMOUNT, Sheet
from bench.variants.looks import Look, Scan

_POINTS = 72
_QUALITY = 80
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2212\uff0d", "-"))  # fonts say that "-" is one of them
_ANY_AMOUNT = re.compile(AMOUNT.pattern)


def finished(pdf: bytes, look: Look, seed: int) -> bytes:
    """The pages as the look wants them."""
    if look.turn:
        pdf = _turned(pdf, look.turn)
    if look.sideways:
        pdf = _sideways(pdf, look.sideways)
    return _scanned(pdf, look.scan, seed) if look.scan else pdf


def _turned(pdf: bytes, turn: int) -> bytes:
    """The content turned back on pages with /Rotate: shown upright."""
    with pymupdf.open(stream=pdf, filetype="pdf") as source, pymupdf.open() as document:
        for page in source:
            width, height = page.rect.width, page.rect.height
            size = (height, width) if turn in (90, 270) else (width, height)
            target = document.new_page(width=size[0], height=size[1])
            target.show_pdf_page(target.rect, source, page.number, rotate=turn)
            target.set_rotation(turn)
        return bytes(document.tobytes())


def _sideways(pdf: bytes, turn: int) -> bytes:
    """Pages shown lying on their side."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        for page in document:
            page.set_rotation(turn)
        return bytes(document.tobytes())


def _scanned(pdf: bytes, scan: Scan, seed: int) -> bytes:
    dice = random.Random(seed)  # noqa: S311 - the same skew every time
    with pymupdf.open(stream=pdf, filetype="pdf") as source, pymupdf.open() as document:
        for page in source:
            pixels = page.get_pixmap(dpi=scan.dpi, colorspace=pymupdf.csGRAY)
            image = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)
            image = image.rotate(dice.uniform(-scan.skew, scan.skew), Image.Resampling.BICUBIC, fillcolor=255)
            target = document.new_page(width=page.rect.width, height=page.rect.height)
            target.insert_image(target.rect, stream=_jpeg(_noisy(image, scan.noise, dice)))
        return bytes(document.tobytes())


def _noisy(image: Image.Image, spread: float, dice: random.Random) -> Image.Image:
    """Grey grain over the whole page, from our own dice: Pillow's has no seed."""
    if not spread:
        return image
    grain = Image.frombytes("L", (256, 256), dice.randbytes(256 * 256))
    sheet = Image.new("L", image.size)
    for x in range(0, image.width, grain.width):
        for y in range(0, image.height, grain.height):
            sheet.paste(grain, (x, y))
    return Image.blend(image, sheet, spread / 255)


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def lost(pdf: bytes, sheets: Sequence[Sheet]) -> list[str]:
    """Amounts that the producer did not print whole: cut off, wrapped, hidden."""
    printed: Counter[str] = Counter()
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        for page in document:
            text = page.get_text("text", clip=page.rect).translate(_HYPHENS)
            printed.update(_ANY_AMOUNT.findall(text))
    wanted = Counter(sheet.rows[r][c] for sheet in sheets for r, c in sheet.amounts)
    return sorted((wanted - printed).elements())
