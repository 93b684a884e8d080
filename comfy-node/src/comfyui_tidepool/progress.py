"""Tells pages how far a long operation is."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

__all__ = ["PROGRESS", "Progress"]

PROGRESS = "tidepool.progress"
_SECONDS_BETWEEN = 0.1


class Progress:
    """Called with bytes done and bytes in all; sends that on, but ten times a second at most, and the end."""

    def __init__(self, notify: Callable[[str, dict[str, Any]], None], token: str) -> None:
        self._notify = notify
        self._token = token
        self._told = 0.0

    def __call__(self, done: int, total: int) -> None:
        """Hear of the progress."""
        now = time.monotonic()
        if done >= total or now - self._told >= _SECONDS_BETWEEN:
            self._told = now
            self._notify(PROGRESS, {"token": self._token, "done": done, "total": total})
