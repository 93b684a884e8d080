"""Prepares Jep, which joins this Python and Java; ComfyUI-Manager and comfy-cli run this with ComfyUI's Python.

    python install.py

Jep publishes no wheels. This pack carries some; the one for the running Python is installed, else Jep is built,
which takes a JDK and a C compiler, else the message says what to install. Does nothing where Jep is ready.
Exit code 0: ready; 1: not, and ComfyUI runs all the same, its Tidepool nodes showing the reason.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

PACK = Path(__file__).resolve().parent
OLDEST_PYTHON = (3, 11)


class Failure(Exception):  # noqa: N818 - the name is what users read
    """Jep cannot be made ready; the message says what to do."""


def main() -> int:
    """Make Jep ready and say what was done."""
    try:
        print(f"Tidepool: {prepare()}")  # noqa: T201 - Manager shows it
    except Failure as failure:
        print(f"Tidepool: error: {failure}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def prepare() -> str:
    """Make Jep ready; gives a sentence for the user, raises ``Failure``."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        version = ".".join(map(str, sys.version_info[:3]))
        raise Failure(f"Tidepool needs Python 3.11 or newer, and this ComfyUI runs on {version}")
    sys.path.insert(0, str(PACK / "jep"))
    try:
        import jep_wheel
    except ImportError as error:
        raise Failure(f"the pack is not whole ({error}); install it anew") from error
    if installed() == jep_wheel.VERSION:
        return f"Jep {jep_wheel.VERSION} is ready."
    try:
        wheel = PACK / "wheels" / jep_wheel.target_of(Path(sys.executable)).wheel_name
        built = not wheel.is_file()
        if built:
            wheel = jep_wheel.wheel_for(Path(sys.executable), PACK / "wheels" / "built")
    except jep_wheel.BuildError as error:
        raise Failure(
            f"this pack carries no Jep for this Python, and it cannot be built here. {error}\n"
            "Then run this again: " + " ".join((sys.executable, str(Path(__file__).resolve())))
        ) from error
    install(wheel)
    return f"Jep {jep_wheel.VERSION} was {'built and ' if built else ''}installed."


def installed() -> str | None:
    """Give the version of the installed Jep."""
    try:
        return importlib.metadata.version("jep")
    except importlib.metadata.PackageNotFoundError:
        return None


def install(wheel: Path) -> None:
    """Install a wheel into the running Python, with pip or, where that is missing, with uv."""
    options = ["--no-deps", "--no-index", "--force-reinstall", str(wheel)]
    uv = find_uv()
    if importlib.util.find_spec("pip") is None and uv is None:
        run([sys.executable, "-m", "ensurepip"], "this Python has neither pip nor uv, and pip could not be added")
    if uv is None or importlib.util.find_spec("pip") is not None:
        command = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--quiet", *options]
    else:
        command = [*uv, "pip", "install", "--quiet", "--python", sys.executable, *options]
    run(command, f"{wheel.name} could not be installed")


def find_uv() -> list[str] | None:
    """Find uv: on the path, else in the running Python, where ComfyUI-Manager keeps its own."""
    program = shutil.which("uv")
    if program is not None:
        return [program]
    return [sys.executable, "-m", "uv"] if importlib.util.find_spec("uv") is not None else None


def run(command: list[str], otherwise: str) -> None:
    """Run a command; raises ``Failure`` with what it said when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failure(f"{otherwise}:\n{(done.stderr or done.stdout).strip()}")


if __name__ == "__main__":
    sys.exit(main())
