"""Images and masks as ComfyUI computes with them."""

from __future__ import annotations

from typing import Any

import comfy.model_management as devices
import folder_paths
import nodes
import numpy
import torch
from PIL import Image, ImageOps

from .failure import Failure

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
    pixels, own = _image(image)
    if mask is None:
        return pixels, own
    covering = _fitting(_mask(mask), pixels.shape[1], pixels.shape[2])
    covering = covering.repeat(pixels.shape[0], 1, 1)
    return pixels, covering.to(device=devices.intermediate_device(), dtype=devices.intermediate_dtype())


def _image(image: str) -> tuple[Any, Any]:
    try:
        loaded: tuple[Any, Any] = nodes.LoadImage().load_image(image)
    # FFmpeg, which Load Image decodes with, fails on some images that are whole, such as narrow grey ones.
    except Exception as error:
        try:
            return _image_by_pillow(folder_paths.get_annotated_filepath(image))
        except (OSError, ValueError, SyntaxError):
            name = image.rpartition("/")[2]
            raise Failure(
                "image-unreadable",
                f'The image "{name}" cannot be read: it is damaged or of a kind that this ComfyUI does not read.',
                "Remove it from the pool, or put a good copy in its place.",
                status=422,
            ) from error
    return loaded


def _image_by_pillow(file: str) -> tuple[Any, Any]:
    """Read the first frame as Load Image did before it decoded with FFmpeg."""
    with Image.open(file) as opened:
        upright = ImageOps.exif_transpose(opened)
        transparent = "A" in upright.getbands() or "transparency" in upright.info
        colours = numpy.array(upright.convert("RGB")).astype(numpy.float32) / 255.0
        mask = 1.0 - _unit(upright.convert("RGBA").getchannel("A")) if transparent else torch.zeros((64, 64))
    kind = {"device": devices.intermediate_device(), "dtype": devices.intermediate_dtype()}
    return torch.from_numpy(colours)[None].to(**kind), mask[None].to(**kind)


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
    return torch.nn.functional.interpolate(mask[None, None], size=(height, width), mode="bilinear")[0, 0].clamp(
        0.0, 1.0
    )
