"""The node Pool Profile."""

from __future__ import annotations

from comfy_api.latest import io

from . import host
from .failure import Failure
from .freshness import PROFILE_NODE, never_same

__all__ = ["PoolProfile", "ProfileType"]

ProfileType = io.Custom("POOL_PROFILE")


class PoolProfile(io.ComfyNode):
    """Chooses a profile for the image pools that follow."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node to ComfyUI."""
        return io.Schema(
            node_id=PROFILE_NODE,
            display_name="Pool Profile",
            category=host.CATEGORY,
            description="Chooses a named pool of images. Every Image Pool that follows shows and gives its images.",
            search_aliases=["image pool", "profile", "tidepool", "image set"],
            inputs=[
                io.String.Input(
                    "profile",
                    default="",
                    tooltip="The profile's name. Empty: the pool that nodes share without a profile.",
                ),
                io.String.Input("profile_id", default="", extra_dict={"hidden": True}),
            ],
            outputs=[ProfileType.Output("profile", display_name="profile", tooltip="Connect it to Image Pool nodes.")],
        )

    @classmethod
    def execute(cls, profile: str, profile_id: str) -> io.NodeOutput:
        """Give the id of the profile's pool."""
        return io.NodeOutput(host.resolve(profile_id, profile))

    @classmethod
    def fingerprint_inputs(cls, profile: str | None = None, profile_id: str | None = None) -> object:
        """Change with the chosen profile, and with its content where others than pool nodes take it."""
        if profile is None or profile_id is None:
            return never_same()
        try:
            pool = host.resolve(profile_id, profile)
            place = host.place()
            if place is not None and place.feeds_pools_only():
                return pool
            return [pool, host.fingerprint(pool)]
        except Failure:
            # The run tells the user.
            return never_same()
