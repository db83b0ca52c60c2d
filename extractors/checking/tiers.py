"""How often values of a tier of evidence were right: confidence is observed, never a model's opinion."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources


class Tier(StrEnum):
    """What speaks for a value's reading, the strongest first (docs/how-it-decides.md)."""

    PROVEN_TWICE = "proven-twice"  # two unlike identities hold over it
    PROVEN_ONCE = "proven-once"  # one identity holds over it
    WITHIN_ROUNDING = "within-rounding"  # an identity holds up to rounding, the text is copied exactly
    READERS_AGREE = "readers-agree"  # two unlike readers read the same in the same place
    COPIED = "copied"  # words copied exactly from born-digital text
    UNPROVEN = "unproven"  # a figure that nothing proves
    DOUBTED = "doubted"  # an identity over it is broken
    NOT_FOUND = "not-found"  # its place is not known


_Z = Decimal("1.96")  # 95%


def wilson_lower(right: int, values: int) -> Decimal:
    """The lower end of the 95% Wilson interval of a share, four places; 0 where nothing was observed."""
    if not values:
        return Decimal(0)
    n, share, z2 = Decimal(values), Decimal(right) / values, _Z * _Z
    middle = share + z2 / (2 * n)
    spread = _Z * ((share * (1 - share) + z2 / (4 * n)) / n).sqrt()
    return max(Decimal(0), (middle - spread) / (1 + z2 / n)).quantize(Decimal("0.0001"))


@cache
def confidences() -> Mapping[Tier, Decimal]:
    """The confidence of each tier, from the table of observations."""
    text = resources.files("extractors.checking").joinpath("tiers.toml").read_text(encoding="utf-8")
    seen = tomllib.loads(text)
    return {
        tier: wilson_lower(seen[tier]["values"] - seen[tier]["wrong"], seen[tier]["values"]) for tier in Tier
    }
