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
NOTHING_SELECTED = 5
"""Pytest's exit code where no test was to be run."""


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
    passed = bridge.check(environment, HERE, ["."])
    codes = [pytest(environment, ["tests/routes", *options.pytest], variables)]
    if options.comfyui is not None:
        inside = {
            **variables,
            "TIDEPOOL_TEST_COMFYUI": str(options.comfyui.absolute()),
            "TIDEPOOL_TEST_PYTHON": str(options.python.absolute()),
        }
        codes.append(pytest(environment, ["tests/pack", "tests/graph", *options.pytest], inside))
    # A selection may leave one of the runs with nothing to do.
    allowed = {0, NOTHING_SELECTED} if options.pytest else {0}
    return 0 if passed and 0 in codes and allowed.issuperset(codes) else 1


def pytest(environment: Path, arguments: list[str], variables: dict[str, str]) -> int:
    """Run pytest and give its exit code."""
    command = [str(environment / "bin" / "python"), "-m", "pytest", *arguments]
    code = subprocess.run(command, cwd=HERE, env=variables, check=False).returncode
    if code not in (0, NOTHING_SELECTED):
        print(f"FAILED: pytest {' '.join(arguments)} (exit code {code})", flush=True)
    return code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except jep_wheel.BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(1)
