"""Makes a small picture of any image that a pool holds, in the colours that it shows."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageCms

__all__ = ["small"]

_MOST_PIXELS = 2**29


def small(file: Path, size: int) -> Image.Image:
    """Read an image and make it fit into a square: upright, in sRGB, RGB or RGBA; the first frame of several.

    A large JPEG is decoded at a fraction of its size. Raises whatever Pillow raises for a damaged file.
    """
    with Image.open(file) as image:
        if image.width * image.height > _MOST_PIXELS:
            raise ValueError(f"{image.width} x {image.height} pixels are too many")
        profile = image.info.get("icc_profile")
        # For JPEG this reads an eighth, a quarter or a half of the pixels where that is enough.
        image.draft(None, (2 * size, 2 * size))
        picture = _plain(image)
        # Orientation stands in the metadata, which the plain picture may have lost.
        orientation = image.getexif().get(0x0112, 1)
    picture.thumbnail((size, size), Image.Resampling.LANCZOS, reducing_gap=2.0)
    picture = _in_srgb(picture, profile)
    return _upright(picture, orientation)


def _plain(image: Image.Image) -> Image.Image:
    """Give the picture in a mode that can be resized well."""
    image.load()
    mode = image.mode
    if mode in ("RGB", "RGBA", "L", "CMYK"):
        return image.copy()
    if mode.startswith("I"):
        # 16 bits per pixel; Pillow would cut off what is above 255.
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if mode == "F":
        return _from_floats(image)
    transparent = mode in ("LA", "PA", "La", "RGBa") or "transparency" in image.info
    return image.convert("RGBA" if transparent else "RGB")


def _from_floats(image: Image.Image) -> Image.Image:
    """Take 0 to 1 for black to white, and where values go beyond, the lowest to the highest."""
    low, high = image.getextrema()
    assert isinstance(low, float)
    assert isinstance(high, float)
    low, high = (low, high) if high > 1.0 else (0.0, 1.0)
    factor = 255 / max(high - low, 1e-6)
    return image.point(lambda value: value * factor - low * factor).convert("L")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert the colours from the image's own profile (ICC.1); a broken one is passed over."""
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    colours = picture.convert("RGB") if alpha else picture
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(colours, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            colours = converted or colours
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    colours = colours.convert("RGB")
    if alpha:
        colours.putalpha(alpha)
    return colours


def _upright(picture: Image.Image, orientation: int) -> Image.Image:
    """Turn and mirror as the orientation says (Exif 2.32, tag 0x0112)."""
    steps = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    step = steps.get(orientation)
    return picture if step is None else picture.transpose(step)
