"""One character for another: full-width forms as half-width, so that rules need only one of them."""

import unicodedata
from itertools import chain


def _plain_table() -> dict[int, str]:
    """Full-width forms and compatibility ideographs that stand for exactly one other character."""
    codes = chain(range(0xFF01, 0xFF5F), range(0x2E80, 0x2FE0), range(0xF900, 0xFB00))
    pairs = ((code, unicodedata.normalize("NFKC", chr(code))) for code in codes)
    return {code: plain for code, plain in pairs if len(plain) == 1}


_PLAIN = _plain_table()


def plain(text: str) -> str:
    """The text with full-width digits, letters and punctuation made half-width, character for character."""
    return text.translate(_PLAIN)
