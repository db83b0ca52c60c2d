"""How many tokens a text has, by one formula: 0.75 a CJK character, 0.40 any other.

Within -2 to +4 % of DeepSeek's tokenizer on disclosures of 16,000 to 21,000 characters, 13 % below that of
OpenAI's o200k. For limits and budgets; what is booked is what the server says.
"""

import re

_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_SAFETY = (6, 5)


def tokens_of(text: str) -> int:
    """The tokens of a text, rounded up."""
    cjk = len(_CJK.findall(text))
    return -(-(75 * cjk + 40 * (len(text) - cjk)) // 100)


def at_most(text: str) -> int:
    """The same with a fifth more, for where too few would be a fault."""
    more, of = _SAFETY
    return -(-tokens_of(text) * more // of)
