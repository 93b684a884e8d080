"""Brings Java's log lines and progress to Python, on one thread that waits inside Java.

Waiting costs nothing: the thread is in Java, without Python's interpreter lock. Before the interpreter is taken
apart, ``_start`` closes Java's queue, so the thread delivers what is left and ends; a thread still in Java then
would come back to an interpreter that is gone.
"""

from __future__ import annotations

import itertools
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._core import Core

__all__ = ["EventPump", "Progress"]

Progress = Callable[[int, int], object]
"""Called with units done and units in all (bytes, mostly; 0 while unknown), on the events thread."""

_JAVA_ROOT = "dev.tidepool"
_LOG = logging.getLogger("tidepool")
_WAIT_MS = 5000
_LAST_WORD_SECONDS = 2.0


class _Listener:
    """Who follows one operation."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.finished = threading.Event()

    def hear(self, done: int, total: int, finished: bool) -> None:
        try:
            self._progress(done, total)
        except Exception:
            _LOG.exception("A progress callback failed")
        if finished:
            self.finished.set()


class EventPump:
    """Delivers events to loggers below ``tidepool`` and to the callbacks of running operations."""

    def __init__(self) -> None:
        self._core: Core | None = None
        self._thread: threading.Thread | None = None
        self._tokens = itertools.count(1)
        self._listeners: dict[str, _Listener] = {}

    def serve(self, core: Core) -> None:
        """Say whose events these are."""
        self._core = core

    def run(self) -> None:
        """Deliver events until the queue is closed."""
        assert self._core is not None
        self._thread = threading.current_thread()
        closed = False
        while not closed:
            level = logging.getLevelName(_LOG.getEffectiveLevel())
            batch: dict[str, Any] = self._core.request("events.take", timeout_ms=_WAIT_MS, level=level)
            closed = batch["closed"]
            for event in batch["events"]:
                self._deliver(event)

    @contextmanager
    def follow(self, progress: Progress) -> Iterator[str]:
        """Let a callback hear of one operation; gives the token, and waits for the last word after a success."""
        token = str(next(self._tokens))
        listener = self._listeners[token] = _Listener(progress)
        try:
            yield token
            # A callback that asks for work with progress would otherwise wait for itself.
            if threading.current_thread() is not self._thread:
                listener.finished.wait(_LAST_WORD_SECONDS)
        finally:
            del self._listeners[token]

    def _deliver(self, event: dict[str, Any]) -> None:
        if event["type"] == "log":
            name = event["logger"].replace(_JAVA_ROOT, "tidepool", 1)
            level = logging.getLevelNamesMapping().get(event["level"], logging.INFO)
            logging.getLogger(name).log(level, "%s", event["message"])
        elif event["type"] == "progress":
            listener = self._listeners.get(event["token"])
            if listener is not None:
                listener.hear(event["done"], event["total"], event["finished"])
