"""The core as Python programs use it."""

from __future__ import annotations

import ctypes
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

from ._door import VERSION, Door
from ._errors import BridgeUnavailable, TidepoolError
from ._store import AnyPath, Store

if TYPE_CHECKING:
    from ._events import EventPump, Progress
    from ._threads import Threads

__all__ = ["Core"]


class Core:
    """The Java core of this process; get it from ``tidepool_bridge.core()``.

    Safe for use by any number of threads. While Java works, other Python threads run. An interrupt
    (``KeyboardInterrupt``) during a call is raised when the call is done.
    """

    def __init__(self, door: Door, threads: Threads, pump: EventPump) -> None:
        if door.version() != VERSION:
            raise BridgeUnavailable(
                f"The Java core speaks version {door.version()} of the bridge, this package version {VERSION}",
                "Install both from one release",
            )
        self._call: Callable[[str, str], str] = door.call
        self._ping: Callable[[int], int] = door.ping
        self._threads = threads
        self._here = threads.here
        self._pump = pump
        for kept in (door, self._call, self._ping):
            # Jep enters Java to free such an object, which must not happen in a forked child.
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(kept))

    def store(self, base: AnyPath) -> Store:
        """Give the profiles and pools of a base folder, which need not exist yet."""
        return Store(self, base)

    def ping(self, value: int = 0) -> int:
        """Cross to Java and back with a whole number of 64 bits: the cost of a call."""
        try:
            self._here.attachment  # noqa: B018 - asks whether it is there
        except AttributeError:
            self._threads.enter()
        return self._ping(value)

    def request(self, operation: str, progress: Progress | None = None, /, **arguments: object) -> Any:  # noqa: ANN401
        """Carry out one operation by name; arguments and answer are plain JSON values.

        ``progress`` is called meanwhile with units done and in all, the last time before this returns.

        Raises:
            TidepoolError: as the operation says.
            BridgeUnavailable: in a forked child.
        """
        if progress is None:
            return self._request(operation, arguments)
        with self._pump.follow(progress) as token:
            return self._request(operation, {"token": token, **arguments})

    def close(self, reason: BridgeUnavailable) -> None:
        """Let every later call fail for that reason."""

        def refuse(*_: object) -> NoReturn:
            raise BridgeUnavailable(reason.message, *reason.hints)

        self._call = self._ping = refuse

    def _request(self, operation: str, arguments: dict[str, object]) -> Any:  # noqa: ANN401 - JSON
        text = json.dumps(arguments)
        try:
            self._here.attachment  # noqa: B018 - asks whether it is there
        except AttributeError:
            self._threads.enter()
        answer = json.loads(self._call(operation, text))
        if "error" in answer:
            raise TidepoolError.of(answer["error"])
        return answer["ok"]
