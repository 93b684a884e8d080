"""Runs programs in Python processes of their own: what a JVM does to a process cannot be undone in it."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src"
SECONDS = 120


def program(code: str) -> str:
    return textwrap.dedent(code)


def run(
    code: str, *arguments: str, options: tuple[str, ...] = (), env: dict[str, str | None] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; ``env`` adds to the environment, None takes away."""
    command = [sys.executable, *options, "-c", program(code), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False, env=environment(env))


def output(code: str, *arguments: str, options: tuple[str, ...] = (), env: dict[str, str | None] | None = None) -> str:
    """Run a program that must succeed in silence, and give what it printed."""
    done = run(code, *arguments, options=options, env=env)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr or done.stdout
    return done.stdout.strip()


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a program that says "ready" when it is; waits for that."""
    child = subprocess.Popen(
        [sys.executable, "-c", program(code), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def environment(changes: dict[str, str | None] | None) -> dict[str, str]:
    merged: dict[str, str | None] = {**os.environ, **(changes or {})}
    return {name: value for name, value in merged.items() if value is not None}
