"""A pack for the tests: an output node that tells exactly what it was given."""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar


class Probe:
    """Tells shape, type and digest of tensors, and other values as they are."""

    CATEGORY = "tests"
    FUNCTION = "tell"
    OUTPUT_NODE = True
    RETURN_TYPES: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802 - ComfyUI's name
        kinds = {"image": "IMAGE", "mask": "MASK", "index": "INT", "count": "INT", "label": "STRING"}
        return {"optional": {name: (kind, {"forceInput": True}) for name, kind in kinds.items()}}

    def tell(self, **inputs: Any) -> dict[str, Any]:
        return {"ui": {"probe": [json.dumps({name: described(value) for name, value in inputs.items()})]}}


class PassProfile:
    """Stands between a profile and a pool, as a switch of another pack would."""

    CATEGORY = "tests"
    FUNCTION = "hand_on"
    RETURN_TYPES: ClassVar[tuple[str, ...]] = ("POOL_PROFILE",)

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802
        return {"required": {"profile": ("POOL_PROFILE",)}}

    def hand_on(self, profile: str) -> tuple[str]:
        return (profile,)


def described(value: Any) -> Any:
    if not hasattr(value, "numpy"):
        return value
    array = value.cpu().numpy()
    digest = hashlib.sha256(array.tobytes()).hexdigest()
    extremes = [float(array.min()), float(array.max())]
    return {"shape": [*array.shape], "type": str(array.dtype), "digest": digest, "extremes": extremes}


NODE_CLASS_MAPPINGS = {"TestProbe": Probe, "TestPassProfile": PassProfile}
