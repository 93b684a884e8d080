#!/usr/bin/env python3
"""Times how fast commands start: ours and comfygit's in turn, on this machine, and prints the ratios.

    bench/startup.py [--runs N]

Installs comfygit into an environment of its own under .tidepool/bench, and makes a base with a few profiles in a
temporary folder. One round that nobody counts warms everything up, our archive of classes included.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RIVAL = "comfygit==0.7.1"
GOAL = 1 / 4


def main() -> int:
    """Run the bench; answers 0 however it ends, as long as every command worked."""
    parser = argparse.ArgumentParser(description="Time the start of commands against comfygit's.")
    parser.add_argument("--runs", type=int, default=15, help="rounds to count (default 15)")
    runs = parser.parse_args().runs
    rival = str(install_rival())
    ours = str(ROOT / "tidepool")
    with tempfile.TemporaryDirectory() as folder:
        base = str(Path(folder) / "grid_pool")
        for name in ("Sea", "Mountains", "Faces"):
            timed([ours, "profile", "create", name, "--base", base])
        commands = {
            "comfygit --version": [rival, "--version"],
            "tidepool --version": [ours, "--version"],
            "tidepool profile list": [ours, "profile", "list", "--base", base],
            "tidepool profile list --json": [ours, "profile", "list", "--base", base, "--json"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for round_number in range(runs + 1):
            for name, command in commands.items():
                seconds = timed(command)
                if round_number > 0:
                    times[name].append(seconds)
    report(times, runs)
    return 0


def install_rival() -> Path:
    """Give the rival's command, installed on first use."""
    environment = ROOT / ".tidepool" / "bench" / RIVAL.replace("==", "-")
    command = environment / "bin" / "comfygit"
    if not command.is_file():
        print(f"installing {RIVAL}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(environment)], check=True)
        pip = [str(environment / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet"]
        subprocess.run([*pip, "install", RIVAL], check=True)
    return command


def timed(command: list[str]) -> float:
    """Run a command to its end and give its wall time in seconds."""
    begin = time.perf_counter()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    seconds = time.perf_counter() - begin
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed:\n{os.fsdecode(done.stderr)}")
    return seconds


def report(times: dict[str, list[float]], runs: int) -> None:
    """Print medians, best times and how they relate to the rival's."""
    rival = statistics.median(next(iter(times.values())))
    print(f"wall time of {runs} runs in turn; the goal is a quarter of comfygit's")
    print(f"{'command':30} {'median':>8} {'best':>8} {'ratio':>7}")
    for name, seconds in times.items():
        median = statistics.median(seconds)
        verdict = "" if name.startswith("comfygit") else "  ok" if median <= rival * GOAL else "  too slow"
        print(f"{name:30} {median * 1000:5.0f} ms {min(seconds) * 1000:5.0f} ms {median / rival:7.2f}{verdict}")


if __name__ == "__main__":
    sys.exit(main())
