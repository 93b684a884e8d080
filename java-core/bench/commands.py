#!/usr/bin/env python3
"""Times the commands on environments against comfygit, in turn, on the same workflows, and prints medians and ratios.

    java-core/bench/commands.py --rival CG [--dir DIR] [--rounds N]

Both get a workspace with one environment of the same content: a ComfyUI that is only a few empty files, a virtual
environment without packages, a committed pyproject.toml, 20 workflows of 60 nodes; a second one has 200. Then, round
by round, each makes a fresh workspace ("init"), tells the state of 20 committed workflows, of 20 new ones and of 200
that are unchanged ("status"), commits a change of one in 20 ("commit"), writes the environment with its 20 workflows
into a bundle ("export"; ours asks no server for addresses, as there are no models), goes back and forth between one
workflow and 20 ("rollback": ours `rollback`, theirs `checkout`) and lists the versions ("log"). Both add a node pack
that they have in their caches ("node add"); it asks for nothing, and comes from a registry on this machine. What their
uv takes for that is taken off, and shown. Ours is ./tidepool as a user starts it; one round that nobody counts warms up
both. CG is comfygit's command (comfygit==0.7.1 from PyPI); the uv beside it makes the virtual environments. No step
needs the network; comfygit gets an empty list of nodes, without which it stops, and for "node add" another value of its
constant that says where the registry is.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "java-core" / "check"))

from services import PACK, Services, variables  # noqa: E402

SHARES = {
    "init": 2.0,
    "status": 4.0,
    "status of new": 4.0,
    "commit": 4.0,
    "rollback": 4.0,
    "log": 4.0,
    "export": 4.0,
    "node add": 4.0,
}
UNCHANGED_GOAL = 0.3
UV = "node add, its uv"
NODES = 60
GIT = {
    "GIT_AUTHOR_NAME": "bench",
    "GIT_AUTHOR_EMAIL": "bench@localhost",
    "GIT_COMMITTER_NAME": "bench",
    "GIT_COMMITTER_EMAIL": "bench@localhost",
}


@dataclass(frozen=True)
class Tool:
    """One of the two, with its own names for the same things."""

    command: Path
    home: Path
    variable: str
    section: str
    cache: str
    go_to: Callable[[str], list[str]]
    export_to: Callable[[Path], list[str]]
    newest: str
    variables: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str) -> float:
        """Seconds that a command takes, which has to end well."""
        begin = time.perf_counter()
        done = subprocess.run(
            [str(self.command), *words],
            env=os.environ | GIT | {self.variable: str(self.home), "NO_COLOR": "1"} | self.variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        seconds = time.perf_counter() - begin
        if done.returncode != 0:
            raise SystemExit(f"{self.command.name} {' '.join(words)} failed:\n{done.stdout}{done.stderr}")
        return seconds

    def on(self, environment: str, *words: str) -> float:
        """Seconds of a command on one environment."""
        chosen = ["-e", environment]
        return self.run(*words, *chosen) if self.section == "comfydock" else self.run(*chosen, *words)

    def live(self, environment: str) -> Path:
        """Where ComfyUI keeps its workflows."""
        return self.home / "environments" / environment / "ComfyUI" / "user" / "default" / "workflows"

    def commits(self, environment: str) -> list[str]:
        """The commits of an environment, newest first."""
        folder = self.home / "environments" / environment / ".cec"
        answer = subprocess.run(
            ["git", "-C", str(folder), "log", "--format=%H", "--all"], check=True, capture_output=True, text=True
        )
        return answer.stdout.split()


class Nodes:
    """Where both get a node pack from, and a clock for their uv."""

    def __init__(self, room: Path, services: Services, uv: Path) -> None:
        """Make a uv that notes down how long each call takes, and what makes comfygit use it and the registry."""
        self.log = room / "uv.log"
        clock = room / "clock" / "uv"
        clock.parent.mkdir()
        clock.write_text(
            f'#!/bin/sh\nbegin=$(date +%s%N)\n"{uv}" "$@"\ncode=$?\n'
            f'echo $(($(date +%s%N) - begin)) >>"{self.log}"\nexit $code\n'
        )
        clock.chmod(0o755)
        (room / "start").mkdir()
        (room / "start" / "sitecustomize.py").write_text(
            f"import comfygit_core.constants, uv\n"
            f"comfygit_core.constants.DEFAULT_REGISTRY_URL = {variables(services.port)['TIDEPOOL_REGISTRY_URL']!r}\n"
            f"uv.find_uv_bin = lambda: {str(clock)!r}\n"
        )
        self.ours = variables(services.port) | {"PATH": f"{clock.parent}:{os.environ['PATH']}"}
        self.theirs = {"PYTHONPATH": str(room / "start")}

    def add(self, tool: Tool) -> dict[str, float]:
        """Seconds to add a node pack, without uv, and uv's; the pack is taken away again."""
        prepared = replace(tool, variables=self.ours if tool.section == "comfydock" else self.theirs)
        self.log.write_text("")
        seconds = prepared.on("nodes", "node", "add", PACK)
        of_uv = sum(map(int, self.log.read_text().split())) / 1e9
        prepared.on("nodes", "node", "remove", PACK)
        return {"node add": seconds - of_uv, UV: of_uv}


