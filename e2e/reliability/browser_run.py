"""Runs classes of the browser tests on demand, and reads what they report."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "e2e" / "target" / "surefire-reports"


def parser(description: str) -> argparse.ArgumentParser:
    """Give a parser of the options that every run needs."""
    made = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--comfyui", required=True, type=Path, help="the folder of ComfyUI's main.py")
    made.add_argument("--python", required=True, type=Path, help="an interpreter with its requirements and the pack's")
    made.add_argument("--pack", required=True, type=Path, help="the built pack")
    made.add_argument("--chromium", type=Path, default=Path("/usr/bin/chromium"))
    made.add_argument("--lock", type=Path, help="a file to hold a lock on while a ComfyUI runs")
    return made


def run(options: argparse.Namespace, test: str, properties: Mapping[str, object]) -> int:
    """Run a class in Maven, and give the exit code."""
    values = {
        "tidepool.comfyui": options.comfyui.resolve(),
        "tidepool.python": options.python.absolute(),
        "tidepool.pack": options.pack.resolve(),
        "tidepool.chromium": options.chromium.resolve(),
        "test": test,
        "gates": "off",
        **properties,
    }
    command = ["mvn", "-B", "-q", "-f", str(ROOT / "pom.xml"), "-pl", "e2e", "test"]
    with locked(options.lock):
        shutil.rmtree(REPORTS, ignore_errors=True)
        return subprocess.run([*command, *(f"-D{name}={value}" for name, value in values.items())]).returncode


@contextlib.contextmanager
def locked(file: Path | None) -> Iterator[None]:
    """Hold a lock on a file while the block runs."""
    if file is None:
        yield
        return
    with file.open("a") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield


def cases() -> list[ElementTree.Element]:
    """Give the test cases of the last run."""
    files = sorted(REPORTS.glob("TEST-*.xml"))
    return [case for file in files for case in ElementTree.parse(file).getroot().iter("testcase")]


def failed(case: ElementTree.Element) -> bool:
    """Whether a test case went wrong."""
    return case.find("failure") is not None or case.find("error") is not None
