"""The Java core as nodes and routes use it: never on the event loop, always on the same few threads."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from . import _bridge
from .failure import Failure
from .progress import Progress

__all__ = ["Service", "Settings"]

T = TypeVar("T")
Notify = Callable[[str, dict[str, Any]], None]

_LOG = logging.getLogger("tidepool")


@dataclass(frozen=True)
class Settings:
    """What the surroundings decide.

    Attributes:
        base: gives the folder of the pools, ``<ComfyUI input>/grid_pool``.
        temporary: gives a folder for uploads and archives on their way.
        notify: sends an event with its data to every open page; callable from any thread.
        connected: says whether any page is open.
        models: gives what ComfyUI knows of these node types and of its folders of models; see ``model_facts``.
        user: names the user of a request's headers, or raises ``KeyError`` for an unknown one.
        image_bytes: the largest image or mask that is taken.
        archive_bytes: the largest archive, and the largest request as a whole.
        json_bytes: the largest JSON body.
        watch_seconds: how often changes made by others are looked for.
    """

    base: Callable[[], Path]
    temporary: Callable[[], Path]
    notify: Notify
    connected: Callable[[], bool] = lambda: True
    models: Callable[[set[str]], dict[str, Any]] = lambda types: {"nodes": {}, "folders": []}  # noqa: ARG005
    user: Callable[[Any], str] = lambda request: "default"  # noqa: ARG005
    image_bytes: int = 100 * 2**20
    archive_bytes: int = 16 * 2**30
    json_bytes: int = 16 * 2**20
    watch_seconds: float = 1.0


class Service:
    """Carries out the core's operations.

    Quick operations and long ones have threads of their own, so that an export delays no listing. The threads
    live as long as the process, for each one that calls Java costs something. Safe for use by any thread.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._quick = ThreadPoolExecutor(4, "tidepool")
        self._long = ThreadPoolExecutor(2, "tidepool-long")
        self._lock = threading.Lock()
        self._told = False

    def warm_up(self) -> Future[None]:
        """Start the core in the background; a failure is logged once and shown by whatever needs the core."""
        return self._quick.submit(self._start)

    async def ask(self, operation: str, /, **arguments: object) -> Any:  # noqa: ANN401 - JSON
        """Carry out an operation on the base from the event loop; raises ``Failure``."""
        return await asyncio.wrap_future(self._quick.submit(self._request, operation, arguments))

    async def ask_long(self, operation: str, token: str | None = None, /, **arguments: object) -> Any:  # noqa: ANN401
        """Carry out an operation that may take seconds; pages hear of its progress under the token."""
        progress = None if token is None else Progress(self.notify, token)
        return await asyncio.wrap_future(self._long.submit(self._request, operation, arguments, progress))

    async def ask_text(self, operation: str, /, **arguments: object) -> tuple[Any, str]:
        """Carry out an operation and give its answer also as JSON text, which is written off the event loop."""

        def work() -> tuple[Any, str]:
            answer = self._request(operation, arguments)
            return answer, json.dumps(answer)

        return await asyncio.wrap_future(self._quick.submit(work))

    def request(self, operation: str, /, **arguments: object) -> Any:  # noqa: ANN401 - JSON
        """Carry out an operation from a thread that may wait; raises ``Failure``."""
        return self._quick.submit(self._request, operation, arguments).result()

    async def work(self, task: Callable[[], T]) -> T:
        """Do something that waits for the disk off the event loop."""
        return await asyncio.wrap_future(self._quick.submit(task))

    async def work_long(self, task: Callable[[], T]) -> T:
        """Do something that may take seconds off the event loop."""
        return await asyncio.wrap_future(self._long.submit(task))

    def carry_out(self, operation: str, /, **arguments: object) -> Any:  # noqa: ANN401 - JSON
        """Carry out an operation on the calling thread, one of this service's; raises ``Failure``."""
        return self._request(operation, arguments)

    def notify(self, event: str, data: dict[str, Any]) -> None:
        """Send an event to every open page."""
        self.settings.notify(event, data)

    def close(self) -> None:
        """Let the threads end once they are done."""
        self._quick.shutdown(wait=False, cancel_futures=True)
        self._long.shutdown(wait=False, cancel_futures=True)

    def _start(self) -> None:
        try:
            self._core()
        except Failure as failure:
            with self._lock:
                if not self._told:
                    self._told = True
                    _LOG.error("Tidepool cannot run: %s", failure)

    def _request(self, operation: str, arguments: dict[str, object], progress: Progress | None = None) -> Any:  # noqa: ANN401
        bridge, core = self._core()
        try:
            return core.request(operation, progress, base=str(self.settings.base()), **arguments)
        except bridge.TidepoolError as error:
            raise _failure(error) from error

    @staticmethod
    def _core() -> tuple[Any, Any]:
        bridge = _bridge.load()
        try:
            return bridge, bridge.core()
        except bridge.TidepoolError as error:
            raise _failure(error) from error


def _failure(error: Any) -> Failure:  # noqa: ANN401 - the bridge is loaded at run time
    return Failure(error.code, error.message, *error.hints, status=error.status)
