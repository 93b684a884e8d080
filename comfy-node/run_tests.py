"""Checks the node pack's sources and tests them with the real core, and inside a real ComfyUI.

    python run_tests.py [--comfyui DIR --python EXE] [-- pytest arguments]

Ruff, mypy and the tests of the routes run in an environment of their own, made under ``.tidepool/cache`` on the
newest CPython found. With ``--comfyui`` the rest runs too, for which the launcher has built the page's module: the
tests of the built pack, and those of the nodes, which start that ComfyUI with ``EXE``, its Python, in which Jep has
to be installed.
"""

from __future__ import annotations

import argparse
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
        pytest(environment, ["tests/routes", *options.pytest], variables),
    ]
    if options.comfyui is not None:
        inside = {
            **variables,
            "TIDEPOOL_TEST_COMFYUI": str(options.comfyui.absolute()),
            "TIDEPOOL_TEST_PYTHON": str(options.python.absolute()),
        }
        results.append(pytest(environment, ["tests/pack", "tests/graph", *options.pytest], inside))
    return 0 if all(results) else 1


def pytest(environment: Path, arguments: list[str], variables: dict[str, str]) -> bool:
    """Run pytest and say whether all passed."""
    command = [str(environment / "bin" / "python"), "-m", "pytest", *arguments]
    if code := subprocess.run(command, cwd=HERE, env=variables, check=False).returncode:
        print(f"FAILED: pytest {' '.join(arguments)} (exit code {code})", flush=True)
    return code == 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except jep_wheel.BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(1)
