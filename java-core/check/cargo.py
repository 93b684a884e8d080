"""What travels from one machine to another: a workflow of nodes from four packs, the models that it names, a pool."""

from __future__ import annotations

import json
import struct
from pathlib import Path

from environment_life import Json
from services import node

# The model files that the tint reads, by the folders of models; one that the other machine has under another name, and
# one that it cannot have.
MODELS = {"vae": "shore.safetensors", "upscale_models": "tide.safetensors"}
RENAMED = ("loras", "sea/waves.safetensors")
LOST = ("clip_vision", "lost.safetensors")
OWN_PACK = "own-tint"
WIDGETS = {"GridImagePool": ["index", "pool_id", "slot"], "OwnTint": [*MODELS], "SaveImage": ["filename_prefix"]}
OUTPUTS = {"GridImagePool": ["IMAGE", "MASK", "INT", "INT", "STRING"], "SaveImage": []}
OUTPUTS |= {"LoraLoaderModelOnly": ["MODEL"], "CLIPVisionLoader": ["CLIP_VISION"]}


def own_pack() -> str:
    """The source of a pack that somebody works on: how much it tints tells every byte of its models."""
    inputs = "".join(f'"{folder}": (folder_paths.get_filename_list("{folder}"),), ' for folder in MODELS)
    read = 'open(folder_paths.get_full_path(folder, name), "rb").read()'
    return node("OwnTint", f"image / 2 + sum(sum({read}) % 256 for folder, name in models.items()) / 1020", inputs)


def put_model(file: Path, name: str) -> None:
    """A tiny but valid safetensors file, which differs by its name."""
    put_tensor(file, name.encode().ljust(64, b"\0"))


def put_tensor(file: Path, data: bytes) -> None:
    """A valid safetensors file of one tensor with these bytes."""
    file.parent.mkdir(parents=True, exist_ok=True)
    size = len(data)
    header = json.dumps({"weight": {"dtype": "U8", "shape": [size], "data_offsets": [0, size]}}).encode()
    file.write_bytes(struct.pack("<Q", len(header)) + header + data)


def workflow(pool: str, tide: str) -> Json:
    """The workflow, as the editor saves it; it says itself that one model is to be had at an address, the tide."""
    chain: list[tuple[str, list[object]]] = [
        ("GridImagePool", [-1, pool, ""]),
        ("ShellsTurn", []),
        ("ShellsShift", []),
        ("OwnTint", [*MODELS.values()]),
        ("SaveImage", ["journey"]),
    ]
    nodes = [described(number, kind, values) for number, (kind, values) in enumerate(chain, 1)]
    told = {"name": MODELS["upscale_models"], "url": tide, "directory": "upscale_models"}
    nodes[3]["properties"] = {"models": [told]}
    links: list[object] = []
    for number in range(1, len(chain)):
        links.append([number, number, 0, number + 1, 0, "IMAGE"])
        nodes[number - 1]["outputs"][0]["links"] = [number]
        nodes[number]["inputs"] = [{"name": image_input(chain[number][0]), "type": "IMAGE", "link": number}]
    nodes.append(described(len(nodes) + 1, "LoraLoaderModelOnly", [RENAMED[1], 1.0]))
    nodes.append(described(len(nodes) + 1, "CLIPVisionLoader", [LOST[1]]))
    version = {"last_node_id": len(nodes), "last_link_id": len(links), "groups": [], "version": 0.4}
    return {"nodes": nodes, "links": links} | version


def described(number: int, kind: str, values: list[object]) -> Json:
    """A node of a workflow, not connected yet."""
    outputs = [{"name": out, "type": out, "links": []} for out in OUTPUTS.get(kind, ["IMAGE"])]
    place = {"pos": [200 * number, 0], "size": [180, 100], "flags": {}, "order": number, "mode": 0}
    return {"id": number, "type": kind, "inputs": [], "outputs": outputs, "widgets_values": values} | place


def image_input(kind: str) -> str:
    """What a node calls the picture that it takes."""
    return "images" if kind == "SaveImage" else "image"


def prompt(saved: Json) -> Json:
    """The graph of a workflow as its page queues it: what the picture needs that is saved."""
    graph: Json = {}
    for told in saved["nodes"]:
        if not (told["inputs"] or any(out.get("links") for out in told["outputs"])):
            continue
        inputs: Json = dict(zip(WIDGETS.get(told["type"], []), told["widgets_values"], strict=True))
        for given in told["inputs"]:
            origin = next(link for link in saved["links"] if link[0] == given["link"])
            inputs[given["name"]] = [str(origin[1]), origin[2]]
        graph[str(told["id"])] = {"class_type": told["type"], "inputs": inputs}
    return graph


def values(saved: Json, kind: str) -> list[object]:
    """What the widgets of a workflow's one node of a kind say."""
    return next(list(told["widgets_values"]) for told in saved["nodes"] if told["type"] == kind)
