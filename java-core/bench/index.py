#!/usr/bin/env python3
"""Times indexing models against comfygit, in turn and on the same files, and prints medians and ratios.

    java-core/bench/index.py --rival CG [--dir DIR] [--rounds N] [--small N] [--java JAVA]

Makes 2,000 files of 1 MiB of random bytes and 5 sparse ones of 1 GiB with different headers in one folder (--dir, by
default a fresh one beside the system's temporary files; 2.1 GB, all of it given back). Both index all of it into a
fresh workspace ("first"), and again when nothing has changed ("again"). The page cache is warm: everything is read once
before the rounds. Ours is ./tidepool as a user starts it; one round that nobody counts warms up both. CG is comfygit's
command (comfygit==0.7.1 from PyPI).

Then --small files (100,000 unless told) are indexed in one process of ours, and checked again five times: the last is
what a process that is warm takes; the heap that is in use after each is shown too.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FILES = 2000
FILE_BYTES = 1 << 20
SPARSE = 5
SPARSE_BYTES = 1 << 30
HEADER_BYTES = 4096
FIRST_GOAL = 5.0
AGAIN_GOAL = 4.0
SMALL_GOAL = 2.0


def main() -> int:
    """Run the bench; answers 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description="Time indexing models against comfygit.")
    parser.add_argument("--rival", type=Path, help="comfygit's command; without it only ours is timed")
    parser.add_argument("--dir", type=Path, help="folder on the disk to measure")
    parser.add_argument("--rounds", type=int, default=5, help="rounds to count (default 5)")
    parser.add_argument("--small", type=int, default=100_000, help="small files to check again")
    parser.add_argument("--java", default="java", help="the Java that checks the small files")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tidepool-index-", dir=arguments.dir) as folder:
        room = Path(folder)
        print(f"{platform.system()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, medians")
        met = against_rival(arguments, room)
        shutil.rmtree(room / "models")
        return 0 if small_files(arguments, room) and met else 1


def make_models(models: Path) -> None:
    """Make the files that both index, and so read them into the page cache."""
    for number in range(FILES):
        folder = models / ("checkpoints", "loras", "vae", "controlnet")[number % 4] / f"set-{number % 10}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"model-{number}.safetensors").write_bytes(os.urandom(FILE_BYTES))
    for number in range(SPARSE):
        with (models / "checkpoints" / f"large-{number}.safetensors").open("wb") as file:
            file.write(os.urandom(HEADER_BYTES))
            file.truncate(SPARSE_BYTES)
    os.sync()


def against_rival(arguments: argparse.Namespace, room: Path) -> bool:
    """Time both in turn; answers whether the goals are met."""
    models = room / "models"
    make_models(models)
    times: dict[str, list[float]] = {}
    for round_number in range(arguments.rounds + 1):
        found = {f"ours {name}": seconds for name, seconds in ours(models, room / "ours").items()}
        if arguments.rival:
            theirs = rival(arguments.rival, models, room / "rival")
            found |= {f"rival {name}": seconds for name, seconds in theirs.items()}
        for name, seconds in found.items():
            if round_number > 0:
                times.setdefault(name, []).append(seconds)
    for name, taken in sorted(times.items()):
        print(f"{name:12}  {statistics.median(taken):6.2f} s   best {min(taken):6.2f} s")
    met = True
    for name, goal in (("first", FIRST_GOAL), ("again", AGAIN_GOAL)):
        if arguments.rival:
            ratio = statistics.median(times[f"rival {name}"]) / statistics.median(times[f"ours {name}"])
            best = min(times[f"rival {name}"]) / min(times[f"ours {name}"])
            met = met and ratio >= goal
            print(f"{name}: {ratio:.1f} times as fast, by the best times {best:.1f}; goal {goal:.0f}")
    return met


def ours(models: Path, home: Path) -> dict[str, float]:
    """Seconds of our first and second indexing in a fresh workspace."""
    for database in home.glob("comfydock_cache/models.db*"):
        database.unlink()
    command = [str(ROOT / "tidepool"), "models", "index", str(models), "--workspace", str(home)]
    return {"first": timed(command, {}), "again": timed(command, {})}


def rival(program: Path, models: Path, home: Path) -> dict[str, float]:
    """Seconds of comfygit's, in a workspace that is made anew around an empty folder."""
    shutil.rmtree(home, ignore_errors=True)
    empty = home.parent / "empty"
    empty.mkdir(exist_ok=True)
    environment = {"COMFYGIT_HOME": str(home)}
    timed([str(program), "init", str(home), "--models-dir", str(empty), "--yes"], environment)
    point = [str(program), "model", "index", "dir", str(models)]
    return {"first": timed(point, environment), "again": timed([str(program), "model", "index", "sync"], environment)}


def small_files(arguments: argparse.Namespace, room: Path) -> bool:
    """Check many small files again in one process; answers whether the goal is met."""
    models = room / "small"
    for number in range(arguments.small):
        folder = models / "loras" / f"{number % 100}"
        if number < 100:
            folder.mkdir(parents=True)
        (folder / f"{number}.pt").write_bytes(b"%08d" % number)
    jar = ROOT / "java-core" / "target" / "tidepool.jar"
    options = ["-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-Xmx512m"]
    command = [arguments.java, *options, "-cp", str(jar), str(HERE / "IndexBench.java")]
    answer = subprocess.run(
        [*command, str(room / "small.db"), str(models), "6"], check=True, capture_output=True, text=True
    ).stdout
    print(f"{arguments.small} small files, in one process:")
    for line in answer.splitlines():
        millis, files, added, megabytes = line.split()
        print(f"{int(millis) / 1000:8.2f} s  {files} models, {added} new, {megabytes} MB in use afterwards")
    return int(answer.splitlines()[-1].split()[0]) / 1000 < SMALL_GOAL


def timed(command: list[str], environment: dict[str, str]) -> float:
    """Seconds that a command takes, which has to end well."""
    begin = time.perf_counter()
    subprocess.run(command, check=True, env=os.environ | environment, capture_output=True)
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
