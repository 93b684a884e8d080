#!/usr/bin/env python3
"""On the second machine: imports the bundle, and runs the graph that arrived.

    arrival.py --services HOST:PORT --stranger TEXT INPUT

INPUT is a folder with `bundle.tar.gz`; leaves `picture` there. Nothing that arrived may hold TEXT, the first machine's
home.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from cargo import LOST, OWN_PACK, RENAMED, prompt, put_model, values
from environment_life import Json, Life, ask, demand, outputs
from services import PACK, Relay, variables

TIDEPOOL_PACK = "comfyui-tidepool"


def main() -> None:
    """Arrive."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--services", required=True)
    parser.add_argument("--stranger", required=True)
    parser.add_argument("input", type=Path)
    arguments = parser.parse_args()
    with Relay(arguments.services) as port:
        life = Life(Path.home() / "workspace", "arrived", variables(port))
        arrive(arguments.input / "bundle.tar.gz", life)
        (arguments.input / "picture").write_bytes(run(life))
    for file in [*(life.folder / ".cec").rglob("*"), *life.live.rglob("*")]:
        if file.is_file():
            demand(arguments.stranger.encode() not in file.read_bytes(), f"nothing of the first machine is in {file}")


def arrive(bundle: Path, life: Life) -> None:
    """Import it where one model is there under another name, two can be downloaded, and one is nowhere."""
    models = Path.home() / "my models"
    put_model(models / "loras" / "renamed.safetensors", RENAMED[1])
    life.tidepool("init", str(life.home), "--no-interactive", "--models-dir", str(models))
    life.tidepool("models", "index", str(models))
    options = ["--name", "arrived", "--use", "--no-interactive", "--allow-private", "--run-install", "--json"]
    # One model is nowhere to be had, which the exit code says too.
    report: Json = json.loads(life.tidepool("import", str(bundle), *options, code=1))
    demand(LOST[1] in json.dumps(report), f"a model that is nowhere is named: {report}")
    packs = life.folder / "ComfyUI" / "custom_nodes"
    for name in (TIDEPOOL_PACK, OWN_PACK, "shells", PACK):
        demand((packs / name / "__init__.py").is_file(), f"a pack arrives: {name}")
    listed = {pack["name"]: pack["source"] for pack in json.loads(life.tidepool("node", "list", "--json"))["nodes"]}
    demand(sorted(listed.values()) == ["development", "development", "git", "registry"], f"each as it was: {listed}")
    named = values(json.loads((life.live / "far/journey.json").read_text()), "LoraLoaderModelOnly")[0]
    demand(named == "renamed.safetensors", f"a model that is there under another name is found: {named}")
    demand(life.versions() == ["v1"], "what arrived is the first version")


def run(life: Life) -> bytes:
    """What the graph gives that arrived."""
    journey = json.loads((life.live / "far/journey.json").read_text())
    with life.running() as address:
        pools = ask(address, "/grid_pool/profiles/list")["profiles"]
        demand([pool["name"] for pool in pools] == ["Sea"], f"the pool arrives under its name: {pools}")
        demand(values(journey, "GridImagePool")[1] == pools[0]["id"], "the workflow names the pool as it is here")
        return outputs(address, prompt(journey))


if __name__ == "__main__":
    main()