def main() -> int:
    """Run the bench; answers 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description="Time commands on environments against comfygit.")
    parser.add_argument("--rival", type=Path, required=True, help="comfygit's command")
    parser.add_argument("--dir", type=Path, help="folder on the disk to measure")
    parser.add_argument("--rounds", type=int, default=5, help="rounds to count (default 5)")
    arguments = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="tidepool-environments-", dir=arguments.dir) as folder,
        Services(Path(folder) / "services") as services,
    ):
        room = Path(folder)
        rival = arguments.rival.absolute()
        ours = Tool(
            ROOT / "tidepool", room / "ours", "TIDEPOOL_HOME", "comfydock", "comfydock_cache",
            lambda commit: ["rollback", commit, "--yes"],
            lambda file: ["export", "--offline", "--no-interactive", "--force", "--output", str(file)], "HEAD",
        )  # fmt: skip
        theirs = Tool(
            rival, room / "theirs", "COMFYGIT_HOME", "comfygit", "comfygit_cache",
            lambda commit: ["checkout", commit, "--yes"],
            lambda file: ["export", str(file)], "master",
        )  # fmt: skip
        uv = rival.with_name("uv")
        print(f"{platform.system()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, medians")
        nodes = Nodes(room, services, uv)
        for tool in (ours, theirs):
            set_up(tool, uv)
        times: dict[tuple[str, str], list[float]] = {}
        for number in range(arguments.rounds + 1):
            for tool in (ours, theirs):
                for name, seconds in (one_round(tool, number) | nodes.add(tool)).items():
                    if number > 0:
                        times.setdefault((name, tool.section), []).append(seconds)
        return 0 if report(times) else 1


def set_up(tool: Tool, uv: Path) -> None:
    """Make the workspace, with an environment of 20 workflows and one of 200, all committed."""
    tool.run("init", str(tool.home), *no_questions(tool))
    cache = tool.home / tool.cache / "custom_nodes"
    cache.mkdir(parents=True, exist_ok=True)
    empty = {
        "version": "2026.01.01",
        "generated_at": "2026-01-01T00:00:00",
        "stats": {"packages": 0, "signatures": 0, "total_nodes": 0},
        "mappings": {},
        "packages": {},
    }
    (cache / "node_mappings.json").write_text(json.dumps(empty))
    for name, count in (("small", 1), ("large", 200)):
        make_environment(tool, uv, name)
        write_workflows(tool.live(name), 0, count)
        tool.on(name, "commit", "-m", f"{count} workflows")
    make_environment(tool, uv, "nodes")
    write_workflows(tool.live("small"), 1, 20)
    tool.on("small", "commit", "-m", "20 workflows")


def no_questions(tool: Tool) -> list[str]:
    """The option by which a command asks nothing."""
    return ["--no-interactive"] if tool.section == "comfydock" else ["--yes"]


def make_environment(tool: Tool, uv: Path, name: str) -> None:
    """Make what both find an environment: ComfyUI, .venv, and .cec with its first commit."""
    folder = tool.home / "environments" / name
    config, comfyui = folder / ".cec", folder / "ComfyUI"
    (config / "workflows").mkdir(parents=True)
    for part in ("user/default/workflows", "custom_nodes", "comfy", "models"):
        (comfyui / part).mkdir(parents=True)
    for file in ("main.py", "nodes.py", "folder_paths.py", "requirements.txt"):
        (comfyui / file).touch()
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    (config / "pyproject.toml").write_text(
        f"""[project]
