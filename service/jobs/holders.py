"""Who works on something that others must leave alone meanwhile, and whether they still do."""

import os
import secrets
import socket
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Holder:
    """A process, or a part of one. The token tells it from an earlier one with the same number.

    In containers the number is always 1.
    """

    host: str = field(default_factory=socket.gethostname)
    pid: int = field(default_factory=os.getpid)
    token: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def name(self) -> str:
        """As it is written down."""
        return f"{self.host}:{self.pid}:{self.token}"

    def is_gone(self, name: str) -> bool | None:
        """Whether another one works no more; None where that cannot be told from this machine.

        What this process wrote down under another token is of an earlier process, or done with.
        """
        if name == self.name:
            return False
        host, _, rest = name.partition(":")
        pid, _, _ = rest.partition(":")
        if host != self.host or not pid.isdecimal():
            return None
        return int(pid) == os.getpid() or not _is_alive(int(pid))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
