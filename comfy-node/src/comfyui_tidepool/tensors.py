"""Images and masks as ComfyUI computes with them."""

from __future__ import annotations

from typing import Any

import comfy.model_management as devices
import nodes
import numpy
import torch
from PIL import Image

__all__ = ["load"]


def load(image: str, mask: str | None) -> tuple[Any, Any]:
    """Load an image exactly as Load Image does, and its mask.

    Args:
        image: the file below ComfyUI's input folder.
        mask: the file of a mask that goes before the image's own alpha channel; None without one.

    Returns:
        The image ``[frames, height, width, 3]`` and the mask, 1 where it covers; as large as the image, but
        64 x 64 zeros when there is neither a mask nor an alpha channel, as Load Image gives it.
    """
    pixels, own = nodes.LoadImage().load_image(image)
    if mask is None:
        return pixels, own
    covering = _fitting(_mask(mask), pixels.shape[1], pixels.shape[2])
    covering = covering.repeat(pixels.shape[0], 1, 1)
    return pixels, covering.to(device=devices.intermediate_device(), dtype=devices.intermediate_dtype())


def _mask(file: str) -> torch.Tensor:
    """Read a mask file: 1 - alpha where there is alpha (ComfyUI's mask editor writes so), else its brightness."""
    with Image.open(file) as opened:
        opened.load()
        transparent = "A" in opened.getbands() or "transparency" in opened.info
        if transparent:
            return 1.0 - _unit(opened.convert("RGBA").getchannel("A"))
        if opened.mode.startswith("I"):
            return torch.from_numpy(numpy.array(opened).astype(numpy.float32) / 65535.0)
        return _unit(opened.convert("L"))


def _unit(channel: Image.Image) -> torch.Tensor:
    return torch.from_numpy(numpy.array(channel).astype(numpy.float32) / 255.0)


def _fitting(mask: torch.Tensor, height: int, width: int) -> torch.Tensor:
    """Give the mask the image's size."""
    if mask.shape == (height, width):
        return mask
    return torch.nn.functional.interpolate(mask[None, None], size=(height, width), mode="bilinear")[0, 0]
