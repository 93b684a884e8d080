#!/usr/bin/env python3
"""Shows what ComfyGit and ComfyDock make of a bundle of ours: exports one, and has both import it to the end.

    java-core/check/elsewhere.py [--comfygit CG] [--comfydock CFD]

The bundle holds two workflows, one of them in a folder, a node pack of the registry, one of a git repository and one
that somebody works on, and a model with an address. CG and CFD are their commands (comfygit==0.7.1 and
comfydock-cli==1.0.11 from PyPI). Nothing but this machine is asked: the registry, the repositories and the model are
served here, ComfyUI is a repository of a few files that git is told to clone instead, and a proxy answers uv for
PyTorch's index and PyPI. What is found is printed, and said in docs/reference/bundle-format.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

from cargo import put_model
from environment_life import ROOT
from indexes import Indexes
from services import GIT, IDENTITY, PACK, Services, git, node, variables

OWN_PACK = "own-tint"
MODEL = "sea/waves.safetensors"
EMPTY = {"version": "2026.01.01", "generated_at": "2026-01-01T00:00:00", "mappings": {}, "packages": {}}
EMPTY |= {"stats": {"packages": 0, "signatures": 0, "total_nodes": 0}}


@dataclass(frozen=True)
class Other:
    """Another tool, and what it calls the same things."""

    name: str
    command: Path
    module: str
    home: str
    upstream: str
    options: list[str]
    answers: str = ""


def main() -> None:
    """Make the bundle, and let each have it."""
    parser = argparse.ArgumentParser(description="Show what ComfyGit and ComfyDock make of a bundle of ours.")
    parser.add_argument("--comfygit", type=Path)
    parser.add_argument("--comfydock", type=Path)
    arguments = parser.parse_args()
    others = []
    if arguments.comfygit:
        options = ["--yes", "--no-manager", "--torch-backend", "cpu"]
        upstream = "https://github.com/Comfy-Org/ComfyUI.git"
        others.append(
            Other("comfygit", arguments.comfygit.absolute(), "comfygit_core", "COMFYGIT_HOME", upstream, options)
        )
    if arguments.comfydock:
        upstream = "https://github.com/comfyanonymous/ComfyUI.git"
        options = ["--torch-backend", "cpu"]
        command = arguments.comfydock.absolute()
        others.append(Other("comfydock", command, "comfydock_core", "COMFYDOCK_HOME", upstream, options, "1\n"))
    with (
        tempfile.TemporaryDirectory(prefix="tidepool-elsewhere-") as folder,
        Services(Path(folder) / "services") as services,
        Indexes(Path(folder) / "indexes") as indexes,
    ):
        room = Path(folder)
        make_comfyui(room / "comfyui")
        bundle = export(room, services)
        for other in others:
            take(other, room, services, indexes, bundle)


def make_comfyui(folder: Path) -> None:
    """A repository with what all three take for a ComfyUI, of version 0.0.1."""
    (folder / "comfy").mkdir(parents=True)
    (folder / "custom_nodes").mkdir()
    (folder / "models").mkdir()
    (folder / "comfyui_version.py").write_text('__version__ = "0.0.1"\n')
    for name in ("main.py", "nodes.py", "folder_paths.py", "requirements.txt"):
        (folder / name).touch()
    for name in ("comfy", "custom_nodes", "models"):
        (folder / name / "keep").touch()
    git("-C", str(folder), "init", "-q", "-b", "master")
    git("-C", str(folder), "add", "-A")
    git("-C", str(folder), *IDENTITY, "commit", "-q", "-m", "ComfyUI")
    git("-C", str(folder), *IDENTITY, "tag", "v0.0.1")


def export(room: Path, services: Services) -> Path:
    """A bundle as Tidepool makes it, out of an environment that its commands made."""
    home, models = room / "ours", room / "models"
    put_model(models / "loras" / MODEL, MODEL)
    put_model(services.folder / "models" / "waves.safetensors", MODEL)
    own = {"TIDEPOOL_HOME": str(home), "NO_COLOR": "1"} | variables(services.port) | GIT

    def tidepool(*words: str) -> None:
        run([str(ROOT / "tidepool"), *words], own)

    tidepool("init", str(home), "--no-interactive", "--models-dir", str(models))
    tidepool("models", "index", str(models))
    tidepool("models", "source", "add", f"loras/{MODEL}", f"{services.address}/models/waves.safetensors")
    tidepool("create", "studio", "--comfyui", str(room / "comfyui"), "--use")
    environment = home / "environments" / "studio"
    source = environment / "ComfyUI" / "custom_nodes" / OWN_PACK
    source.mkdir(parents=True)
    (source / "__init__.py").write_text(node("OwnTint", "image"))
    tidepool("node", "add", OWN_PACK, "--dev")
    tidepool("node", "add", PACK, services.git_pack("shells"))
    live = environment / "ComfyUI" / "user" / "default" / "workflows"
    (live / "far").mkdir(parents=True)
    (live / "near.json").write_text(workflow("ShellsShift", "OwnTint"))
    (live / "far" / "journey.json").write_text(workflow("ShellsTurn"))
    tidepool("commit", "-m", "Before the journey")
    bundle = room / "studio.tar.gz"
    tidepool("export", "--allow-private", "--no-interactive", "--output", str(bundle))
    return bundle


def workflow(*kinds: str) -> str:
    """A workflow of nodes of these types and of one that loads the model."""
    nodes = [
        {"id": number, "type": kind, "pos": [0, 0], "size": [1, 1], "flags": {}, "order": number, "mode": 0}
        | {"inputs": [], "outputs": [], "properties": {}, "widgets_values": []}
        for number, kind in enumerate(kinds, 2)
    ]
    loader = nodes[0] | {"id": 1, "type": "LoraLoaderModelOnly", "order": 1, "widgets_values": [MODEL, 1.0]}
    told = {"last_node_id": len(kinds) + 1, "last_link_id": 0, "links": [], "groups": [], "version": 0.4}
    return json.dumps({"nodes": [loader, *nodes]} | told)


def take(other: Other, room: Path, services: Services, indexes: Indexes, bundle: Path) -> None:
    """Let another tool import the bundle into a workspace of its own, and print what it has then."""
    home = room / other.name
    start = room / f"start-{other.name}"
    programs = start / "programs"
    programs.mkdir(parents=True)
    (start / "sitecustomize.py").write_text(
        f"import {other.module}.constants, uv\n"
        f"uv.find_uv_bin = lambda: {str(programs / 'uv')!r}\n"
        f"{other.module}.constants.DEFAULT_REGISTRY_URL = {variables(services.port)['TIDEPOOL_REGISTRY_URL']!r}\n"
    )
    # What it clones from there comes from here, but is said to be from there.
    (programs / "git").write_text(
        f'#!/bin/sh\n[ "$1" = clone ] && set -- -c "url.file://{room}/comfyui.insteadOf={other.upstream}" "$@"\n'
        f'PATH=${{PATH#*:}} exec git "$@"\n'
    )
    told = "".join(f"export {name}={value}\n" for name, value in indexes.variables.items())
    (programs / "uv").write_text(f'#!/bin/sh\n{told}exec "{other.command.with_name("uv")}" "$@"\n')
    for program in programs.iterdir():
        program.chmod(0o755)
    own = {other.home: str(home), "PYTHONPATH": str(start), "PATH": f"{programs}:{os.environ['PATH']}"}
    own |= {"UV_CACHE_DIR": str(room / "uv_cache")}
    own |= {f"GIT_{who}_{what}": "check@localhost" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    run([str(other.command), "init", str(home), "--yes"], own)
    cache = home / f"{other.name}_cache" / "custom_nodes"
    cache.mkdir(parents=True, exist_ok=True)
    (cache / "node_mappings.json").write_text(json.dumps(EMPTY))
    print(f"\n{other.name}:")
    print(run([str(other.command), "import", str(bundle), "--name", "arrived", *other.options], own, other.answers))
    look(home)


def look(home: Path) -> None:
    """Print what an environment has."""
    environment = home / "environments" / "arrived"
    live = environment / "ComfyUI" / "user" / "default" / "workflows"
    packs = environment / "ComfyUI" / "custom_nodes"
    if not environment.exists():
        print("no environment")
        return
    told = tomllib.loads((environment / ".cec" / "pyproject.toml").read_text())["tool"]
    print("complete  ", (environment / ".cec" / ".complete").exists())
    print("workflows ", sorted(str(file.relative_to(live)) for file in live.rglob("*.json")))
    print("packs     ", sorted(folder.name for folder in packs.iterdir() if folder.is_dir()))
    print("beside    ", sorted(str(file.name) for file in (environment / ".cec").iterdir()))
    print("models    ", sorted(str(file.relative_to(home)) for file in (home / "models").rglob("*.safetensors")))
    for name in ("comfydock", "comfygit"):
        if name in told:
            print(f"[tool.{name}]", json.dumps(told[name], indent=1))


def run(command: list[str], own: dict[str, str], answers: str = "") -> str:
    """What a command prints, which has to end well."""
    done = subprocess.run(
        command, env=os.environ | own, input=answers, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode != 0:
        sys.exit(f"error: {' '.join(command)} ended with {done.returncode}\n{done.stdout}")
    return done.stdout


if __name__ == "__main__":
    main()
