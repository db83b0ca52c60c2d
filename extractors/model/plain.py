"""One character for another: full-width forms as half-width, radicals as the characters that they look like.

So that rules need only one of them, and are not misled: of a glyph that stands for 目 and for the radical ⽬
many a producer writes down that it is the radical.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import chain

# Radicals that are characters by themselves, as EquivalentUnifiedIdeograph of the Unicode Character Database
# has them; Python's `unicodedata` knows those of KangXi only, and two of these.
_SUPPLEMENT = dict(
    zip(
        "⺁⺊⺒⺓⺙⺝⺞⺠⺩⺪⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰",
        "厂卜巳幺攵月歺民王疋示虎西见角贝车長长门雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾齐齿龙",
        strict=True,
    )
)


def _compatible(codes: Iterable[int]) -> dict[str, str]:
    """Those of them that stand for exactly one other character."""
    pairs = ((character, unicodedata.normalize("NFKC", character)) for character in map(chr, codes))
    return {character: plain for character, plain in pairs if len(plain) == 1 and plain != character}


_CHARACTERS = _compatible(range(0x2E80, 0x2FE0)) | _SUPPLEMENT
_RADICAL = re.compile(f"[{''.join(_CHARACTERS)}]")
_PLAIN = _compatible(chain(range(0xFF01, 0xFF5F), range(0xF900, 0xFB00))) | _CHARACTERS
_NOT_PLAIN = re.compile(f"[{''.join(_PLAIN)}]")


def has_radicals(text: str) -> bool:
    """Whether a radical stands in it in place of a character."""
    return _RADICAL.search(text) is not None


def without_radicals(text: str) -> str:
    """The text with characters in place of radicals, one for one: they are printed alike."""
    return _RADICAL.sub(lambda found: _CHARACTERS[found[0]], text)


def plain(text: str) -> str:
    """The text with full-width digits, letters and punctuation made half-width, character for character."""
    found = _NOT_PLAIN.search(text)
    while found is not None:  # a text holds few such characters, though each of them often
        text = text.replace(found[0], _PLAIN[found[0]])
        found = _NOT_PLAIN.search(text, found.end())
    return text
