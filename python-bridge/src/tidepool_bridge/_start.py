"""Starts the core inside this process: once, from any thread, and never at the process's expense.

Two daemon threads live for as long as the process:

* ``tidepool-jvm`` creates the JVM and lets Jep adopt this interpreter. Jep keeps the adopting thread, so it
  never comes back from Java (when all goes well);
* ``tidepool-events`` receives the door and then waits for log lines and progress.

Neither is a caller's thread, so a caller may be short-lived, and an interrupt (``KeyboardInterrupt``) during the
start hits only the waiting: the next ``core()`` waits on.

A fork copies the memory of Java but none of its threads, so Java cannot run in the child: everything that would
enter it raises ``BridgeUnavailable`` there.
"""

from __future__ import annotations

import atexit
import gc
import os
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from . import _machine
from ._core import Core
from ._errors import BridgeUnavailable
from ._events import EventPump
from ._find import Jep, find_jar, find_jep
from ._interpreter import Settings, command_line
from ._threads import Threads

if TYPE_CHECKING:
    from pathlib import Path

    from ._door import Door
    from ._jni import VirtualMachine

__all__ = ["core"]

_FORKED = (
    "This process was forked from one that runs Java, where Java cannot run",
    'Start it with multiprocessing\'s "spawn" method, or call Tidepool in the parent',
)
_EXIT_SECONDS = 5.0


class _Launch:
    """The one start of this process."""

    def __init__(self) -> None:
        self._done = threading.Event()
        self._machine_known = threading.Event()
        self._machine: VirtualMachine | None = None
        self._embedding = 0
        self._settings: Settings | None = None
        self._failure: BridgeUnavailable | None = None
        self._core: Core | None = None
        self.door: Door | None = None
        self._events = threading.Thread(target=self._run, name="tidepool-events", daemon=True)

    def begin(self) -> None:
        atexit.register(self._end)
        self._events.start()

    def core(self) -> Core:
        if self._core is None:
            self._done.wait()
        if self._failure is not None:
            raise BridgeUnavailable(self._failure.message, *self._failure.hints)
        assert self._core is not None
        return self._core

    def forked(self) -> None:
        """Make everything that would enter Java fail: this is a forked child."""
        Threads.forked = True
        if self._core is not None:
            self._core.close(BridgeUnavailable(*_FORKED))
        self._failure = BridgeUnavailable(*_FORKED)
        self._done.set()

    def _run(self) -> None:
        try:
            self._core, pump = self._start()
        except BridgeUnavailable as failure:
            self._failure = failure
        except Exception as failure:
            self._failure = BridgeUnavailable(f"Java could not be started: {failure}")
        self._done.set()
        if self._failure is None:
            pump.run()

    def _start(self) -> tuple[Core, EventPump]:
        jar, jep = find_jar(), find_jep()
        if _state.forked and _machine.running() is not None:
            raise BridgeUnavailable(*_FORKED)
        threading.Thread(target=self._adopt, args=(jar, jep), name="tidepool-jvm", daemon=True).start()
        self._machine_known.wait()
        if self._failure is not None:
            raise self._failure
        assert self._machine is not None
        threads = Threads(self._machine)
        threads.enter()
        door = self._receive_door(self._machine)
        pump = EventPump()
        core = Core(door, threads, pump)
        pump.serve(core)
        return core, pump

    def _adopt(self, jar: Path, jep: Jep) -> None:
        """Run Jep's main thread. It keeps the interpreter's lock until Jep itself lets go of it."""
        try:
            self._machine = _machine.start(jar, jep)
            environment = self._machine.attach()
            embedding_class = _machine.load_embedding(environment, jar, jep)
            self._embedding = environment.new(embedding_class, "()V")
            library = environment.string(str(jep.library))
            line = command_line()
            executable, arguments = environment.string(line[0]), environment.strings(line)
            self._settings = Settings()
        except BridgeUnavailable as failure:
            self._failure = failure
            return
        except Exception as failure:
            self._failure = BridgeUnavailable(f"Java could not be started: {failure}")
            return
        finally:
            self._machine_known.set()
        signature = "(Ljava/lang/String;Ljava/lang/String;[Ljava/lang/String;)V"
        environment.call_holding_lock(self._embedding, "adopt", signature, library, executable, arguments)

    def _receive_door(self, machine: VirtualMachine) -> Door:
        environment = machine.attach()
        assert self._settings is not None
        reason = environment.call(self._embedding, "adopted", "()Ljava/lang/String;")
        self._settings.restore()
        if reason is None:
            with _quiet():
                signature = "(Ljava/lang/String;)Ljava/lang/String;"
                module = environment.string(__name__)
                reason = environment.call(self._embedding, "handOver", signature, module)
        if reason is not None:
            raise BridgeUnavailable(f"Jep did not adopt this Python: {environment.text(reason)}")
        assert self.door is not None
        return self.door

    def _end(self) -> None:
        """Let the events thread finish before the interpreter is taken apart."""
        if Threads.forked or not self._done.wait(_EXIT_SECONDS) or self._core is None:
            return
        self._core.request("events.close")
        self._events.join(_EXIT_SECONDS)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep warnings and garbage collection out of the hand-over.

    Jep's types lack ``__module__``, of which CPython warns. Under ``-W error`` that is an exception, on which Jep
    gives up without letting go of the interpreter's lock. And Jep collects garbage when it ends the hand-over,
    which takes long in a large process and is not needed.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "builtin type PyJ", DeprecationWarning)
            yield
    finally:
        if collecting:
            gc.enable()


class _State:
    """What this process knows of its core."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.launch: _Launch | None = None
        self.forked = False


_state = _State()


def core() -> Core:
    """Give the core of this process; the first call starts it, which takes some 0.2 seconds.

    May be called from any thread, any number of times. Raises:
        BridgeUnavailable: it cannot run here; the message says why, the hints say what to do. Later calls
            raise the same, and the process goes on.
    """
    launch = _state.launch
    if launch is None:
        with _state.lock:
            launch = _state.launch
            if launch is None:
                launch = _Launch()
                launch.begin()
                _state.launch = launch
    return launch.core()


def receive(door: Door) -> None:
    """Take the door. The Java side calls this, once."""
    assert _state.launch is not None
    _state.launch.door = door


def _after_fork() -> None:
    _state.lock = threading.Lock()
    _state.forked = True
    if _state.launch is not None:
        _state.launch.forked()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
