"""Scans for tests: drawn pages as pictures, askew and noisy, on pages of their own or beside text."""

from collections.abc import Sequence

import cv2
import numpy as np
import pymupdf

from tests.layout import sheets

POINTS = 72


def scanned(data: bytes, *, dpi: int = 150, skew: float = 0.0, noise: float = 0.0, seed: int = 0) -> bytes:
    """The PDF with each page as a JPEG, turned clockwise by `skew` degrees, with noise (levels of gray)."""
    with pymupdf.open(stream=data, filetype="pdf") as source, pymupdf.open() as made:
        for page in source:
            drawn = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
            pixels = np.frombuffer(drawn.samples, np.uint8).reshape(drawn.height, drawn.width)
            new = made.new_page(width=page.rect.width, height=page.rect.height)
            new.insert_image(new.rect, stream=jpeg(worn(pixels, skew, noise, seed)))
        return bytes(made.tobytes())


def laid(data: bytes, quarters: int) -> bytes:
    """The PDF of scans with each image turned clockwise by quarters, on pages as the image lies."""
    with pymupdf.open(stream=data, filetype="pdf") as source, pymupdf.open() as made:
        for page in source:
            drawn = page.get_pixmap(dpi=150, colorspace=pymupdf.csGRAY)
            pixels = np.frombuffer(drawn.samples, np.uint8).reshape(drawn.height, drawn.width)
            lying = np.ascontiguousarray(np.rot90(pixels, -quarters))
            width, height = page.rect.width, page.rect.height
            size = (height, width) if quarters % 2 else (width, height)
            new = made.new_page(width=size[0], height=size[1])
            new.insert_image(new.rect, stream=jpeg(lying))
        return bytes(made.tobytes())


def worn(pixels: np.ndarray, skew: float, noise: float, seed: int = 0) -> np.ndarray:
    """Pixels as a scanner gives them back."""
    height, width = pixels.shape
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -skew, 1.0)
    turned = cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255,))
    rough = turned + np.random.default_rng(seed).normal(0.0, noise, turned.shape) if noise else turned
    return np.clip(rough, 0, 255).astype(np.uint8)


def jpeg(pixels: np.ndarray) -> bytes:
    """Pixels as a JPEG of middling quality."""
    done, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 70])
    assert done
    return data.tobytes()


def picture_of(data: bytes, part: pymupdf.Rect, dpi: int = 150) -> bytes:
    """A part of the first page as a JPEG."""
    with pymupdf.open(stream=data, filetype="pdf") as source:
        drawn = source[0].get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY, clip=part)
        return jpeg(np.frombuffer(drawn.samples, np.uint8).reshape(drawn.height, drawn.width))


def budget(rows: Sequence[Sequence[str]]) -> sheets.Draw:
    """A page with a title, a unit and a ruled table."""

    def draw(page: pymupdf.Page) -> None:
        page.insert_text((190, 80), "部门支出总体情况表", fontname="china-s", fontsize=16)
        sheets.text(page, 430, 100, "单位：万元")
        xs = [60.0, 130.0, 290.0, 370.0, 450.0, 530.0]
        ys = [120.0 + 24 * row for row in range(len(rows) + 1)]
        sheets.table(page, xs, ys, rows)
        sheets.text(page, 60, ys[-1] + 20, "注：本表金额转换为万元时，因四舍五入可能存在尾数误差。")

    return draw
