"""The Java object that all calls go to, as Python sees it."""

from __future__ import annotations

from typing import Protocol

__all__ = ["VERSION", "Door"]

VERSION = 1


class Door(Protocol):
    """The one Java class that this package talks to (``dev.tidepool.bridge.Door``); only str and int cross."""

    def call(self, operation: str, arguments: str) -> str:
        """Carry out one operation: JSON in, an envelope in JSON out. Never raises."""

    def ping(self, value: int) -> int:
        """Answer the value."""

    def version(self) -> int:
        """Give the version of the door."""
