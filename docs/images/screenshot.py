#!/usr/bin/env python3
"""Takes the README's picture: the example graph in a real ComfyUI, with a profile full of painted landscapes.

    docs/images/screenshot.py --comfyui DIR --python EXE --pack DIR [--chromium EXE] [--output FILE]

--comfyui is the folder of ComfyUI's main.py, --python an interpreter with its requirements and the pack's, --pack the
built pack. `tidepool up --no-start --json` prints the first two. Needs Maven, a JDK 17 or newer and Chromium.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def main() -> int:
    """Run the one class that takes the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--comfyui", "--python", "--pack"):
        parser.add_argument(name, required=True, type=Path)
    parser.add_argument("--chromium", type=Path, default=Path("/usr/bin/chromium"))
    parser.add_argument("--output", type=Path, default=HERE / "image-pool.png")
    arguments = parser.parse_args()
    properties = {
        "tidepool.comfyui": arguments.comfyui.resolve(),
        "tidepool.python": arguments.python.absolute(),
        "tidepool.pack": arguments.pack.resolve(),
        "tidepool.chromium": arguments.chromium.resolve(),
        "tidepool.picture": arguments.output.resolve(),
        "test": "ReadmePicture",
        "gates": "off",
    }
    command = ["mvn", "-B", "-q", "-f", str(ROOT / "pom.xml"), "-pl", "e2e", "test"]
    status = subprocess.run([*command, *(f"-D{name}={value}" for name, value in properties.items())]).returncode
    if status == 0:
        print(arguments.output.resolve())
    return status


if __name__ == "__main__":
    sys.exit(main())
