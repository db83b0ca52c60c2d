"""What tokens cost: the operator's own table first, then genai-prices, else nobody knows; never 0 for that.

genai-prices (MIT) carries its table in the package and is not asked to update it: nothing is fetched.
"""

import importlib
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Money = Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]

_MILLION = 1_000_000
_SAMPLE = 1_000  # few enough tokens for the lowest step of a price that rises with the length


class Price(BaseModel):
    """Money for a million tokens. `cached` is for input that the provider had in its cache; None: as `input`.

    `source` says where that is written, `since` from when it holds.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    currency: str = Field(pattern=r"^[A-Z]{3}$")
    input: Money
    output: Money
    cached: Money | None = None
    source: str = Field(min_length=1)
    since: date | None = None

    def of(self, input_tokens: int, output_tokens: int, cached_tokens: int = 0) -> Decimal:
        """What that many tokens cost; the cached ones are among the input."""
        cached = self.input if self.cached is None else self.cached
        fresh = input_tokens - cached_tokens
        return (fresh * self.input + cached_tokens * cached + output_tokens * self.output) / _MILLION


class ListedPrice(Price):
    """A line of the operator's own table: the models it is for, as a pattern (`qwen-plus*`)."""

    match: str = Field(min_length=1)

    @property
    def price(self) -> Price:
        """The price alone."""
        return Price(**self.model_dump(exclude={"match"}))


def price_of(model: str, own: Sequence[ListedPrice], provider: str | None, when: datetime) -> Price | None:
    """The price of a model at a moment (with its zone); `provider` is its name in genai-prices, if any.

    Of several lines of the own table the newest that holds by then counts.
    """
    listed = [line for line in own if fnmatchcase(model, line.match) and _holds(line, when)]
    if listed:
        return max(listed, key=lambda line: line.since or date.min).price
    return _published(model, provider, when) if provider else None


def _holds(line: ListedPrice, when: datetime) -> bool:
    return line.since is None or line.since <= when.date()


def _published(model: str, provider: str, when: datetime) -> Price | None:
    """The price that genai-prices knows of, in US dollars; None where it knows none."""
    published: Any = importlib.import_module("genai_prices")

    def cost_of(**tokens: int) -> Decimal:
        usage = published.Usage(**tokens)
        found = published.calc_price(usage, model, provider_id=provider, genai_request_timestamp=when)
        return Decimal(found.total_price) * _MILLION / _SAMPLE

    try:
        return Price(
            currency="USD",
            input=cost_of(input_tokens=_SAMPLE),
            cached=cost_of(input_tokens=_SAMPLE, cache_read_tokens=_SAMPLE),
            output=cost_of(output_tokens=_SAMPLE),
            source=f"genai-prices: {provider}",
        )
    except LookupError:
        return None
