"""Which thing of the reading is meant to be which thing of the truth."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Item = Mapping[str, Any]
"""One object of a truth or an extraction, as JSON."""

NOTHING: Item = {}

_ALIKE_ENOUGH = 0.45


def paired(
    truths: Sequence[Item], readings: Sequence[Item], likeness: Callable[[Item, Item], float]
) -> list[tuple[Item, Item | None]]:
    """Each truth with the reading most like it, the likeliest pairs first, each reading used once.

    A truth that nothing is like enough goes with None.
    """
    candidates = [
        (likeness(truth, reading), i, j)
        for i, truth in enumerate(truths)
        for j, reading in enumerate(readings)
    ]
    chosen: dict[int, int] = {}
    for score, i, j in sorted(candidates, key=lambda candidate: -candidate[0]):
        if score > _ALIKE_ENOUGH and i not in chosen and j not in chosen.values():
            chosen[i] = j
    return [(truth, readings[chosen[i]] if i in chosen else None) for i, truth in enumerate(truths)]
