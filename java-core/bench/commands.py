#!/usr/bin/env python3
"""Times the commands on environments against comfygit, in turn, on the same workflows, and prints medians and ratios.

    java-core/bench/commands.py --rival CG [--dir DIR] [--rounds N]

Both get a workspace with one environment of the same content: a ComfyUI that is only a few empty files, a virtual
environment without packages, a committed pyproject.toml, 20 workflows of 60 nodes; a second one has 200. Then, round
by round, each makes a fresh workspace ("init"), tells the state of 20 committed workflows, of 20 new ones and of 200
that are unchanged ("status"), commits a change of one in 20 ("commit"), writes the environment with its 20 workflows
into a bundle ("export"; ours asks no server for addresses, as there are no models), goes back and forth between one
workflow and 20 ("rollback": ours `rollback`, theirs `checkout`) and lists the versions ("log"). Both make a new
environment of their own bundle ("import"), with the ComfyUI that they have in their caches, theirs without the node
pack that it would add of itself. Both add a node pack that they have in their caches ("node add"); it asks for nothing,
and comes from a registry on this machine. What their uv takes for the last two is taken off, and shown.
The time with it is shown too: ours works on while its uv does, so not all that is taken off was waited for. Ours is
./tidepool as a user starts it; one round that nobody counts warms up both. CG is comfygit's command (comfygit==0.7.1
from PyPI); the uv beside it makes the virtual environments.

No step needs the network. What comfygit's uv asks PyTorch's index and PyPI for when it imports, a proxy on this machine
answers (check/indexes.py). It gets an empty list of nodes, without which it stops, and for "node add" another value of
its constant that says where the registry is.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import shutil
import statistics
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from rivals import COMFYUI, REPOSITORY, Tool, no_questions, set_up, workflow

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "java-core" / "check"))

from indexes import Indexes  # noqa: E402
from services import PACK, Services, variables  # noqa: E402

SHARES = {
    "init": 2.0,
    "status": 4.0,
    "status of new": 4.0,
    "commit": 4.0,
    "rollback": 4.0,
    "log": 4.0,
    "export": 4.0,
    "import": 4.0,
    "node add": 4.0,
}
UNCHANGED_GOAL = 0.3
UV = ", its uv"
WHOLE = ", uv and all"
ARRIVALS = 20


class Clock:
    """A clock for the uv of both, and where both get from what they and it ask for."""

    def __init__(self, room: Path, services: Services, indexes: Indexes, uv: Path) -> None:
        """Make a uv that notes down how long each call takes, and what makes comfygit use it and the registry."""
        self.log = room / "uv.log"
        clock = room / "clock" / "uv"
        clock.parent.mkdir()
        told = "".join(f"export {name}={value}\n" for name, value in indexes.variables.items())
        clock.write_text(
            f'#!/bin/sh\nexport UV_CACHE_DIR={room / "uv_cache"}\n{told}begin=$(date +%s%N)\n"{uv}" "$@"\ncode=$?\n'
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

    def by(self, tool: Tool) -> Tool:
        """The tool, which works with this uv."""
        return replace(tool, variables=self.ours if tool.section == "comfydock" else self.theirs)

    def without_uv(self, name: str, tool: Tool, *words: str) -> dict[str, float]:
        """Seconds of a command, called so, without uv's; uv's; and both."""
        self.log.write_text("")
        seconds = self.by(tool).run(*words)
        of_uv = sum(map(int, self.log.read_text().split())) / 1e9
        return {name: seconds - of_uv, name + UV: of_uv, name + WHOLE: seconds}

    def add(self, tool: Tool) -> dict[str, float]:
        """Seconds to add a node pack; it is taken away again."""
        seconds = self.without_uv("node add", tool, *tool.words("nodes", "node", "add", PACK))
        self.by(tool).on("nodes", "node", "remove", PACK)
        return seconds

    def arrive(self, tool: Tool, number: int) -> dict[str, float]:
        """Seconds to import the bundle that was exported last as an environment, which is deleted again."""
        name = f"arrived-{number}"
        seconds = self.without_uv("import", tool, *tool.import_from(bundle(tool), name))
        arrived = tool.home / "environments" / name
        there = (arrived / ".cec" / ".complete").exists() and (arrived / ".venv" / "bin" / "python").exists()
        if not there or len(list(tool.live(name).glob("*.json"))) != ARRIVALS:
            raise SystemExit(f"{tool.command.name} did not import all of it")
        tool.run("delete", name, "--yes")
        return seconds


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
        Indexes(Path(folder) / "indexes") as indexes,
    ):
        room = Path(folder)
        rival = arguments.rival.absolute()
        ours = Tool(
            ROOT / "tidepool", room / "ours", "TIDEPOOL_HOME", "comfydock", "comfydock_cache", f"release_{COMFYUI}",
            lambda commit: ["rollback", commit, "--yes"],
            lambda file: ["export", "--offline", "--no-interactive", "--force", "--output", str(file)],
            lambda file, name: ["import", str(file), "--name", name, "--no-interactive"], "HEAD",
        )  # fmt: skip
        origin = hashlib.sha256(REPOSITORY.removesuffix(".git").lower().encode()).hexdigest()[:12]
        theirs = Tool(
            rival, room / "theirs", "COMFYGIT_HOME", "comfygit", "comfygit_cache", f"source_{origin}_release_{COMFYUI}",
            lambda commit: ["checkout", commit, "--yes"],
            lambda file: ["export", str(file)],
            lambda file, name: ["import", str(file), "--name", name, "--yes", "--no-manager", "--torch-backend", "cpu"],
            "master",
        )  # fmt: skip
        uv = rival.with_name("uv")
        print(f"{platform.system()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, medians")
        clock = Clock(room, services, indexes, uv)
        for tool in (ours, theirs):
            set_up(tool, uv)
        times: dict[tuple[str, str], list[float]] = {}
        for number in range(arguments.rounds + 1):
            for tool in (ours, theirs):
                taken = one_round(tool, number) | clock.arrive(tool, number) | clock.add(tool)
                for name, seconds in taken.items():
                    if number > 0:
                        times.setdefault((name, tool.section), []).append(seconds)
        return 0 if report(times) else 1


def bundle(tool: Tool) -> Path:
    """Where the tool exports to and imports from."""
    return tool.home.with_name(f"{tool.section}.tar.gz")


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
    seconds["export"] = tool.on("small", *tool.export_to(bundle(tool)))
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
        if not name.endswith(UV):
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
