"""One character for another: full-width forms as half-width, so that rules need only one of them."""

import re
import unicodedata
from itertools import chain


def _plain_table() -> dict[str, str]:
    """Full-width forms and compatibility ideographs that stand for exactly one other character."""
    codes = chain(range(0xFF01, 0xFF5F), range(0x2E80, 0x2FE0), range(0xF900, 0xFB00))
    pairs = ((character, unicodedata.normalize("NFKC", character)) for character in map(chr, codes))
    return {character: plain for character, plain in pairs if len(plain) == 1 and plain != character}


_PLAIN = _plain_table()
_NOT_PLAIN = re.compile(f"[{''.join(_PLAIN)}]")


def plain(text: str) -> str:
    """The text with full-width digits, letters and punctuation made half-width, character for character."""
    found = _NOT_PLAIN.search(text)
    while found is not None:  # a text holds few such characters, though each of them often
        text = text.replace(found[0], _PLAIN[found[0]])
        found = _NOT_PLAIN.search(text, found.end())
    return text
