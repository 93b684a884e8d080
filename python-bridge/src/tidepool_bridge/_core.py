"""The core as Python programs use it."""

from __future__ import annotations

import ctypes
import json
from typing import TYPE_CHECKING, Any, NoReturn

from ._door import VERSION, Door
from ._errors import BridgeUnavailable, TidepoolError

if TYPE_CHECKING:
    from ._events import EventPump, Progress
    from ._threads import Threads

__all__ = ["Core"]


class Core:
    """The Java core of this process. Safe for use by any number of threads; Java runs without the interpreter lock.

    Get it from ``tidepool_bridge.core()``.
    """

    def __init__(self, door: Door, threads: Threads, pump: EventPump) -> None:
        self._call = door.call
        self._ping = door.ping
        self._threads = threads
        self._here = threads.here
        self._pump = pump
        for kept in (door, self._call, self._ping):
            # Jep enters Java to free such an object, which must not happen in a forked child.
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(kept))
        if door.version() != VERSION:
            raise BridgeUnavailable(
                f"The Java core speaks version {door.version()} of the bridge, this package version {VERSION}",
                "Install both from one release",
            )

    def ping(self, value: int = 0) -> int:
        """Cross to Java and back with a whole number of 64 bits: the cost of a call."""
        try:
            self._here.attachment  # noqa: B018 - asks whether it is there
        except AttributeError:
            self._threads.enter()
        return self._ping(value)

    def request(self, operation: str, **arguments: object) -> Any:  # noqa: ANN401 - JSON
        """Carry out one operation by name; arguments and answer are plain JSON values.

        Raises:
            TidepoolError: as the operation says.
            BridgeUnavailable: in a forked child.
        """
        text = json.dumps(arguments)
        try:
            self._here.attachment  # noqa: B018 - asks whether it is there
        except AttributeError:
            self._threads.enter()
        answer = json.loads(self._call(operation, text))
        if "error" in answer:
            error = answer["error"]
            raise TidepoolError(error["code"], error["message"], tuple(error["hints"]), error["status"])
        return answer["ok"]

    def request_with_progress(
        self, operation: str, progress: Progress | None, **arguments: object
    ) -> Any:  # noqa: ANN401 - JSON
        """Like ``request``; calls ``progress`` meanwhile, the last time before this returns."""
        if progress is None:
            return self.request(operation, **arguments)
        token = self._pump.follow(progress)
        succeeded = False
        try:
            answer = self.request(operation, token=token, **arguments)
            succeeded = True
            return answer
        finally:
            self._pump.release(token, succeeded=succeeded)

    def close(self, reason: BridgeUnavailable) -> None:
        """Let every later call fail for that reason."""

        def refuse(*_: object) -> NoReturn:
            raise BridgeUnavailable(reason.message, *reason.hints)

        self._call = self._ping = refuse