name = "{tool.section}-env-{name}"
version = "0.1.0"
requires-python = ">={version}"
dependencies = []

[tool.{tool.section}]
schema_version = 2
comfyui_version = "master"
comfyui_version_type = "branch"
python_version = "{version}"
"""
    )
    (config / ".gitignore").write_text(".complete\n.pytorch-backend\n")
    for command in (
        [str(uv), "venv", "-q", "--python", sys.executable, str(folder / ".venv")],
        [str(uv), "lock", "-q", "--project", str(config)],
        ["git", "-C", str(comfyui), "init", "-q"],
        ["git", "-C", str(comfyui), "add", "-A"],
        ["git", "-C", str(comfyui), "commit", "-q", "-m", "ComfyUI"],
        ["git", "-C", str(config), "init", "-q"],
        ["git", "-C", str(config), "add", "-A"],
        ["git", "-C", str(config), "commit", "-q", "-m", "Initial environment setup"],
    ):
        subprocess.run(command, check=True, env=os.environ | GIT, capture_output=True)
    (config / ".complete").touch()
    (config / ".pytorch-backend").write_text("cpu\n")


def write_workflows(folder: Path, begin: int, end: int) -> None:
    """Write workflows as the editor does, numbered."""
    for number in range(begin, end):
        (folder / f"workflow-{number:03}.json").write_text(workflow(f"steps of {number}"))


def workflow(title: str) -> str:
    """A workflow of samplers, some 25 kB."""
    nodes = [
        {
            "id": number,
            "type": "KSampler",
            "title": f"{title}, {number}",
            "pos": [number * 300, 100],
            "size": [270, 262],
            "flags": {},
            "order": number,
            "mode": 0,
            "inputs": [{"name": "model", "type": "MODEL", "link": None}],
            "outputs": [{"name": "LATENT", "type": "LATENT", "links": []}],
            "properties": {"Node name for S&R": "KSampler"},
            "widgets_values": [number, "fixed", 20, 8, "euler", "normal", 1],
        }
        for number in range(NODES)
    ]
    return json.dumps(
        {"last_node_id": NODES, "last_link_id": 0, "nodes": nodes, "links": [], "groups": [], "version": 0.4}
    )


def one_round(tool: Tool, number: int) -> dict[str, float]:
    """Seconds of each command, once."""
    fresh = tool.home.with_name(f"{tool.section}-{number}")
    seconds = {"init": tool.run("init", str(fresh), *no_questions(tool))}
    shutil.rmtree(fresh)
    seconds["status"] = tool.on("small", "status")
    seconds["status, 200 unchanged"] = tool.on("large", "status")
    seconds["log"] = tool.on("small", "log")
    (tool.live("small") / "workflow-007.json").write_text(workflow(f"round {number}"))
    seconds["commit"] = tool.on("small", "commit", "-m", f"round {number}")
    seconds["export"] = tool.on("small", *tool.export_to(tool.home.with_name(f"{tool.section}.tar.gz")))
    *_, one, _ = tool.commits("small")
    seconds["rollback"] = tool.on("small", *tool.go_to(one))
    tool.on("small", *tool.go_to(tool.newest))
    for file in tool.live("small").glob("workflow-*.json"):
        shutil.copy(file, file.with_name(f"new-{file.name}"))
    seconds["status of new"] = tool.on("small", "status")
    for file in tool.live("small").glob("new-*.json"):
        file.unlink()
    return seconds


def report(times: dict[tuple[str, str], list[float]]) -> bool:
    """Print what each took; answers whether the goals are met."""
    met = True
    for name in dict.fromkeys(name for name, _ in times):
        ours, theirs = (statistics.median(times[name, section]) for section in ("comfydock", "comfygit"))
        goal = SHARES.get(name)
        line = f"{name:22} ours {ours:6.3f} s   comfygit {theirs:6.3f} s"
        if name != UV:
            line += f"   {theirs / ours:5.1f} times as fast"
        if goal is not None:
            met = met and theirs / ours >= goal
            line += f"; goal {goal:.0f}"
        elif name.endswith("unchanged"):
            met = met and ours < UNCHANGED_GOAL
            line += f"; goal {UNCHANGED_GOAL} s"
        print(line)
    return met


if __name__ == "__main__":
    sys.exit(main())
