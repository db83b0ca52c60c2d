"""When a reading process looks for cycles of garbage (docs/decisions/0003)."""

import gc

OBJECTS_BETWEEN_LOOKS = 50_000


def collect_seldom() -> None:
    """Sets this process's cyclic collector to look after every 50,000 new objects that stay, not 700.

    For every process that reads documents, before it reads. What is in no cycle is freed at once as ever.
    """
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS)
