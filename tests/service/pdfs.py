"""Small PDFs and files that only claim to be one."""

from pathlib import Path

import pymupdf

GOLDEN = Path(__file__).parents[2] / "golden"

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000"
    "05000180fe3a3d0000000049454e44ae426082"
)


def pdf(text: str = "2025 budget", pages: int = 1, **save: object) -> bytes:
    """A PDF of a few words on each page."""
    with pymupdf.open() as document:
        for number in range(pages):
            document.new_page().insert_text((72, 72), f"{text} {number + 1}")
        return bytes(document.tobytes(no_new_id=True, **save))


def encrypted() -> bytes:
    """A PDF that asks for a password."""
    aes_256 = pymupdf.mupdf.PDF_ENCRYPT_AES_256
    return pdf(encryption=aes_256, user_pw="secret", owner_pw="owner")


def truncated() -> bytes:
    """A real disclosure of which the second half is missing."""
    whole = golden("hejing-2025").read_bytes()
    return whole[: len(whole) // 2]


def golden(name: str) -> Path:
    """The PDF of a golden document."""
    return GOLDEN / name / "document.pdf"


def excerpt(name: str, pages: range) -> bytes:
    """Some pages of a golden document (from 0), where a whole one would only take time."""
    with pymupdf.open(golden(name)) as document:
        document.select(list(pages))
        return bytes(document.tobytes(no_new_id=True, garbage=3))


BAD = {
    "text.pdf": (b"just some words\n", 415, "not-a-pdf"),
    "page.pdf": (b"<!doctype html><html><body>%PDF-1.7</body></html>", 415, "not-a-pdf"),
    "drawing.pdf": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 415, "not-a-pdf"),
    "picture.pdf": (PNG, 415, "not-a-pdf"),
    "truncated.pdf": (truncated(), 422, "broken-pdf"),
    "header-only.pdf": (b"%PDF-1.7\n", 422, "broken-pdf"),
    "encrypted.pdf": (encrypted(), 422, "encrypted-pdf"),
    "empty.pdf": (b"", 422, "empty-file"),
    "long.pdf": (pdf(pages=21), 422, "too-many-pages"),
}
"""Name to content, HTTP status and problem; with at most 20 pages allowed."""

MOST_PAGES = 20
MOST_MEGABYTES = 2
