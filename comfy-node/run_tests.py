"""Checks the node pack's sources and tests them with the real core, and inside a real ComfyUI.

    python run_tests.py [--comfyui DIR --python EXE] [-- pytest arguments]

Ruff, mypy and the tests of the routes run in an environment of their own, made under ``.tidepool/cache`` on the
newest CPython found. With ``--comfyui`` the tests of the nodes run too: with ``EXE``, the Python of that ComfyUI,
in which Jep has to be installed; pytest comes along without being installed there.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
BRIDGE = HERE.parent / "python-bridge"
sys.path.insert(0, str(BRIDGE))

import environments as bridge  # noqa: E402
import jep_wheel  # noqa: E402

JAR = HERE.parent / "java-core" / "target" / "tidepool.jar"


def main() -> int:
    """Run the checks and the tests; answers 0 when every one passed."""
    parser = argparse.ArgumentParser(description="Check and test the node pack.")
    parser.add_argument("--comfyui", type=Path, help="the folder of a ComfyUI, to test the nodes in")
    parser.add_argument("--python", type=Path, help="the Python of that ComfyUI")
    parser.add_argument("pytest", nargs="*", help="arguments for pytest")
    options = parser.parse_args()
    if (options.comfyui is None) != (options.python is None):
        parser.error("--comfyui and --python go together")
    pythons, javas = bridge.find_pythons(), bridge.find_javas()
    if not pythons or not javas or not JAR.is_file():
        print("error: the tests need a CPython 3.11+, a JDK 17+ and java-core/target/tidepool.jar", file=sys.stderr)
        return 1
    environment = bridge.prepare(pythons[0], HERE / "requirements" / "test.txt")
    variables = bridge.variables(javas[0])
    results = [
        bridge.check(environment, HERE, ["."]),
        pytest(environment / "bin" / "python", ["tests/routes", *options.pytest], variables),
    ]
    if options.comfyui is not None:
        inside = {
            **variables,
            "TIDEPOOL_TEST_COMFYUI": str(options.comfyui.absolute()),
            "PYTHONPATH": os.pathsep.join([str(pytest_alone()), str(BRIDGE / "src")]),
        }
        results.append(pytest(options.python.absolute(), ["tests/graph", *options.pytest], inside))
    return 0 if all(results) else 1


def pytest(python: Path, arguments: list[str], variables: dict[str, str]) -> bool:
    """Run pytest with a Python and say whether all passed."""
    command = [str(python), "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=HERE, env=variables, check=False).returncode == 0


def pytest_alone() -> Path:
    """Give a folder with pytest and what it needs, to be put on the path of any Python."""
    requirements = HERE / "requirements" / "pytest.txt"
    folder = bridge.CACHE / "python" / f"pytest-{hashlib.sha256(requirements.read_bytes()).hexdigest()[:12]}"
    if not (folder / "pytest").is_dir():
        install = [bridge.tool(), "pip", "install", "--quiet", "--require-hashes", "--target", str(folder)]
        bridge.run([*install, "--python", sys.executable, "-r", str(requirements)])
    return folder


if __name__ == "__main__":
    try:
        sys.exit(main())
    except jep_wheel.BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(1)
