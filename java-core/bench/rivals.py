"""The two tools that are timed, and what both find in their workspaces."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

NODES = 60
COMFYUI = "v0.0.1"
REPOSITORY = "https://github.com/Comfy-Org/ComfyUI.git"
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
    comfyui: str
    go_to: Callable[[str], list[str]]
    export_to: Callable[[Path], list[str]]
    import_from: Callable[[Path, str], list[str]]
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
        return self.run(*self.words(environment, *words))

    def words(self, environment: str, *words: str) -> list[str]:
        """A command on one environment."""
        chosen = ["-e", environment]
        return [*words, *chosen] if self.section == "comfydock" else [*chosen, *words]

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
        if name == "small":
            keep_comfyui(tool, name)
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
comfyui_version = "{COMFYUI}"
comfyui_version_type = "release"
python_version = "{version}"
"""
    )
    (config / ".python-version").write_text(version + "\n")
    (config / ".gitignore").write_text(".complete\n.pytorch-backend\n")
    for command in (
        [str(uv), "venv", "-q", "--python", sys.executable, str(folder / ".venv")],
        [str(uv), "lock", "-q", "--project", str(config)],
        ["git", "-C", str(comfyui), "init", "-q"],
        ["git", "-C", str(comfyui), "remote", "add", "origin", REPOSITORY],
        ["git", "-C", str(comfyui), "add", "-A"],
        ["git", "-C", str(comfyui), "commit", "-q", "-m", "ComfyUI"],
        ["git", "-C", str(config), "init", "-q"],
        ["git", "-C", str(config), "add", "-A"],
        ["git", "-C", str(config), "commit", "-q", "-m", "Initial environment setup"],
    ):
        subprocess.run(command, check=True, env=os.environ | GIT, capture_output=True)
    (config / ".complete").touch()
    (config / ".pytorch-backend").write_text("cpu\n")


def keep_comfyui(tool: Tool, name: str) -> None:
    """Put an environment's ComfyUI into the tool's cache, where an import takes it from."""
    place = tool.home / tool.cache / "comfyui" / "store" / tool.comfyui
    shutil.copytree(tool.home / "environments" / name / "ComfyUI", place / "content")
    told = {"version": COMFYUI, "version_type": "release", "commit_sha": None, "source": REPOSITORY}
    (place / "metadata.json").write_text(json.dumps(told))


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
