"""What a user does with the zip: unzip, install, run. In every CPython of this machine, and where parts are missing."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import environments
import jep_wheel
import pytest

# Loads the bridge as the pack does, without a Java but that of the requirements.
CHECK = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location(
    "tidepool_bridge", "vendor/tidepool_bridge/__init__.py", submodule_search_locations=["vendor/tidepool_bridge"])
module = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = module
spec.loader.exec_module(module)
print(module.core().ping(1))
"""


@dataclass(frozen=True)
class Installation:
    """The unzipped pack and the Python of a ComfyUI."""

    pack: Path
    python: Path

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run that Python in the pack's folder, as managers do, on a machine without Java, compiler and uv."""
        environment = {"PATH": str(self.pack.parent / "no-programs"), "HOME": str(self.pack.parent), **variables}
        command = [str(self.python), *arguments]
        return subprocess.run(command, cwd=self.pack, env=environment, capture_output=True, text=True, check=False)

    def jep(self) -> list[str]:
        """What of Jep is in that Python."""
        code = "import sysconfig; print(sysconfig.get_path('platlib'))"
        packages = Path(self.run("-c", code).stdout.strip())
        return sorted(path.name for path in packages.glob("jep*"))


def unzipped(archive: Path, folder: Path) -> Path:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    return folder / "comfyui-tidepool"


def installation(archive: Path, folder: Path, python: Path, *options: str) -> Installation:
    """A pack and a fresh environment of that Python; with ``--seed`` it has pip."""
    venv = folder / "venv"
    environments.run([environments.tool(), "venv", "--quiet", *options, "--python", str(python), str(venv)])
    return Installation(unzipped(archive, folder), venv / "bin" / "python")


def newest() -> Path:
    return environments.find_pythons()[0].executable


