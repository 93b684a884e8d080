"""Builds the wheel of Jep 4.3.1 for one Python, once, and keeps it.

    python jep_wheel.py --python /usr/bin/python3.12

prints the path of the wheel. Jep publishes none: building takes a JDK 17 or newer, a C compiler and Python's
headers; using the wheel takes none of them. The same Python, compiler and JDK give the same bytes.

Jep links its library against the libpython of the Python that builds it and writes that folder into the
library. A wheel like that fails in an equal Python that has libpython built in (Debian's, for one), or pulls a
second libpython into its process. So the library is linked without either; the running Python serves its
symbols. That makes one wheel fit all builds of one CPython version on one platform.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEFAULT_CACHE = HERE.parent / ".tidepool" / "cache" / "wheels"
VERSION = "4.3.1"
# The oldest Java that the wheel's jar runs on.
JAVA_RELEASE = "17"
# 1980-01-01, the earliest moment that a zip archive can state.
EPOCH = "315532800"
DATE = (1980, 1, 1, 0, 0, 0)
ASK = """
import json, os, sys, sysconfig
print(json.dumps({
    "tag": "cp%d%d" % sys.version_info[:2] + getattr(sys, "abiflags", ""),
    "platform": sysconfig.get_platform().replace("-", "_").replace(".", "_"),
    "header": os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")),
    "compiler": (sysconfig.get_config_var("CC") or "cc").split()[0],
    "lib": "python" + (sysconfig.get_config_var("LDVERSION") or ""),
}))
"""


class BuildError(Exception):
    """The wheel cannot be built; the message says what is missing."""


@dataclass(frozen=True)
class Target:
    """What matters of the Python that the wheel is for."""

    tag: str
    platform: str
    header: bool
    compiler: str
    lib: str

    @property
    def wheel_name(self) -> str:
        """The name of the wheel, which is also its key in the cache."""
        return f"jep-{VERSION}-{self.tag}-{self.tag}-{self.platform}.whl"


def wheel_for(python: Path, cache: Path = DEFAULT_CACHE) -> Path:
    """Give the wheel for that Python: from the cache, else built now. Raises ``BuildError``."""
    target = target_of(python)
    folder = cache / recipe()
    wheel = folder / target.wheel_name
    if wheel.is_file():
        return wheel
    jdk = find_jdk()
    check(target, python)
    folder.mkdir(parents=True, exist_ok=True)
    print(f"Building Jep {VERSION} for {python} (about 20 seconds, once)", file=sys.stderr)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".build-") as work:
        built = build(python, target, jdk, Path(work))
        finished = Path(work) / "finished.whl"
        rewrite(built, finished)
        # Another process may have been faster: both wheels are as good.
        finished.replace(wheel)
    return wheel


def target_of(python: Path) -> Target:
    """Ask a Python what its wheel has to fit."""
    return Target(**json.loads(run([str(python), "-c", ASK])))


def recipe() -> str:
    """Name the way wheels are made: a change of it must not find older ones."""
    digest = hashlib.sha256()
    for part in (Path(__file__), HERE / "requirements" / "build.txt", HERE / "requirements" / "jep.txt"):
        digest.update(part.read_bytes())
    return digest.hexdigest()[:12]


def find_jdk() -> Path:
    """Find a JDK: ``JAVA_HOME`` if it has a compiler, else the one that ``javac`` on the path belongs to."""
    home = os.environ.get("JAVA_HOME")
    if home and (Path(home) / "bin" / "javac").is_file():
        return Path(home)
    javac = shutil.which("javac")
    if javac is None:
        raise BuildError("Building Jep needs a JDK 17 or newer: install one, or let JAVA_HOME name it")
    return Path(javac).resolve().parent.parent


def check(target: Target, python: Path) -> None:
    """Make sure that what building takes is there."""
    if shutil.which(target.compiler) is None:
        raise BuildError(f"Building Jep needs the C compiler {target.compiler}: install gcc")
    if not target.header:
        raise BuildError(f"Building Jep needs Python.h of {python}: install that Python's development package")


def build(python: Path, target: Target, jdk: Path, work: Path) -> Path:
    """Let pip build the wheel from the pinned source archive."""
    run([str(python), "-m", "venv", str(work / "venv")])
    pip = [str(work / "venv" / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    requirements = HERE / "requirements"
    run([*pip, "install", "--require-hashes", "-r", str(requirements / "build.txt")])
    stub = work / "stub"
    stub.mkdir()
    (stub / "empty.c").write_text("")
    # An empty libpython: nothing of it is needed, and the linker finds no static one to put in instead.
    run([target.compiler, "-shared", "-o", str(stub / f"lib{target.lib}.so"), str(stub / "empty.c")])
    environment = {
        **os.environ,
        "JAVA_HOME": str(jdk),
        "JDK_JAVAC_OPTIONS": f"--release {JAVA_RELEASE} -Xlint:none -nowarn",
        "CFLAGS": "-g0 -O2",
        # Python's own command would write its library folder into the result.
        "LDSHARED": f"{target.compiler} -shared -L{stub} -s -Wl,--as-needed -Wl,--build-id=none",
        "SOURCE_DATE_EPOCH": EPOCH,
        "PATH": os.pathsep.join((str(work / "venv" / "bin"), os.environ.get("PATH", ""))),
    }
    options = [
        "--no-deps",
        "--no-build-isolation",
        "--no-cache-dir",
        "--no-binary",
        "jep",
        "--require-hashes",
    ]
    source = ["-r", str(requirements / "jep.txt"), "-w", str(work / "wheel")]
    run([*pip, "wheel", *options, *source], environment)
    (wheel,) = (work / "wheel").glob("*.whl")
    content = work / "content"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(content)
    for library in content.glob("jep/*.so"):
        links = run(["readelf", "--dynamic", "--wide", str(library)])
        if "[libpython" in links or "RUNPATH" in links or "RPATH" in links:
            raise BuildError(f"The linker tied {library.name} to the Python that built it:\n{links}")
    return content


def rewrite(content: Path, wheel: Path) -> None:
    """Pack a wheel's content: sorted, without times, with a RECORD (PyPA specification) that is true."""
    for jar in content.glob("jep/*.jar"):
        with zipfile.ZipFile(jar) as archive:
            entries = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
        pack(jar, entries)
    # Its script starts Java from a shell and names the folder of the build.
    shutil.rmtree(content / f"jep-{VERSION}.data", ignore_errors=True)
    files = {p.relative_to(content).as_posix(): p.read_bytes() for p in content.rglob("*") if p.is_file()}
    (record,) = (name for name in files if name.endswith(".dist-info/RECORD"))
    del files[record]
    lines = [f"{name},sha256={digest(data)},{len(data)}\n" for name, data in sorted(files.items())]
    files[record] = "".join([*lines, f"{record},,\n"]).encode()
    pack(wheel, files)


def pack(archive: Path, files: dict[str, bytes]) -> None:
    """Write a zip archive whose bytes depend on the files alone."""
    # A jar's manifest, and a wheel's metadata at the end: where readers look for them first.
    order = sorted(files, key=lambda name: (name != "META-INF/MANIFEST.MF", ".dist-info/" in name, name))
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as output:
        for name in order:
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o755 if name.endswith(".so") else 0o644) << 16
            output.writestr(entry, files[name])


def digest(data: bytes) -> str:
    """Give the SHA-256 as RECORD writes it."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def run(command: list[str], environment: dict[str, str] | None = None) -> str:
    """Run a command and give its output; raises ``BuildError`` with what it said when it fails."""
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    except OSError as error:
        raise BuildError(f"Cannot run {command[0]}: {error}") from error
    if done.returncode != 0:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-20:])
        raise BuildError(f"{' '.join(command[:4])} failed:\n{said}")
    return done.stdout


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=f"Build the wheel of Jep {VERSION} for a Python, once.")
    parser.add_argument("--python", type=Path, default=Path(sys.executable), help="the Python it is for")
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE, help="where wheels are kept")
    options = parser.parse_args()
    try:
        print(wheel_for(options.python, options.cache.absolute()))
    except BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
