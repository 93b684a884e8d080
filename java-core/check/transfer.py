"""Takes an environment from one workspace to another, whose folders are others, as two people would."""

from __future__ import annotations

import json
import struct
from pathlib import Path

from environment_life import PACK, Json, Life, demand, graph, outputs
from services import PACK as REGISTRY_PACK

MODELS = {
    "loras/sea/waves.safetensors": "LoraLoaderModelOnly",
    "vae/shore.safetensors": "VAELoader",
    "upscale_models/tide.safetensors": "UpscaleModelLoader",
}


def fill(life: Life, pool: str) -> None:
    """Give an environment three models, and a workflow that names them and a pool."""
    for path in MODELS:
        put_model(life.home / "models" / path, path)
    (life.live / "journey.json").write_text(json.dumps(workflow(pool, list(MODELS))))


def travel(life: Life, pool: str, picture: bytes) -> None:
    """Export it, and import it into a workspace that has one model under another name, and can download another."""
    shore = life.services.folder / "models" / "shore.safetensors"
    put_model(shore, "vae/shore.safetensors")
    life.tidepool("models", "index", str(life.home / "models"))
    address = f"{life.services.address}/models/shore.safetensors"
    life.tidepool("models", "source", "add", "vae/shore.safetensors", address)
    elsewhere = life.home.parent / "elsewhere"
    bundle = life.home.parent / "life.tar.gz"
    life.tidepool("export", "--with-pools", "--allow-private", "--no-interactive", "--output", str(bundle))

    models = elsewhere / "my models"
    other = Life(elsewhere / "home", life.comfyui, "arrived", life.services)
    put_model(models / "loras" / "renamed.safetensors", "loras/sea/waves.safetensors")
    other.tidepool("init", str(other.home), "--no-interactive", "--models-dir", str(models))
    other.tidepool("models", "index", str(models))
    options = ["--name", "arrived", "--use", "--no-interactive", "--allow-private", "--run-install", "--json"]
    # One model is nowhere to be had, which the exit code says too.
    report: Json = json.loads(other.tidepool("import", str(bundle), *options, code=1))
    life.steps += other.steps
    other.steps = 0
    packs = other.folder / "ComfyUI" / "custom_nodes"
    for name in (PACK.name, "shells", REGISTRY_PACK):
        demand((packs / name / "__init__.py").is_file(), f"a pack arrives: {name}")
    arrived = json.loads((other.live / "journey.json").read_text())
    named = [node["widgets_values"][0] for node in arrived["nodes"] if node["type"] in MODELS.values()]
    demand(named[0] == "renamed.safetensors", f"a model that is there under another name is found: {named}")
    demand((models / "vae/shore.safetensors").read_bytes() == shore.read_bytes(), "another is downloaded")
    demand("tide.safetensors" in json.dumps(report), f"a model that is nowhere is named: {report}")
    there = next(node["widgets_values"][1] for node in arrived["nodes"] if node["type"] == "GridImagePool")
    demand(there != pool, "a pool that arrives is another one, which the workflow names")
    with other.running() as address:
        demand(outputs(address, graph(there)) == picture, "the graph gives the same picture")
    life.steps += other.steps


def workflow(pool: str, models: list[str]) -> Json:
    """A workflow in the editor's format."""
    nodes: list[Json] = []
    for path in models:
        folder, _, value = path.partition("/")
        more: list[object] = [1.0] if folder == "loras" else []
        nodes.append({"type": MODELS[path], "widgets_values": [value, *more]})
    nodes.append({"type": "GridImagePool", "widgets_values": [-1, pool, ""]})
    for number, node in enumerate(nodes, 1):
        node |= {"id": number, "mode": 0, "pos": [0, 100 * number], "inputs": [], "outputs": [], "properties": {}}
    return {"last_node_id": len(nodes), "last_link_id": 0, "nodes": nodes, "links": [], "groups": [], "version": 0.4}


def put_model(file: Path, name: str) -> None:
    """A tiny but valid safetensors file, which differs by its name."""
    file.parent.mkdir(parents=True, exist_ok=True)
    data = name.encode().ljust(64, b"\0")
    header = json.dumps({"weight": {"dtype": "U8", "shape": [64], "data_offsets": [0, 64]}}).encode()
    file.write_bytes(struct.pack("<Q", len(header)) + header + data)
