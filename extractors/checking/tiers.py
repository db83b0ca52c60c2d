"""How often values of a tier of evidence were right: confidence is observed, never a model's opinion."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import NamedTuple


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


ACCEPTING = (Tier.PROVEN_TWICE, Tier.PROVEN_ONCE, Tier.WITHIN_ROUNDING, Tier.READERS_AGREE, Tier.COPIED)
"""The tiers whose values are accepted where no accuracy is asked for."""

_Z = Decimal("1.96")  # 95%
_PLACES = Decimal("0.0001")
_HEAD = """# Tiers of evidence with what was observed of them on {where}: values, and wrong ones
# among them. Written by `{command}`; confidence is the lower end of the 95% Wilson interval.
"""


class Observed(NamedTuple):
    """What was observed of a tier: how many values, and how many of them were wrong."""

    values: int
    wrong: int

    @property
    def interval(self) -> tuple[Decimal, Decimal]:
        """The 95% Wilson interval of the share that is right, four places; 0 to 1 where nothing was seen."""
        lower = wilson_lower(self.values - self.wrong, self.values)
        return lower, Decimal(1) - wilson_lower(self.wrong, self.values)


Observations = Mapping[Tier, Observed]


class Trust(NamedTuple):
    """How far each tier is trusted: what was observed of it, and the accuracy that is asked for (0 to 1)."""

    observed: Observations
    target: Decimal | None = None

    def confidence(self, tier: Tier) -> Decimal:
        """The lower end of the tier's interval."""
        return self.observed[tier].interval[0]

    def shortfall(self, tier: Tier) -> str:
        """Why values of a tier are not accepted unseen, with sample and interval; empty where they are."""
        if self.target is None or self.confidence(tier) >= self.target:
            return ""
        values, wrong = self.observed[tier]
        lower, upper = self.observed[tier].interval
        return (
            f"证据等级 {tier} 未达到所要求的准确率 {percent(self.target)}："
            f"观察 {values} 个值，错 {wrong} 个，95% 区间 {percent(lower)} 至 {percent(upper)}"
        )

    @property
    def accepted_share(self) -> Decimal:
        """The share of the observed values that is accepted unseen."""
        seen = sum(one.values for one in self.observed.values())
        accepted = sum(self.observed[tier].values for tier in ACCEPTING if not self.shortfall(tier))
        return (Decimal(accepted) / max(1, seen)).quantize(_PLACES)


def percent(share: Decimal) -> str:
    """A share as it is said: 99.5%."""
    return f"{(share * 100).normalize():f}%"


@cache
def wilson_lower(right: int, values: int) -> Decimal:
    """The lower end of the 95% Wilson interval of a share, four places; 0 where nothing was observed."""
    if not values:
        return Decimal(0)
    n, share, z2 = Decimal(values), Decimal(right) / values, _Z * _Z
    middle = share + z2 / (2 * n)
    spread = _Z * ((share * (1 - share) + z2 / (4 * n)) / n).sqrt()
    return max(Decimal(0), (middle - spread) / (1 + z2 / n)).quantize(_PLACES)


def observations_in(text: str) -> Observations:
    """A table of observations. Raises ValueError where it is none, or lacks a tier."""
    seen = tomllib.loads(text)
    try:
        found = {tier: Observed(int(seen[tier]["values"]), int(seen[tier]["wrong"])) for tier in Tier}
    except (KeyError, TypeError) as error:
        raise ValueError(f"no table of tiers: {error}") from error
    if any(not 0 <= one.wrong <= one.values for one in found.values()):
        raise ValueError("more wrong values than values")
    return found


def observations_out(found: Observations, where: str, command: str) -> str:
    """The table as a file, with a head that says where it comes from."""
    parts = [f"\n[{tier}]\nvalues = {found[tier].values}\nwrong = {found[tier].wrong}\n" for tier in Tier]
    return _HEAD.format(where=where, command=command) + "".join(parts)


@cache
def observed_on_golden() -> Observations:
    """What was observed on the golden documents, as it is installed."""
    text = resources.files("extractors.checking").joinpath("tiers.toml").read_text(encoding="utf-8")
    return observations_in(text)
