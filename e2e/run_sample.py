#!/usr/bin/env python3
"""Runs the sample project of the guide "Test your node pack in ten minutes" as an outsider does.

    e2e/run_sample.py --comfyui DIR --python EXE [--chromium EXE] [-- MAVEN ARGUMENT…]

Installs the harness into a local Maven repository of its own, copies e2e/sample to a folder elsewhere and runs its
tests there. That repository lies below e2e/target and borrows everything else from the user's, which stays as it is.
Ends with Maven's exit code.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

E2E = Path(__file__).resolve().parent
OURS = Path("dev/tidepool")


def make_repository(repository: Path, lender: Path) -> None:
    """Make an empty repository that sees all folders of another one but those of Tidepool."""
    shutil.rmtree(repository, ignore_errors=True)
    (repository / OURS.parent).mkdir(parents=True)
    for folder, kept in ((Path(), OURS.parent), (OURS.parent, OURS)):
        for entry in (lender / folder).iterdir() if (lender / folder).is_dir() else ():
            if entry.is_dir() and folder / entry.name != kept:
                (repository / folder / entry.name).symlink_to(entry)


def maven(project: Path, repository: Path, *arguments: str) -> int:
    """Run Maven, and return its exit code."""
    command = ["mvn", "-B", "-q", "--no-transfer-progress", "-f", str(project / "pom.xml")]
    return subprocess.run([*command, f"-Dmaven.repo.local={repository}", *arguments]).returncode


def run(arguments: argparse.Namespace) -> int:
    """Install the harness, copy the sample and test it."""
    repository = E2E / "target" / "sample-repository"
    make_repository(repository, arguments.repository.resolve())
    offline = ["-o"] if arguments.offline else []
    status = maven(E2E.parent, repository, "-pl", "e2e", "-am", "install", "-DskipTests", "-Dgates=off", *offline)
    if status != 0:
        return status
    properties = {
        "tidepool.comfyui": arguments.comfyui.resolve(),
        "tidepool.python": arguments.python.absolute(),
        "tidepool.chromium": arguments.chromium.resolve(),
    }
    with tempfile.TemporaryDirectory(prefix="sample-project-") as folder:
        project = Path(folder) / "my-pack"
        shutil.copytree(E2E / "sample", project, ignore=shutil.ignore_patterns("target"))
        words = [*(f"-D{name}={value}" for name, value in properties.items()), *arguments.maven, *offline]
        status = maven(project, repository, "test", *words)
        if (project / "target").is_dir():
            kept = E2E / "target" / "sample"
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(project / "target", kept)
            print(f"sample: {'passed' if status == 0 else 'FAILED'}, reports and pictures are in {kept}")
    return status


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--comfyui", required=True, type=Path)
    parser.add_argument("--python", required=True, type=Path)
    parser.add_argument("--chromium", type=Path, default=Path("/usr/bin/chromium"))
    parser.add_argument(
        "--repository", type=Path, default=Path.home() / ".m2" / "repository", help="Maven's, to borrow from"
    )
    parser.add_argument("--offline", action="store_true", help="let Maven download nothing")
    parser.add_argument("maven", nargs="*", metavar="MAVEN ARGUMENT")
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
