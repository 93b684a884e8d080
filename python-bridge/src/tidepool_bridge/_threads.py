"""Keeps memory flat however many Python threads call Java.

A thread must be attached to the JVM while it calls Java. Jep attaches a thread at its first call and never
detaches it, so that each thread that ends leaves a Java thread object, its stack bookkeeping and its native
handles behind. Two cures were weighed:

* hand the calls of unknown threads to a few threads that live on. It bounds the number of attached threads, but
  each call then waits for two thread switches (some 30 us instead of 0.5 us), concurrent calls queue up behind
  the pool's size, and a slow export blocks a quick lookup;
* let each thread detach itself when it ends. A call pays one thread-local lookup (about 30 ns); the first call
  of a thread pays for attaching, as with Jep alone.

The second is done here. CPython drops a thread's local values on that very thread, while it ends and still may
run Python code; dropping the ``_Attachment`` detaches it. Exempt are the main thread, which lasts as long as
the process, and threads that were attached before by someone else, whose business that is.
"""

from __future__ import annotations

import threading
from typing import Final

from ._jni import VirtualMachine

__all__ = ["Threads"]


class _Attachment:
    """Lives as long as its thread."""

    __slots__ = ("_machine", "_thread")

    def __init__(self, machine: VirtualMachine | None) -> None:
        self._machine = machine
        self._thread = threading.get_ident()

    def __del__(self) -> None:
        # Another thread drops it when the interpreter ends or after a fork: then there is nothing to detach.
        if self._machine is not None and self._thread == threading.get_ident() and not Threads.forked:
            self._machine.detach()


class Threads:
    """Attaches each thread that calls Java once, and detaches it when it ends."""

    forked = False

    def __init__(self, machine: VirtualMachine) -> None:
        self._machine = machine
        self.here: Final = threading.local()

    def enter(self) -> None:
        """Attach the calling thread. Threads that have ``here.attachment`` need not call this."""
        if Threads.forked:
            # Attaching would wait for threads of the JVM that were not copied; the call itself says what is wrong.
            return
        borrowed = threading.get_ident() == threading.main_thread().ident or self._machine.attached()
        self._machine.attach()
        self.here.attachment = _Attachment(None if borrowed else self._machine)
