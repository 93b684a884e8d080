"""A port that leads to a store by way of this process, which counts what passes and breaks when it is told."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self


class Relay:
    """A port that leads to another one of this machine, counts what passes, and can break.

    Above `most_up` bytes to the store or `most_down` from it, it ends all connections and takes no more, like a line
    that is cut; or, when it `holds`, lets nothing pass any more. `edit` changes what goes to the store.
    """

    def __init__(self, target: int, edit: Callable[[bytes], bytes] = bytes) -> None:
        self.target = target
        self.edit = edit
        self.lock = threading.Lock()
        self.stopped = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.open: list[socket.socket] = []
        self.passes()

    def passes(self, most_up: float = float("inf"), most_down: float = float("inf"), holds: bool = False) -> None:
        """Begins to count anew, and passes on as much as that."""
        self.cut()
        with self.lock:
            self.up = self.down = 0
            self.most_up, self.most_down, self.holds = most_up, most_down, holds
            self.stopped.clear()

    def __enter__(self) -> Self:
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A thread that waits for a connection is woken by this alone.
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.cut()

    def cut(self) -> None:
        """Ends every connection that is open."""
        with self.lock:
            ended, self.open = self.open, []
        for each in ended:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def accept(self) -> None:
        """Takes connections until the port is closed."""
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                if self.stopped.is_set() and not self.holds:
                    client.close()
                    continue
                try:
                    server = socket.create_connection(("127.0.0.1", self.target))
                except OSError:
                    client.close()
                    continue
                with self.lock:
                    self.open += [client, server]
                for words in ((client, server, True), (server, client, False)):
                    threading.Thread(target=self.pass_on, args=words, daemon=True).start()

    def pass_on(self, source: socket.socket, target: socket.socket, upwards: bool) -> None:
        """Hands on what comes, until no more does or it was enough."""
        with suppress(OSError):
            while data := source.recv(16384):
                if not self.may_pass(len(data), upwards):
                    return
                target.sendall(self.edit(data) if upwards else data)
            target.shutdown(socket.SHUT_WR)

    def may_pass(self, count: int, upwards: bool) -> bool:
        """Counts; and breaks where that is too much."""
        with self.lock:
            self.up += count if upwards else 0
            self.down += 0 if upwards else count
            enough = self.up > self.most_up or self.down > self.most_down
        if enough:
            self.stopped.set()
            if not self.holds:
                self.cut()
        return not enough


def years_ago(data: bytes) -> bytes:
    """A request as a machine sends it whose clock is wrong."""
    return re.sub(rb"(?i)(x-amz-date: *)\d{8}", rb"\g<1>20200101", data)
