"""What ComfyUI takes from this pack."""

from __future__ import annotations

from comfy_api.latest import ComfyExtension, io

from . import host
from .grid_image_pool import GridImagePool
from .pool_profile import PoolProfile

__all__ = ["TidepoolExtension"]


class TidepoolExtension(ComfyExtension):
    """Two nodes, and the routes behind them."""

    async def on_load(self) -> None:
        """Join ComfyUI's server."""
        host.join_server()

    async def get_node_list(self) -> list[type[io.ComfyNode]]:
        """Give the nodes."""
        return [PoolProfile, GridImagePool]
