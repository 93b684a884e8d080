"""The node Image Pool (Grid)."""

from __future__ import annotations

from comfy_api.latest import io

from . import host
from .failure import Failure
from .freshness import POOL_NODE, never_same
from .pool_profile import ProfileType
from .tensors import load

__all__ = ["GridImagePool"]

_NO_LINK = ""
_LAST_INDEX = 1_000_000


class GridImagePool(io.ComfyNode):
    """Holds images, shows them as a grid, and gives one of them."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node to ComfyUI."""
        return io.Schema(
            node_id=POOL_NODE,
            display_name="Image Pool (Grid)",
            category=host.CATEGORY,
            description="Shows the images of a pool as a grid and gives the active one, or the one at an index.",
            search_aliases=["image grid", "load images", "gallery", "tidepool", "image set"],
            inputs=[
                io.Int.Input(
                    "index",
                    default=-1,
                    min=-1,
                    max=_LAST_INDEX,
                    tooltip="-1 gives the active image. 0 and up give the images in their order; disabled ones are "
                    "not counted.",
                ),
                io.String.Input("pool_id", default="", extra_dict={"hidden": True}),
                io.String.Input("slot", default="", extra_dict={"hidden": True}),
                ProfileType.Input("profile", optional=True, tooltip="Without it the node has images of its own."),
            ],
            outputs=[
                io.Image.Output("image", display_name="image"),
                io.Mask.Output(
                    "mask",
                    display_name="mask",
                    tooltip="The mask painted for the image, else what is transparent in it.",
                ),
                io.Int.Output("index", display_name="index", tooltip="The image's place among the enabled ones."),
                io.Int.Output("count", display_name="count", tooltip="How many images are enabled."),
                io.String.Output("label", display_name="label"),
            ],
        )

    @classmethod
    def execute(cls, index: int, pool_id: str, slot: str, profile: str | None = None) -> io.NodeOutput:
        """Give the chosen image with its mask, place and label."""
        pool = profile or pool_id or host.DEFAULT_POOL
        picked = host.pick(pool, index, slot)
        image, mask = load(f"{host.FOLDER}/{pool}/{picked['name']}", picked["mask"])
        return io.NodeOutput(image, mask, picked["index"], picked["count"], picked["label"])

    @classmethod
    def fingerprint_inputs(
        cls,
        index: int | None = None,
        pool_id: str | None = None,
        slot: str | None = None,
        profile: str | None = _NO_LINK,
    ) -> object:
        """Change with the pool, the chosen slot and its files, and with nothing else."""
        try:
            pool = _pool(pool_id, profile)
            if pool is None:
                return _unknown_pool()
            if index is None or slot is None:
                # Which slot it will be is known only when the node before has run.
                return [pool, host.fingerprint(pool)]
            picked = host.pick(pool, index, slot)
            place = host.place()
            numbers = place is None or place.gives_numbers()
            arrangement = [picked["index"], picked["count"], picked["label"]] if numbers else []
            return [pool, picked["name"], picked["fingerprint"], *arrangement]
        except Failure:
            # The run tells the user.
            return never_same()


def _pool(pool_id: str | None, profile: str | None) -> str | None:
    """Say which pool it will be; None when only a run can tell."""
    if profile:
        return profile
    if profile is None:
        place = host.place()
        linked = place.linked_profile() if place is not None else None
        if linked is None or not isinstance(linked[0], str) or not isinstance(linked[1], str):
            return None
        return host.resolve(linked[0], linked[1])
    return None if pool_id is None else pool_id or host.DEFAULT_POOL


def _unknown_pool() -> object:
    """Rely on the profile nodes before, whose fingerprints cover their pools then, or run always."""
    place = host.place()
    return "as before" if place is not None and place.follows_profiles() else never_same()
