"""What holds for all tests: no network, no skipped test, one switch for golden files."""

import socket
from collections.abc import Generator, Iterator
from ipaddress import ip_address
from typing import Any

import pytest

UPDATE_GOLDEN = "--update-golden"


class NetworkInTests(RuntimeError):
    """A test tried to reach another machine. No OSError: nothing may mistake it for a bad connection."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The switch that writes golden files anew."""
    parser.addoption(
        UPDATE_GOLDEN,
        action="store_true",
        default=False,
        help="write golden/*/expected.json anew; the run fails, so that somebody reads the diff",
    )


def _is_loopback(address: object) -> bool:
    """Whether a socket address (host, port, …) stays on this machine; a path of a Unix socket does."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in ("", "localhost"):
        return True
    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Refuses connections to other machines, and looking up their names."""
    lookup = socket.getaddrinfo

    def guarded(name: str) -> Any:
        connect = getattr(socket.socket, name)

        def to_loopback_only(self: socket.socket, address: object) -> Any:
            if not _is_loopback(address):
                raise NetworkInTests(f"tests may not reach {address!r}; replay a recorded answer instead")
            return connect(self, address)

        return to_loopback_only

    def lookup_here_only(host: bytes | str | None, *arguments: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not _is_loopback((name,)):
            raise NetworkInTests(f"tests may not look up {name!r}; replay a recorded answer instead")
        return lookup(host, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, guarded(name))
        patch.setattr(socket, "getaddrinfo", lookup_here_only)
        yield


_SKIPPED = "skipped: no test of this project is skipped. What cannot run everywhere gets a target of its own"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skipped test is a failed one."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{_SKIPPED}\n{report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A module that skips itself has failed."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{_SKIPPED}\n{report.longrepr}"
    return report
