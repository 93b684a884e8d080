"""Notices what others change on the disk: the command line, another ComfyUI, a hand in the folder."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from pathlib import Path

from .changes import Changes
from .failure import Failure
from .service import Service

__all__ = ["Watcher"]

_LOG = logging.getLogger("tidepool.watcher")
# A file that is written over in place shows in no folder's time: every so many rounds each file is looked at.
_THOROUGH = 5

Stamp = tuple[object, ...]


class Watcher:
    """Looks, while a page is open, once a second at the registry and at the pools that pages show.

    The core is asked only where something on the disk is not as it was. For use on one event loop.
    """

    def __init__(self, service: Service, changes: Changes) -> None:
        self._service = service
        self._changes = changes
        self._task: asyncio.Task[None] | None = None
        self._registry: Stamp | None = None
        self._pools: dict[tuple[str, bool], Stamp] = {}
        self._round = 0

    def start(self) -> None:
        """Begin to look."""
        self._task = asyncio.get_running_loop().create_task(self._watch(), name="tidepool-watcher")

    async def stop(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def look(self) -> None:
        """Look once, and tell pages what changed."""
        if not self._service.settings.connected():
            self._changes.forget()
            self._pools.clear()
            if self._registry is not None:
                return
        self._round += 1
        base, ids = self._service.settings.base(), self._changes.pools
        thorough = self._round % _THOROUGH == 0
        registry, pools = await self._service.work(lambda: _look(base, ids, thorough))
        if self._registry not in (None, registry):
            self._changes.profiles()
        self._registry = registry
        self._pools = {key: stamp for key, stamp in self._pools.items() if key[0] in pools}
        for pool, stamp in pools.items():
            key = (pool, thorough)
            if self._pools.get(key) != stamp:
                self._pools[key] = stamp
                self._changes.noticed(await self._service.ask("pool.get", id=pool))

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._service.settings.watch_seconds)
            try:
                await self.look()
            except Failure as failure:
                _LOG.debug("looking failed: %s", failure)
            except Exception:
                _LOG.exception("looking failed by a bug")


def _look(base: Path, ids: list[str], thorough: bool) -> tuple[Stamp, dict[str, Stamp]]:
    pools = {}
    for pool in ids:
        folder = base / pool
        stamp: Stamp = (_stamp(folder), _stamp(folder / "pool.json"), _stamp(folder / "masks"))
        if thorough:
            stamp += (_files(folder), _files(folder / "masks"))
        pools[pool] = stamp
    return _stamp(base / "profiles.json"), pools


def _stamp(path: Path) -> Stamp:
    try:
        seen = path.stat()
    except OSError:
        return ()
    return (seen.st_mtime_ns, seen.st_size, seen.st_ino)


def _files(folder: Path) -> int:
    """Give a number that changes with the size and time of any file in a folder."""
    try:
        with os.scandir(folder) as entries:
            return hash(frozenset((entry.name, *_entry(entry)) for entry in entries))
    except OSError:
        return 0


def _entry(entry: os.DirEntry[str]) -> tuple[int, int]:
    try:
        seen = entry.stat(follow_symlinks=False)
    except OSError:
        return (0, 0)
    return (seen.st_mtime_ns, seen.st_size)
