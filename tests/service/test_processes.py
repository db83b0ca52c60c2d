"""Work in child processes: results, errors, and the death of a child."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from extractors.model.errors import TooManyPages
from service.jobs.errors import ReaderCrashed
from service.jobs.processes import Processes


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(mark: Path) -> str:
    """As when the child of another document takes this one's along."""
    if not mark.exists():
        mark.touch()
        die()
    return "done"


def refuse() -> None:
    raise TooManyPages(name="a.pdf", pages=9, limit=3)


@pytest.fixture
def two() -> Iterator[Processes]:
    processes = Processes(2)
    yield processes
    processes.close()


def test_work_is_done_elsewhere_from_any_thread(two: Processes) -> None:
    with ThreadPoolExecutor(4) as threads:
        pids = set(threads.map(lambda _: two.run(os.getpid), range(20)))
    assert os.getpid() not in pids


def test_an_error_of_ours_comes_back_with_its_details(two: Processes) -> None:
    with pytest.raises(TooManyPages) as raised:
        two.run(refuse)
    assert raised.value.details == {"name": "a.pdf", "pages": 9, "limit": 3}


def test_a_dead_child_is_an_error_and_the_next_work_is_done(two: Processes) -> None:
    with pytest.raises(ReaderCrashed):
        two.run(die)
    assert two.run(abs, -1) == 1


def test_work_that_went_down_with_another_is_done_again(two: Processes, tmp_path: Path) -> None:
    assert two.run(die_once, tmp_path / "mark") == "done"
