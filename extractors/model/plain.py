"""One character for another: full-width forms as half-width, so that rules need only one of them."""

import re
import unicodedata
from itertools import chain


def _plain_table() -> dict[str, str]:
    """Full-width forms and compatibility ideographs that stand for exactly one other character."""
    codes = chain(range(0xFF01, 0xFF5F), range(0x2E80, 0x2FE0), range(0xF900, 0xFB00))
    pairs = ((character, unicodedata.normalize("NFKC", character)) for character in map(chr, codes))
    return {character: plain for character, plain in pairs if len(plain) == 1}


_PLAIN = _plain_table()
_NOT_PLAIN = re.compile(f"[{''.join(_PLAIN)}]")


def plain(text: str) -> str:
    """The text with full-width digits, letters and punctuation made half-width, character for character."""
    # Most texts are plain, and most characters of the others.
    return _NOT_PLAIN.sub(_half_width, text) if _NOT_PLAIN.search(text) else text


def _half_width(found: re.Match[str]) -> str:
    return _PLAIN[found[0]]
