#!/usr/bin/env python3
"""Times the nodes in a real ComfyUI and a real browser, and prints the figures.

    e2e/bench/run.py --comfyui DIR --python EXE --pack DIR [--chromium EXE] [--images N] [--rounds N]
        [--only grid|start]

grid: two profiles of N images each (2,000 unless told). Switching to one: "first time ever" has its thumbnails made,
"page new" is after a reload of the page (thumbnails lie on the server's disk, the browser has nothing), "shown before"
is switching back. "cells" is the time until the grid is there, "first screen" until every picture on screen is.
Scrolling goes 40 pixels a frame for 4 s, first where the pictures have yet to be made, then the same way again. The
rival is a plain grid of lazy <img> of the same size, in the same page, of the same thumbnails. Both render modes.
start: ComfyUI's start with and without the pack, in turn. Figures are medians.

--comfyui is the folder of ComfyUI's main.py, --python an interpreter with its requirements and the pack's, --pack the
built pack. `tidepool up --no-start --json` prints the first two. Needs Maven, a JDK 17 or newer and Chromium.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLASSES = {"grid": "GridBench", "start": "StartBench"}


def main() -> int:
    """Run the classes that measure, and show what they found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--comfyui", "--python", "--pack"):
        parser.add_argument(name, required=True, type=Path)
    parser.add_argument("--chromium", type=Path, default=Path("/usr/bin/chromium"))
    parser.add_argument("--images", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", choices=sorted(CLASSES))
    arguments = parser.parse_args()
    output = ROOT / "e2e" / "target" / "bench.txt"
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text("", encoding="utf-8")
    classes = [CLASSES[arguments.only]] if arguments.only else list(CLASSES.values())
    properties = {
        "tidepool.comfyui": arguments.comfyui.resolve(),
        "tidepool.python": arguments.python.absolute(),
        "tidepool.pack": arguments.pack.resolve(),
        "tidepool.chromium": arguments.chromium.resolve(),
        "tidepool.bench.images": arguments.images,
        "tidepool.bench.rounds": arguments.rounds,
        "tidepool.bench.output": output,
        "test": ",".join(classes),
        "gates": "off",
    }
    command = ["mvn", "-B", "-q", "-f", str(ROOT / "pom.xml"), "-pl", "e2e", "test"]
    status = subprocess.run([*command, *(f"-D{name}={value}" for name, value in properties.items())]).returncode
    print(output.read_text(encoding="utf-8"), end="")
    return status


if __name__ == "__main__":
    sys.exit(main())
