"""Tidepool for ComfyUI: named image pools inside a graph.

The nodes and routes here hold no rules of their own: those live in the Java core, which ``_bridge`` brings into
this process. Importing this package does nothing; ComfyUI calls ``comfy_entrypoint``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .extension import TidepoolExtension

__all__ = ["WEB_DIRECTORY", "comfy_entrypoint"]

WEB_DIRECTORY = "./web"


async def comfy_entrypoint() -> TidepoolExtension:
    """Give ComfyUI the nodes; the routes join its server on the way."""
    from .extension import TidepoolExtension

    return TidepoolExtension()
