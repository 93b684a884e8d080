"""Tells open pages what changed, and remembers what they were told."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from .service import Service

__all__ = ["POOL_CHANGED", "PROFILES_CHANGED", "Changes"]

POOL_CHANGED = "tidepool.pool.changed"
PROFILES_CHANGED = "tidepool.profiles.changed"
_MOST_POOLS = 64


class Changes:
    """The pools that pages look at, each with the revision they know. For use on the event loop only."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._known: OrderedDict[str, str] = OrderedDict()

    @property
    def pools(self) -> list[str]:
        """The pools that pages asked for lately."""
        return [*self._known]

    def shown(self, pool: dict[str, Any]) -> None:
        """Note that a page was given this pool."""
        self._known[pool["id"]] = pool["revision"]
        self._known.move_to_end(pool["id"])
        while len(self._known) > _MOST_POOLS:
            self._known.popitem(last=False)

    def pool(self, pool: dict[str, Any]) -> None:
        """Tell every page that a pool changed."""
        self.shown(pool)
        images = len(pool["slots"])
        self._service.notify(POOL_CHANGED, {"id": pool["id"], "revision": pool["revision"], "images": images})

    def noticed(self, pool: dict[str, Any]) -> None:
        """Tell every page of a pool that may have changed, if it did."""
        if self._known.get(pool["id"], pool["revision"]) != pool["revision"]:
            self.pool(pool)

    def profiles(self) -> None:
        """Tell every page that the list of profiles changed."""
        self._service.notify(PROFILES_CHANGED, {})

    def forget(self) -> None:
        """Forget the pools: no page is open."""
        self._known.clear()
