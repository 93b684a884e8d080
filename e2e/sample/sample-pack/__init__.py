"""A node pack with one node, which needs no model."""

from __future__ import annotations

import torch
from comfy_api.latest import ComfyExtension, io


class SampleInvert(io.ComfyNode):
    """Inverts an image, wholly or in part."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Say what the node takes and gives."""
        return io.Schema(
            node_id="SampleInvert",
            display_name="Sample Invert",
            category="sample",
            inputs=[
                io.Image.Input("image"),
                io.Float.Input("strength", default=1.0, min=0.0, max=1.0, step=0.01),
            ],
            outputs=[io.Image.Output(display_name="image")],
        )

    @classmethod
    def execute(cls, image: torch.Tensor, strength: float) -> io.NodeOutput:
        """Mix the image with its inverse."""
        if strength == 0:
            raise ValueError("a strength of 0 inverts nothing")
        return io.NodeOutput(image * (1 - strength) + (1 - image) * strength)


class SampleExtension(ComfyExtension):
    """What ComfyUI asks for the pack's nodes."""

    async def get_node_list(self) -> list[type[io.ComfyNode]]:
        """List them."""
        return [SampleInvert]


async def comfy_entrypoint() -> SampleExtension:
    """Hand the pack to ComfyUI."""
    return SampleExtension()
