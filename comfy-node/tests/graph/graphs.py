"""Prompts as ComfyUI's API takes them."""

from __future__ import annotations

from typing import Any

NUMBERS = {"index": ["pool", 2], "count": ["pool", 3], "label": ["pool", 4]}


def graph(*, numbers: bool = False, profile: dict[str, Any] | None = None, **pool: Any) -> dict[str, Any]:
    """An image pool before a probe; with a profile node before it when its inputs are given."""
    inputs = {"index": -1, "pool_id": "", "slot": "", **pool}
    nodes: dict[str, Any] = {}
    if profile is not None:
        nodes["profile"] = node("PoolProfile", **{"profile": "", "profile_id": "", **profile})
        inputs["profile"] = ["profile", 0]
    nodes["pool"] = node("GridImagePool", **inputs)
    nodes["probe"] = probe("pool", **(NUMBERS if numbers else {}))
    return nodes


def probe(source: str, **more: Any) -> dict[str, Any]:
    """A probe of the image and the mask that a node gives."""
    return node("TestProbe", image=[source, 0], mask=[source, 1], **more)


def node(kind: str, **inputs: Any) -> dict[str, Any]:
    return {"class_type": kind, "inputs": inputs}
