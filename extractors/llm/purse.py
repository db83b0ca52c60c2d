"""The money that one reading may spend. What a call may cost at most is laid aside before it is sent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal

from extractors.model.errors import BudgetSpent

UNKNOWN_PRICE = "模型价格未知，无法保证不超出"


def too_little(left: Decimal, most: Decimal) -> str:
    """Why a call is not made, in words."""
    return f"还剩 {left}，一次调用最多 {most}"


class Purse:
    """A budget of one event loop, in the currency of the model's price."""

    def __init__(self, budget: Decimal) -> None:
        self._budget = budget
        self._left = budget
        self._aside: dict[object, Decimal] = {}
        self._changed = asyncio.Condition()

    @asynccontextmanager
    async def laying_aside(self, most: Decimal | None) -> AsyncIterator["Bill"]:
        """Waits until there is room for the call; the bill takes what it really cost.

        Raises `BudgetSpent` where there will be none, or where nobody knows the price (`most` is None).
        """
        if most is None:
            raise self._spent(UNKNOWN_PRICE)
        bill = Bill(most)
        async with self._changed:
            while most > self._left - sum(self._aside.values()):
                if not self._aside:
                    raise self._spent(too_little(self._left, most))
                await self._changed.wait()
            self._aside[bill] = most
        try:
            yield bill
        finally:
            async with self._changed:
                del self._aside[bill]
                self._left -= bill.cost
                self._changed.notify_all()

    def _spent(self, reason: str) -> BudgetSpent:
        return BudgetSpent(budget=self._budget, setting="YUSUAN_LLM_BUDGET", reason=reason)


class Bill:
    """What a call cost; until it is known, all that was laid aside."""

    def __init__(self, most: Decimal) -> None:
        self.most = most
        self.cost = most