def reachable() -> dict[str, str]:
    """How pip reaches the index, and where it keeps what it fetched."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("TIDEPOOL_", "PYTHON", "JAVA_"))}


@pytest.mark.parametrize("python", environments.find_pythons(), ids=lambda python: f"CPython {python.name}")
def test_the_unzipped_pack_runs(python: environments.Python, archive: Path, tmp_path: Path) -> None:
    comfyui = installation(archive, tmp_path, python.executable, "--seed")
    pip = comfyui.run("-m", "pip", "install", "--quiet", "-r", "requirements.txt", **reachable())
    assert pip.returncode == 0, pip.stderr
    first = comfyui.run("install.py")
    assert (first.returncode, first.stdout, first.stderr) == (0, "Tidepool: Jep 4.3.1 was installed.\n", "")
    assert comfyui.run("-c", CHECK).stdout == "1\n"
    again = comfyui.run("install.py")
    assert (again.returncode, again.stdout, again.stderr) == (0, "Tidepool: Jep 4.3.1 is ready.\n", "")


def older(wheel: Path, folder: Path) -> Path:
    """The same wheel, calling itself 4.2.0."""
    with zipfile.ZipFile(wheel) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    renamed = {name.replace("4.3.1.dist-info", "4.2.0.dist-info"): data for name, data in files.items()}
    for name in ("METADATA", "RECORD"):
        path = f"jep-4.2.0.dist-info/{name}"
        text = renamed[path].replace(b"4.3.1.dist-info", b"4.2.0.dist-info")
        renamed[path] = text.replace(b"\nVersion: 4.3.1", b"\nVersion: 4.2.0")
    path = folder / wheel.name.replace("4.3.1", "4.2.0")
    jep_wheel.pack(path, renamed)
    return path


def test_another_version_of_jep_is_replaced(archive: Path, tmp_path: Path) -> None:
    comfyui = installation(archive, tmp_path, newest(), "--seed")
    wheel = comfyui.pack / "wheels" / jep_wheel.target_of(newest()).wheel_name
    pip = comfyui.run("-m", "pip", "install", "--quiet", "--no-index", str(older(wheel, tmp_path)))
    assert (pip.returncode, comfyui.jep()) == (0, ["jep", "jep-4.2.0.dist-info"])
    done = comfyui.run("install.py")
    assert (done.returncode, done.stdout) == (0, "Tidepool: Jep 4.3.1 was installed.\n"), done.stderr
    assert comfyui.jep() == ["jep", "jep-4.3.1.dist-info"]


def test_uv_on_the_path_serves_where_pip_is_missing(archive: Path, tmp_path: Path) -> None:
    comfyui = installation(archive, tmp_path, newest())
    done = comfyui.run("install.py", PATH=str(Path(environments.tool()).parent))
    assert (done.returncode, done.stderr) == (0, "")
    assert comfyui.jep() == ["jep", "jep-4.3.1.dist-info"]
    assert comfyui.run("-m", "pip", "--version").returncode != 0


def test_pip_is_added_where_neither_pip_nor_uv_is(archive: Path, tmp_path: Path) -> None:
    comfyui = installation(archive, tmp_path, newest())
    done = comfyui.run("install.py")
    assert (done.returncode, done.stderr) == (0, "")
    assert comfyui.jep() == ["jep", "jep-4.3.1.dist-info"]


def test_jep_is_built_where_the_pack_carries_no_wheel(archive: Path, tmp_path: Path) -> None:
    comfyui = installation(archive, tmp_path, newest(), "--seed")
    shutil.rmtree(comfyui.pack / "wheels")
    variables = {**reachable(), "JAVA_HOME": str(environments.find_javas()[0].home)}
    done = comfyui.run("install.py", **variables)
    assert (done.returncode, done.stdout) == (0, "Tidepool: Jep 4.3.1 was built and installed.\n"), done.stderr
    assert comfyui.jep() == ["jep", "jep-4.3.1.dist-info"]


@pytest.mark.parametrize(
    ("present", "message"),
    [("", "Building Jep needs a JDK 17 or newer"), ("javac", "Building Jep needs the C compiler")],
    ids=["no Java", "no compiler"],
)
def test_what_is_missing_to_build_is_named(archive: Path, tmp_path: Path, present: str, message: str) -> None:
    comfyui = installation(archive, tmp_path, newest(), "--seed")
    shutil.rmtree(comfyui.pack / "wheels")
    programs = tmp_path / "no-programs"
    programs.mkdir()
    if present:
        (programs / present).symlink_to(environments.find_javas()[0].home / "bin" / present)
    done = comfyui.run("install.py")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Tidepool: error: this pack carries no Jep for this Python")
    assert message in done.stderr
    assert f"Then run this again: {comfyui.python} {comfyui.pack / 'install.py'}" in done.stderr
    assert "Traceback" not in done.stderr
    assert comfyui.jep() == []


def test_a_damaged_wheel_is_named(archive: Path, tmp_path: Path) -> None:
    comfyui = installation(archive, tmp_path, newest(), "--seed")
    wheel = comfyui.pack / "wheels" / jep_wheel.target_of(newest()).wheel_name
    wheel.write_bytes(wheel.read_bytes()[:1000])
    done = comfyui.run("install.py")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Tidepool: error: {wheel.name} could not be installed")
    assert "Traceback" not in done.stderr
    assert comfyui.jep() == []


def test_a_pack_that_is_not_whole_says_so(archive: Path, tmp_path: Path) -> None:
    comfyui = installation(archive, tmp_path, newest(), "--seed")
    shutil.rmtree(comfyui.pack / "jep")
    done = comfyui.run("install.py")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Tidepool: error: the pack is not whole")


def test_importing_the_script_does_nothing(archive: Path, tmp_path: Path) -> None:
    path = unzipped(archive, tmp_path) / "install.py"
    spec = importlib.util.spec_from_file_location("tidepool_install", path)
    assert spec is not None
    assert spec.loader is not None
    before = list(sys.path)
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    assert sys.path == before
