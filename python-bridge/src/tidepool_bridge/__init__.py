"""Tidepool's Java core inside this Python process.

    store = tidepool_bridge.core().store("/path/to/ComfyUI/input/grid_pool")
    portraits = store.profiles.create("Portraits")
    store.pools.add(portraits.id, {"cat.png": "/home/me/cat.png"})

``core()`` starts the core once, from any thread. When it cannot (no Java, say) it raises ``BridgeUnavailable``
with the reason and the fix, and the process goes on. What a user can meet is a ``TidepoolError``. Java's log
lines arrive at the loggers below ``tidepool``.
"""

from ._core import Core
from ._errors import BridgeUnavailable, TidepoolError
from ._events import Progress
from ._start import core
from ._store import Pools, Profiles, Store
from ._values import Addition, Export, Picked, Pool, Profile, Refusal, Slot

__all__ = [
    "Addition",
    "BridgeUnavailable",
    "Core",
    "Export",
    "Picked",
    "Pool",
    "Pools",
    "Profile",
    "Profiles",
    "Progress",
    "Refusal",
    "Slot",
    "Store",
    "TidepoolError",
    "core",
]
