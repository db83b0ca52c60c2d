"""What a file may weigh and how long it may be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds on one file: megabytes (of 1024 × 1024 bytes) and pages."""

    max_megabytes: int = 50
    max_pages: int = 800

    @property
    def max_bytes(self) -> int:
        """The bound on the size in bytes."""
        return self.max_megabytes * 1024 * 1024
