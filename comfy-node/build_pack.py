"""Builds the node pack: the folder ``comfyui-tidepool`` and a zip of it, ready for ``custom_nodes``.

    python build_pack.py [--python EXE …] [--output DIR]

Its parts are the sources beside this script, the bridge with the core's jar (``vendor/``), the page's module
(``web/``), and a wheel of Jep for each CPython 3.11 or newer of this machine (``wheels/``). The jar and the page's
module have to be built before; the launcher does that. The same parts give the same bytes. Folder and zip are
replaced in one step each: whoever reads them meanwhile finds the old or the new ones.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT / "python-bridge"))

import environments  # noqa: E402 - found through the line above
import jep_wheel  # noqa: E402

NAME = "comfyui-tidepool"
IGNORED = ("__pycache__", ".mypy_cache", ".ruff_cache", ".DS_Store")


class MissingPart(Exception):  # noqa: N818 - it says what is the matter
    """A part of the pack has not been built."""


@dataclass(frozen=True)
class Parts:
    """Where the parts of the pack come from."""

    sources: Path = HERE / "src" / "comfyui_tidepool"
    bridge: Path = ROOT / "python-bridge" / "src" / "tidepool_bridge"
    jar: Path = ROOT / "java-core" / "target" / "tidepool.jar"
    page: Path = ROOT / "web-extension" / "dist"
    license: Path = ROOT / "LICENSE"


def build(parts: Parts, wheels: list[Path], output: Path) -> Path:
    """Make the folder and its zip below ``output``, and give the folder's path.

    Raises ``MissingPart`` when one is not there; what was built before then stays.
    """
    files = dict(collect(parts, wheels))
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output, prefix=".build-") as work:
        folder = Path(work) / NAME
        for name, source in sorted(files.items()):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        archive = Path(work) / f"{NAME}.zip"
        jep_wheel.pack(archive, {f"{NAME}/{name}": path.read_bytes() for name, path in files.items()})
        archive.replace(output / archive.name)
        built = output / NAME
        if built.exists():
            built.rename(Path(work) / "old")
        folder.rename(built)
    return built


def collect(parts: Parts, wheels: list[Path]) -> Iterator[tuple[str, Path]]:
    """Give each file of the pack: its path there, and where it comes from."""
    yield from below(parts.sources, "the nodes", "")
    yield from below(parts.bridge, "the bridge", "vendor/tidepool_bridge/")
    yield "vendor/tidepool_bridge/tidepool.jar", existing(parts.jar, "the Java core", "mvn -pl java-core -am package")
    yield from below(parts.page, "the page's module", "web/", "npm ci && npm run build in web-extension")
    yield "LICENSE", existing(parts.license, "the licence")
    yield "jep/jep_wheel.py", Path(jep_wheel.__file__)
    for name in ("build.txt", "jep.txt"):
        yield f"jep/requirements/{name}", Path(jep_wheel.__file__).parent / "requirements" / name
    for wheel in wheels:
        yield f"wheels/{wheel.name}", existing(wheel, "a wheel of Jep")


def below(folder: Path, what: str, prefix: str, hint: str = "") -> Iterator[tuple[str, Path]]:
    """Give each file in a folder, with the prefix before its path."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".jar"]
    kept = [path for path in files if not any(part in IGNORED for part in path.parts)]
    if not kept:
        existing(folder / "*", what, hint)
    for path in kept:
        yield prefix + path.relative_to(folder).as_posix(), path


def existing(path: Path, what: str, hint: str = "") -> Path:
    """Give the path of a file that is there."""
    if not path.is_file():
        raise MissingPart(f"the pack lacks {what}: {path} is not there" + (f" (made by: {hint})" if hint else ""))
    return path


def wheels_of_machine() -> set[Path]:
    """Build Jep for each CPython found, as far as that goes. One wheel serves all builds of one version."""
    wheels: dict[str, Path] = {}
    reasons: dict[str, str] = {}
    for python in environments.find_pythons():
        name = jep_wheel.target_of(python.executable).wheel_name
        try:
            wheels.setdefault(name, jep_wheel.wheel_for(python.executable))
        except jep_wheel.BuildError as error:
            reasons[name] = str(error)
    for name in reasons.keys() - wheels.keys():
        # Nothing is lost: where that Python is met, install.py builds the wheel or says what it takes.
        print(f"warning: the pack carries no {name}: {reasons[name]}", file=sys.stderr)
    return set(wheels.values())


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Build the node pack and its zip.")
    parser.add_argument("--python", type=Path, action="append", help="a Python to carry Jep for; default: all found")
    parser.add_argument("--output", type=Path, default=HERE / "target", help="the folder to build in")
    options = parser.parse_args()
    try:
        wheels = {jep_wheel.wheel_for(python) for python in options.python} if options.python else wheels_of_machine()
        print(build(Parts(), sorted(wheels), options.output.absolute()))
    except (MissingPart, jep_wheel.BuildError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
