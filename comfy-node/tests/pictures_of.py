"""Images as bytes."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

Colour = int | tuple[int, ...]


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def plain(colour: Colour = (10, 20, 30), size: tuple[int, int] = (8, 6), mode: str = "RGB") -> bytes:
    """A PNG of one colour."""
    return encoded(Image.new(mode, size, colour))


def decoded(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image
