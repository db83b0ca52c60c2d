"""Garbage in cycles is looked for seldom, yet it is, in every process that reads."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from service import cli
from service.garbage import OBJECTS_BETWEEN_LOOKS, collect_seldom
from service.jobs.processes import Processes


class Node:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    threshold = gc.get_threshold()
    yield
    gc.set_threshold(*threshold)


def looks_while_made(count: int) -> int:
    """How often the collector looks at the young while so many objects are made that stay."""
    looks = 0

    def seen(phase: str, info: dict[str, int]) -> None:
        nonlocal looks
        looks += phase == "start"

    gc.collect()
    gc.callbacks.append(seen)
    try:
        kept = [[number] for number in range(count)]
    finally:
        gc.callbacks.remove(seen)
    assert len(kept) == count
    return looks


def test_a_document_is_read_without_a_look() -> None:
    collect_seldom()
    assert looks_while_made(OBJECTS_BETWEEN_LOOKS // 2) == 0


def test_a_cycle_is_freed_after_as_many_objects() -> None:
    collect_seldom()
    gone = weakref.ref(Node())
    assert gone() is not None
    assert looks_while_made(2 * OBJECTS_BETWEEN_LOOKS) >= 1
    assert gone() is None


def test_the_command_line_collects_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[int] = []
    monkeypatch.setattr(cli, "commands", lambda: found.append(gc.get_threshold()[0]))
    cli.main()
    assert found == [OBJECTS_BETWEEN_LOOKS]


def test_so_do_the_readers_of_the_server() -> None:
    processes = Processes(1)
    try:
        assert processes.run(gc.get_threshold)[0] == OBJECTS_BETWEEN_LOOKS
    finally:
        processes.close()
