#!/usr/bin/env python3
"""On the first machine: sets up an environment, runs its graph, and writes it into a bundle.

    departure.py --services HOST:PORT --git URL --pack DIR --comfyui SOURCE OUTPUT

Leaves `bundle.tar.gz` and `picture`, the pixels that the graph gave, in the folder OUTPUT.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from cargo import LOST, MODELS, OWN_PACK, RENAMED, own_pack, prompt, put_model, workflow
from environment_life import Life, demand, make_pool, outputs, save_workflow
from services import PACK, Relay, variables


def main() -> None:
    """Leave."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--services", required=True)
    parser.add_argument("--git", required=True)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--comfyui", required=True)
    parser.add_argument("output", type=Path)
    arguments = parser.parse_args()
    with Relay(arguments.services) as port:
        depart(arguments, Life(Path.home() / "comfy", "studio", variables(port)), f"http://127.0.0.1:{port}")


def depart(arguments: argparse.Namespace, life: Life, services: str) -> None:
    """The whole of it."""
    models = Path.home() / "models"
    for folder, value in [*MODELS.items(), RENAMED, LOST]:
        put_model(models / folder / value, value)
    life.tidepool("init", str(life.home), "--no-interactive", "--models-dir", str(models))
    life.tidepool("models", "index", str(models))
    life.tidepool("models", "source", "add", f"vae/{MODELS['vae']}", f"{services}/models/shore.safetensors")
    life.tidepool("create", "studio", "--comfyui", arguments.comfyui, "--use")
    packs = life.folder / "ComfyUI" / "custom_nodes"
    shutil.copytree(arguments.pack, packs / arguments.pack.name, symlinks=True)
    (packs / OWN_PACK).mkdir()
    (packs / OWN_PACK / "__init__.py").write_text(own_pack())
    life.tidepool("node", "add", arguments.pack.name, "--dev", "--run-install")
    life.tidepool("node", "add", OWN_PACK, "--dev")
    life.tidepool("node", "add", PACK, arguments.git)
    with life.running() as address:
        journey = workflow(make_pool(address), f"{services}/models/tide.safetensors")
        picture = outputs(address, prompt(journey))
        save_workflow(address, "far/journey.json", journey)
    life.tidepool("commit", "-m", "Before the journey")
    demand(life.versions()[0] == "v2", "the state that travels is committed")
    bundle = arguments.output / "bundle.tar.gz"
    life.tidepool("export", "--with-pools", "--allow-private", "--no-interactive", "--output", str(bundle))
    (arguments.output / "picture").write_bytes(picture)


if __name__ == "__main__":
    main()
