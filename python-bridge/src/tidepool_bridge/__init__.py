"""Tidepool's Java core inside this Python process.

>>> import tidepool_bridge
>>> core = tidepool_bridge.core()
>>> core.ping(42)
42

``core()`` starts the core once, from any thread. When it cannot (no Java, say) it raises ``BridgeUnavailable``
with the reason and the fix, and the process goes on.
"""

from ._core import Core
from ._errors import BridgeUnavailable, TidepoolError
from ._events import Progress
from ._start import core

__all__ = ["BridgeUnavailable", "Core", "Progress", "TidepoolError", "core"]
